"""What is secured, drawn: a grid of blocks by parts of the school, and bars of states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, INK, LINE, axes, key, name_rows, svg
from writinggaps.report.tables import security as tables
from writinggaps.report.words import security as words
from writinggaps.report.words.language import few, most_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.security import BlockSecurity, Security
    from writinggaps.report.faces import Table

__all__ = ["security", "states"]

_WIDE = 9
"""With more parts than this, numbers in the grid are written small."""
_DARK = 0.55
_HATCHES = ("", "///", "...", "")


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


@shown
def states(value: Security, released: Released[Security]) -> Figure:
    """Draw for each block how many pupils are secure, only with support, not yet, or unknown."""
    figure, drawn = axes(1.4 + 0.5 * len(value.blocks))
    seen: dict[str, Any] = {}
    for row, block in enumerate(value.blocks):
        seen |= _bar(drawn, row, block, released)
    name_rows(drawn, [block.label for block in value.blocks])
    drawn.set_xlim(0, 1)
    drawn.set_xticks([0, 0.5, 1], ["no pupils", "half", "all pupils"])
    key(figure, seen)
    about = "" if released.exact else " (rounded)"
    return Figure(
        title=words.headline(value),
        subtitle=(
            f"Pupils by what they have shown of {words.of_layer(value.layer)} in each block, "
            f"{Term.parse(value.period).spoken}{about}; a gap in a bar is not shown"
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


def _bar(drawn: Any, row: int, block: BlockSecurity, released: Released[Any]) -> dict[str, Any]:
    """Draw one bar of states; return what the legend needs."""
    split = block.split if isinstance(block.split, Withheld) else block.split.whole
    if isinstance(split, Withheld):
        return {}
    left, seen = 0.0, {}
    colours = (*COLOURS[:3], "#ffffff")
    for (state, share), colour, hatch in zip(split.shares.items(), colours, _HATCHES, strict=True):
        if not isinstance(share, Share):
            continue
        width = min(share.estimate, 1 - left)
        bar = drawn.barh(row, width, left=left, height=0.62, color=colour, hatch=hatch,
                         edgecolor=LINE)  # fmt: skip
        if share.estimate > 1 / 10 and not few(share.count, released):
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            drawn.text(left + width / 2, row, _count(share, released), ha="center", va="center",
                       fontsize=9, color=INK, bbox=box)  # fmt: skip
        seen[state] = bar
        left += width
    return seen


def _plain(text: str) -> str:
    return text.replace("**", "")
