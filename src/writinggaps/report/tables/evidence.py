"""How much is known of pupils' writing, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.evidence import Evidence
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import shares_of
from writinggaps.report.tables.cells import cell, laid

__all__ = ["evidence"]


@shown
def evidence(value: Evidence, released: Released[Evidence]) -> Table:
    """Set out by year group who wrote enough, and of whom nothing recent is known."""
    enough, old = shares_of(value.enough), shares_of(value.not_recent)
    return laid(
        f"Independent writing by year group, {Term.parse(value.period).spoken}",
        {
            "Year group": str,
            f"Wrote at least {value.expected:g} pieces": lambda year: cell(enough[year], released),
            f"Nothing from the last {value.weeks:g} weeks": lambda year: cell(
                old.get(year), released
            ),
        },
        enough,
    )
