"""How many children write as is expected, drawn as children."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.attainment import Attainment
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.given import given, whole_of
from writinggaps.report.tables import attainment as tables
from writinggaps.report.words import parents as words

__all__ = ["standing"]


@shown
def standing(value: Attainment, released: Released[Attainment]) -> Figure:
    """Draw a mark for each child, or for each five in a large school."""
    found = given(whole_of(value.expected))
    figure, drawn = canvas.axes(1.9)
    each, labels = 1, ("as is expected, or better", "not yet")
    if found is None:
        canvas.nothing(drawn)
    else:
        each = canvas.waffle(figure, drawn, found.count, found.n, labels)
    return canvas.chart(
        figure,
        title=words.title(value, released),
        subtitle=(
            f"{'One mark for every child' if each == 1 else 'One mark for every five children'} "
            f"whose writing was judged in {Term.parse(value.period).spoken}"
        ),
        alt=str(words.standing(released)),
        data=tables.attainment(released),
    )
