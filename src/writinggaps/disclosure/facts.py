"""Printed figures that are about the same pupils: what can be set against what.

A table's own rows add up, and `families` sees to them. Across tables, reports and terms it is the
pupils who connect one figure to another: two groups overlap, one lies inside another, last term's
group has lost two. Sets of pupils are whole numbers with a bit for each, which makes thousands of
figures quick to compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from writinggaps.disclosure.audit import Cell, Sum

__all__ = ["Fact", "Roster", "agree", "linked", "things"]

_SMALL = 4
"""A number of pupils up to this, or what is left of its group, is sensitive."""


class Roster:
    """Gives each pupil a bit.

    Examples
    --------
    >>> roster = Roster()
    >>> roster.bits(["p1", "p2"]), roster.bits(["p2"]), roster.pupils(3)
    (3, 2, ['p1', 'p2'])
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def bits(self, pupils: Iterable[str]) -> int:
        """Give a set of pupils as a number."""
        return reduce(or_, (1 << self.places.setdefault(p, len(self.places)) for p in pupils), 0)

    def pupils(self, bits: int) -> list[str]:
        """Give the pupils of a number."""
        return [pupil for pupil, place in self.places.items() if bits >> place & 1]


_TELLING = 2
"""So many pupils counted, and so many not, show two figures to be about the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A count that was printed, with the pupils it was counted from.

    Parameters
    ----------
    name : hashable
        Which figure it is: term, report, table, row.
    about : str
        What was counted, and of when, in words.
    group, counted : int
        The pupils of the group, and those of them who were counted, as bits of a `Roster`.
    cell : Cell
        What a reader can tell from the figure alone.
    split : str
        Of which split of the group it is a state; empty where it is none.
    before : bool
        True for what was released: such a figure is about the same as another only where both are
        called the same. What a class reached in two terms may well agree, and is not the same.
    """

    name: Any
    about: str
    group: int
    counted: int
    cell: Cell
    split: str = ""
    before: bool = False


@dataclass(slots=True)
class _Thing:
    """What one or more figures are about: of whom it is known, and of whom it is true."""

    known: int
    yes: int
    facts: list[Fact]

    def take(self, other: _Thing) -> None:
        self.known |= other.known
        self.yes |= other.yes
        self.facts = other.facts + self.facts


def agree(one: Fact | _Thing, other: Fact | _Thing) -> bool:
    """Say whether two figures count alike every pupil whom they have in common, and not by chance.

    Where figures are called differently, some of the pupils in common must be counted and some not,
    and neither may be from an earlier release.
    """
    first, second = _as_thing(one), _as_thing(other)
    common = first.known & second.known
    if (first.yes ^ second.yes) & common:
        return False
    if first.facts[0].about == second.facts[0].about:
        return True
    counted = (first.yes & common).bit_count()
    new = not (all(f.before for f in first.facts) or all(f.before for f in second.facts))
    return new and min(counted, common.bit_count() - counted) >= _TELLING


def _as_thing(of: Fact | _Thing) -> _Thing:
    return _Thing(of.group, of.counted, [of]) if isinstance(of, Fact) else of


def things(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Sort figures by what they are about.

    Figures that agree on all pupils in common are taken to be about the same; first those that are
    called the same, then the largest groups, so that two small groups which agree by chance lead
    no figure away from its own. That can link too much, and then hides too much.

    Examples
    --------
    >>> shown = Cell(low=8, high=12, cap=20, sensitive=False)
    >>> def fact(name, group, counted):
    ...     return Fact(name=name, about="", group=group, counted=counted, cell=shown)
    >>> found = things([fact("a", 0b1100, 0b0100), fact("b", 0b1111, 0b0101), fact("c", 0b1111, 8)])
    >>> [[f.name for f in thing] for thing in found]
    [['a', 'b'], ['c']]
    """
    called: dict[str, list[_Thing]] = defaultdict(list)
    for fact in facts:
        new = _as_thing(fact)
        same = next((thing for thing in called[fact.about] if agree(thing, new)), None)
        if same is None:
            called[fact.about].append(new)
        else:
            new.take(same)
            same.known, same.yes, same.facts = new.known, new.yes, new.facts
    found: list[_Thing] = []
    for thing in sorted(
        (t for same in called.values() for t in same), key=lambda t: -t.known.bit_count()
    ):
        alike = [o for o in found if o.known & thing.known and agree(o, thing)]
        for other in alike:
            if agree(other, thing):
                thing.take(other)
                found.remove(other)
        found.append(thing)
    return [thing.facts for thing in found]


def linked(
    facts: Iterable[Fact], sorted_: list[list[Fact]] | None = None
) -> tuple[dict[Any, Cell], list[Sum]]:
    """Cut the groups of all printed figures into the pieces that tell them apart.

    Two classes of a school, a year group across them and last term's group overlap; every piece of
    pupils who are in exactly the same groups is a cell, whether or not anybody printed it, and
    every figure is a sum of pieces. The reader is taken to know who is in which group, but not who
    was counted; where figures are the states of a split, that each pupil is in one of them.

    Parameters
    ----------
    facts : iterable of Fact
        Everything printed: all tables, earlier releases.
    sorted_ : list of lists of Fact, optional
        The same by what they are about, where that is known; else `things` finds out.

    Returns
    -------
    cells, sums
        For `audit` and `repair`. Cells that are open enough because one pupil more or fewer would
        change no printed figure are not marked as sensitive, so that nobody need ask.

    Examples
    --------
    >>> shown = Cell(low=8, high=12, cap=20, sensitive=False)
    >>> everyone = 2**20 - 1
    >>> old = Fact(name="old", about="secure", group=everyone, counted=1023, cell=shown)
    >>> new = Fact(name="new", about="secure", group=everyone - 128, counted=1023 - 128, cell=shown)
    >>> cells, sums = linked([old, new])
    >>> len(cells), len(sums)
    (4, 2)
    """
    cells: dict[Any, Cell] = {}
    sums: list[Sum] = []
    for number, system in enumerate(_systems(things(facts) if sorted_ is None else sorted_)):
        _System(number, system).add(cells, sums)
    return cells, sums


def _systems(found: list[list[Fact]]) -> Iterator[list[list[Fact]]]:
    """Put together what is about the states of the same split."""
    left = [({f.split for f in thing if f.split}, [thing]) for thing in found]
    while left:
        splits, system = left.pop()
        for other in [o for o in left if o[0] & splits]:
            left.remove(other)
            splits, system = splits | other[0], system + other[1]
            left.append((splits, system))
            break
        else:
            yield system


class _System:
    """Figures about one thing, or about the states of a split, as arrays: things by pieces."""

    def __init__(self, number: int, system: list[list[Fact]]) -> None:
        self.number = number
        self.things = [_needed(facts) for facts in system]
        self.facts = [fact for facts in self.things for fact in facts]
        self.of = np.repeat(np.arange(len(self.things)), [len(facts) for facts in self.things])
        width = max(fact.group.bit_length() for fact in self.facts)
        groups = np.array([_array(fact.group, width) for fact in self.facts])
        signed = np.packbits(groups, axis=0).T
        _, first, self.piece = np.unique(signed, axis=0, return_index=True, return_inverse=True)
        self.piece = self.piece.reshape(-1)
        self.inside = groups[:, first]
        self.n = np.bincount(self.piece)
        self.known = np.array(
            [self.inside[self.of == thing].any(axis=0) for thing in range(len(self.things))]
        )
        yes = [reduce(or_, (fact.counted for fact in facts)) for facts in self.things]
        self.count = np.array([np.bincount(self.piece, _array(y, width)) for y in yes]).astype(int)

    def add(self, cells: dict[Any, Cell], sums: list[Sum]) -> None:
        """Add the cells and sums of this system to those of others."""
        up, down = self._free()
        for thing, piece in np.argwhere(self.known).tolist():
            n, count = int(self.n[piece]), int(self.count[thing, piece])
            small = min(count, n - count) <= _SMALL
            cell = Cell(low=0, high=n, cap=n, sensitive=small, hideable=False)
            open_ = up[thing, piece] + down[thing, piece] + 1 >= cell.needed
            cells[self._name(thing, piece)] = replace(cell, sensitive=small and not open_)
        for row, fact in enumerate(self.facts):
            inside, thing = np.flatnonzero(self.inside[row]), int(self.of[row])
            most = up[thing, inside].max() + down[thing, inside].max() + 1
            small = fact.cell.sensitive and most < fact.cell.needed
            cells[fact.name] = replace(fact.cell, sensitive=bool(small))
            sums.append(Sum(fact.name, tuple(self._name(thing, int(p)) for p in inside)))
        for split, states, piece in self._sorted():
            name, n = (self.number, split, int(piece)), int(self.n[piece])
            cells[name] = Cell(low=n, high=n, cap=n, sensitive=False, hideable=False)
            sums.append(Sum(name, tuple(self._name(state, piece) for state in states)))

    def _name(self, thing: int, piece: int) -> tuple[int, int, int]:
        return self.number, int(thing), int(piece)

    def _splits(self) -> dict[tuple[int, ...], Any]:
        """Give the sets of states that sort pupils between them, and the pieces of those pupils."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, fact in enumerate(self.facts):
            if fact.split:
                rows[fact.split].append(row)
        found: dict[tuple[int, ...], Any] = {}
        for of in rows.values():
            states = tuple(sorted({int(self.of[row]) for row in of}))
            pieces = self.inside[of[0]]
            if (self.count[list(states)].sum(axis=0) == self.n)[pieces].all():
                found[states] = found.get(states, False) | pieces
        return found

    def _sorted(self) -> Iterator[tuple[Any, tuple[int, ...], int]]:
        for states, pieces in self._splits().items():
            for piece in np.flatnonzero(pieces):
                yield states, states, int(piece)

    def _free(self) -> tuple[Any, Any]:
        """Say how many pupils more and fewer in a piece would change nothing that is printed.

        Where pupils are sorted into states, one more here is one fewer in another state.
        """
        up, down = self._slack()
        most_up, most_down = up.copy(), down.copy()
        sorted_ = np.zeros(len(self.n), dtype=int)
        for states, pieces in self._splits().items():
            sorted_ += pieces
            for state in states:
                others = [other for other in states if other != state]
                for ways, back, most in ((up, down, most_up), (down, up, most_down)):
                    swap = np.minimum(ways[state], back[others].max(axis=0)) if others else 0
                    most[state] = np.where(pieces, swap, most[state])
        several = sorted_ > 1
        return np.where(several, 0, most_up), np.where(several, 0, most_down)

    def _slack(self) -> tuple[Any, Any]:
        up, down = np.where(self.known, self.n - self.count, 0), np.where(self.known, self.count, 0)
        for row, fact in enumerate(self.facts):
            thing, inside = self.of[row], self.inside[row]
            held = fact.counted.bit_count()
            up[thing, inside] = np.minimum(up[thing, inside], fact.cell.high - held)
            down[thing, inside] = np.minimum(down[thing, inside], held - fact.cell.low)
        return up, down


def _needed(facts: list[Fact]) -> list[Fact]:
    """Leave out what says again, and for good, what another figure has said."""
    kept: dict[Any, Fact] = {}
    for fact in facts:
        again = (fact.group, fact.cell.low, fact.cell.high, fact.split and True)
        kept.setdefault(fact.name if fact.cell.hideable else again, fact)
    return list(kept.values())


def _array(bits: int, width: int) -> Any:
    data = np.frombuffer(bits.to_bytes(width // 8 + 1, "little"), dtype=np.uint8)
    return np.unpackbits(data, bitorder="little", count=width).astype(bool)
