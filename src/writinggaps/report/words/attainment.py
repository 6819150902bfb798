"""How many pupils are at the standards, in words."""

from __future__ import annotations

from collections.abc import Iterator

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.findings import Finding, share_finding
from writinggaps.measures.attainment import Attainment
from writinggaps.measures.trust.records import BY_YEAR
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.given import given, whole_of
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    percent,
    pupils,
    share_of,
    so_many_of,
    together,
)
from writinggaps.withheld import Withheld

__all__ = ["attainment", "attainment_history", "beside_england"]

_HIDDEN = "How many pupils were at the expected standard is not shown, to protect children."


@sentence
def attainment(value: Attainment, released: Released[Attainment]) -> str:
    """Say how many pupils are at the expected standard and at greater depth this term."""
    expected = _whole(value.expected)
    if expected is None:
        return _HIDDEN
    said = (
        f"In {Term.parse(value.period).spoken}, **{so_many_of(expected, released)}** were at the "
        f"expected standard in writing"
    )
    return f"{said}{_deeper(value, released)}.{_eligible(value, expected, released)}"


@sentence
def beside_england(
    value: Attainment, released: Released[Attainment], england: Released[Official]
) -> str:
    """Say on page one what three years come to, beside England."""
    pooled, official = _whole(value.expected), given(england.value)
    if pooled is None:
        return ""
    said = f"{together(_labels(value.expected))} it was {share_of(pooled, released)} in {value.who}"
    if official is None:
        return f"{said}."
    return f"{said}; in England it was {decimal(official.value)}% in {official.period}."


@sentence
def attainment_history(value: Attainment, released: Released[Attainment]) -> str:
    """Say what three years come to, each year, and how little one year tells."""
    pooled = _whole(value.expected)
    if pooled is None:
        return _HIDDEN
    said = (
        f"{together(_labels(value.expected))}, **{so_many_of(pooled, released)}** in {value.who} "
        f"were at the expected standard in writing."
    )
    return Prose(f"{said}{_years(value.expected, released)}", tuple(_records(value)))


def _whole(part: Breakdown | Withheld) -> Share | None:
    return given(whole_of(part))


def _labels(part: Breakdown | Withheld) -> list[str]:
    return [] if isinstance(part, Withheld) else [p.label for p in part.parts]


def _deeper(value: Attainment, released: Released[Attainment]) -> str:
    deeper = _whole(value.greater_depth)
    if deeper is None:
        return ""
    if not released.exact:
        return f", {count_of(deeper.count, released)} of them at greater depth"
    return f", {deeper.count:,} of them ({percent(deeper.estimate)}) at greater depth"


def _eligible(value: Attainment, expected: Share, released: Released[Attainment]) -> str:
    eligible = _whole(value.of_eligible)
    if eligible is None or eligible.n == expected.n:
        return ""
    return (
        " Counted as the DfE counts, with pupils who were absent or disapplied, it is "
        f"{so_many_of(eligible, released)}."
    )


def _years(part: Breakdown | Withheld, released: Released[Attainment]) -> str:
    if isinstance(part, Withheld):
        return ""
    shown = [(p.label, p.share) for p in part.parts if not isinstance(p.share, Withheld)]
    if len(shown) < 2:
        return ""
    told, last = [share_of(share, released) for _, share in shown], shown[-1][1]
    each = [f"{said} in {year}" for said, (year, _) in zip(told, shown, strict=True)]
    single = f"In single years it was {and_list(each)}"
    if len(set(told)) == 1:
        single = f"In each single year it was {told[0]}"
    within = 100 * max(last.high - last.estimate, last.estimate - last.low)
    return (
        f" {single}; one year of {pupils(last.n, released)} says where the school stands only to "
        f"within {decimal(within)} points or so."
    )


def _records(value: Attainment) -> Iterator[Finding]:
    """Record each school year of a history."""
    if not isinstance(value.expected, Withheld):
        for part in value.expected.parts:
            yield share_finding(
                part.share,
                question=BY_YEAR,
                measure=value.measure,
                group=value.who,
                period=part.label,
            )
