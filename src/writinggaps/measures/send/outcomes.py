"""How do pupils with SEN do, and is everybody on the right side of the register?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.measures.send.status import roll_with_status, status_parts, with_status
from writinggaps.measures.send.yardsticks import ByStatus, by_status
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.schema import default
from writinggaps.readers.terms import Term
from writinggaps.results import Label, Number, PupilIds, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writinggaps.readers.school import School
    from writinggaps.standards import Measure, Standards

__all__ = ["Outcome", "RegisterReview", "SenOutcomes", "register_review", "send_outcomes"]

_A_YEAR = 3
_PUBLISHED = {
    "writing": "ks2_writing_expected",
    "phonics": "phonics_year1_expected",
    "gld": "eyfs_good_level_of_development",
}


@result
class Outcome:
    """Pupils at the expected standard of one measure, by SEN status, with England's figures."""

    measure: Label
    period: Label
    by_status: Breakdown | Withheld
    england: ByStatus | Withheld


@result
class SenOutcomes:
    """The latest judgements of a year on each measure that has an expected standard."""

    period: Label
    rows: tuple[Outcome, ...]


@result
class RegisterReview:
    """Pupils whose place on the register is worth a conversation.

    `may_come_off` are on SEN Support and were at the expected standard in each of the last `terms`
    terms; `may_need` are not on the register and were lower than just below the standard in each.
    """

    period: Label
    measure: Label
    terms: Number
    may_come_off: Share | Withheld
    may_need: Share | Withheld
    come_off_pupils: PupilIds
    need_pupils: PupilIds


def send_outcomes(school: School, *, term: str, standards: Standards) -> SenOutcomes:
    """Count pupils at the expected standard by SEN status, on every measure that has one.

    Parameters
    ----------
    school : School
        With a table of judgements.
    term : str
        The latest judgements of the three terms up to it count.
    standards : Standards
        Measures, and what is expected.

    Raises
    ------
    NoRecords
        If nobody was judged on any such measure in a year.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("abc"), "year_group": 6,
    ...                        "sen_provision": ["K", "N", "N"]})
    >>> told = pd.DataFrame({"pupil_id": list("abc"), "value": ["WTS", "EXS", "GDS"]})
    >>> told = told.assign(date=pd.Timestamp("2025-12-12"), term="2025-26-autumn",
    ...                    measure="writing", kind="summative")
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "judgements": told})
    >>> found = send_outcomes(school, term="2025-26-autumn", standards=load_standards())
    >>> [(p.label, p.share.count, p.share.n) for p in found.rows[0].by_status.parts]
    [('SEN Support', 0, 1), ('no SEN', 2, 2)]
    """
    school.table("judgements")
    rows = tuple(_outcomes(school, term, standards))
    if not rows:
        raise NoRecords("Nobody was judged against an expected standard in the last three terms")
    return SenOutcomes(period=term, rows=rows)


def register_review(
    school: School, *, term: str, standards: Standards, measure: str = "writing"
) -> RegisterReview:
    """Find pupils whose judgements do not fit their place on the register.

    Parameters
    ----------
    school : School
        With judgements.
    term : str
        The last term that counts.
    standards : Standards
        The order of judgements.
    measure : str, optional
        A measure with an order and an expected standard.

    Raises
    ------
    NoRecords
        If nobody on roll was judged in each of the last terms.
    """
    of, count = measure_of(standards, measure), default("send.toml")["register"]["terms"]
    asked = Term.parse(term)
    terms = [str(asked.back(back)) for back in range(_A_YEAR + 2)]
    found = {t: attempt(judged, school, of, term=t) for t in terms}
    known = [rows for rows in found.values() if isinstance(rows, pd.DataFrame)][:count]
    if len(known) < count:
        raise NoRecords(f"{of.label} was not judged in enough terms", "judgements of more terms")
    now = roll_with_status(school, term)
    least = of.order.index(of.expected[0]) - 1
    for rows in known:
        scored = rows[rows["score"].notna()].set_index("pupil_id")
        now = now[now["pupil_id"].isin(scored.index)]
        well = now["pupil_id"].map(scored["expected"]).astype(bool)
        low = now["pupil_id"].map(scored["score"]).lt(least)
        now = now.assign(
            well=now.get("well", True) & well,
            low=now.get("low", True) & low,
        )
    support, none = (now[now["status"].eq(s)] for s in ("SEN Support", "no SEN"))
    come_off = support.loc[support["well"], "pupil_id"].tolist()
    need = none.loc[none["low"], "pupil_id"].tolist()
    return RegisterReview(
        period=term,
        measure=of.label,
        terms=count,
        may_come_off=attempt(share, come_off, support["pupil_id"].tolist()),
        may_need=attempt(share, need, none["pupil_id"].tolist()),
        come_off_pupils=tuple(come_off),
        need_pupils=tuple(need),
    )


def _outcomes(school: School, term: str, standards: Standards) -> Iterator[Outcome]:
    for measure in standards.measures.values():
        if not measure.expected and measure.expected_from != measure.expected_from:
            continue
        found = _latest(school, measure, term)
        if found is None:
            continue
        when, rows = found
        rows = rows[rows["score"].notna()].reset_index(drop=True)
        known = attempt(with_status, school, rows, when)
        if isinstance(known, Withheld):
            continue
        yield Outcome(
            measure=measure.label,
            period=when,
            by_status=attempt(
                breakdown, "SEN status", status_parts(known, known["expected"].astype(bool))
            ),
            england=_england(school, measure, term),
        )


def _latest(school: School, measure: Measure, term: str) -> tuple[str, pd.DataFrame] | None:
    for back in range(_A_YEAR):
        when = str(Term.parse(term).back(back))
        rows = attempt(judged, school, measure, term=when)
        if not isinstance(rows, Withheld) and rows["score"].notna().any():
            return when, rows
    return None


def _england(school: School, measure: Measure, term: str) -> ByStatus | Withheld:
    if measure.id not in _PUBLISHED:
        return Withheld(reason="not_published", found="No official figure is carried for it")
    return attempt(by_status, school, _PUBLISHED[measure.id], term=term)
