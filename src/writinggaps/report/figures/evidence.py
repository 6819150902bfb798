"""Of how many children enough is known, drawn as one mark a child."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, axes, key, svg
from writinggaps.report.tables import evidence as tables
from writinggaps.report.words import evidence as words
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evidence import Evidence
    from writinggaps.report.faces import Table

__all__ = ["evidence"]

_ACROSS = 30


@shown
def evidence(value: Evidence, released: Released[Evidence]) -> Figure:
    """Draw a mark for each child: a square where enough was written, a ring where it was not."""
    whole = value.enough if isinstance(value.enough, Withheld) else value.enough.whole
    known = isinstance(whole, Share)
    n, count = (whole.n, whole.count) if isinstance(whole, Share) else (0, 0)
    figure, drawn = axes(1.0 + 0.17 * -(-n // _ACROSS))
    groups = (
        (range(count), "s", COLOURS[0], f"wrote at least {value.expected:g} independent pieces"),
        (range(count, n), "o", COLOURS[3], "wrote fewer"),
    )
    for children, mark, colour, _ in groups:
        drawn.scatter([i % _ACROSS for i in children], [i // _ACROSS for i in children], s=30,
                      marker=mark, edgecolors=colour,
                      facecolors=colour if mark == "s" else "none")  # fmt: skip
    drawn.set_axis_off()
    drawn.set_ylim(max(-(-n // _ACROSS), 1) - 0.4, -0.6)
    key(figure, dict(zip((label for *_, label in groups), drawn.collections, strict=True)))
    return Figure(
        title=(
            "Enough was written by every pupil to judge by"
            if known and count == n
            else "For some pupils too little was written to judge by"
            if known
            else "Who wrote enough to judge by is not shown"
        ),
        subtitle=(
            f"One mark for each pupil on roll{'' if released.exact else ', rounded'}, "
            f"{Term.parse(value.period).spoken}"
        ),
        alt=str(words.evidence(released)).replace("**", ""),
        svg=svg(figure),
        data=cast("Table", tables.evidence(released)),
    )
