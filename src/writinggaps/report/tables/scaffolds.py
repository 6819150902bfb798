"""Who relies on scaffolds, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import cell
from writinggaps.report.words.language import percent
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.scaffolds import Observed, ScaffoldReliance

__all__ = ["scaffold_reliance"]


@shown
def scaffold_reliance(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> Table:
    """Set out by class how much evidence was independent, and who relies on scaffolds."""
    reliant = {} if isinstance(value.reliant, Withheld) else value.reliant.shares
    rows = tuple(
        (c.label, _independent(c.observed), cell(reliant.get(c.label), released))
        for c in value.classes
    )
    return Table(
        caption=f"Evidence seen in independent writing, {Term.parse(value.period).spoken}",
        columns=("class", "independent", "rely on scaffolds"),
        rows=rows,
        note=(
            f"A pupil relies on scaffolds when at least {percent(value.share)} of the evidence is "
            f"scaffolded."
        ),
    )


def _independent(observed: Observed | Withheld) -> str:
    return "not shown" if isinstance(observed, Withheld) else percent(observed.share)
