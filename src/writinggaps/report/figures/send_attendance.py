"""Attendance by primary need, drawn as dots with their intervals.

Groups of fewer than four are left out: one child often away is no figure of a need.
"""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates.rates import Rate
from writinggaps.measures.send.attendance import SenAttendance
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, Prose, shown
from writinggaps.report.figures import canvas
from writinggaps.report.tables import send as tables
from writinggaps.report.words import send_attendance as words
from writinggaps.report.words.language import and_list, sentence_case
from writinggaps.withheld import Withheld

__all__ = ["attendance"]

_LOWEST, _USUAL, _ENOUGH = 50, 80, 4
_EDGES, _ROW, _SMALL, _NAME = 0.6, 0.22, 8, 40
"""In inches, the size of letters, the most of a line: low enough for a page that is printed."""


def attendance(released: Released[SenAttendance]) -> Figure | Prose:
    """Draw how many of its sessions each need attended, with England as a line."""
    value = released.value
    known = not isinstance(value, Withheld) and value.lowest_need is not None
    return _attendance(released) if known else Prose("")


@shown
def _attendance(value: SenAttendance, released: Released[SenAttendance]) -> Figure:
    known = [(r.label, r.rate) for r in value.needs if isinstance(r.rate, Rate)]
    known = [(label, found) for label, found in known if found.n >= _ENOUGH]
    names = [sentence_case(label) for label, _ in known]
    figure, drawn = canvas.rows(names, "% attended; orange: all of England")
    canvas.name_rows(drawn, names, size=_SMALL, wide=_NAME)
    figure.set_figheight(_EDGES + _ROW * max(len(known), 1))
    for place, (_, found) in enumerate(known):
        low, middle, high = canvas.ends(found, 1)
        canvas.interval(drawn, place, (max(low, _LOWEST), middle, high), canvas.COLOURS[0])
    england = value.absence.england
    if not isinstance(england, Withheld):
        drawn.axvline(100 - england.value, color=canvas.COLOURS[3], linewidth=1.5, zorder=0)
    drawn.set_xlim(min([_USUAL, *(max(found.low, _LOWEST) for _, found in known)]), 100)
    return canvas.chart(
        figure,
        title=(
            f"Attendance is lower by need: {and_list(value.apart)}"
            if value.apart
            else "No primary need is known to be below the others in attendance"
        ),
        subtitle=(
            f"From September to the end of {Term.parse(value.period).spoken}; groups of four or "
            f"more; lines: where the figure of such a group may well be"
        ),
        alt=f"{words.gap(released)} {words.needs(released)}",
        data=tables.attendance(released),
    )
