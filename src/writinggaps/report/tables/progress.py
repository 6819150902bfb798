"""Progress from a starting point, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates.breakdown import Split
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import cell
from writinggaps.report.words.language import count_of, decimal, sentence_case, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.progress import PartAdded, Transitions, ValueAdded

__all__ = ["transitions", "value_added"]


@shown
def transitions(value: Transitions, released: Released[Transitions]) -> Table:
    """Lay starting points below each other and where pupils are now beside each other."""
    whole = value.moves.whole
    codes = list(whole.shares) if isinstance(whole, Split) else []
    rows = {**value.moves.splits, "All": whole}
    return Table(
        caption=(
            f"From {value.start_measure}, {Term.parse(value.since).spoken}, to {value.measure}, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("Started at", *codes),
        rows=tuple(
            (
                start,
                *(
                    cell(of if isinstance(of, Withheld) else of.shares[code], released)
                    for code in codes
                ),
            )
            for start, of in rows.items()
        ),
        note="Codes are an order: the steps between them are not equal, so nothing is averaged.",
    )


@shown
def value_added(value: ValueAdded, released: Released[ValueAdded]) -> Table:
    """Lay classes or groups below each other: as measured, and drawn towards the others."""
    return Table(
        caption=(
            f"Points of {value.measure} above others with the same starting score, "
            f"{Term.parse(value.since).spoken} to {Term.parse(value.period).spoken}"
        ),
        columns=(
            sentence_case(value.by.replace("_", " ")),
            "Pupils",
            "As measured",
            "Drawn towards the others",
            "Likely range",
        ),
        rows=tuple((part.label, *_cells(part.added, released)) for part in value.parts),
        note="The fewer the pupils, the less their own average tells, and the more it is drawn.",
    )


def _cells(added: PartAdded | Withheld, released: Released[ValueAdded]) -> tuple[str, ...]:
    if isinstance(added, Withheld):
        return ("not shown",) * 4
    return (
        count_of(added.n, released),
        decimal(added.estimate, 1),
        decimal(added.drawn, 1),
        to_range(added.low, added.high, 1),
    )
