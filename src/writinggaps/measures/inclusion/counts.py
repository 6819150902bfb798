"""What the index is made of, counted in one school, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from writinggaps.measures.inclusion.cohort import (
    STATUS,
    ages,
    back,
    cohorts,
    fixed,
    kept,
    left_in,
    rolls,
    school_years,
    window,
    years_apart,
)
from writinggaps.problems import NoRecords
from writinggaps.readers.schema import default
from writinggaps.readers.terms import Term

if TYPE_CHECKING:
    from collections.abc import Callable

    from writinggaps.readers.school import School

__all__ = ["COMPONENTS", "COUNTED", "counted", "in_year", "nine_to_eleven"]

COUNTED = ["year", "status", "pupil_id", "count", "total"]
_ENDS_AT, _STARTS_AT = 11, 9


@kept
def counted(school: School, component: str, *, term: str, years: int) -> pd.DataFrame:
    """Count one component, one row a child, or consultation, and school year.

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
    DataFrame
        Columns `year`, `status` (ehcp, support or empty), `pupil_id`, `count` and `total`. Of
        `present` they are sessions; of `stay` and `included` exits and suspended pupils.

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
    return pd.concat(parts)[COUNTED].reset_index(drop=True)


@kept
def nine_to_eleven(school: School, *, term: str, years: int) -> pd.DataFrame:
    """Count pupils with a plan at the census of Year 9 who were gone by the census of Year 11.

    Returns
    -------
    DataFrame
        As `counted` gives; `year` is that of the census of Year 11. Empty where there is none.
    """
    found, age = rolls(school, term), ages(school, term)
    parts = []
    for year in window(term, years):
        start = back(year, _ENDS_AT - _STARTS_AT)
        if year in found and start in found:
            then = found[start]
            then = then[then["sen_provision"].eq("E")]
            then = then[then["pupil_id"].map(age).eq(_STARTS_AT + years_apart(start, term))]
            gone = ~then["pupil_id"].isin(found[year]["pupil_id"])
            parts.append(_rows(then, year, gone.astype(float), 1.0))
    return pd.concat(parts) if parts else pd.DataFrame(columns=COUNTED)


def in_year(school: School, year: str, term: str) -> pd.DataFrame:
    """Give the attendance of one school year up to the end of a term."""
    told, last = school.table("attendance"), Term.parse(term)
    parts = [str(Term(int(year[:4]), part)) for part in range(3)]
    periods = [year, *(part for part in parts if Term.parse(part) <= last)]
    return told[told["period"].isin(periods) & told["possible"].gt(0)]


def _access(school: School, term: str, years: tuple[str, ...]) -> list[pd.DataFrame]:
    """Count pupils with a plan on each roll; places that an authority commissions stand aside."""
    parts = []
    for year, roll in rolls(school, term).items():
        if year in years:
            here = roll
            if "resourced_place" in roll:
                here = roll[~roll["resourced_place"].fillna(value=False).astype(bool)]
            plans = here["sen_provision"].eq("E").astype(float)
            parts.append(_rows(here, year, plans, 1.0).assign(status=""))
    return parts


def _welcome(school: School, term: str, years: tuple[str, ...]) -> list[pd.DataFrame]:
    """Count answers; a consultation without one counts as soon as its time is over."""
    rule, last = default("inclusion.toml")["positive"], pd.Timestamp(Term.parse(term).end)
    asked = school.table("consultations")
    if "school" in asked:
        asked = asked[asked["school"].fillna(school.key).eq(school.key)]
    asked = asked[asked["date_sent"].le(last) & school_years(asked["date_sent"]).isin(years)]
    answered = asked.get("date_answered", pd.Series(pd.NaT, index=asked.index))
    open_still = answered.isna() & (asked["date_sent"] > last - pd.Timedelta(days=15))
    asked, answered = asked[~open_still], answered[~open_still]
    positive = asked["answer"].isin(rule["answers"])
    if rule["within_days"]:
        positive &= (answered - asked["date_sent"]).dt.days.le(rule["within_days"])
    told = {"year": school_years(asked["date_sent"]), "pupil_id": asked.index.astype(str)}
    return [pd.DataFrame({**told, "status": "", "count": positive.astype(float), "total": 1.0})]


def _stay(school: School, term: str, years: tuple[str, ...]) -> list[pd.DataFrame]:
    """Count pupils with SEN on one census who were gone by the next, leaving years apart."""
    found, age = fixed(rolls(school, term), years), ages(school, term)
    parts = []
    for year in years:
        before = back(year, 1)
        if year in found and before in found:
            then = found[before]
            then = then[then["sen_provision"].isin(STATUS)]
            last = then["pupil_id"].map(age) - years_apart(before, term)
            then = then[last.lt(school.ages[1])]
            gone = ~then["pupil_id"].isin(found[year]["pupil_id"])
            parts.append(_rows(then, year, gone.astype(float), 1.0))
    return parts


def _present(school: School, term: str, years: tuple[str, ...]) -> list[pd.DataFrame]:
    """Count sessions missed; who left during a year counts as if the rest had gone on as before."""
    parts = []
    for year, cohort in cohorts(school, term, years).items():
        told = in_year(school, year, term)
        other = sum(told[c].fillna(0) for c in ("suspended", "part_time") if c in told)
        missed = np.maximum(told["absent"].fillna(0), other)
        told = told.assign(missed=np.minimum(missed, told["possible"]))
        sums = told.groupby("pupil_id")[["missed", "possible"]].sum()
        rows = cohort.merge(sums.reset_index(), on="pupil_id")
        whole = float(sums["possible"].median()) if len(sums) else 0.0
        short = rows["pupil_id"].map(left_in(school, year)).eq(True) & rows["possible"].lt(whole)
        more = np.where(short, whole / rows["possible"], 1.0)
        parts.append(_rows(rows, year, rows["missed"] * more, rows["possible"] * more))
    if parts and not sum(len(part) for part in parts):
        raise NoRecords("The school's attendance table holds none of its pupils with SEN")
    return parts


def _included(school: School, term: str, years: tuple[str, ...]) -> list[pd.DataFrame]:
    """Count pupils suspended or excluded at least once in a year, however often."""
    told = school.tables.get("suspensions")
    if told is None:
        told = school.table("suspensions")  # raises, and says how to supply it
    told = told[told["date"].le(pd.Timestamp(Term.parse(term).end))]
    parts = []
    for year, cohort in cohorts(school, term, years).items():
        held = cohort["pupil_id"].isin(told.loc[school_years(told["date"]).eq(year), "pupil_id"])
        parts.append(_rows(cohort, year, held.astype(float), 1.0))
    return parts


COMPONENTS: dict[str, Callable[[School, str, tuple[str, ...]], list[pd.DataFrame]]] = {
    "access": _access,
    "welcome": _welcome,
    "stay": _stay,
    "present": _present,
    "included": _included,
}
"""How each component is counted."""


def _rows(of: pd.DataFrame, year: str, count: Any, total: Any) -> pd.DataFrame:
    status = of["sen_provision"].map(STATUS)
    return of[["pupil_id"]].assign(year=year, status=status, count=count, total=total)
