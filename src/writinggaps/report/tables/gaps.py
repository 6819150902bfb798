"""Gaps and their checks, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from writinggaps.disclosure import Released
from writinggaps.estimates import ShareDifference
from writinggaps.findings import Finding, share_finding
from writinggaps.measures.gaps.history import GapHistory, Gaps
from writinggaps.measures.gaps.results import Check, GapChange
from writinggaps.measures.trust.records import IN_GROUPS
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.cells import laid, with_percent
from writinggaps.report.words.gap_change import CHECKED
from writinggaps.report.words.gaps import banded
from writinggaps.report.words.language import ranged, sentence_case
from writinggaps.withheld import Withheld

__all__ = ["gaps", "gate"]


@shown
def gaps(value: Gaps, released: Released[Gaps]) -> Table:
    """Lay groups below each other: pupils, three years together, and single years."""
    histories = [r.history for r in value.rows]
    known = next((h for h in histories if not isinstance(h, Withheld)), None)
    periods = [year.period for year in known.years] if known else []
    return Table(
        caption=(
            f"Gaps at the expected standard in writing, in percentage points, three years to "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("Group", "In the group", "The others", "All years together", *periods),
        rows=tuple(
            (sentence_case(row.label), *_cells(row.history, len(periods), released))
            for row in value.rows
        ),
        note=(
            "Below nought the group is behind. The range in brackets is where the gap may well be; "
            "single years of few pupils swing by chance, so read all years together first: there "
            "each pupil is counted once, by the latest judgement."
        ),
        findings=tuple(record for history in histories for record in _records(history)),
    )


@shown
def gate(value: GapChange, _: Released[GapChange]) -> Table:
    """List every check that stands before the word closing, and which of them held."""
    return laid(
        f"Is the gap between {value.group_name} and {value.others_name} closing? What was "
        f"checked, {Term.parse(value.since).spoken} to {Term.parse(value.period).spoken}",
        {"Check": lambda check: CHECKED[check.name], "Holds": lambda check: _held(check, value)},
        value.checks,
        "A gap is said to be closing only if all of these hold.",
    )


def _points(points: ShareDifference | Withheld, released: Released[Gaps]) -> str:
    if isinstance(points, Withheld):
        return points.symbol
    return "c" if banded(points, released) else ranged(points, times=100)


def _records(history: GapHistory | Withheld) -> Iterator[Finding]:
    """Record both groups' shares, three years together."""
    if isinstance(history, Withheld) or isinstance(history.pooled, Withheld):
        return
    pooled = history.pooled
    shares = {history.group_name: pooled.group, history.others_name: pooled.others}
    for name, share in shares.items():
        yield share_finding(
            share, question=IN_GROUPS, measure=history.measure, group=name, period=history.period
        )


def _held(check: Check, value: GapChange) -> str:
    if check.name == "not_two_pupils" and "beyond_chance" in value.failed:
        return "not asked"
    return "yes" if check.held else "no"


def _cells(
    history: GapHistory | Withheld, periods: int, released: Released[Gaps]
) -> tuple[str, ...]:
    if isinstance(history, Withheld):
        return (history.symbol,) * (3 + periods)
    pooled = history.pooled
    counts = (
        (pooled.symbol,) * 2
        if isinstance(pooled, Withheld)
        else tuple(with_percent(part, released) for part in (pooled.group, pooled.others))
    )
    every = (pooled, *(year.points for year in history.years))
    return (*counts, *(_points(points, released) for points in every))
