"""Ratio gains as published and as worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, LINE, axes, name_rows, svg
from writinggaps.report.tables import published as tables
from writinggaps.report.words import published as words
from writinggaps.report.words.language import decimal
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evaluation.published import PublishedStudies
    from writinggaps.report.faces import Table

__all__ = ["studies"]


@shown
def studies(value: PublishedStudies, released: Released[PublishedStudies]) -> Figure:
    """Draw every ratio gain that is known, as published and as worked out."""
    known = [
        (f"{s.scheme}, {s.outcome}" + (" (comparison)" if s.group == "comparison" else ""),
         s.published, s.ratio_gain)
        for s in value.studies
        if not isinstance(s.published, Withheld)
    ]  # fmt: skip
    figure, drawn = axes(1.0 + 0.32 * max(len(known), 1))
    for place, (_, theirs, ours) in enumerate(known):
        drawn.plot([theirs], [place], "o", color=COLOURS[0], markerfacecolor="white", markersize=8)
        if not isinstance(ours, Withheld):
            drawn.plot([ours], [place], "D", color=COLOURS[2], markersize=4)
    if known:
        drawn.axvline(1, color=LINE, linewidth=1, zorder=0)
    name_rows(drawn, [label for label, *_ in known],
         "Ratio gain: the line at one is the pace of pupils in general")  # fmt: skip
    said = [f"{label}: {decimal(theirs, 1)}" for label, theirs, _ in known]
    return Figure(
        title=words.title(value),
        subtitle="Ratio gains: circles as published, diamonds as worked out again",
        alt=f"Published ratio gains. {'; '.join(said) or 'None'}.",
        svg=svg(figure),
        data=cast("Table", tables.studies(released)),
    )
