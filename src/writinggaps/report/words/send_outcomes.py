"""How pupils with SEN do, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.measures.send.outcomes import Outcome, SenOutcomes
from writinggaps.measures.send.register import PlanRequests, RegisterReview
from writinggaps.measures.send.status import FEWEST
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    count_in,
    count_of,
    few,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    spelled,
    to_range,
)
from writinggaps.report.words.send_context import WHO, records_of
from writinggaps.withheld import Withheld

__all__ = ["beside_england", "outcomes", "parts", "requests", "review", "subject"]

_HIDDEN = "Judgements by SEN status are not known or not shown."
_AT_EXPECTED = "Which pupils with SEN are at the expected standard?"


@sentence
def outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> Prose:
    """Say how many pupils are at the expected standard in the first subject, by SEN status."""
    said = [told for row in value.latest if (told := _latest(row, released))]
    records = (
        record
        for row in value.latest
        for record in records_of(row.by_status, _AT_EXPECTED, value.period, row.measure)
    )
    return Prose(said[0] if said else _HIDDEN, tuple(records))


@sentence
def beside_england(value: SenOutcomes, _: Released[SenOutcomes]) -> str:
    """Name the statutory assessments in which chance does not explain how England differs."""
    found = value.beside_england
    if not found:
        return (
            "This cannot be said: England's figures by SEN status are not carried for these, or "
            "the school's are not shown."
        )
    said = [
        f"{side} in {plain(row.measure)} for {WHO[status]}"
        for row, status, side in found
        if side != "within chance"
    ]
    if not said:
        return (
            "In no statutory assessment is the school known to differ from England: so few pupils "
            "often differ as much."
        )
    return f"Compared with England, by more than chance gives: **{and_list(said)}**."


@sentence
def parts(value: SenOutcomes, released: Released[SenOutcomes]) -> str:
    """List pupils with SEN at the expected standard by class, for staff, and by need."""
    statutory = {f"{subject(row.measure)}, {row.who}": row.by_need for row in value.rows if row.who}
    told = {"Writing by class": value.classes} | statutory
    alike: dict[str, list[str]] = {}
    for name, of in told.items():
        alike.setdefault("; ".join(_each(of, released)), []).append(plain(name))
    said = [f"**{and_list(names)}:** {each}." for each, names in alike.items() if each]
    if not said:
        return "By need, too few pupils sat the statutory assessments for a number."
    return (
        f"Pupils with SEN at the expected standard, in groups of {spelled(FEWEST)} or more, with "
        f"likely ranges. {' '.join(said)} A class is not its teacher."
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
        f"In twelve months an assessment for a plan was requested for {asked} "
        f"{'pupil' if asked == '1' else 'pupils'}: {and_list(said)}."
    )


@sentence
def review(
    value: RegisterReview, released: Released[RegisterReview], *, short: bool = False
) -> str:
    """Count the pupils whose place on the register is worth a conversation."""
    terms = f"the last {spelled(value.terms)} terms in which it was judged"
    off, on = value.may_come_off, value.may_need
    said = []
    if short:
        if not isinstance(off, Share) or few(off.count, released) or not off.count:
            return ""
        return (
            f"**To talk about first:** {so_many_of(off, released, noun=WHO['SEN Support'])}, who "
            f"have been at the expected standard for {spelled(value.terms)} terms."
        )
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
    hidden = "" if released.exact else "Whom to talk about is not shown, to protect children."
    return " ".join(said) or hidden


def subject(measure: str) -> str:
    """Name a measure without what stands in brackets.

    Examples
    --------
    >>> subject("Writing (teacher assessment)")
    'Writing'
    """
    return measure.split(" (")[0]


def _latest(row: Outcome, released: Released[SenOutcomes]) -> str:
    shares = {} if isinstance(row.by_status, Withheld) else row.by_status.shares
    known = [(WHO[status], part) for status, part in shares.items() if isinstance(part, Share)]
    if not known:
        return ""
    (first, part), *more = known
    when = Term.parse(row.period).spoken
    were = "was" if released.exact and 1 in (part.count, part.n) else "were"
    told = (
        f"**{plain(subject(row.measure))}**: {so_many_of(part, released, noun=first)} {were} at "
        f"the expected standard in {when}."
    )
    others = [
        f"{whom.removeprefix('pupils ')} it was {so_many_of(part, released, noun='')}"
        for whom, part in more
    ]
    return f"{told} {sentence_case(and_list(others))}." if others else told


def _each(found: Breakdown | Withheld, released: Released[SenOutcomes]) -> list[str]:
    shares = {} if isinstance(found, Withheld) else found.shares
    return [
        f"{plain(name)} {count_in(part, released)} of {count_of(part.n, released)} "
        f"({to_range(100 * part.low, 100 * part.high)}%)"
        for name, part in shares.items()
        if isinstance(part, Share) and part.n >= FEWEST
    ]


def _none(part: Share, released: Released[RegisterReview]) -> bool:
    return released.exact and not part.count
