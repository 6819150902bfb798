"""Habits and stopped habits, drawn as bars of pupils."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, axes, beside, nothing, svg
from writinggaps.report.tables import errors as tables
from writinggaps.report.words import errors as words
from writinggaps.report.words.language import count_of, few

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.errors import Habit, HabitualErrors
    from writinggaps.report.faces import Table

__all__ = ["habitual_errors"]


@shown
def habitual_errors(value: HabitualErrors, released: Released[HabitualErrors]) -> Figure:
    """Draw how many pupils have each habit; habits that stopped are striped."""
    every = [*((h, "a habit") for h in value.habits), *((h, "stopped") for h in value.stopped)]
    rows = [(h, now, n) for h, now in every if (n := _count(h, released))]
    figure, drawn = axes(1.0 + 0.4 * max(len(rows), 1))
    for place, (_, now, n) in enumerate(rows):
        stopped = now == "stopped"
        drawn.barh(place, n, height=0.6, color="white" if stopped else COLOURS[0],
                   edgecolor=COLOURS[0], hatch="///" if stopped else "")  # fmt: skip
        beside(drawn, n, place, f"{count_of(n, released)}, {now}")
    drawn.set_yticks(range(len(rows)), [f"{h.label} ({h.kind})" for h, _, _ in rows])
    drawn.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    drawn.set_xlim(0, 1.35 * max((n for _, _, n in rows), default=1))
    drawn.set_xlabel("Pupils")
    first = next((h for h, now, _ in rows if now == "a habit"), None)
    if not rows:
        nothing(drawn)
    return Figure(
        title=(
            f"The most common habit: {first.label}"
            if first
            else "No error of more than a few pupils is a habit now"
        ),
        subtitle=f"Errors that became habits, up to {Term.parse(value.period).spoken}",
        alt=str(words.habitual_errors(released)),
        svg=svg(figure),
        data=cast("Table", tables.habitual_errors(released)),
    )


def _count(habit: Habit, released: Released[HabitualErrors]) -> int:
    share = habit.pupils
    return share.count if isinstance(share, Share) and not few(share.count, released) else 0
