"""Ratio gains as published and as worked out again."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.evaluation.published import PublishedStudies
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import published as tables
from writinggaps.report.words import published as words
from writinggaps.report.words.language import decimal
from writinggaps.withheld import Withheld

__all__ = ["studies"]


@shown
def studies(value: PublishedStudies, released: Released[PublishedStudies]) -> Figure:
    """Draw every ratio gain that is known, as published and as worked out."""
    known = [
        (f"{s.scheme}, {s.outcome}{' (comparison)' * (s.group == 'comparison')}",
         s.published, s.ratio_gain)
        for s in value.studies
        if not isinstance(s.published, Withheld)
    ]  # fmt: skip
    figure, drawn = canvas.rows(
        [label for label, *_ in known],
        "Ratio gain: the line at one is the pace of pupils in general",
    )
    theirs_look, ours_look = canvas.COLOURS[0], canvas.COLOURS[2]
    for place, (_, theirs, ours) in enumerate(known):
        drawn.plot([theirs], [place], "o", color=theirs_look, markerfacecolor="white", markersize=8)
        if not isinstance(ours, Withheld):
            drawn.plot([ours], [place], "D", color=ours_look, markersize=4)
    if known:
        drawn.axvline(1, color=canvas.LINE, linewidth=1, zorder=0)
    said = [f"{label}: {decimal(theirs, 1)}" for label, theirs, _ in known]
    return canvas.chart(
        figure,
        title=words.title(value),
        subtitle="Ratio gains: circles as published, diamonds as worked out again",
        alt=f"Published ratio gains. {'; '.join(said) or 'None'}.",
        data=tables.gains(known),
    )
