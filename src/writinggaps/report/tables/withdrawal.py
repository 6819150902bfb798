"""Lessons missed for support, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.withdrawal import Withdrawal
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.given import given
from writinggaps.report.tables.cells import laid
from writinggaps.report.words.language import count_of

__all__ = ["withdrawal"]


@shown
def withdrawal(value: Withdrawal, released: Released[Withdrawal]) -> Table | Prose:
    """List the subjects whose lessons were missed, with pupils and sessions."""
    rows = [row for row in value.subjects if given(row.missed)]
    if not rows:
        return Prose("")
    return laid(
        f"Lessons missed for support, {Term.parse(value.period).spoken}",
        {
            "Subject": lambda row: row.label,
            "Pupils": lambda row: count_of(row.missed.n, released),
            "Sessions": lambda row: count_of(row.missed.sessions, released),
        },
        rows,
        "" if released.exact else "Subjects that too few pupils missed are not listed.",
    )
