"""The shares on SEN Support and with plans, drawn over three years beside England's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.estimates import Share
from writinggaps.measures.send.context import share_in
from writinggaps.measures.send.status import PLAN, SUPPORT
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, LINE, axes, interval, name_rows, nothing, svg
from writinggaps.report.tables import send_context as tables
from writinggaps.report.words import send_context as words
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.context import Context
    from writinggaps.report.faces import Table

__all__ = ["three_years"]

_TITLES = {
    "above": "More pupils are on SEN Support than England's share would give",
    "below": "Fewer pupils are on SEN Support than England's share would give",
    "within chance": "Chance may explain how the share on SEN Support differs from England's",
    "": "Pupils on SEN Support and with plans over three years",
}


@shown
def three_years(value: Context, released: Released[Context]) -> Figure:
    """Draw both shares of each year with their intervals, and England's as a line."""
    figure, drawn = axes(2.6)
    places: list[float] = []
    labels: list[str] = []
    looks = ((SUPPORT, value.support, COLOURS[0]), (PLAN, value.ehcp, COLOURS[2]))
    place = 0.0
    for status, yardstick, colour in looks:
        start = place
        for year in value.years:
            found = share_in(year, status)
            places.append(place)
            labels.append(f"{status}, {year.period}")
            if isinstance(found, Share):
                ends = (100 * found.low, 100 * found.estimate, 100 * found.high)
                interval(drawn, place, ends, colour)
            place += 1
        if not isinstance(yardstick.england, Withheld):
            at = yardstick.england.value
            drawn.plot([at, at], [start - 0.4, place - 0.6], color=COLOURS[3], linewidth=2)
        drawn.axhline(place - 0.25, color=LINE, linewidth=0.8)
        place += 0.5
    name_rows(drawn, labels, "% of pupils on roll; orange: England's schools of the phase")
    drawn.set_yticks(places, labels)
    drawn.set_ylim(place - 0.75, -0.6)
    drawn.set_xlim(left=0)
    if not any(isinstance(share_in(y, SUPPORT), Share) for y in value.years):
        nothing(drawn)
    return Figure(
        title=_TITLES[value.beside_england(SUPPORT)],
        subtitle=(
            f"Share of pupils on roll, three years to {Term.parse(value.period).spoken}; lines: "
            f"what chance may have added or taken"
        ),
        alt=str(words.roll(released)),
        svg=svg(figure),
        data=cast("Table", tables.three_years(released)),
    )
