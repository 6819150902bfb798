"""What the index is made of, counted in one school, year by year.

The cohort is fixed. A pupil has a plan in a school year by the census *before* that year, and is on
SEN Support by the census before all the years that are looked at; or, who came later, on entry.
Putting a pupil on the register, taking one off, or losing one during a year therefore changes
nothing in these years' figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from writinggaps.problems import NoRecords
from writinggaps.readers.judged import year_groups
from writinggaps.readers.schema import default
from writinggaps.readers.terms import Term

if TYPE_CHECKING:
    from collections.abc import Callable

    from writinggaps.readers.school import School

__all__ = ["COMPONENTS", "counted", "nine_to_eleven", "window"]

STATUS = {"E": "ehcp", "K": "support"}
_COLUMNS = ["year", "status", "pupil_id", "count", "total"]
_ENDS_AT, _STARTS_AT = 11, 9


def window(term: str, years: int) -> tuple[str, ...]:
    """Give the school years that are taken together, oldest first.

    Examples
    --------
    >>> window("2025-26-autumn", 3)
    ('2023-24', '2024-25', '2025-26')
    """
    return tuple(Term.parse(term).back(3 * back).year for back in reversed(range(years)))


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
    found = COMPONENTS[component](school, term, window(term, years))
    return found[_COLUMNS].reset_index(drop=True)


def nine_to_eleven(school: School, *, term: str, years: int) -> pd.DataFrame:
    """Count pupils with a plan at the census of Year 9 who were gone by the census of Year 11.

    Returns
    -------
    DataFrame
        As `counted` gives; `year` is that of the census of Year 11. Empty where there is none.
    """
    rolls, ages = _rolls(school, term), _ages(school, term)
    parts = []
    for year in window(term, years):
        start = _back(year, _ENDS_AT - _STARTS_AT)
        if year in rolls and start in rolls:
            then = rolls[start]
            then = then[then["sen_provision"].eq("E")]
            then = then[then["pupil_id"].map(ages).eq(_STARTS_AT + _apart(start, term))]
            gone = ~then["pupil_id"].isin(rolls[year]["pupil_id"])
            parts.append(_rows(then, year, gone.astype(float), 1.0))
    return pd.concat(parts) if parts else pd.DataFrame(columns=_COLUMNS)


def _access(school: School, term: str, years: tuple[str, ...]) -> pd.DataFrame:
    """Count pupils with a plan on each roll; places that an authority commissions stand aside."""
    parts = []
    for year, roll in _rolls(school, term).items():
        if year in years:
            here = roll[~_true(roll, "resourced_place")]
            plans = here["sen_provision"].eq("E").astype(float)
            parts.append(_rows(here, year, plans, 1.0).assign(status=""))
    if not parts:
        raise NoRecords("The school's census tables hold none of these years", "one at least")
    return pd.concat(parts)


def _welcome(school: School, term: str, years: tuple[str, ...]) -> pd.DataFrame:
    """Count answers; a consultation without one counts as soon as its time is over."""
    rule, last = default("inclusion.toml")["positive"], pd.Timestamp(Term.parse(term).end)
    asked = school.table("consultations")
    if "school" in asked:
        asked = asked[asked["school"].fillna(school.key).eq(school.key)]
    asked = asked[asked["date_sent"].le(last) & _years(asked["date_sent"]).isin(years)]
    answered = asked.get("date_answered", pd.Series(pd.NaT, index=asked.index))
    open_still = answered.isna() & (asked["date_sent"] > last - pd.Timedelta(days=15))
    asked, answered = asked[~open_still], answered[~open_still]
    positive = asked["answer"].isin(rule["answers"])
    if rule["within_days"]:
        positive &= (answered - asked["date_sent"]).dt.days.le(rule["within_days"])
    return pd.DataFrame(
        {
            "year": _years(asked["date_sent"]),
            "status": "",
            "pupil_id": asked.index.astype(str),
            "count": positive.astype(float),
            "total": 1.0,
        }
    )


def _stay(school: School, term: str, years: tuple[str, ...]) -> pd.DataFrame:
    """Count pupils with SEN on one census who were gone by the next, leaving years apart."""
    rolls, ages = _fixed(_rolls(school, term), years), _ages(school, term)
    parts = []
    for year in years:
        before = _back(year, 1)
        if year in rolls and before in rolls:
            then = rolls[before]
            then = then[then["sen_provision"].isin(STATUS)]
            last = then["pupil_id"].map(ages) - _apart(before, term)
            then = then[last.lt(school.ages[1])]
            gone = ~then["pupil_id"].isin(rolls[year]["pupil_id"])
            parts.append(_rows(then, year, gone.astype(float), 1.0))
    if not parts:
        raise NoRecords("The school's census tables do not hold two years in a row", "at least two")
    return pd.concat(parts)


def _present(school: School, term: str, years: tuple[str, ...]) -> pd.DataFrame:
    """Count sessions missed; who left during a year counts as if the rest had gone on as before."""
    told = school.table("attendance")
    missed = told["absent"].fillna(0)
    other = sum(told[c].fillna(0) for c in ("suspended", "part_time") if c in told)
    told = told.assign(missed=np.minimum(np.maximum(missed, other), told["possible"]))
    parts = []
    for year, cohort in _cohorts(school, term, years).items():
        here = told[told["period"].isin(_periods(year, term)) & told["possible"].gt(0)]
        sums = here.groupby("pupil_id")[["missed", "possible"]].sum()
        rows = cohort.merge(sums.reset_index(), on="pupil_id")
        whole = float(sums["possible"].median()) if len(sums) else 0.0
        short = rows["pupil_id"].map(_left_in(school, year)).eq(True) & rows["possible"].lt(whole)
        more = np.where(short, whole / rows["possible"], 1.0)
        parts.append(_rows(rows, year, rows["missed"] * more, rows["possible"] * more))
    return _some(parts)


def _included(school: School, term: str, years: tuple[str, ...]) -> pd.DataFrame:
    """Count pupils suspended or excluded at least once in a year, however often."""
    told = school.tables.get("suspensions")
    if told is None:
        told = school.table("suspensions")  # raises, and says how to supply it
    told = told[told["date"].le(pd.Timestamp(Term.parse(term).end))]
    parts = []
    for year, cohort in _cohorts(school, term, years).items():
        held = cohort["pupil_id"].isin(told.loc[_years(told["date"]).eq(year), "pupil_id"])
        parts.append(_rows(cohort, year, held.astype(float), 1.0))
    return _some(parts)


COMPONENTS: dict[str, Callable[[School, str, tuple[str, ...]], pd.DataFrame]] = {
    "access": _access,
    "welcome": _welcome,
    "stay": _stay,
    "present": _present,
    "included": _included,
}
"""How each component is counted."""


def _cohorts(school: School, term: str, years: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Give the pupils with SEN of each year: who was there before it, or came in it."""
    rolls = _fixed(_rolls(school, term), years)
    found = {}
    for year in years:
        before = rolls.get(_back(year, 1))
        if before is None:
            continue
        now = rolls.get(year, before.iloc[:0])
        new = now[~now["pupil_id"].isin(before["pupil_id"])]
        cohort = pd.concat([before[~_left_before(school, before, year)], new])
        found[year] = cohort[cohort["sen_provision"].isin(STATUS)]
    return found


def _fixed(rolls: dict[str, pd.DataFrame], years: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Fix who has SEN: plans by each census, SEN Support by the one before the years, or on entry.

    An authority decides on plans; a school decides alone on SEN Support, before or after the fact.
    """
    base = _back(years[0], 1)
    used = {year: roll for year, roll in rolls.items() if year >= base}
    every = pd.concat(used.values()) if used else pd.DataFrame(columns=["pupil_id", "date"])
    first = every.sort_values("date", kind="stable").drop_duplicates("pupil_id")
    entry = dict(zip(first["pupil_id"], first.get("sen_provision", ()), strict=True))
    fixed = {}
    for year, roll in used.items():
        plan, at_entry = roll["sen_provision"].eq("E"), roll["pupil_id"].map(entry)
        status = at_entry.where(at_entry.isin(STATUS), "N").replace("E", "K")
        fixed[year] = roll.assign(sen_provision=status.astype(object).mask(plan, "E"))
    return fixed


def _rolls(school: School, term: str) -> dict[str, pd.DataFrame]:
    """Give the last census of each school year up to the end of a term, those on roll only."""
    rows = school.table("census")
    rows = rows[rows["date"].le(pd.Timestamp(Term.parse(term).end))]
    if "on_roll" in rows:
        rows = rows[rows["on_roll"].fillna(value=True).astype(bool)]
    years = _years(rows["date"])
    last = rows["date"].groupby(years).transform("max")
    rows, years = rows[rows["date"].eq(last)], years[rows["date"].eq(last)]
    return {str(year): here for year, here in rows.groupby(years)}


def _rows(of: pd.DataFrame, year: str, count: Any, total: Any) -> pd.DataFrame:
    status = of["sen_provision"].map(STATUS)
    return of[["pupil_id"]].assign(year=year, status=status, count=count, total=total)


def _some(parts: list[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        raise NoRecords(
            "No census comes before these years", "one that says who had SEN before each year"
        )
    return pd.concat(parts)


def _ages(school: School, term: str) -> dict[str, float]:
    """Give the year group that each pupil would be in at the term."""
    groups = year_groups(school, term).astype("Float64")
    return dict(zip(school.pupils["pupil_id"], groups.astype(float), strict=True))


def _left(school: School) -> pd.Series:
    pupils = school.pupils
    if "left" not in pupils:
        return pd.Series(dtype="datetime64[us]")
    return pupils.set_index("pupil_id")["left"].dropna()


def _left_in(school: School, year: str) -> dict[str, bool]:
    """Say who left during a school year, before its last weeks."""
    last = pd.Timestamp(int(year[:4]) + 1, 7, 1)
    left = _left(school)
    return dict.fromkeys(left[_years(left).eq(year) & left.lt(last)].index, True)


def _left_before(school: School, rows: pd.DataFrame, year: str) -> pd.Series:
    """Say who left after the census at the end of the year before, as leaving years do."""
    left = pd.to_datetime(rows["pupil_id"].map(dict(_left(school))))
    return left.lt(pd.Timestamp(int(year[:4]), 9, 1))


def _periods(year: str, term: str) -> list[str]:
    last = Term.parse(term)
    parts = [str(Term(int(year[:4]), part)) for part in range(3)]
    return [year, *(p for p in parts if Term.parse(p) <= last)]


def _true(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series(data=False, index=rows.index)
    return rows[column].fillna(value=False).astype(bool)


def _years(days: pd.Series) -> pd.Series:
    starts = days.dt.year - (days.dt.month < 9)
    names = {year: Term(int(year), 0).year for year in starts.dropna().unique()}
    named: pd.Series = starts.map(names).astype(object)
    return named


def _back(year: str, years: int) -> str:
    return Term(int(year[:4]) - years, 0).year


def _apart(year: str, term: str) -> int:
    """Give how many school years lie between a year and a term."""
    return Term.parse(term).starts_in - int(year[:4])
