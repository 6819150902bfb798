"""Progress from a starting point, as tables."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates.breakdown import Split
from writinggaps.measures.progress.added import PartAdded, ValueAdded
from writinggaps.measures.progress.moves import Jumps, Transitions
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.given import given
from writinggaps.report.tables.cells import NOT_SHOWN, cell, laid
from writinggaps.report.words.language import count_of, decimal, spelled, to_range
from writinggaps.withheld import Withheld

__all__ = ["jumps", "progress", "transitions", "value_added"]


def progress(
    moved: Released[Transitions], up: Released[Jumps], added: Released[ValueAdded]
) -> Table | Prose:
    """Lay out the first of what is known: points gone up, moves, or value added."""
    if given(up.value):
        return jumps(up)
    return (
        value_added(added) if given(added.value) and not given(moved.value) else transitions(moved)
    )


@shown
def transitions(value: Transitions, released: Released[Transitions]) -> Table:
    """Lay starting points below each other and where pupils are now beside each other."""
    whole = value.moves.whole
    codes = list(whole.shares) if isinstance(whole, Split) else []
    return Table(
        caption=(
            f"From {value.start} ({value.start_measure}) to {Term.parse(value.period).spoken} "
            f"({value.measure})"
        ),
        columns=("At the start", *codes),
        rows=tuple(
            (start, *(cell(of.shares[k] if isinstance(of, Split) else of, released) for k in codes))
            for start, of in {**value.moves.splits, "All": whole}.items()
        ),
        note="Codes are an order: the steps between them are not equal, so nothing is averaged.",
    )


@shown
def jumps(value: Jumps, released: Released[Jumps]) -> Table:
    """Lay year groups below each other, with the pupils who went up enough steps."""
    rows = {**value.reached.shares, "All together": value.reached.whole}
    many = spelled(int(value.enough))
    return laid(
        f"Pupils who have gone up {many} or more of the school's points since {value.start}, "
        f"{Term.parse(value.period).spoken}",
        {"Year group": str, f"Up {many} or more": lambda label: cell(rows[label], released)},
        rows,
        "Points are an order: the steps between them are not equal, so nothing is averaged. "
        "The youngest have had the least time.",
    )


@shown
def value_added(value: ValueAdded, released: Released[ValueAdded]) -> Table:
    """Lay classes or groups below each other: as measured, and drawn towards the others."""
    return Table(
        caption=(
            f"Points of {value.measure} above others with the same score from {value.start}, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=(
            value.by.replace("_", " "), "Pupils", "As measured", "Drawn towards the others",
            "Likely range",
        ),
        rows=tuple((part.label, *_cells(part.added, released)) for part in value.parts),
        note="The fewer the pupils, the less their own average tells, and the more it is drawn.",
    )  # fmt: skip


def _cells(added: PartAdded | Withheld, released: Released[ValueAdded]) -> tuple[str, ...]:
    if isinstance(added, Withheld):
        return (NOT_SHOWN,) * 4
    return (
        count_of(added.n, released),
        decimal(added.estimate, 1),
        decimal(added.drawn, 1),
        to_range(added.low, added.high, 1),
    )
