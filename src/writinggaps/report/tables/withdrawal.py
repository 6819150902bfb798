"""Lessons missed for support, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import or_none
from writinggaps.report.words.language import count_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.withdrawal import Withdrawal

__all__ = ["withdrawal"]


@shown
def withdrawal(value: Withdrawal, released: Released[Withdrawal]) -> Table:
    """List the subjects whose lessons were missed, with pupils and sessions."""
    rows = tuple(
        (
            subject.label,
            count_of(subject.missed.n, released),
            count_of(subject.missed.sessions, released),
        )
        for subject in value.subjects
        if not isinstance(subject.missed, Withheld)
    )
    return Table(
        caption=f"Lessons missed for support, {Term.parse(value.period).spoken}",
        columns=("subject", "pupils", "sessions"),
        rows=or_none(rows, 3) if released.exact else rows or (("none listed", "", ""),),
        note="Subjects that too few pupils missed are not listed." if not released.exact else "",
    )
