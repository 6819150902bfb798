"""What is secured, drawn as a grid of blocks by parts of the school."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.security.blocks import Security
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import security as tables
from writinggaps.report.words import security as words
from writinggaps.report.words.language import few, most_of

__all__ = ["security"]

_WIDE = 9
"""With more parts than this, numbers in the grid are written small."""
_DARK = 0.55


@shown
def security(value: Security, released: Released[Security]) -> Figure:
    """Draw how many pupils are secure in each block, by parts of the school, as a grid."""
    parts = list(dict.fromkeys(part for block in value.blocks for part in block.parts))
    wide = len(parts) > _WIDE
    figure, drawn = canvas.rows([block.label for block in value.blocks], each=0.5, wide=15)
    for row, block in enumerate(value.blocks):
        for column, part in enumerate(parts):
            if part in block.parts:
                share = block.parts[part]
                known = share if isinstance(share, Share) else None
                _cell(drawn, column, row, known.estimate if known else None)
                if known:
                    drawn.text(column, row, f"{_count(known, released)}/{known.n}", ha="center",
                               va="center", fontsize=6 if wide else 9,
                               color="white" if known.estimate > _DARK else canvas.INK)  # fmt: skip
    drawn.set_xlim(-0.5, max(len(parts), 1) - 0.5)
    drawn.set_xticks(range(len(parts)), parts, rotation=90 if wide else 0, fontsize=9)
    for side in ("left", "bottom"):
        drawn.spines[side].set_visible(False)
    return canvas.chart(
        figure,
        title=words.headline(value),
        subtitle=(
            f"Pupils secure in all of {words.of_layer(value.layer)} in each block, of all pupils"
            f"{'' if released.exact else ' (rounded)'}, {Term.parse(value.period).spoken}; the "
            f"darker, the more are secure; striped: too little evidence, or not shown"
        ),
        alt=str(words.security(released)),
        data=tables.security(released),
    )


def _cell(drawn: Any, x: int, y: int, depth: float | None) -> None:
    """Draw a box, the darker the deeper; a striped one where nothing is known."""
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    colour = tuple(1 - (depth or 0.0) * (1 - part) for part in to_rgb(canvas.COLOURS[0]))
    looks: dict[str, Any] = {
        "facecolor": colour,
        "edgecolor": canvas.LINE,
        "hatch": "///" * (depth is None),
    }
    drawn.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **looks))


def _count(share: Share, released: Released[Any]) -> str:
    if few(share.count, released):
        return "few"
    return "most" if most_of(share, released) else f"{share.count}"
