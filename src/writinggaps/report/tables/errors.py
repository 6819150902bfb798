"""Habits and stopped habits, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import NOT_SHOWN, or_none
from writinggaps.report.words.language import and_list, count_of, few

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from writinggaps.disclosure import Released
    from writinggaps.measures.errors import Habit, HabitualErrors

__all__ = ["habitual_errors"]


@shown
def habitual_errors(value: HabitualErrors, released: Released[HabitualErrors]) -> Table:
    """List habits and stopped habits; in shared editions only those of more than a few pupils."""
    rows = (
        *_rows(value.habits, released, "a habit"),
        *_rows(value.stopped, released, "stopped"),
    )
    return Table(
        caption=f"Errors that became habits, up to {Term.parse(value.period).spoken}",
        columns=("error", "kind", "pupils", "year groups", "since", "last seen", "now"),
        rows=or_none(rows, 7),
        note="An error of one pupil alone is not listed; in shared editions, nor is one of a few.",
    )


def _rows(
    habits: Iterable[Habit], released: Released[HabitualErrors], now: str
) -> Iterator[tuple[str, ...]]:
    for habit in habits:
        n = habit.pupils.count if isinstance(habit.pupils, Share) else 0
        if n > 1 and not few(n, released):
            who = count_of(n, released)
            years = and_list(habit.year_groups) or NOT_SHOWN
            yield (habit.label, habit.kind, who, years, habit.since, habit.last, now)
