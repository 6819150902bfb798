"""How much evidence was independent, drawn by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, QUIET, axes, beside, name_rows, svg
from writinggaps.report.tables import scaffolds as tables
from writinggaps.report.words import scaffolds as words
from writinggaps.report.words.language import percent
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.scaffolds import ScaffoldReliance
    from writinggaps.report.faces import Table

__all__ = ["scaffold_reliance"]


@shown
def scaffold_reliance(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> Figure:
    """Draw the share of evidence that was independent, by class, and of the whole school."""
    rows = [(c.label, c.observed) for c in value.classes if not isinstance(c.observed, Withheld)]
    figure, drawn = axes(1.1 + 0.32 * max(len(rows), 1))
    for place, (_, observed) in enumerate(rows):
        drawn.barh(place, observed.share, height=0.62, color=COLOURS[0])
        beside(drawn, observed.share, place, f"{percent(observed.share)}")
    drawn.axvline(value.whole.share, color=QUIET, linestyle=(0, (4, 3)), linewidth=1)
    name_rows(drawn, [label for label, _ in rows])
    drawn.set_xlim(0, 1)
    drawn.set_xticks([0, 0.5, 1], ["none", "half", "all"])
    return Figure(
        title=f"{percent(value.whole.share)} of the evidence was seen in independent pieces",
        subtitle=(
            f"Share of what was looked for in pupils' writing that was seen in independent pieces, "
            f"{Term.parse(value.period).spoken}; dashed: the whole school"
        ),
        alt=str(words.scaffold_reliance(released)).replace("**", ""),
        svg=svg(figure),
        data=cast("Table", tables.scaffold_reliance(released)),
    )
