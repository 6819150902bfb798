"""How pupils with SEN do, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    spelled,
)
from writinggaps.report.words.send_context import WHO
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send import RegisterReview, SenOutcomes
    from writinggaps.measures.send.outcomes import Outcome

__all__ = ["outcomes", "review"]


@sentence
def outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> str:
    """Say how many of each group were at the expected standard, on each measure."""
    return " ".join(_one(row, released) for row in value.rows)


@sentence
def review(value: RegisterReview, released: Released[RegisterReview]) -> str:
    """Count the pupils whose place on the register is worth a conversation."""
    terms = f"the last {spelled(value.terms)} terms in which it was judged"
    off, on = value.may_come_off, value.may_need
    said = []
    if isinstance(off, Share) and not _none(off, released):
        said.append(
            f"{sentence_case(so_many_of(off, released, noun=WHO['SEN Support']))} were at the "
            f"expected standard in each of {terms}: is the support still needed, or is it why? "
            "Writing alone does not say."
        )
    if isinstance(on, Share) and _none(on, released):
        said.append(f"Of {pupils(on.n, released)} without SEN, nobody was far below it that long.")
    elif isinstance(on, Share):
        said.append(
            f"{sentence_case(so_many_of(on, released, noun=WHO['no SEN']))} were further below it "
            "than just below, in each of them: has need been looked for?"
        )
    return " ".join(said) or "Whom to talk about is not shown, to protect children."


def _none(part: Share, released: Released[RegisterReview]) -> bool:
    return released.exact and not part.count


def _one(row: Outcome, released: Released[SenOutcomes]) -> str:
    measure, when = plain(row.measure), Term.parse(row.period).spoken
    shares = {} if isinstance(row.by_status, Withheld) else row.by_status.shares
    said = [
        so_many_of(part, released, noun=WHO[status])
        for status, part in shares.items()
        if isinstance(part, Share)
    ]
    if not said:
        return f"**{measure}**, {when}: not shown, to protect children."
    return f"**{measure}**, {when}: {and_list(said)} were at the expected standard.{_england(row)}"


def _england(row: Outcome) -> str:
    england = row.england
    if isinstance(england, Withheld):
        return ""
    return (
        f" In England it was {england.ehcp.value:g}% of pupils with a plan, "
        f"{england.sen_support.value:g}% on SEN Support and {england.no_sen.value:g}% without SEN "
        f"in {england.no_sen.period}."
    )
