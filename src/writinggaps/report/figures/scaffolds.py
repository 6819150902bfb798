"""How much evidence was independent, drawn by class."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.scaffolds import ScaffoldReliance
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import scaffolds as tables
from writinggaps.report.words import scaffolds as words
from writinggaps.report.words.language import percent
from writinggaps.withheld import Withheld

__all__ = ["scaffold_reliance"]

_FEW = 6
"""So many classes are drawn by themselves; the rest of a large school stand together."""


@shown
def scaffold_reliance(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> Figure:
    """Draw the share of evidence that was independent in the classes with least, and the others."""
    known = [(c.label, c.observed.share) for c in value.classes
             if not isinstance(c.observed, Withheld)]  # fmt: skip
    known.sort(key=lambda pair: pair[1])
    drawn_apart = known if len(known) <= _FEW + 1 else known[:_FEW]
    rest = known[len(drawn_apart) :]
    bars = [(label, share, percent(share)) for label, share in drawn_apart]
    if rest:
        bars.append(
            (f"the other {len(rest)} classes", rest[0][1], f"{percent(rest[0][1])} or more")
        )
    figure, drawn = canvas.rows([label for label, *_ in bars])
    for place, (_, share, said) in enumerate(bars):
        colour = canvas.COLOURS[0] if place < len(drawn_apart) else canvas.LINE
        drawn.barh(place, share, height=0.62, color=colour)
        canvas.beside(drawn, share, place, said)
    drawn.axvline(value.whole.share, color=canvas.QUIET, linestyle=(0, (4, 3)), linewidth=1)
    drawn.set_xlim(0, 1)
    drawn.set_xticks([0, 0.5, 1], ["none", "half", "all"])
    return canvas.chart(
        figure,
        title=f"{percent(value.whole.share)} of the evidence was seen in independent pieces",
        subtitle=(
            f"Share of what was looked for in pupils' writing that was seen in independent pieces, "
            f"{Term.parse(value.period).spoken}, least first; dashed: the whole school"
        ),
        alt=str(words.scaffold_reliance(released)),
        data=tables.scaffold_reliance(released),
    )
