"""The attacker: works out hidden numbers from everything that is printed, and the repair for it.

A printed figure tells its reader a range: "about 10" is 8 to 12, "fewer than 5, or none" is 0 to 4,
a hidden figure is 0 to the size of its group. Figures that add up tell more. `audit` bounds every
sensitive cell by linear programming over all of it at once; `repair` hides what costs least until
every sensitive cell keeps at least four possible values.

Intervals, effects and percentages that were worked out from released counts are functions of what
is printed already, so they add no fact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

__all__ = ["Cell", "Exposed", "Sum", "audit", "repair"]

_ENOUGH = 4
"""Possible values that every sensitive cell must keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number of pupils, and what a reader knows about it.

    Parameters
    ----------
    low, high : int
        What the printed figure alone says; 0 and `cap` where it is hidden.
    cap : int
        The size of the group that the number is a part of.
    sensitive : bool
        True where the number, or what is left of its group, is small.
    cost : float
        What hiding it would cost the reader.
    hideable : bool
        False for what the reader knows from elsewhere.
    """

    low: int
    high: int
    cap: int
    sensitive: bool
    cost: float = 0.0
    hideable: bool = True

    @property
    def hidden(self) -> bool:
        """True where the cell tells nothing but the size of its group."""
        return self.low == 0 and self.high == self.cap

    @property
    def needed(self) -> int:
        """How many possible values must be left."""
        return min(_ENOUGH, self.cap + 1)


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells of `parts` add up to the cell `whole`."""

    whole: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """A sensitive cell of which the reader can tell too much: it lies between `low` and `high`."""

    cell: Hashable
    low: int
    high: int


def audit(cells: Mapping[Any, Cell], sums: Iterable[Sum]) -> list[Exposed]:
    """Find the sensitive cells that have fewer than four possible values.

    Parameters
    ----------
    cells : mapping of name to Cell
        Everything printed about numbers of pupils, and everything hidden.
    sums : iterable of Sum
        What adds up to what: tables, trust totals, earlier releases.

    Returns
    -------
    list of Exposed
        Worst first. Bounds are those of the linear relaxation: exact for tables with rows and
        columns, never too narrow for anything else.

    Examples
    --------
    >>> cells = {
    ...     "all": Cell(low=28, high=28, cap=28, sensitive=False),
    ...     "a": Cell(low=8, high=12, cap=28, sensitive=False),
    ...     "b": Cell(low=8, high=12, cap=28, sensitive=False),
    ...     "c": Cell(low=0, high=4, cap=28, sensitive=True),
    ... }
    >>> audit(cells, [Sum("all", ("a", "b", "c"))])
    [Exposed(cell='c', low=4, high=4)]
    """
    sums = list(sums)
    small = [name for name, cell in cells.items() if cell.sensitive]
    found = _tightened(cells, sums) if len(sums) == 1 else _solved(cells, sums, small)
    exposed = [
        Exposed(cell=name, low=low, high=high)
        for name in small
        for low, high in [found[name]]
        if high - low + 1 < cells[name].needed
    ]
    return sorted(exposed, key=lambda e: e.high - e.low)


def repair(cells: Mapping[Any, Cell], sums: Iterable[Sum]) -> frozenset[Any]:
    """Name the cells to hide, the cheapest first, so that no sensitive cell is exposed.

    Examples
    --------
    >>> cells = {
    ...     "all": Cell(low=28, high=28, cap=28, sensitive=False, hideable=False),
    ...     "a": Cell(low=8, high=12, cap=28, sensitive=False, cost=12),
    ...     "b": Cell(low=8, high=12, cap=28, sensitive=False, cost=12),
    ...     "c": Cell(low=0, high=4, cap=28, sensitive=True, cost=4),
    ... }
    >>> repair(cells, [Sum("all", ("a", "b", "c"))])
    frozenset({'c'})
    """
    sums = list(sums)
    left = dict(cells)
    hidden: set[Hashable] = set()
    while exposed := audit(left, sums):
        name = _cheapest(exposed[0].cell, left, sums)
        if name is None:
            break
        left[name] = replace(left[name], low=0, high=left[name].cap)
        hidden.add(name)
    return frozenset(hidden)


def _cheapest(target: Hashable, cells: Mapping[Any, Cell], sums: list[Sum]) -> Hashable | None:
    """Choose what to hide: the cell itself, else one that adds up with it, else any."""
    near = {name for s in sums if target in (s.whole, *s.parts) for name in (s.whole, *s.parts)}
    open_ = [name for name, cell in cells.items() if cell.hideable and not cell.hidden]
    order = sorted(open_, key=lambda name: (name != target, name not in near, cells[name].cost))
    return order[0] if order else None


def _tightened(cells: Mapping[Any, Cell], sums: list[Sum]) -> dict[Any, tuple[int, int]]:
    """Bound the cells of one sum by what the others leave; exact for a single sum."""
    bounds = {name: (cell.low, cell.high) for name, cell in cells.items()}
    for s in sums:
        whole = cells[s.whole]
        low = sum(cells[p].low for p in s.parts)
        high = sum(cells[p].high for p in s.parts)
        for p in s.parts:
            cell = cells[p]
            least, most = whole.low - (high - cell.high), whole.high - (low - cell.low)
            bounds[p] = max(cell.low, least), min(cell.high, most)
        bounds[s.whole] = max(whole.low, low), min(whole.high, high)
    return bounds


def _solved(
    cells: Mapping[Any, Cell], sums: list[Sum], wanted: list[Any]
) -> dict[Any, tuple[int, int]]:
    """Bound cells by two linear programs each, over all sums at once."""
    at: dict[Hashable, int] = {name: i for i, name in enumerate(cells)}
    rows = [(r, at[p], 1.0) for r, s in enumerate(sums) for p in s.parts]
    rows += [(r, at[s.whole], -1.0) for r, s in enumerate(sums)]
    r, c, v = zip(*rows, strict=True)
    adds_up: Any = csr_array((v, (r, c)), shape=(len(sums), len(cells)))
    box = [(cell.low, cell.high) for cell in cells.values()]

    def least(name: Hashable, sign: float) -> float:
        goal = np.zeros(len(cells))
        goal[at[name]] = sign
        found = linprog(goal, A_eq=adds_up, b_eq=np.zeros(len(sums)), bounds=box, method="highs")
        if found.fun is None:
            raise ValueError(f"the printed figures contradict each other: {found.message}")
        return float(sign * found.fun)

    return {
        name: (ceil(least(name, 1.0) - 1e-6), floor(least(name, -1.0) + 1e-6)) for name in wanted
    }
