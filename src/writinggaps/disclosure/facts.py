"""Printed figures that are about the same pupils: what can be set against what.

A table's own rows add up, and `families` sees to them. Across tables, reports, schools and terms it
is the pupils who connect one figure to another: two groups overlap, one lies inside another, last
term's group has lost two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from writinggaps.disclosure.audit import Cell, Sum

__all__ = ["Fact", "linked"]

_SMALL = 4
"""A number of pupils up to this, or what is left of its group, is sensitive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A count that was printed, with the pupils it was counted from.

    Parameters
    ----------
    name : hashable
        Which figure it is: report, table, row, term.
    about : str
        What was counted, and of when: figures about the same can be set against each other.
    group, counted : frozenset of str
        The pupils of the group, and those of them who were counted; keyed hashes will do.
    cell : Cell
        What a reader can tell from the figure alone.
    """

    name: Any
    about: str
    group: frozenset[str]
    counted: frozenset[str]
    cell: Cell


def linked(facts: Iterable[Fact]) -> tuple[dict[Hashable, Cell], list[Sum]]:
    """Cut the groups of all printed figures into the pieces that tell them apart.

    Two classes of a school, a year group across them, the trust's total and last term's group
    overlap; every piece of pupils who are in exactly the same groups is a cell, whether or not
    anybody printed it, and every figure is a sum of pieces. The reader is taken to know who is in
    which group, but not who was counted.

    Parameters
    ----------
    facts : iterable of Fact
        Everything printed: all tables, trust totals, earlier releases.

    Returns
    -------
    cells, sums
        For `audit` and `repair`; pieces are named by `about` and the names of their figures.

    Examples
    --------
    >>> shown = Cell(low=8, high=12, cap=20, sensitive=False)
    >>> group = frozenset(map(str, range(20)))
    >>> old = Fact(name="old", about="secure", group=group, counted=group, cell=shown)
    >>> new = Fact(name="new", about="secure", group=group - {"7"}, counted=group, cell=shown)
    >>> cells, sums = linked([old, new])
    >>> cells["secure", ("old",)].cap, len(sums)
    (1, 2)
    """
    facts = list(facts)
    cells: dict[Hashable, Cell] = {fact.name: fact.cell for fact in facts}
    inside: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        for pupil in fact.group:
            inside[fact.about, pupil].append(fact)
    pieces: dict[tuple[str, tuple[Hashable, ...]], list[bool]] = defaultdict(list)
    for (about, pupil), found in inside.items():
        counted = any(pupil in fact.counted for fact in found)
        pieces[about, tuple(fact.name for fact in found)].append(counted)
    parts: dict[Hashable, list[Hashable]] = {fact.name: [] for fact in facts}
    for piece, counted_in in pieces.items():
        n, count = len(counted_in), sum(counted_in)
        small = min(count, n - count) <= _SMALL
        cells[piece] = Cell(low=0, high=n, cap=n, sensitive=small, hideable=False)
        for name in piece[1]:
            parts[name].append(piece)
    return cells, [Sum(name, tuple(found)) for name, found in parts.items()]
