"""Who is suspended, and how much more often are pupils with SEN?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.estimates.rates import RatioOfRates, rate_ratio
from writinggaps.measures.send.status import (
    NONE,
    comparable,
    enrolled,
    sides,
    status_parts,
    with_status,
    years_to,
)
from writinggaps.measures.send.yardsticks import ByStatus, Yardsticks, by_status, yardsticks
from writinggaps.problems import NoRecords, TooFewPupils
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Answer, Count, Label, Tally, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["BehaviourYear", "SenBehaviour", "send_behaviour", "suspended_pupils"]

_COUNTED = ("events", "permanent", "internal")
"""What is counted of a pupil; lunchtime suspensions and those of no kind are `events`."""
_AGAIN, _OFTEN = 2, 10
_ON_EACH_SIDE = 5
"""A ratio of fewer events is known to within nothing useful, and would tell how few they were."""


@result
class Events:
    """Suspensions, permanent exclusions, internal sanctions; and how many of pupils with SEN."""

    n: Count
    n_sen: Count
    suspensions: Tally
    of_sen: Tally
    permanent: Tally
    internal: Tally
    internal_of_sen: Tally


@result
class BehaviourYear:
    """One school year; `whole` says whether it is over."""

    period: Label
    whole: Answer
    events: Events | Withheld
    suspended: Share | Withheld


@result
class SenBehaviour:
    """Suspensions of three school years, the last up to the term.

    `once`, `again` and `often` are pupils suspended at least once, twice and ten times in the three
    years; each pupil is counted once, by the latest status. `relative` is how many suspensions fall
    to a pupil with SEN for each that falls to a pupil without. Internal sanctions are told where
    `internal_kept`: where none is recorded in three years, they are not kept.
    """

    period: Label
    years: tuple[BehaviourYear, ...]
    together: Events | Withheld
    relative: RatioOfRates | Withheld
    once: Breakdown | Withheld
    again: Breakdown | Withheld
    often: Breakdown | Withheld
    needs: Breakdown | Withheld
    suspended: Yardsticks
    rates: ByStatus | Withheld
    internal_kept: Answer


def send_behaviour(school: School, *, term: str, standards: Standards) -> SenBehaviour:
    """Count suspensions and who had them, over three school years.

    Parameters
    ----------
    school : School
        With a table of suspensions, which may be empty.
    term : str
        Events up to its end are counted.
    standards : Standards
        How many suspensions are enough to compare.

    Returns
    -------
    SenBehaviour
        Lunchtime suspensions are suspensions.

    Raises
    ------
    NoRecords
        If the school did not supply the table, or nobody's SEN status is recorded.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("acdebfghijklmnop"), "year_group": 4,
    ...                        "sen_provision": list("KKKK" + "N" * 12), "sen_need": None})
    >>> days = pd.date_range("2025-10-01", periods=12)
    >>> told = pd.DataFrame({"pupil_id": list("aaaaaaabbbbb"), "date": days, "kind": "suspension"})
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "suspensions": told})
    >>> found = send_behaviour(school, term="2025-26-autumn", standards=load_standards())
    >>> found.together.of_sen, round(found.relative.estimate, 1)
    (7, 4.2)
    """
    pupils = suspended_pupils(school, term)
    sen, others = sides(pupils)
    return SenBehaviour(
        period=term,
        years=tuple(_year(school, t, term) for t in years_to(term)),
        together=_events(pupils),
        relative=attempt(_relative, sen, others, standards.send.suspensions_minimum),
        once=_share(pupils, 1),
        again=_share(pupils, _AGAIN),
        often=_share(pupils, _OFTEN),
        needs=attempt(breakdown, "need", status_parts(sen, sen["events"].ge(1), "need")),
        suspended=yardsticks(school, "pupils_suspended", term=term),
        rates=attempt(by_status, school, "suspension_rate", term=term),
        internal_kept=bool(pupils["internal"].sum()),
    )


def suspended_pupils(school: School, term: str, years: int = 3) -> pd.DataFrame:
    """Give the pupils of the last school years with their suspensions.

    Returns
    -------
    DataFrame
        One row a pupil: status, need (the latest), years on roll, and how many suspensions
        (`events`), permanent exclusions and internal sanctions.
    """
    told, terms = _events_of(school), years_to(term)[-years:]
    parts = []
    for when in terms:
        last = Term.parse(when if when == term else str(Term(Term.parse(when).starts_in, 2)))
        rows = attempt(enrolled, school, str(last))
        if isinstance(rows, Withheld):
            continue
        start, end = (pd.Timestamp(d) for d in (Term(last.starts_in, 0).start, last.end))
        here = told[told["date"].between(start, end)]
        rows = with_status(school, rows, str(last)).assign(years=1)
        for name in _COUNTED:
            of = here.loc[here["counted"].eq(name), "pupil_id"].value_counts()
            rows[name] = rows["pupil_id"].map(of).fillna(0).astype(int)
        parts.append(rows)
    if not parts:
        raise NoRecords("Nobody was on roll in these years", "pupils have to be on roll")
    every = pd.concat(parts)
    sums = every.groupby("pupil_id")[["years", *_COUNTED]].sum()
    latest = every.drop_duplicates("pupil_id", keep="last")[["pupil_id", "status", "need"]]
    return latest.merge(sums.reset_index(), on="pupil_id")


def _events_of(school: School) -> pd.DataFrame:
    told = school.tables.get("suspensions")
    if told is None:
        school.table("suspensions")  # raises, and says how to supply it
        raise AssertionError  # pragma: no cover
    kind = told.get("kind", pd.Series("", index=told.index))
    return told.assign(counted=kind.where(kind.isin(_COUNTED), _COUNTED[0]))


def _year(school: School, term: str, asked: str) -> BehaviourYear:
    last = Term.parse(term)
    whole = last.part == 2 or term != asked
    end = str(Term(last.starts_in, 2)) if whole else term
    rows = attempt(suspended_pupils, school, end, 1)
    if isinstance(rows, Withheld):
        return BehaviourYear(period=last.year, whole=whole, events=rows, suspended=rows)
    held = rows.loc[rows["events"].gt(0), "pupil_id"].tolist()
    suspended = attempt(share, held, rows["pupil_id"].tolist())
    return BehaviourYear(period=last.year, whole=whole, events=_events(rows), suspended=suspended)


def _relative(sen: pd.DataFrame, others: pd.DataFrame, least: int) -> RatioOfRates:
    comparable(len(sen), len(others))
    events = [int(part["events"].sum()) for part in (sen, others)]
    if sum(events) < least or min(events) < _ON_EACH_SIDE:
        raise TooFewPupils(
            "There were too few suspensions to say to whom they fall more often",
            f"at least {least} are needed, and {_ON_EACH_SIDE} on each side",
        )
    return rate_ratio((sen["events"], sen["years"]), (others["events"], others["years"]))


def _events(rows: pd.DataFrame) -> Events:
    sen = rows["status"].ne(NONE)
    return Events(
        n=len(rows),
        n_sen=int(sen.sum()),
        suspensions=int(rows["events"].sum()),
        of_sen=int(rows.loc[sen, "events"].sum()),
        permanent=int(rows["permanent"].sum()),
        internal=int(rows["internal"].sum()),
        internal_of_sen=int(rows.loc[sen, "internal"].sum()),
    )


def _share(rows: pd.DataFrame, least: int) -> Breakdown | Withheld:
    return attempt(breakdown, "SEN status", status_parts(rows, rows["events"].ge(least)))
