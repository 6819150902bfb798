"""Lessons missed for support, drawn as bars of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, axes, beside, nothing, svg
from writinggaps.report.tables import withdrawal as tables
from writinggaps.report.words import withdrawal as words
from writinggaps.report.words.language import count_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.withdrawal import Withdrawal
    from writinggaps.report.faces import Table

__all__ = ["withdrawal"]


@shown
def withdrawal(value: Withdrawal, released: Released[Withdrawal]) -> Figure:
    """Draw how many sessions of each subject were missed."""
    rows = [(s.label, s.missed) for s in value.subjects if not isinstance(s.missed, Withheld)]
    figure, drawn = axes(1.0 + 0.4 * max(len(rows), 1))
    for place, (_, missed) in enumerate(rows):
        drawn.barh(place, missed.sessions, height=0.6, color=COLOURS[0])
        beside(drawn, missed.sessions, place, f"{count_of(missed.sessions, released)}")
    drawn.set_yticks(range(len(rows)), [label for label, _ in rows])
    drawn.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    drawn.set_xlim(0, 1.2 * max((missed.sessions for _, missed in rows), default=1))
    drawn.set_xlabel("Sessions missed")
    if not rows:
        nothing(drawn)
    return Figure(
        title=(
            f"Most of the lessons missed for support were in {rows[0][0]}"
            if len(rows) > 1
            else f"Lessons missed for support: {rows[0][0]}"
            if rows
            else "No lessons missed for support are shown"
        ),
        subtitle=f"Sessions of support outside class, {Term.parse(value.period).spoken}",
        alt=str(words.withdrawal(released)),
        svg=svg(figure),
        data=cast("Table", tables.withdrawal(released)),
    )
