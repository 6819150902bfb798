"""Of how many children enough is known, drawn as one mark a child."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.evidence import Evidence
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import evidence as tables
from writinggaps.report.words import evidence as words
from writinggaps.report.words.language import most_of
from writinggaps.withheld import Withheld

__all__ = ["evidence"]


@shown
def evidence(value: Evidence, released: Released[Evidence]) -> Figure:
    """Draw a mark for each child: a square where enough was written, a ring where it was not."""
    whole = value.enough if isinstance(value.enough, Withheld) else value.enough.whole
    title = "Who wrote enough to judge by is not shown"
    figure, drawn = canvas.axes(1.9)
    each = 1
    if isinstance(whole, Share):
        labels = (f"at least {value.expected:g} independent pieces", "fewer")
        each = canvas.waffle(figure, drawn, whole.count, whole.n, labels)
        title = _title(whole, released)
    else:
        canvas.nothing(drawn)
    return canvas.chart(
        figure,
        title=title,
        subtitle=(
            f"One mark for {'each pupil' if each == 1 else 'five pupils'} on roll"
            f"{'' if released.exact else ', rounded'}, {Term.parse(value.period).spoken}"
        ),
        alt=str(words.evidence(released)),
        data=tables.evidence(released),
    )


def _title(whole: Share, released: Released[Evidence]) -> str:
    """Say of how many pupils too little is known."""
    if most_of(whole, released):
        return "All or nearly all pupils wrote enough to judge by"
    if whole.count == whole.n:
        return "Every pupil wrote enough to judge by"
    if released.exact:
        return f"{whole.n - whole.count} of {whole.n:,} pupils wrote too little to judge by"
    return "Some pupils wrote too little to judge by"
