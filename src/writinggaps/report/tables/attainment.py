"""How many pupils are at the standards, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.findings import share_finding
from writinggaps.measures.trust.records import AT_EXPECTED, EVERYBODY
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.language import sentence_case, so_many_of, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.estimates import Share
    from writinggaps.estimates.breakdown import Breakdown
    from writinggaps.measures.attainment import Attainment

__all__ = ["attainment"]


@shown
def attainment(value: Attainment, released: Released[Attainment]) -> Table:
    """Lay the parts below the whole: at the expected standard, as the DfE counts, and deeper."""
    kinds = [value.expected, value.of_eligible, value.greater_depth]
    expected = value.expected
    parts = () if isinstance(expected, Withheld) else expected.parts
    by = "" if isinstance(expected, Withheld) else expected.by
    rows = [("All together", [_whole(kind) for kind in kinds])]
    rows += [(part.label, [_part(kind, part.label) for kind in kinds]) for part in parts]
    return Table(
        caption=(
            f"Pupils at the standards in writing by {by}, {value.who}, up to "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=(
            sentence_case(by) or "Part",
            "At the expected standard",
            "Likely range",
            "Of all eligible pupils, as the DfE counts",
            "At greater depth",
        ),
        rows=tuple(
            (
                label,
                _cell(shares[0], released),
                _interval(shares[0]),
                _cell(shares[1], released),
                _cell(shares[2], released),
            )
            for label, shares in rows
        ),
        findings=tuple(
            share_finding(
                shares[0],
                question=AT_EXPECTED,
                measure=value.measure,
                group=EVERYBODY if place == 0 else label,
                period=value.period,
            )
            for place, (label, shares) in enumerate(rows)
            if by == "year group"
        ),
    )


def _whole(kind: Breakdown | Withheld) -> Share | Withheld:
    return kind if isinstance(kind, Withheld) else kind.whole


def _part(kind: Breakdown | Withheld, label: str) -> Share | Withheld:
    return kind if isinstance(kind, Withheld) else kind.shares[label]


def _cell(share: Share | Withheld, released: Released[Attainment]) -> str:
    return share.symbol if isinstance(share, Withheld) else so_many_of(share, released)


def _interval(share: Share | Withheld) -> str:
    if isinstance(share, Withheld):
        return share.symbol
    return f"{to_range(100 * share.low, 100 * share.high)}%"
