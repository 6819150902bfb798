"""Attendance by SEN status and by need, drawn as dots with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.estimates.rates import Rate
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, axes, interval, name_rows, svg
from writinggaps.report.tables import send_attendance as tables
from writinggaps.report.words import send_attendance as words
from writinggaps.report.words.language import and_list, sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.attendance import SenAttendance
    from writinggaps.report.faces import Table

__all__ = ["attendance"]

_LOWEST, _ENOUGH = 50, 4


@shown
def attendance(value: SenAttendance, released: Released[SenAttendance]) -> Figure:
    """Draw how many of its sessions each group attended, with England as a line."""
    groups = [(r, COLOURS[0], 7) for r in value.years[-1].rows]
    groups += [(r, COLOURS[1], 5) for r in value.needs]
    rows = [(r.label, r.rate, c, s) for r, c, s in groups if isinstance(r.rate, Rate)]
    figure, drawn = axes(1.1 + 0.32 * max(len(rows), 1))
    for place, (_, found, colour, size) in enumerate(rows):
        ends = (
            (max(found.low, _LOWEST), found.high) if found.n >= _ENOUGH else (found.estimate,) * 2
        )
        interval(drawn, place, (ends[0], found.estimate, ends[1]), colour, size=size)
    england = value.absence.england
    if not isinstance(england, Withheld):
        drawn.axvline(100 - england.value, color=COLOURS[3], linewidth=1.5, zorder=0)
    name_rows(drawn, [sentence_case(row[0]) for row in rows],
          "% of possible sessions attended; orange: England, all pupils")  # fmt: skip
    drawn.set_xlim(
        min([80.0, *(max(f.low, _LOWEST) for _, f, _, _ in rows if f.n >= _ENOUGH)]), 100
    )
    return Figure(
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
        svg=svg(figure),
        data=cast("Table", tables.attendance(released)),
    )
