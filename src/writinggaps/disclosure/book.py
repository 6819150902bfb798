"""What one report has shown so far, so that its tables cannot be set against each other.

Each table is safe alone. `Book` looks at a new result beside everything that the report has shown,
that earlier reports of the same run have shown, and that was released, before it is shown: a share
whose pupils are known (`share(counted, group)` with pupils, not numbers) is linked to every figure
about the same thing. It is withheld where the attacker of `audit` could then work out a small
number, or where its group differs by one to four pupils from one already shown; where that one was
released, the pupils whom both have in common may do instead. What has been shown is never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from writinggaps.disclosure.audit import repair
from writinggaps.disclosure.cells import part_cell
from writinggaps.disclosure.coarsen import coarsened
from writinggaps.disclosure.editions import Rules, register_rules
from writinggaps.disclosure.facts import Fact, Roster, agree, linked, things
from writinggaps.disclosure.places import (
    Place,
    at,
    called,
    family,
    put,
    shares,
    without,
    without_these,
)
from writinggaps.disclosure.register import as_rows, from_rows, key_place, read_register
from writinggaps.estimates.shares import Share
from writinggaps.withheld import Withheld

__all__ = ["Book", "beside", "new_book", "proposed"]

_BESIDE: dict[str, Any] = {}
"""What `beside` was told: the notebook that it was told for has its process to itself."""

_BOOKS: list[Book] = []


class Book:
    """The figures that a report has shown.

    Parameters
    ----------
    rule : Rules
        Of a shared edition.
    name : str, optional
        Of the term and report, for what is proposed to the register.
    register : Path, optional
        Of the school, where there is one.
    earlier : iterable of Path, optional
        What other reports of this run proposed (`as_rows`).

    Attributes
    ----------
    facts : list of Fact
        What this report has shown.
    matched : bool
        Whether the result last admitted was put on the pupils of what was released, because it
        is about a few more.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> from writinggaps.estimates import share
    >>> book = Book(rules(Edition.GOVERNORS))
    >>> pupils = [f"p{i}" for i in range(30)]
    >>> book.admit(share(pupils[:12], pupils)).n
    30
    >>> book.admit(share(pupils[:12], pupils[:28])).reason  # two pupils fewer
    'suppressed'
    """

    def __init__(
        self,
        rule: Rules,
        *,
        name: str = "",
        register: Path | None = None,
        earlier: Iterable[Path] = (),
    ) -> None:
        self.rule, self.name = rule, name
        self.roster, self.mark = Roster(), cache(str)
        self.released: tuple[Fact, ...] = ()
        if register is not None and register.exists():
            kept = read_register(register, key_place())
            self.roster, self.mark = kept.roster, cache(kept.hashed)
            self.released = tuple(replace(f, before=True) for f in kept.facts)
        self.earlier: list[Fact] = []
        for path in filter(Path.exists, earlier):
            for rows in json.loads(path.read_text(encoding="utf-8")):
                self.earlier += from_rows(rows, self.roster, self.mark)
        self.plain: dict[str, str] = {}
        self.facts: list[Fact] = []
        self.results = 0
        self.matched = False

    def admit(self, result: Any) -> Any:
        """Make a result coarse enough to stand beside what has been shown, and remember it."""
        result = self._comparable(result)
        seen = coarsened(result, self.rule)
        new = [f for f in self._facts(result) if not isinstance(at(seen, f.name[1]), Withheld)]
        if exposed := self._exposed(new):
            for place in exposed:
                result = without(result, place)
            seen = coarsened(result, self.rule)
            new = [f for f in new if not isinstance(at(seen, f.name[1]), Withheld)]
        self.facts += [f for f in new if not f.cell.hidden]
        self.results += 1
        return seen

    def proposed(self) -> dict[str, Any]:
        """Give what to record once the report is published; pupils are hashed only then."""
        own = Roster()
        made = [
            replace(
                f,
                name=f"{self.name} {f.name[0]} {'.'.join(map(str, f.name[1]))}",
                split=f.split and f"{self.name} {f.split}",
                group=own.bits(self.plain[p] for p in self.roster.pupils(f.group)),
                counted=own.bits(self.plain[p] for p in self.roster.pupils(f.counted)),
            )
            for f in self.facts
        ]
        return as_rows(made, own)

    @property
    def _before(self) -> Iterator[Fact]:
        yield from self.released
        yield from self.earlier
        yield from self.facts

    def _bits(self, pupils: Iterable[str]) -> int:
        self.plain |= {self.mark(pupil): pupil for pupil in pupils}
        return self.roster.bits(map(self.mark, pupils))

    def _facts(self, result: Any) -> list[Fact]:
        return [self._fact(result, path, share) for path, share in shares(result)]

    def _fact(self, result: Any, path: Place, share: Share) -> Fact:
        about, split = called(result, path)
        return Fact(
            name=(self.results, path),
            about=about,
            split=split and f"{self.results} {split}",
            group=self._bits(share.group),
            counted=self._bits(share.counted),
            cell=part_cell(share.count, share.n, self.rule, cost=share.n),
        )

    def _comparable(self, result: Any) -> Any:
        """Withhold what is about a few pupils more or fewer than something shown already.

        A family of figures is put on the pupils of what was released, where that is enough.
        """
        seen: list[Fact] = []
        self.matched = False
        for path, found in list(shares(result)):
            if at(result, path) != found:  # put on matched pupils with another of its family
                continue
            fact = self._fact(result, path, found)
            if self._near(fact, [*self._before, *seen]):
                result = self._matched(result, path, fact)
            elif not fact.cell.hidden:
                seen.append(fact)
        return result

    def _matched(self, result: Any, place: Place, fact: Fact) -> Any:
        root = family(result, place)
        for other in self._near(fact, self.released):
            joined = [self.plain[p] for p in self.roster.pupils(fact.group & ~other.group)]
            made = put(result, root, without_these(at(result, root), joined))
            own = [f for f in self._facts(made) if f.name[1][: len(root)] == root]
            if own and not any(self._near(f, self._before) for f in own):
                self.matched = True
                return made
        return without(result, place)

    def _near(self, fact: Fact, others: Iterable[Fact]) -> list[Fact]:
        """Give the figures about the same thing whose groups differ by too few pupils."""
        most = int(register_rules()["hidden_difference"])
        return [
            other
            for other in others
            if 0 < (fact.group ^ other.group).bit_count() <= most
            and (agree(fact, other) or (fact.about == other.about and other.before))
        ]

    def _exposed(self, new: list[Fact]) -> list[Place]:
        """Name the new shares that must be withheld beside what has been shown."""
        told = [fact for fact in new if not fact.cell.hidden]
        if not told:
            return []
        shown = [
            replace(f, name=i, cell=replace(f.cell, hideable=False))
            for i, f in enumerate(self._before)
        ]
        found = things([*shown, *told])
        touched = [any(f.cell.hideable for f in thing) for thing in found]
        splits = {f.split for own, t in zip(touched, found, strict=True) if own for f in t} - {""}
        facts = [
            f
            for own, thing in zip(touched, found, strict=True)
            if own or any(f.split in splits for f in thing)
            for f in thing
        ]
        return [name[1] for name in repair(*linked(facts))]


def beside(
    *, name: str = "", register: str | Path = "", earlier: Iterable[str | Path] = ()
) -> None:
    """Let the books that are opened from now on know what was released and shown before.

    The runner calls this before a notebook, which itself says only `shown_to(edition)`.

    Parameters
    ----------
    name : str
        Of the term and report that is being made; empty to know nothing, as in JupyterLab.
    register : str or Path
        Of the school; it need not be there.
    earlier : iterable of str or Path
        What other reports of the school propose; those that are not there are passed over.
    """
    _BOOKS.clear()
    _BESIDE.clear()
    if name:
        _BESIDE.update(name=name, register=Path(register), earlier=tuple(map(Path, earlier)))


def new_book(rule: Rules) -> Book:
    """Open a book that knows what was released, if the runner has said so.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> new_book(rules(Edition.PUBLIC)).facts
    []
    """
    book = Book(rule, **_BESIDE)
    if _BESIDE:
        _BOOKS.append(book)
    return book


def proposed() -> list[dict[str, Any]]:
    """Give what the notebook of this process has shown, to be recorded once it is published."""
    return [book.proposed() for book in _BOOKS if book.facts]
