"""How much is known of pupils' writing, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import cell
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evidence import Evidence

__all__ = ["evidence"]


@shown
def evidence(value: Evidence, released: Released[Evidence]) -> Table:
    """Set out by year group who wrote enough, and of whom nothing recent is known."""
    enough = {} if isinstance(value.enough, Withheld) else value.enough.shares
    old = {} if isinstance(value.not_recent, Withheld) else value.not_recent.shares
    return Table(
        caption=f"Independent writing by year group, {Term.parse(value.period).spoken}",
        columns=(
            "year group",
            f"wrote at least {value.expected:g} pieces",
            f"nothing from the last {value.weeks:g} weeks",
        ),
        rows=tuple(
            (year, cell(share, released), cell(old.get(year), released))
            for year, share in enough.items()
        ),
    )
