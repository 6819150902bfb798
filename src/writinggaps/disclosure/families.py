"""Rows that add up: what else must be hidden so that a hidden number cannot be worked out.

A row hidden alone is no secret where the total and the other rows are shown. Each family (`Split`,
`Breakdown`, `SplitBreakdown`) becomes cells and sums here, and `audit.repair` says which rows must
be hidden with it. The attacker is taken to know every group's size exactly when it comes to parts
of the group, as a governor does who has seen the class lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from writinggaps.disclosure.audit import Cell, Sum, repair
from writinggaps.disclosure.cells import part_cell, size_cell, suppressed
from writinggaps.disclosure.editions import Rules
from writinggaps.estimates.breakdown import Breakdown, Part, Split, SplitBreakdown, SplitPart
from writinggaps.estimates.shares import Share
from writinggaps.withheld import Withheld

__all__ = ["protected"]

_WHOLE = ""


def protected(value: Any, rule: Rules) -> Any:
    """Withhold the rows of a family that would give another row away; leave the rest exact.

    Parameters
    ----------
    value : a result
        Exact; anything but a family is given back as it is.
    rule : Rules
        Of a shared edition.
    """
    if isinstance(value, Split):
        return _split(value, rule)
    if isinstance(value, Breakdown):
        return _breakdown(value, rule)
    if isinstance(value, SplitBreakdown):
        return _split_breakdown(value, rule)
    return value


def _split(value: Split, rule: Rules) -> Split | Withheld:
    if value.n < max(rule.group_minimum, rule.smallest_split):
        return suppressed()
    cells = {part.label: _part(part.share, value.n, rule) for part in value.parts}
    hidden = repair({**cells, _WHOLE: _known(value.n)}, [Sum(_WHOLE, tuple(cells))])
    parts = _without(value.parts, hidden)
    if all(isinstance(part.share, Withheld) for part in parts):
        return suppressed()
    return replace(value, parts=parts)


def _breakdown(value: Breakdown, rule: Rules) -> Breakdown | Withheld:
    whole = value.whole
    if isinstance(whole, Withheld) or whole.n < max(rule.group_minimum, rule.smallest_split):
        return suppressed()
    sizes = {p.label: 0 if isinstance(p.share, Withheld) else p.share.n for p in value.parts}
    hidden = _hidden_sizes(sizes, rule)
    cells: dict[str, Cell] = {_WHOLE: part_cell(whole.count, whole.n, rule, cost=whole.n)}
    for part in value.parts:
        cell = _part(part.share, sizes[part.label], rule, cost=sizes[part.label])
        cells[part.label] = _hide(cell) if part.label in hidden else cell
    hidden |= repair(cells, [Sum(_WHOLE, tuple(sizes))])
    shown = suppressed() if _WHOLE in hidden else whole
    return replace(value, whole=shown, parts=_without(value.parts, hidden))


def _split_breakdown(value: SplitBreakdown, rule: Rules) -> SplitBreakdown | Withheld:
    whole = value.whole
    if isinstance(whole, Withheld) or whole.n < max(rule.group_minimum, rule.smallest_split):
        return suppressed()
    rows: dict[str, Split] = {
        part.label: part.split for part in value.parts if isinstance(part.split, Split)
    }
    no_sizes = _hidden_sizes({label: row.n for label, row in rows.items()}, rule)
    states = [part.label for part in whole.parts]
    cells: dict[tuple[str, str], Cell] = {}
    for label, row in {_WHOLE: whole, **rows}.items():
        for part in row.parts:
            cell = _part(part.share, row.n, rule)
            cells[label, part.label] = _hide(cell) if label in no_sizes else cell
    sums = [Sum((_WHOLE, s), tuple((label, s) for label in rows)) for s in states]
    for label, row in {_WHOLE: whole, **rows}.items():
        cells[label, _WHOLE] = _known(row.n)
        sums.append(Sum((label, _WHOLE), tuple((label, s) for s in states)))
    hidden = repair(cells, sums)
    return replace(
        value,
        whole=_split_without(whole, hidden, _WHOLE),
        parts=tuple(
            SplitPart(
                label=part.label,
                split=suppressed()
                if part.label in no_sizes or isinstance(part.split, Withheld)
                else _split_without(part.split, hidden, part.label),
            )
            for part in value.parts
        ),
    )


def _split_without(row: Split, hidden: Iterable[tuple[str, str]], label: str) -> Split:
    return replace(row, parts=_without(row.parts, {s for name, s in hidden if name == label}))


def _hidden_sizes(sizes: Mapping[str, int], rule: Rules) -> frozenset[str]:
    total = sum(sizes.values())
    cells = {label: size_cell(n, total, rule) for label, n in sizes.items()}
    return repair({**cells, _WHOLE: _known(total)}, [Sum(_WHOLE, tuple(sizes))])


def _part(share: Share | Withheld, n: int, rule: Rules, cost: float | None = None) -> Cell:
    if isinstance(share, Withheld):
        return Cell(low=0, high=n, cap=n, sensitive=True, hideable=False)
    return part_cell(share.count, n, rule, cost=share.count if cost is None else cost)


def _known(n: int) -> Cell:
    return Cell(low=n, high=n, cap=n, sensitive=False, hideable=False)


def _hide(cell: Cell) -> Cell:
    return replace(cell, low=0, high=cell.cap)


def _without(parts: tuple[Part, ...], hidden: Iterable[str]) -> tuple[Part, ...]:
    names = set(hidden)
    return tuple(
        replace(part, share=suppressed()) if part.label in names else part for part in parts
    )
