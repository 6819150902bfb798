"""Attendance by SEN status and by need, drawn as dots with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates.rates import Rate
from writinggaps.readers.terms import Term
from writinggaps.report.faces import shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import send_attendance as tables
from writinggaps.report.words import send_attendance as words
from writinggaps.report.words.language import and_list, sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.attendance import SenAttendance
    from writinggaps.report.faces import Figure

__all__ = ["attendance"]

_LOWEST, _USUAL, _ENOUGH = 50, 80, 4


@shown
def attendance(value: SenAttendance, released: Released[SenAttendance]) -> Figure:
    """Draw how many of its sessions each group attended, with England as a line."""
    groups = [(r, canvas.COLOURS[0], 7) for r in value.years[-1].rows]
    groups += [(r, canvas.COLOURS[1], 5) for r in value.needs]
    known = [(r.label, r.rate, c, s) for r, c, s in groups if isinstance(r.rate, Rate)]
    figure, drawn = canvas.rows(
        [sentence_case(label) for label, *_ in known],
        "% of possible sessions attended; orange: England, all pupils",
    )
    for place, (_, found, colour, size) in enumerate(known):
        low, middle, high = canvas.ends(found, 1)
        line = (max(low, _LOWEST), middle, high) if found.n >= _ENOUGH else (middle,) * 3
        canvas.interval(drawn, place, line, colour, size=size)
    england = value.absence.england
    if not isinstance(england, Withheld):
        drawn.axvline(100 - england.value, color=canvas.COLOURS[3], linewidth=1.5, zorder=0)
    lows = [max(found.low, _LOWEST) for _, found, *_ in known if found.n >= _ENOUGH]
    drawn.set_xlim(min([_USUAL, *lows]), 100)
    return canvas.chart(
        figure,
        title=(
            f"Attendance is lower by need: {and_list(value.apart)}"
            if value.apart
            else "No primary need is known to be below the others in attendance"
        ),
        subtitle=(
            f"From September to the end of {Term.parse(value.period).spoken}; lines: where the "
            f"figure of such a group may well be"
        ),
        alt=f"{words.attendance(released)} {words.needs(released)}",
        data=tables.attendance(released),
    )
