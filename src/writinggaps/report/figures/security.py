"""What is secured, drawn as a grid of blocks by parts of the school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, INK, LINE, axes, name_rows, svg
from writinggaps.report.tables import security as tables
from writinggaps.report.words import security as words
from writinggaps.report.words.language import few, most_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.security import Security
    from writinggaps.report.faces import Table

__all__ = ["security"]

_WIDE = 9
"""With more parts than this, numbers in the grid are written small."""
_DARK = 0.55


@shown
def security(value: Security, released: Released[Security]) -> Figure:
    """Draw how many pupils are secure in each block, by parts of the school, as a grid."""
    parts = list(dict.fromkeys(part for block in value.blocks for part in block.parts))
    figure, drawn = axes(1.2 + 0.55 * len(value.blocks))
    for row, block in enumerate(value.blocks):
        for column, part in enumerate(parts):
            if part in block.parts:
                _cell(drawn, column, row, block.parts[part], released, len(parts))
    drawn.set_xlim(-0.5, max(len(parts), 1) - 0.5)
    name_rows(drawn, [block.label for block in value.blocks])
    drawn.set_xticks(range(len(parts)), parts, rotation=90 if len(parts) > _WIDE else 0)
    drawn.tick_params(length=0)
    for side in ("left", "bottom"):
        drawn.spines[side].set_visible(False)
    about = "" if released.exact else " (rounded)"
    return Figure(
        title=words.headline(value),
        subtitle=(
            f"Pupils secure in all of {words.of_layer(value.layer)} in each block, of all pupils"
            f"{about}, {Term.parse(value.period).spoken}; the darker, the more are secure; "
            f"striped: too little evidence, or not shown"
        ),
        alt=_plain(str(words.security(released))),
        svg=svg(figure),
        data=cast("Table", tables.security(released)),
    )


def _cell(
    drawn: Any, x: int, y: int, share: Share | Withheld, released: Released[Any], wide: int
) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    known = share if isinstance(share, Share) else None
    depth = known.estimate if known else 0.0
    colour = tuple(1 - depth * (1 - part) for part in to_rgb(COLOURS[0]))
    box = Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colour, edgecolor=LINE,
                    hatch="" if known else "///")  # fmt: skip
    drawn.add_patch(box)
    if known:
        drawn.text(x, y, f"{_count(known, released)}/{known.n}", ha="center", va="center",
                   fontsize=9 if wide <= _WIDE else 6,
                   color="white" if depth > _DARK else INK)  # fmt: skip


def _count(share: Share, released: Released[Any]) -> str:
    if few(share.count, released):
        return "few"
    return "most" if most_of(share, released) else f"{share.count}"


def _plain(text: str) -> str:
    return text.replace("**", "")
