"""Habits and stopped habits, in words."""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.errors import Habit, HabitualErrors
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    few,
    plain,
    pupils,
    sentence_case,
    so_many_of,
)

__all__ = ["habitual_errors"]

_SHOWN = 3


@sentence
def habitual_errors(value: HabitualErrors, released: Released[HabitualErrors]) -> str:
    """Say which errors have become habits, of how many pupils, since when, and which stopped."""
    now = _listed(value.habits, released, "since {0.since}")
    gone = _listed(value.stopped, released, "last seen {0.last}")
    habits = _now(now, value, released)
    stopped = f" Stopped: {and_list(gone)}." if gone else ""
    return f"{habits}{stopped}"


def _now(now: list[str], value: HabitualErrors, released: Released[HabitualErrors]) -> str:
    if not value.habits:
        return "No error of this term comes back often enough to be a habit."
    if not isinstance(value.pupils, Share) or not (now or released.exact):
        return "Few pupils have errors that have become habits; which ones is not shown."
    who = sentence_case(so_many_of(value.pupils, released))
    have = "has" if released.exact and value.pupils.count == 1 else "have"
    most = f"Most common: {and_list(now)}." if now else "No two pupils share one."
    return f"{who} {have} at least one error that has become a habit. {most}"


def _listed(habits: Iterable[Habit], released: Released[HabitualErrors], when: str) -> list[str]:
    """Describe the most common; an error of a few pupils could tell who they are.

    What one pupil alone writes is that child's, and stays off every page.
    """
    known = [(h, h.pupils.count) for h in habits if isinstance(h.pupils, Share)]
    return [
        f"“{plain(h.label)}” ({h.kind}: {pupils(n, released)}{_where(h)}, {when.format(h)})"
        for h, n in known[:_SHOWN]
        if n > 1 and not few(n, released)
    ]


def _where(habit: Habit) -> str:
    return f" in {and_list(habit.year_groups)}" if habit.year_groups else ""
