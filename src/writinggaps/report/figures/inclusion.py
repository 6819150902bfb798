"""Schools' inclusion indices on a ladder, with how sure each is."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.results import InclusionIndex
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import inclusion as tables
from writinggaps.report.words import inclusion as words
from writinggaps.report.words.language import decimal, sentence_case, spelled
from writinggaps.withheld import Withheld

__all__ = ["ladder"]


@shown
def ladder(value: InclusionIndex, released: Released[InclusionIndex]) -> Figure:
    """Draw the index and interval of each school of a phase, the school itself in colour.

    Where the report is about no single school, phases stand below each other.
    """
    known = [r.index for r in value.schools if not isinstance(r.index, Withheld)]
    mine = next((index for index in known if index.label == value.own), None)
    known = [index for index in known if mine is None or index.phase == mine.phase]
    known.sort(key=lambda index: (index.phase, -index.estimate))
    figure, drawn = canvas.rows(
        [index.label for index in known], "Index: the higher, the more inclusive"
    )
    for place, index in enumerate(known):
        colour = canvas.COLOURS[0] if index.label == value.own or not value.own else canvas.LINE
        canvas.interval(drawn, place, canvas.ends(index, 1), colour, width=3, size=7)
    centre = rules()["scale"]["centre"]
    if known:
        drawn.axvline(centre, color=canvas.QUIET, linestyle=(0, (4, 3)), linewidth=1)
    drawn.set_xlim(0, 100)
    apart = sum(index.low > centre or index.high < centre for index in known)
    told = f"{spelled(apart) if apart else 'none'} of {spelled(len(known))}"
    title = f"{sentence_case(told)} can be told from the authority's average school"
    if mine is not None:
        title = f"{value.own}: {decimal(mine.low)} to {decimal(mine.high)} on the inclusion index"
    return canvas.chart(
        figure,
        title=title,
        subtitle=(
            f"Index with interval, up to {Term.parse(value.period).spoken}; dashed: the average "
            f"school of the authority"
        ),
        alt=str(words.schools(released)),
        data=tables.schools(released),
    )
