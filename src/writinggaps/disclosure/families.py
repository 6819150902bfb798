"""Rows that add up: what else must be hidden so that a hidden number cannot be worked out.

A row hidden alone is no secret where the total and the other rows are shown. Each family (`Split`,
`Breakdown`, `SplitBreakdown`) becomes cells and sums here, and `audit.repair` says which rows must
be hidden with it. The attacker is taken to know every group's size exactly when it comes to parts
of the group, as a governor does who has seen the class lists.

Where one share of a split, or one part of a breakdown, must be hidden because of its counts, all of
them are: a reader who knows these rules could otherwise tell from the choice what it hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any

from writinggaps.disclosure.audit import Cell, Exposed, Sum, audit, repair
from writinggaps.disclosure.cells import part_cell, size_cell, suppressed
from writinggaps.disclosure.editions import Rules
from writinggaps.disclosure.facts import Fact, Roster, linked
from writinggaps.estimates.breakdown import Breakdown, Split, SplitBreakdown
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
    exposed = audit({**cells, _WHOLE: _known(value.n)}, [Sum(_WHOLE, tuple(cells))])
    return suppressed() if exposed else value


def _breakdown(value: Breakdown, rule: Rules) -> Breakdown | Withheld:
    whole = value.whole
    if isinstance(whole, Withheld) or whole.n < max(rule.group_minimum, rule.smallest_split):
        return suppressed()
    sizes = {p.label: p.share.n for p in value.parts if isinstance(p.share, Share)}
    unknown = whole.n - sum(sizes.values())
    hidden = _hidden_sizes(sizes, unknown, rule)
    cells: dict[str, Cell] = {_WHOLE: part_cell(whole.count, whole.n, rule, cost=inf)}
    for part in value.parts:
        cell = _part(part.share, sizes.get(part.label, unknown), rule)
        cells[part.label] = _hide(cell) if part.label in hidden else cell
    sums = [Sum(_WHOLE, tuple(part.label for part in value.parts))]
    if audit(cells, sums):
        hidden = frozenset(cells)
        cells = {k: cell if k == _WHOLE else _hide(cell) for k, cell in cells.items()}
    return replace(
        value,
        whole=suppressed() if audit(cells, sums) or (hidden and value.elsewhere) else whole,
        parts=tuple(
            replace(part, share=suppressed()) if part.label in hidden else part
            for part in value.parts
        ),
    )


def _split_breakdown(value: SplitBreakdown, rule: Rules) -> SplitBreakdown | Withheld:
    if isinstance(value.whole, Withheld) or isinstance(_split(value.whole, rule), Withheld):
        return suppressed()
    rows = {part.label: part.split for part in value.parts if isinstance(part.split, Split)}
    hidden = set(_hidden_sizes({label: row.n for label, row in rows.items()}, 0, rule))
    hidden |= {label for label, row in rows.items() if isinstance(_split(row, rule), Withheld)}
    table = _Table({_WHOLE: value.whole, **rows}, rule)
    while table.exposed(hidden):
        left = [label for label in table.rows if label not in hidden]
        hidden.add(min(left, key=lambda row: table.left_after(row, hidden)))
    return replace(
        value,
        whole=suppressed() if _WHOLE in hidden else value.whole,
        parts=tuple(
            replace(part, split=suppressed()) if part.label in hidden else part
            for part in value.parts
        ),
    )


class _Table:
    """Rows of a table that sorts pupils into states, and the row of all of them."""

    def __init__(self, rows: dict[str, Split], rule: Rules) -> None:
        self.rows = rows
        pupils = {label: _stand_ins(label, row) for label, row in rows.items() if label != _WHOLE}
        states = [part.label for part in rows[_WHOLE].parts]
        pupils[_WHOLE] = {s: [p for row in pupils.values() for p in row[s]] for s in states}
        roster = Roster()
        self.facts = [
            Fact(
                name=(label, part.label),
                about=part.label,
                group=roster.bits(p for held in pupils[label].values() for p in held),
                counted=roster.bits(pupils[label][part.label]),
                cell=_part(part.share, row.n, rule),
                split=f"row {label}",
            )
            for label, row in rows.items()
            for part in row.parts
        ]

    def exposed(self, hidden: set[str]) -> list[Exposed]:
        """Attack all rows at once, where some are hidden."""
        by_state: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            cell = _hide(fact.cell) if fact.name[0] in hidden else fact.cell
            by_state[fact.about].append(replace(fact, cell=cell))
        return audit(*linked((), list(by_state.values())))

    def left_after(self, row: str, hidden: set[str]) -> tuple[int, int]:
        """Say what hiding one row more would leave to mend, and how many pupils it is about."""
        return len(self.exposed({row, *hidden})), self.rows[row].n


def _stand_ins(label: str, row: Split) -> dict[str, list[str]]:
    """Give invented pupils for a row of numbers; those of withheld states are in one of them."""
    counts = {p.label: p.share.count if isinstance(p.share, Share) else 0 for p in row.parts}
    for part in row.parts:
        if isinstance(part.share, Withheld):
            counts[part.label] += row.n - sum(counts.values())
    return {s: [f"{label} {s} {i}" for i in range(count)] for s, count in counts.items()}


def _hidden_sizes(sizes: Mapping[str, int], unknown: int, rule: Rules) -> frozenset[str]:
    """Name the groups to hide so that no small group's size can be worked out.

    `unknown` pupils are in groups that are hidden already.
    """
    total = sum(sizes.values()) + unknown
    cells: dict[str | None, Cell] = {k: size_cell(n, total, rule) for k, n in sizes.items()}
    if unknown:
        cells[None] = Cell(low=0, high=total, cap=total, sensitive=False, hideable=False)
    exposed = repair({**cells, _WHOLE: _known(total)}, [Sum(_WHOLE, tuple(cells))])
    return frozenset(map(str, exposed))


def _part(share: Share | Withheld, n: int, rule: Rules) -> Cell:
    if isinstance(share, Withheld):
        return Cell(low=0, high=n, cap=n, sensitive=True, hideable=False)
    return part_cell(share.count, n, rule, cost=n)


def _known(n: int) -> Cell:
    return Cell(low=n, high=n, cap=n, sensitive=False, hideable=False)


def _hide(cell: Cell) -> Cell:
    return replace(cell, low=0, high=cell.cap)
