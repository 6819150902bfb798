"""What a report rests on, in words."""

from __future__ import annotations

from datetime import date

from writinggaps.disclosure import Released
from writinggaps.measures.checks import DataChecks
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import count_of, plain, plural, pupils, spelled

__all__ = ["data_checks", "day"]


def day(iso: str) -> str:
    """Write a date as people do.

    Examples
    --------
    >>> day("2025-12-09")
    '9 December 2025'
    """
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


@sentence
def data_checks(value: DataChecks, released: Released[DataChecks]) -> str:
    """Say who was counted, from what, and what was set aside."""
    as_at = f", up to {day(value.as_at)}" if value.as_at else ""
    return (
        f"This report counts {pupils(value.n, released)} on roll at the end of the term "
        f"at {plain(value.school)}, from {plural(len(value.tables), 'table')} of data{as_at}. "
        f"Since September {_so_many(value.joined, released)} joined and "
        f"{_so_many(value.left, released)} left. {_found(value, released)}"
    )


def _so_many(n: int, released: Released[DataChecks]) -> str:
    return "nobody" if released.exact and not n else count_of(n, released)


def _found(value: DataChecks, released: Released[DataChecks]) -> str:
    if not value.errors and not value.warnings:
        return "Nothing in the data had to be set aside or queried."
    rows = sum(table.set_aside for table in value.tables)
    aside = f"{spelled(value.errors)} led to rows being set aside" if rows else "no row was lost"
    said = plural(value.errors + value.warnings, "thing")
    where = "the table below says where" if released.exact else "the staff edition says where"
    return f"Reading the data turned up {said} to look at ({aside}); {where}."
