"""Gaps over three years, drawn as dots with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, LINE, axes, interval, key, name_rows, svg
from writinggaps.report.tables import gaps as tables
from writinggaps.report.words.gaps import banded, described, title
from writinggaps.report.words.language import sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.estimates import ShareDifference
    from writinggaps.measures.gaps import GapHistory, Gaps
    from writinggaps.report.faces import Table

__all__ = ["gaps"]

_STEP = 0.17
_POOLED = "all years together"


@shown
def gaps(value: Gaps, released: Released[Gaps]) -> Figure:
    """Draw each group's gap, three years together and in single years, on one scale."""
    rows = [(r.label, r.history) for r in value.rows if not isinstance(r.history, Withheld)]
    figure, drawn = axes(1.3 + 0.95 * max(len(rows), 1))
    seen: dict[str, Any] = {}
    for place, (_, history) in enumerate(rows):
        for offset, name, points, style in _marks(history):
            if not isinstance(points, Withheld) and not banded(points, released):
                colour, mark, width = style
                ends = (100 * points.low, 100 * points.estimate, 100 * points.high)
                seen[name] = interval(drawn, place + offset, ends, colour, mark,
                                      width=width, size=4 + width)  # fmt: skip
    drawn.axvline(0, color=LINE, linewidth=1, zorder=0)
    name_rows(drawn, [sentence_case(label) for label, _ in rows],
          "Percentage points: below nought the group is behind")  # fmt: skip
    key(figure, seen)
    return Figure(
        title=title(value, released),
        subtitle=(
            f"Share at the expected standard in writing, each group less the others, three years "
            f"to {Term.parse(value.period).spoken}; lines: where each gap may well be"
        ),
        alt=described(value, released),
        svg=svg(figure),
        data=cast("Table", tables.gaps(released)),
    )


def _marks(
    history: GapHistory,
) -> list[tuple[float, str, ShareDifference | Withheld, tuple[str, str, float]]]:
    """Give what is drawn for a group: where, what it is called, the figures, and its look."""
    marks = [(-1.5 * _STEP, _POOLED, history.pooled, (COLOURS[0], "D", 2.4))]
    looks = zip(history.years, COLOURS[1:], "os^", strict=True)
    for place, (year, colour, mark) in enumerate(looks):
        marks.append(((place - 0.5) * _STEP, year.period, year.points, (colour, mark, 1.4)))
    return marks
