"""Who relies on scaffolds, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.scaffolds import ScaffoldReliance
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import given, shares_of
from writinggaps.report.tables.cells import NOT_SHOWN, cell, laid
from writinggaps.report.words.language import percent

__all__ = ["scaffold_reliance"]


@shown
def scaffold_reliance(value: ScaffoldReliance, released: Released[ScaffoldReliance]) -> Table:
    """Set out by class how much evidence was independent, and who relies on scaffolds."""
    reliant = shares_of(value.reliant)
    return laid(
        f"Evidence seen in independent writing, {Term.parse(value.period).spoken}",
        {
            "Class": lambda c: c.label,
            "Independent": lambda c: percent(s.share) if (s := given(c.observed)) else NOT_SHOWN,
            "Rely on scaffolds": lambda c: cell(reliant.get(c.label), released),
        },
        value.classes,
        f"A pupil relies on scaffolds when at least {percent(value.share)} of the evidence is "
        f"scaffolded.",
    )
