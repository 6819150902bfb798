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
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from writinggaps.problems import BadArgument

__all__ = ["Cell", "Exposed", "Sum", "audit", "repair"]

_ENOUGH = 4
"""Possible values that every sensitive cell must keep."""

_WORLDS = 8
"""Pairs of possible worlds to look at before single cells are asked about."""

_NEARLY = 1e-6
"""How far a linear program's answer may be from a whole number that it means."""


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
    found = _tightened(cells, sums[0]) if len(sums) == 1 else _solved(cells, sums, small)
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
    """Choose what to hide: the cell itself, else the nearest, and of these the cheapest."""
    can = {name for name, cell in cells.items() if cell.hideable and not cell.hidden}
    near: set[Hashable] = {target}
    while not near & can:
        wider = near.union(*((s.whole, *s.parts) for s in sums if near & {s.whole, *s.parts}))
        if wider == near:
            return None
        near = wider
    return min(near & can, key=lambda name: (cells[name].cost, str(name)))


def _tightened(cells: Mapping[Any, Cell], only: Sum) -> dict[Any, tuple[int, int]]:
    """Bound the parts of a single sum by what the others leave, which is exact."""
    whole, parts = cells[only.whole], {name: cells[name] for name in only.parts}
    low, high = sum(c.low for c in parts.values()), sum(c.high for c in parts.values())
    bounds = {
        name: (max(c.low, whole.low - (high - c.high)), min(c.high, whole.high - (low - c.low)))
        for name, c in parts.items()
    }
    return bounds | {only.whole: (max(whole.low, low), min(whole.high, high))}


def _solved(
    cells: Mapping[Any, Cell], sums: list[Sum], wanted: list[Any]
) -> dict[Any, tuple[int, int]]:
    """Bound cells by linear programs over all sums at once."""
    at = {name: i for i, name in enumerate(cells)}
    bounds = np.array([(cell.low, cell.high) for cell in cells.values()], dtype=float)
    needed = np.zeros(len(at))
    needed[[at[name] for name in wanted]] = [cells[name].needed - 1 for name in wanted]
    adds_up, piece = _equations(at, sums)
    asked = np.isin(piece, piece[needed > 0]) & (np.bincount(piece)[piece] > 1)
    if asked.any():
        part = adds_up[:, np.flatnonzero(asked)]
        part = part[np.diff(part.indptr) > 0]
        bounds[asked] = _worlds(part, bounds[asked], needed[asked], piece[asked])
    return {
        name: (ceil(bounds[at[name], 0] - _NEARLY), floor(bounds[at[name], 1] + _NEARLY))
        for name in wanted
    }


def _worlds(adds_up: Any, box: Any, needed: Any, piece: Any) -> Any:
    """See how far the cells of a system reach, where less than `needed` could be a problem.

    Every solution is a possible world. Worlds in which many cells are pushed up or down together
    show most cells to be open enough; only what is left gets two programs of its own, one cell at a
    time in each of the pieces that share no cell.
    """
    seen = np.full_like(box, np.inf) * [1.0, -1.0]
    goals = np.random.default_rng(0)
    for _ in range(_WORLDS):
        shut = seen[:, 1] - seen[:, 0] < needed
        if not shut.any():
            return seen
        seen = _widened(seen, adds_up, box, shut * goals.choice([-1.0, 1.0], len(box)))
    asked = np.zeros(len(box), dtype=bool)
    while (shut := (seen[:, 1] - seen[:, 0] < needed) & ~asked).any():
        one = np.flatnonzero(shut)[np.unique(piece[shut], return_index=True)[1]]
        asked[one] = True
        seen = _widened(seen, adds_up, box, 1.0 * np.isin(np.arange(len(box)), one))
    return seen


def _widened(seen: Any, adds_up: Any, box: Any, goal: Any) -> Any:
    """Take in the worlds that are furthest in the direction of a goal, and against it."""
    for toward in (goal, -goal):
        found = milp(
            toward,
            constraints=LinearConstraint(adds_up, 0, 0),
            bounds=Bounds(*box.T),
            options={"presolve": False},
        )
        if found.x is None:
            raise BadArgument("The printed figures contradict each other", found.message)
        seen = np.column_stack([np.minimum(seen[:, 0], found.x), np.maximum(seen[:, 1], found.x)])
    return seen


def _equations(at: Mapping[Any, int], sums: list[Sum]) -> tuple[Any, Any]:
    """Give the equations, and for each cell the piece of the system that it is in."""
    entries = [(r, at[part], 1.0) for r, s in enumerate(sums) for part in s.parts]
    entries += [(r, at[s.whole], -1.0) for r, s in enumerate(sums)]
    rows, columns, values = zip(*entries, strict=True)
    adds_up: Any = csr_array((values, (rows, columns)), shape=(len(sums), len(at)))
    return adds_up, connected_components(abs(adds_up.T) @ abs(adds_up), directed=False)[1]
