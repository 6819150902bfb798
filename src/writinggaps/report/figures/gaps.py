"""Gaps over three years, drawn as dots with their intervals."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.gaps.history import Gaps
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import gaps as tables
from writinggaps.report.words.gaps import banded, described, title
from writinggaps.report.words.language import sentence_case
from writinggaps.withheld import Withheld

__all__ = ["gaps"]

_POOLED = "all years together"
_LOOKS = tuple(zip(canvas.COLOURS, "Dos^", (2.4, 1.4, 1.4, 1.4), strict=True))
_STEP = 0.17


@shown
def gaps(value: Gaps, released: Released[Gaps]) -> Figure:
    """Draw each group's gap, three years together and in single years, on one scale."""
    known = [(r.label, r.history) for r in value.rows if not isinstance(r.history, Withheld)]
    figure, drawn = canvas.rows(
        [sentence_case(label) for label, _ in known],
        "Percentage points: below nought the group is behind",
        each=0.9,
    )
    seen: dict[str, Any] = {}
    for place, (_, history) in enumerate(known):
        points = [(_POOLED, history.pooled), *((y.period, y.points) for y in history.years)]
        for step, ((name, found), look) in enumerate(zip(points, _LOOKS, strict=False)):
            if not isinstance(found, Withheld) and not banded(found, released):
                colour, mark, width = look
                at = place + (step - 1.5) * _STEP
                seen[name] = canvas.interval(drawn, at, canvas.ends(found), colour, mark,
                                             width=width, size=4 + width)  # fmt: skip
    drawn.axvline(0, color=canvas.LINE, linewidth=1, zorder=0)
    canvas.key(figure, seen)
    return canvas.chart(
        figure,
        title=title(value, released),
        subtitle=(
            f"Share at the expected standard in writing, each group less the others, three years "
            f"to {Term.parse(value.period).spoken}; lines: where each gap may well be"
        ),
        alt=described(value, released),
        data=tables.gaps(released),
    )
