"""What a trust might talk about this term: three conversations that follow from what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.gate import Verdict
from writinggaps.measures.trust.gaps import TrustGaps
from writinggaps.measures.trust.judging import TrustJudging
from writinggaps.measures.trust.schools import TrustSchools
from writinggaps.measures.trust.secured import TrustSecured
from writinggaps.report.faces import Prose
from writinggaps.report.words.language import and_list, numbered, plain, sentence_case
from writinggaps.report.words.security import blocks_named
from writinggaps.report.words.trust import at_places
from writinggaps.withheld import Withheld

__all__ = ["conversations"]

_ALWAYS = (
    "Which piece of writing would each school bring to show what it is proud of this term?",
    "Which judgements of this term would two schools like to look at together?",
    "What does one school teach about writing that another would like to see?",
)


def conversations(
    side_by_side: Released[TrustSchools],
    judged: Released[TrustJudging],
    apart: Released[TrustGaps],
    held: Released[TrustSecured],
) -> Prose:
    """Give the three conversations worth having this term, as a numbered list."""
    parts: tuple[tuple[Any, Released[Any]], ...] = (
        (_about_judging, judged),
        (_about_gaps, apart),
        (_about_schools, side_by_side),
        (_about_security, held),
    )
    found = [
        said
        for ask, released in parts
        if not isinstance(released.value, Withheld)
        for said in ask(released.value)
    ]
    return Prose(numbered(found, _ALWAYS))


def _about_judging(value: TrustJudging) -> Iterator[str]:
    names = [plain(row.name) for where in ("higher", "lower") for row in value.judged(where)]
    if names:
        yield (
            f"**Judging.** Look again at judgements from {and_list(names)} together with another "
            f"school, before anybody compares figures. Which statements were read differently?"
        )


def _about_gaps(value: TrustGaps) -> Iterator[str]:
    for verdict, asked in (
        (Verdict.CLOSING, "What was different there, and what would it take elsewhere?"),
        (Verdict.WIDER, "What has changed there, and who can help?"),
    ):
        if places_ := value.moved(verdict):
            yield f"**Gaps.** The gap is {verdict.value} {at_places(places_)}. {asked}"
    apart = [row.group_name for row in value.rows if row.beyond_chance]
    if apart and not value.moved(Verdict.CLOSING):
        yield f"**Gaps.** {sentence_case(and_list(apart))}: what will every school do differently?"


def _about_schools(value: TrustSchools) -> Iterator[str]:
    above, below = (value.standing_out(where) for where in ("above", "below"))
    if above:
        names = and_list(map(plain, above))
        yield f"**Learning from each other.** What does {names} do that others could see?"
    if below:
        names = and_list(map(plain, below))
        yield f"**Support.** What does {names} need that the trust can give this term?"


def _about_security(value: TrustSecured) -> Iterator[str]:
    nowhere = value.secured("nowhere")
    shares = {
        block.label: whole.estimate
        for block in value.blocks
        if isinstance(whole := block.schools.whole, Share)
    }
    if nowhere:
        blocks = sentence_case(blocks_named(nowhere))
        yield f"**Teaching.** {blocks}: secured in no school. How is it taught?"
    elif len(shares) > 1:
        least = min(shares, key=lambda label: shares[label])
        yield (
            f"**Teaching.** Fewest pupils of the trust are secure in {blocks_named([least])}. "
            f"Which class teaches it in a way that lasts?"
        )
