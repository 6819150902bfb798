"""How many pupils are at the standards, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import share_finding
from writinggaps.measures.attainment import Attainment
from writinggaps.measures.trust.records import AT_EXPECTED, EVERYBODY
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import shares_of, whole_of
from writinggaps.report.tables.cells import laid, with_percent
from writinggaps.report.words.language import to_range
from writinggaps.withheld import Withheld

__all__ = ["attainment"]

_ALL = "All together"


@shown
def attainment(value: Attainment, released: Released[Attainment]) -> Table:
    """Lay the parts below the whole: at the expected standard, as the DfE counts, and deeper."""
    by = "" if isinstance(value.expected, Withheld) else value.expected.by
    expected, eligible, deeper = (
        {_ALL: whole_of(kind), **shares_of(kind)}
        for kind in (value.expected, value.of_eligible, value.greater_depth)
    )

    def told(shares: dict[str, Share | Withheld], label: str) -> str:
        return with_percent(shares.get(label, shares[_ALL]), released)

    return laid(
        f"Pupils at the standards in writing by {by}, {value.who}, up to "
        f"{Term.parse(value.period).spoken}",
        {
            by or "Part": str,
            "At the expected standard": lambda label: told(expected, label),
            "Likely range": lambda label: _interval(expected[label]),
            "Of all eligible pupils, as the DfE counts": lambda label: told(eligible, label),
            "At greater depth": lambda label: told(deeper, label),
        },
        expected,
        findings=(
            share_finding(
                share,
                question=AT_EXPECTED,
                measure=value.measure,
                group=EVERYBODY if label == _ALL else label,
                period=value.period,
            )
            for label, share in expected.items()
            if by == "year group"
        ),
    )


def _interval(share: Share | Withheld) -> str:
    if isinstance(share, Withheld):
        return share.symbol
    return f"{to_range(100 * share.low, 100 * share.high)}%"
