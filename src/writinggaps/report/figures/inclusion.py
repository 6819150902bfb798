"""Schools' inclusion indices on a ladder, with how sure each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.measures.inclusion.facts import rules
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, LINE, QUIET, axes, interval, name_rows, svg
from writinggaps.report.tables import inclusion as tables
from writinggaps.report.words import inclusion as words
from writinggaps.report.words.language import decimal, sentence_case, spelled
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.inclusion.results import InclusionIndex
    from writinggaps.report.faces import Table

__all__ = ["ladder"]


@shown
def ladder(value: InclusionIndex, released: Released[InclusionIndex]) -> Figure:
    """Draw the index and interval of each school of a phase, the school itself in colour.

    Where the report is about no single school, phases stand below each other.
    """
    known = [r.index for r in value.schools if not isinstance(r.index, Withheld)]
    phases = {index.phase for index in known if index.label == value.own}
    known = [index for index in known if not phases or index.phase in phases]
    known.sort(key=lambda index: (index.phase, -index.estimate))
    figure, drawn = axes(1.2 + 0.34 * max(len(known), 1))
    for place, index in enumerate(known):
        colour = COLOURS[0] if index.label == value.own or not value.own else LINE
        ends = (index.low, index.estimate, index.high)
        interval(drawn, place, ends, colour, width=3, size=7)
    if known:
        drawn.axvline(rules()["scale"]["centre"], color=QUIET, linestyle=(0, (4, 3)), linewidth=1)
    drawn.set_xlim(0, 100)
    name_rows(drawn, [index.label for index in known], "Index: the higher, the more inclusive")
    mine = next((i for i in known if i.label == value.own), None)
    centre = rules()["scale"]["centre"]
    apart = sum(index.low > centre or index.high < centre for index in known)
    told = (
        f"{spelled(apart)} of {spelled(len(known))}" if apart else f"none of {spelled(len(known))}"
    )
    title = f"{sentence_case(told)} can be told from the authority's average school"
    if mine is not None:
        title = f"{value.own}: {decimal(mine.low)} to {decimal(mine.high)} on the inclusion index"
    return Figure(
        title=title,
        subtitle=(
            f"Index with interval, up to {Term.parse(value.period).spoken}; dashed: the average "
            f"school of the authority"
        ),
        alt=str(words.schools(released)).replace("**", ""),
        svg=svg(figure),
        data=cast("Table", tables.schools(released)),
    )
