"""Of how many children enough is known, drawn as one mark a child."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import axes, svg, waffle
from writinggaps.report.tables import evidence as tables
from writinggaps.report.words import evidence as words
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evidence import Evidence
    from writinggaps.report.faces import Table

__all__ = ["evidence"]


@shown
def evidence(value: Evidence, released: Released[Evidence]) -> Figure:
    """Draw a mark for each child: a square where enough was written, a ring where it was not."""
    whole = value.enough if isinstance(value.enough, Withheld) else value.enough.whole
    known = isinstance(whole, Share)
    n, count = (whole.n, whole.count) if isinstance(whole, Share) else (0, 0)
    figure, drawn = axes(1.9)
    least = f"at least {value.expected:g} independent pieces"
    each = waffle(figure, drawn, count, n, (least, "fewer"))
    return Figure(
        title=(
            "Enough was written by every pupil to judge by"
            if known and count == n
            else "For some pupils too little was written to judge by"
            if known
            else "Who wrote enough to judge by is not shown"
        ),
        subtitle=(
            f"One mark for {'each pupil' if each == 1 else 'five pupils'} on roll"
            f"{'' if released.exact else ', rounded'}, "
            f"{Term.parse(value.period).spoken}"
        ),
        alt=str(words.evidence(released)).replace("**", ""),
        svg=svg(figure),
        data=cast("Table", tables.evidence(released)),
    )
