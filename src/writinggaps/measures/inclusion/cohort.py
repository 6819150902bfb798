"""Who is counted: the rolls of each census, and a cohort of pupils with SEN that is fixed.

A pupil has a plan in a school year by the census *before* that year, and is on SEN Support by the
census before all the years that are looked at; or, who came later, on entry. Putting a pupil on the
register, taking one off, or losing one during a year therefore changes nothing in these years.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

import pandas as pd

from writinggaps.readers.judged import year_groups
from writinggaps.readers.kept import kept
from writinggaps.readers.schema import default
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term

Roll: TypeAlias = "dict[str, str]"
"""The SEN provision (N, K, E) of each pupil on a roll."""

__all__ = [
    "STATUS",
    "Roll",
    "ages",
    "back",
    "cohorts",
    "fixed",
    "left",
    "resourced",
    "rolls",
    "rules",
    "school_year",
    "school_years",
    "start_of",
    "window",
    "years_apart",
]

STATUS = {"E": "ehcp", "K": "support"}
_NEVER = pd.Timestamp.max


@cache
def rules() -> dict[str, Any]:
    """Give what the index is made of."""
    return default("inclusion.toml")


def window(term: str, years: int) -> tuple[str, ...]:
    """Give the school years that are taken together, oldest first.

    Examples
    --------
    >>> window("2025-26-autumn", 3)
    ('2023-24', '2024-25', '2025-26')
    """
    return tuple(Term.parse(term).back(3 * n).year for n in reversed(range(years)))


@kept
def _censuses(school: School) -> dict[pd.Timestamp, pd.DataFrame]:
    """Give each census by its day, oldest first, those on roll only."""
    rows = school.table("census")
    if "on_roll" in rows:
        rows = rows[rows["on_roll"].fillna(value=True).astype(bool)]
    return {pd.Timestamp(str(day)): here for day, here in rows.groupby("date")}


def _last(school: School, term: str) -> dict[str, pd.DataFrame]:
    """Give the last census of each school year up to the end of a term."""
    end = pd.Timestamp(Term.parse(term).end)
    return {school_year(day): rows for day, rows in _censuses(school).items() if day <= end}


@kept
def rolls(school: School, term: str) -> dict[str, Roll]:
    """Give the pupils on the last census of each school year up to the end of a term."""
    return {
        year: dict(zip(rows["pupil_id"], rows["sen_provision"].fillna("N"), strict=True))
        for year, rows in _last(school, term).items()
    }


def resourced(school: School, term: str) -> dict[str, set[str]]:
    """Say who held a place that the authority commissions, at the census of each school year."""
    return {
        year: set(rows.loc[rows["resourced_place"].eq(True), "pupil_id"])
        if "resourced_place" in rows
        else set()
        for year, rows in _last(school, term).items()
    }


def fixed(found: dict[str, Roll], years: tuple[str, ...]) -> dict[str, Roll]:
    """Fix who has SEN: plans by each census, SEN Support by the one before the years, or on entry.

    An authority decides on plans; a school decides alone on SEN Support, before or after the fact.
    """
    entry: Roll = {}
    held: dict[str, Roll] = {}
    for year in sorted(year for year in found if year >= back(years[0], 1)):
        entry = {**found[year], **entry}
        held[year] = {
            pupil: "E" if now == "E" else "K" if entry[pupil] in STATUS else "N"
            for pupil, now in found[year].items()
        }
    return held


@kept
def cohorts(school: School, term: str, years: tuple[str, ...]) -> dict[str, Roll]:
    """Give the pupils with SEN of each year: who was there before it, or came in it."""
    held, gone, found = fixed(rolls(school, term), years), left(school), {}
    for year in years:
        before = held.get(back(year, 1))
        if before is not None:
            stayed = {p: s for p, s in before.items() if not gone.get(p, _NEVER) < start_of(year)}
            came = {p: s for p, s in held.get(year, {}).items() if p not in before}
            every = {**stayed, **came}
            found[year] = {p: s for p, s in every.items() if s in STATUS}
    return found


@kept
def ages(school: School, term: str) -> dict[str, float]:
    """Give the year group that each pupil would be in at the term."""
    groups = year_groups(school, term).astype("Float64")
    return dict(zip(school.pupils["pupil_id"], groups.astype(float), strict=True))


@kept
def left(school: School) -> dict[str, pd.Timestamp]:
    """Give the day on which each pupil left, of those who did."""
    if "left" not in school.pupils:
        return {}
    return dict(school.pupils.set_index("pupil_id")["left"].dropna())


def start_of(year: str) -> pd.Timestamp:
    """Give the first day of a school year."""
    return pd.Timestamp(int(year[:4]), 9, 1)


def school_year(day: pd.Timestamp) -> str:
    """Give the school year of a day, as in "2025-26"."""
    return Term(day.year - (day.month < 9), 0).year


def school_years(days: pd.Series) -> pd.Series:
    """Give the school year of each day; None where there is none."""
    found = {day: None if pd.isna(day) else school_year(day) for day in days.unique()}
    return pd.Series([found[day] for day in days], index=days.index, dtype=object)


def back(year: str, years: int) -> str:
    """Give the school year so many years before.

    Examples
    --------
    >>> back("2025-26", 2)
    '2023-24'
    """
    return Term(int(year[:4]) - years, 0).year


def years_apart(year: str, term: str) -> int:
    """Give how many school years lie between a year and a term."""
    return Term.parse(term).starts_in - int(year[:4])
