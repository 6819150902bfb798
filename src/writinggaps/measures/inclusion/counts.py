"""What the index is made of, counted in one school, year by year."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple

import numpy as np
import pandas as pd

from writinggaps.measures.inclusion.cohort import (
    STATUS,
    Roll,
    ages,
    back,
    cohorts,
    fixed,
    left,
    resourced,
    rolls,
    rules,
    school_year,
    school_years,
    start_of,
    window,
    years_apart,
)
from writinggaps.problems import NoRecords
from writinggaps.readers.kept import kept
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term

__all__ = ["COMPONENTS", "Counted", "counted", "nine_to_eleven"]

_ENDS_AT, _STARTS_AT = 11, 9


class Counted(NamedTuple):
    """One child, or consultation, in one school year: so many of so many, and its status then."""

    year: str
    status: str
    pupil_id: str
    part: float
    whole: float


@kept
def counted(school: School, component: str, *, term: str, years: int) -> list[Counted]:
    """Count one component, one entry a child, or consultation, and school year.

    Parameters
    ----------
    school : School
        With the component's tables.
    component : str
        One of `COMPONENTS`.
    term : str
        Up to whose end is counted.
    years : int
        How many school years together.

    Returns
    -------
    list of Counted
        With a status of ehcp, support or nothing. Of `present`, sessions are counted; of `stay` and
        `included`, exits and suspended pupils.

    Raises
    ------
    NoRecords
        If the school did not supply the tables, or they hold no fixed cohort.
    """
    parts = COMPONENTS[component](school, term, window(term, years))
    if not parts:
        raise NoRecords(
            "The school's census tables do not hold two years in a row",
            "one census before each year says who had SEN",
        )
    return [child for part in parts for child in part]


@kept
def nine_to_eleven(school: School, *, term: str, years: int) -> list[Counted]:
    """Count pupils with a plan at the census of Year 9 who were gone by the census of Year 11.

    Returns
    -------
    list of Counted
        `year` is that of the census of Year 11. Empty where there is none.
    """
    found, age, parts = rolls(school, term), ages(school, term), []
    for year in window(term, years):
        start = back(year, _ENDS_AT - _STARTS_AT)
        if year in found and start in found:
            at = _STARTS_AT + years_apart(start, term)
            then = {p: s for p, s in found[start].items() if s == "E" and age.get(p) == at}
            parts.append(_of(year, then, then.keys() - found[year].keys()))
    return [child for part in parts for child in part]


def _access(school: School, term: str, years: tuple[str, ...]) -> list[list[Counted]]:
    """Count pupils with a plan on each roll; places that an authority commissions stand aside."""
    apart = resourced(school, term)
    return [
        [Counted(year, "", p, float(s == "E"), 1) for p, s in roll.items() if p not in apart[year]]
        for year, roll in rolls(school, term).items()
        if year in years
    ]


def _welcome(school: School, term: str, years: tuple[str, ...]) -> list[list[Counted]]:
    """Count answers; a consultation without one counts as soon as its time is over."""
    rule, last = rules()["positive"], pd.Timestamp(Term.parse(term).end)
    soon, part = last - pd.Timedelta(days=15), []
    for place, row in school.table("consultations").to_dict("index").items():
        sent, answered = row["date_sent"], row.get("date_answered", pd.NaT)
        year = school_year(sent) if sent <= last else ""
        asked = row.get("school", school.key)
        ours = pd.isna(asked) or asked == school.key
        if not ours or year not in years or (pd.isna(answered) and sent > soon):
            continue
        days = (answered - sent).days
        late = bool(rule["within_days"]) and not days <= rule["within_days"]
        positive = row["answer"] in rule["answers"] and not late
        part.append(Counted(year, "", str(place), float(positive), 1))
    return [part]


def _stay(school: School, term: str, years: tuple[str, ...]) -> list[list[Counted]]:
    """Count pupils with SEN on one census who were gone by the next, leaving years apart."""
    found, age, parts = fixed(rolls(school, term), years), ages(school, term), []
    for year in years:
        before = back(year, 1)
        if year in found and before in found:
            oldest = school.ages[1] + years_apart(before, term)
            then = {
                p: s
                for p, s in found[before].items()
                if s in STATUS and age.get(p, oldest) < oldest
            }
            parts.append(_of(year, then, then.keys() - found[year].keys()))
    return parts


def _present(school: School, term: str, years: tuple[str, ...]) -> list[list[Counted]]:
    """Count sessions missed; who left during a year counts as if the rest had gone on as before."""
    sessions, days, parts = _sessions(school, term, years), left(school), []
    for year, cohort in cohorts(school, term, years).items():
        told, part = sessions[year], []
        whole = float(np.median([possible for _, possible in told.values()])) if told else 0.0
        from_july = pd.Timestamp(int(year[:4]) + 1, 7, 1)
        for pupil in (p for p in cohort if p in told):
            missed, possible = told[pupil]
            short = start_of(year) <= days.get(pupil, from_july) < from_july and possible < whole
            more = whole / possible if short else 1.0
            status = STATUS[cohort[pupil]]
            part.append(Counted(year, status, pupil, missed * more, possible * more))
        parts.append(part)
    if parts and not any(parts):
        raise NoRecords("The school's attendance table holds none of its pupils with SEN")
    return parts


def _sessions(
    school: School, term: str, years: tuple[str, ...]
) -> dict[str, dict[str, tuple[float, float]]]:
    """Give the sessions missed and possible of each pupil in each year, up to the end of a term."""
    told, last = _by_period(school), Term.parse(term)
    found = {}
    for year in years:
        terms = [Term(int(year[:4]), part) for part in range(3)]
        sums: dict[str, tuple[float, float]] = {}
        for period in (year, *(str(part) for part in terms if part <= last)):
            for pupil, (missed, possible) in told.get(period, {}).items():
                before = sums.get(pupil, (0.0, 0.0))
                sums[pupil] = before[0] + missed, before[1] + possible
        found[year] = sums
    return found


@kept
def _by_period(school: School) -> dict[str, dict[str, tuple[float, float]]]:
    """Give the sessions missed and possible of each pupil, by period."""
    told = school.table("attendance")
    told = told[told["possible"].gt(0)]
    other = sum(told[c].fillna(0) for c in ("suspended", "part_time") if c in told)
    missed = np.minimum(np.maximum(told["absent"].fillna(0), other), told["possible"])
    found: dict[str, dict[str, tuple[float, float]]] = {}
    rows = zip(told["period"], told["pupil_id"], missed, told["possible"], strict=True)
    for period, pupil, gone, possible in rows:
        sums = found.setdefault(period, {})
        before = sums.get(pupil, (0.0, 0.0))
        sums[pupil] = before[0] + gone, before[1] + possible
    return found


def _included(school: School, term: str, years: tuple[str, ...]) -> list[list[Counted]]:
    """Count pupils suspended or excluded at least once in a year, however often."""
    told = school.tables.get("suspensions")
    if told is None:
        told = school.table("suspensions")  # raises, and says how to supply it
    told = told[told["date"].le(pd.Timestamp(Term.parse(term).end))]
    if "kind" in told:
        told = told[told["kind"].ne("internal")]
    held = set(zip(school_years(told["date"]), told["pupil_id"], strict=True))
    return [
        _of(year, cohort, {pupil for when, pupil in held if when == year})
        for year, cohort in cohorts(school, term, years).items()
    ]


COMPONENTS: dict[str, Callable[[School, str, tuple[str, ...]], list[list[Counted]]]] = {
    "access": _access,
    "welcome": _welcome,
    "stay": _stay,
    "present": _present,
    "included": _included,
}
"""How each component is counted."""


def _of(year: str, roll: Roll, counted: Container[str]) -> list[Counted]:
    """Count those of a roll who are among some."""
    return [Counted(year, STATUS[s], p, float(p in counted), 1) for p, s in roll.items()]
