"""Who is counted: the rolls of each census, and a cohort of pupils with SEN that is fixed.

A pupil has a plan in a school year by the census *before* that year, and is on SEN Support by the
census before all the years that are looked at; or, who came later, on entry. Putting a pupil on the
register, taking one off, or losing one during a year therefore changes nothing in these years.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from writinggaps.readers.judged import year_groups
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

__all__ = [
    "STATUS",
    "ages",
    "back",
    "cohorts",
    "fixed",
    "kept",
    "left_in",
    "rolls",
    "school_years",
    "window",
    "years_apart",
]

STATUS = {"E": "ehcp", "K": "support"}


_KEPT: WeakKeyDictionary[School, dict[Any, Any]] = WeakKeyDictionary()


def kept(
    find: Callable[Concatenate[School, P], T],
) -> Callable[Concatenate[School, P], T]:
    """Keep what was found in a school for as long as the school is: many measures ask for it."""

    @wraps(find)
    def once(school: School, /, *args: P.args, **kwargs: P.kwargs) -> T:
        told, asked = _KEPT.setdefault(school, {}), (find, args, *sorted(kwargs.items()))
        if asked not in told:
            told[asked] = find(school, *args, **kwargs)
        found: T = told[asked]
        return found

    return once


def window(term: str, years: int) -> tuple[str, ...]:
    """Give the school years that are taken together, oldest first.

    Examples
    --------
    >>> window("2025-26-autumn", 3)
    ('2023-24', '2024-25', '2025-26')
    """
    return tuple(Term.parse(term).back(3 * n).year for n in reversed(range(years)))


@kept
def rolls(school: School, term: str) -> dict[str, pd.DataFrame]:
    """Give the last census of each school year up to the end of a term, those on roll only."""
    rows = school.table("census")
    rows = rows[rows["date"].le(pd.Timestamp(Term.parse(term).end))]
    if "on_roll" in rows:
        rows = rows[rows["on_roll"].fillna(value=True).astype(bool)]
    years = school_years(rows["date"])
    last = rows["date"].groupby(years).transform("max")
    rows, years = rows[rows["date"].eq(last)], years[rows["date"].eq(last)]
    return {str(year): here for year, here in rows.groupby(years)}


def fixed(found: dict[str, pd.DataFrame], years: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Fix who has SEN: plans by each census, SEN Support by the one before the years, or on entry.

    An authority decides on plans; a school decides alone on SEN Support, before or after the fact.
    """
    base = back(years[0], 1)
    used = {year: roll for year, roll in found.items() if year >= base}
    every = pd.concat(used.values()) if used else pd.DataFrame(columns=["pupil_id", "date"])
    first = every.sort_values("date", kind="stable").drop_duplicates("pupil_id")
    entry = dict(zip(first["pupil_id"], first.get("sen_provision", ()), strict=True))
    held = {}
    for year, roll in used.items():
        plan, at_entry = roll["sen_provision"].eq("E"), roll["pupil_id"].map(entry)
        status = at_entry.where(at_entry.isin(STATUS), "N").replace("E", "K")
        held[year] = roll.assign(sen_provision=status.astype(object).mask(plan, "E"))
    return held


@kept
def cohorts(school: School, term: str, years: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Give the pupils with SEN of each year: who was there before it, or came in it."""
    held, found = fixed(rolls(school, term), years), {}
    for year in years:
        before = held.get(back(year, 1))
        if before is None:
            continue
        now = held.get(year, before.iloc[:0])
        new = now[~now["pupil_id"].isin(before["pupil_id"])]
        cohort = pd.concat([before[~_left_before(school, before, year)], new])
        found[year] = cohort[cohort["sen_provision"].isin(STATUS)]
    return found


@kept
def ages(school: School, term: str) -> dict[str, float]:
    """Give the year group that each pupil would be in at the term."""
    groups = year_groups(school, term).astype("Float64")
    return dict(zip(school.pupils["pupil_id"], groups.astype(float), strict=True))


def left_in(school: School, year: str) -> dict[str, bool]:
    """Say who left during a school year, before its last weeks."""
    last = pd.Timestamp(int(year[:4]) + 1, 7, 1)
    left = _left(school)
    return dict.fromkeys(left[school_years(left).eq(year) & left.lt(last)].index, True)


def school_years(days: pd.Series) -> pd.Series:
    """Give the school year of each day, as in "2025-26"."""
    starts = days.dt.year - (days.dt.month < 9)
    names = {year: Term(int(year), 0).year for year in starts.dropna().unique()}
    named: pd.Series = starts.map(names).astype(object)
    return named


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


def _left(school: School) -> pd.Series:
    pupils = school.pupils
    if "left" not in pupils:
        return pd.Series(dtype="datetime64[us]")
    return pupils.set_index("pupil_id")["left"].dropna()


def _left_before(school: School, rows: pd.DataFrame, year: str) -> pd.Series:
    """Say who left after the census at the end of the year before, as leaving years do."""
    left = pd.to_datetime(rows["pupil_id"].map(dict(_left(school))))
    return left.lt(pd.Timestamp(int(year[:4]), 9, 1))
