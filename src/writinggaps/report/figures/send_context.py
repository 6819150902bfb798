"""The shares on SEN Support and with plans, drawn over three years beside England's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.measures.send.context import share_in
from writinggaps.measures.send.status import PLAN, SUPPORT
from writinggaps.readers.terms import Term
from writinggaps.report.faces import shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import send_context as tables
from writinggaps.report.words import send_context as words
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.context import Context
    from writinggaps.report.faces import Figure

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
    shares = [
        [(f"{status}, {year.period}", share_in(year, status)) for year in value.years]
        for status in (SUPPORT, PLAN)
    ]
    figure, drawn = canvas.rows(
        [label for group in shares for label, _ in group],
        "% of pupils on roll; orange: England's schools of the phase",
    )
    looks = ((value.support, canvas.COLOURS[0]), (value.ehcp, canvas.COLOURS[2]))
    for nth, (group, (yardstick, colour)) in enumerate(zip(shares, looks, strict=True)):
        first = nth * len(group)
        for place, (_, found) in enumerate(group, start=first):
            if isinstance(found, Share):
                canvas.interval(drawn, place, canvas.ends(found), colour)
        if not isinstance(yardstick.england, Withheld):
            at = yardstick.england.value
            upright = [first - 0.4, first + len(group) - 0.6]
            drawn.plot([at, at], upright, color=canvas.COLOURS[3], linewidth=2)
    drawn.axhline(len(value.years) - 0.5, color=canvas.LINE, linewidth=0.8)
    drawn.set_xlim(left=0)
    if not any(isinstance(found, Share) for _, found in shares[0]):
        canvas.nothing(drawn)
    return canvas.chart(
        figure,
        title=_TITLES[value.beside_england(SUPPORT)],
        subtitle=(
            f"Share of pupils on roll, three years to {Term.parse(value.period).spoken}; lines: "
            f"what chance may have added or taken"
        ),
        alt=str(words.roll(released)),
        data=tables.three_years(released),
    )
