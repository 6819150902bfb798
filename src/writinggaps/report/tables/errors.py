"""Habits and stopped habits, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.errors import Habit, HabitualErrors
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.tables.cells import NOT_SHOWN, laid
from writinggaps.report.words.language import and_list, count_of, few

__all__ = ["habitual_errors"]


@shown
def habitual_errors(value: HabitualErrors, released: Released[HabitualErrors]) -> Table | Prose:
    """List habits and stopped habits; in shared editions only those of more than a few pupils."""
    every = [(h, "a habit") for h in value.habits] + [(h, "stopped") for h in value.stopped]
    rows = [row for row in every if _pupils(row[0]) > 1 and not few(_pupils(row[0]), released)]
    if not rows:
        return Prose("")
    return laid(
        f"Errors that became habits, up to {Term.parse(value.period).spoken}",
        {
            "Error": lambda row: row[0].label,
            "Kind": lambda row: row[0].kind,
            "Pupils": lambda row: count_of(_pupils(row[0]), released),
            "Year groups": lambda row: and_list(row[0].year_groups) or NOT_SHOWN,
            "Since": lambda row: row[0].since,
            "Last seen": lambda row: row[0].last,
            "Now": lambda row: row[1],
        },
        rows,
        "An error of one pupil alone is not listed; in shared editions, nor is one of a few.",
    )


def _pupils(habit: Habit) -> int:
    return habit.pupils.count if isinstance(habit.pupils, Share) else 0
