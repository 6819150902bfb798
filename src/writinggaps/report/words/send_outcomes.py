"""How pupils with SEN do, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    count_of,
    few,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    spelled,
)
from writinggaps.report.words.send_context import WHO, records_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.outcomes import SenOutcomes
    from writinggaps.measures.send.register import PlanRequests, RegisterReview

__all__ = ["outcomes", "requests", "review"]

_AT_EXPECTED = "Which pupils with SEN are at the expected standard?"


@sentence
def outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> Prose:
    """Say how far apart pupils with and without SEN are in writing, and what has changed."""
    latest = next((row for row in value.rows if not row.who), None)
    if latest is None or isinstance(latest.by_status, Withheld):
        return Prose("Writing by SEN status is not known or not shown.")
    measure, shares = plain(latest.measure), latest.by_status.shares
    said = [
        so_many_of(part, released, noun=WHO[status])
        for status, part in shares.items()
        if isinstance(part, Share)
    ]
    if not said:
        return Prose(f"**{measure}**: not shown, to protect children.")
    when = Term.parse(latest.period).spoken
    return Prose(
        f"**{measure}**, {when}: {and_list(said)} were at the expected standard. "
        "From one data drop to the next pupils and standards change; the table shows each, and "
        "whether a gap is moving is judged in the school's report.",
        records_of(latest.by_status, _AT_EXPECTED, value.period, latest.measure),
    )


@sentence
def requests(value: PlanRequests, released: Released[PlanRequests]) -> str:
    """Say how many requests for an assessment were made, and what was decided."""
    if isinstance(value.decided, Withheld):
        if value.decided.reason == "too_few_pupils":
            return "No assessment for a plan was requested in twelve months."
        return "Requests for a plan are too few to be shown."
    known = value.decided.shares.items()
    said = [f"{count_of(s.count, released)} {k}" for k, s in known if isinstance(s, Share)]
    asked = count_of(value.decided.n, released)
    return (
        f"In the twelve months to the end of {Term.parse(value.period).spoken} an assessment for a "
        f"plan was requested for {asked} {'pupil' if asked == '1' else 'pupils'}: {and_list(said)}."
    )


@sentence
def review(value: RegisterReview, released: Released[RegisterReview]) -> str:
    """Count the pupils whose place on the register is worth a conversation."""
    terms = f"the last {spelled(value.terms)} terms in which it was judged"
    off, on = value.may_come_off, value.may_need
    said = []
    if isinstance(off, Share) and not _none(off, released) and not few(off.count, released):
        said.append(
            f"{sentence_case(so_many_of(off, released, noun=WHO['SEN Support']))} were at the "
            f"expected standard in each of {terms}: is the support still needed, or is it why? "
            "Writing alone does not say."
        )
    if isinstance(on, Share) and (_none(on, released) or few(on.count, released)):
        nobody = "nobody" if released.exact else "nobody, or hardly anybody,"
        said.append(
            f"Of {pupils(on.n, released)} without SEN, {nobody} was far below it that long."
        )
    elif isinstance(on, Share):
        said.append(
            f"{sentence_case(so_many_of(on, released, noun=WHO['no SEN']))} were further below it "
            "than just below, in each of them: has need been looked for?"
        )
    return " ".join(said) or "Whom to talk about is not shown, to protect children."


def _none(part: Share, released: Released[RegisterReview]) -> bool:
    return released.exact and not part.count
