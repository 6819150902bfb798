"""Questions for a team to talk about, which follow from what was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.gate import Verdict
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.gaps.results import GapChange
from writinggaps.measures.scaffolds import ScaffoldReliance
from writinggaps.measures.security.statements import LeastSecure
from writinggaps.measures.withdrawal import Withdrawal
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose
from writinggaps.report.given import whole_of
from writinggaps.report.words.language import numbered, plain
from writinggaps.withheld import Withheld

__all__ = ["school_questions"]

_ALWAYS = (
    "Which piece of writing from this term would you show to the pupil's next teacher, and why?",
    "What do our pupils write outside English lessons, and who looks at how they write there?",
    "What would we expect to see in books by the end of next term, and who will look?",
)

_OF_CHANGES = {
    Verdict.CLOSING: "What has been different for {group} since {since}, and how will we keep it?",
    Verdict.WIDER: "What has changed for {group} since {since}, and what do they say?",
    Verdict.UNCHANGED: "The gap has stayed as it was. What will we do differently for {group}?",
}
_UNKNOWN = (
    "These numbers cannot say whether the gap of {group} is moving. What in their books would?"
)


def school_questions(
    least: Released[LeastSecure],
    reliance: Released[ScaffoldReliance],
    change: Released[GapChange],
    withdrawn: Released[Withdrawal],
    evidence: Released[Evidence],
) -> Prose:
    """Ask three questions that follow from what was found, as a numbered list."""
    parts = ((_secured, least), (_supported, reliance), (_moved, change))
    rest = ((_taken_out, withdrawn), (_written, evidence))
    found = [question for ask, released in (*parts, *rest) for question in _asked(ask, released)]
    return Prose(numbered(found, _ALWAYS))


def _asked(ask: Any, released: Released[Any]) -> Iterator[str]:
    if not isinstance(released.value, Withheld):
        yield from ask(released.value)


def _secured(value: LeastSecure) -> Iterator[str]:
    if value.rows:
        row = value.rows[0]
        yield (
            f"When will pupils in {plain(row.year_group)} next have to show in their own writing: "
            f"“{plain(row.label)}”? How will we know that they need no help with it?"
        )


def _supported(value: ScaffoldReliance) -> Iterator[str]:
    whole = whole_of(value.reliant)
    if isinstance(whole, Share) and whole.count:
        yield "Which scaffolds could be taken away next half-term, and what do we expect to see?"


def _moved(value: GapChange) -> Iterator[str]:
    question = _OF_CHANGES.get(Verdict(value.verdict), _UNKNOWN)
    since = Term.parse(value.since).spoken
    yield question.format(group=plain(value.group_name), since=since)


def _taken_out(value: Withdrawal) -> Iterator[str]:
    if not isinstance(value.again, Withheld):
        lost = " or ".join(plain(subject) for subject in value.again.subjects[:2])
        yield f"Is what pupils get when they are taken out worth more to them than {lost}?"


def _written(value: Evidence) -> Iterator[str]:
    if value.per_pupil < value.expected:
        yield "When in the week does every pupil write alone, at length, about something known?"
