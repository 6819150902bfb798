"""Who asked for a plan, and is everybody on the right side of the register?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Split, split
from writinggaps.measures.send.status import NONE, SUPPORT, roll_with_status
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Label, Number, PupilIds, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["PlanRequests", "RegisterReview", "plan_requests", "register_review"]

_LOOK_BACK = 5
_A_YEAR = pd.Timedelta(days=365)
_OPEN = "not decided yet"
_ANSWERS = ("agreed", "refused", _OPEN)


@result
class PlanRequests:
    """Requests for an assessment in the twelve months up to a term, by what was decided."""

    period: Label
    decided: Split | Withheld


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


def plan_requests(school: School, *, term: str) -> PlanRequests:
    """Count requests for an assessment of education, health and care needs.

    Parameters
    ----------
    school : School
        With a table of requests.
    term : str
        Requests made in the twelve months up to its end; a pupil's latest counts.

    Raises
    ------
    NoRecords
        If the school supplied no such table.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> told = pd.DataFrame({"pupil_id": ["p1", "p2"], "date": pd.Timestamp("2025-10-01"),
    ...                      "answer": ["agreed", None]})
    >>> school = School(key="1", name="A", phase="primary", tables={"requests": told})
    >>> found = plan_requests(school, term="2025-26-autumn")
    >>> {name: part.count for name, part in found.decided.shares.items()}
    {'agreed': 1, 'refused': 0, 'not decided yet': 1}
    """
    told, last = school.table("requests"), pd.Timestamp(Term.parse(term).end)
    told = told[(told["date"] <= last) & (told["date"] > last - _A_YEAR)]
    told = told.sort_values("date", kind="stable").drop_duplicates("pupil_id", keep="last")
    answer = told["answer"] if "answer" in told else pd.Series(None, index=told.index, dtype=object)
    if "decided" in told:
        answer = answer.where(~(told["decided"] > last))
    answer = answer.fillna(_OPEN)
    parts = {name: told.loc[answer.eq(name), "pupil_id"].tolist() for name in _ANSWERS}
    return PlanRequests(period=term, decided=attempt(split, parts))


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
    school.table("judgements")
    of, count = measure_of(standards, measure), standards.send.register_terms
    asked = Term.parse(term)
    terms = [str(asked.back(back)) for back in range(_LOOK_BACK)]
    found = {t: attempt(judged, school, of, term=t) for t in terms}
    known = [rows for rows in found.values() if isinstance(rows, pd.DataFrame)][:count]
    if len(known) < count:
        raise NoRecords(
            f"{of.label} was not judged in enough terms", "judgements of more terms are needed"
        )
    now = roll_with_status(school, term)
    least = of.order.index(of.expected[0]) - 1
    for rows in known:
        scored = rows[rows["score"].notna()].set_index("pupil_id")
        now = now[now["pupil_id"].isin(scored.index)]
        well = now["pupil_id"].map(scored["expected"]).astype(bool)
        low = now["pupil_id"].map(scored["score"]).lt(least)
        now = now.assign(well=now.get("well", True) & well, low=now.get("low", True) & low)
    support, none = (now[now["status"].eq(s)] for s in (SUPPORT, NONE))
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
