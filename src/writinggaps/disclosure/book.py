"""What one report has shown so far, so that its tables cannot be set against each other.

Each table is safe alone. `Book` looks at a new result beside everything that the report has shown,
before it is shown: a share whose pupils are known (`share(counted, group)` with pupils, not
numbers) is linked to every earlier figure about the same thing, and is withheld where the attacker
of `audit` could then work out a small number, or where its group differs by one to four pupils from
that of a figure already shown. What has been shown is never changed.

Which figures are about the same thing follows from the pupils: two that agree on every pupil whom
they have in common are taken to be. That can link too much, and then hides too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from writinggaps.disclosure.audit import repair
from writinggaps.disclosure.cells import part_cell, suppressed
from writinggaps.disclosure.coarsen import coarsened
from writinggaps.disclosure.editions import Rules
from writinggaps.disclosure.facts import Fact, linked
from writinggaps.disclosure.register import Group, Register, comparable, too_near
from writinggaps.estimates.shares import Share
from writinggaps.results import is_result, kinds
from writinggaps.withheld import Withheld

__all__ = ["Book", "beside_releases", "new_book"]

Path = tuple[str | int, ...]

_RELEASES: ContextVar[dict[str, Any]] = ContextVar("_RELEASES")
"""What `beside_releases` was told."""


class Book:
    """The figures that a report has shown.

    Parameters
    ----------
    rule : Rules
        Of a shared edition.
    register : Register, optional
        What was released earlier.
    term, school : str, optional
        Of which report, for what is proposed to the register.

    Attributes
    ----------
    proposed : list of Group
        What to record once the report is published.

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
        self, rule: Rules, *, register: Register | None = None, term: str = "", school: str = ""
    ) -> None:
        self.rule = rule
        self.register = register
        self.term, self.school = term, school
        self.facts: list[Fact] = []
        self.proposed: list[Group] = []

    def admit(self, result: Any) -> Any:
        """Make a result coarse enough to stand beside what has been shown, and remember it."""
        new: list[Fact] = []
        for path, share in list(_shares(result)):
            fact = self._fact(path, share, [*self.facts, *new])
            if self._too_near(fact, new) or self._released_near(result, path, share):
                result = _without(result, path)
            else:
                new.append(fact)
        for path in self._exposed(self._as_shown(new, result)):
            result = _without(result, path)
        shown = self._as_shown(new, result)
        self.facts += shown
        if self.register is not None:
            open_ = [fact for fact in shown if not fact.cell.hidden]
            self.proposed += [self._group(result, f.name[1], f.group) for f in open_]
        return coarsened(result, self.rule)

    def _fact(self, path: Path, share: Share, beside: list[Fact]) -> Fact:
        counted, group = frozenset(share.counted), frozenset(share.group)
        return Fact(
            name=(len(self.facts), path),
            about=_about(counted, group, beside),
            group=group,
            counted=counted,
            cell=part_cell(share.count, share.n, self.rule, cost=share.n),
        )

    def _too_near(self, fact: Fact, new: list[Fact]) -> bool:
        """Say whether a group differs by a few pupils from one shown, about the same thing."""
        beside = [f for f in [*self.facts, *new] if f.about == fact.about and not f.cell.hidden]
        return any(too_near(fact.group, f.group) for f in beside)

    def _released_near(self, result: Any, path: Path, share: Share) -> bool:
        if self.register is None:
            return False
        group = self._group(result, path, frozenset(share.group))
        return comparable(group, self.register.released) != group.pupils

    def _group(self, result: Any, path: Path, pupils: frozenset[str]) -> Group:
        steps = [step for step in path if isinstance(step, str)]
        named = [type(result).__name__, getattr(result, "measure", ""), *steps]
        return Group(
            term=self.term,
            school=self.school,
            group=".".join(map(str, path)),
            about=" ".join(filter(None, named)),
            period=getattr(result, "period", ""),
            pupils=self.register.hashed(pupils) if self.register else frozenset(),
        )

    def _as_shown(self, facts: list[Fact], result: Any) -> list[Fact]:
        """Hide the facts that a reader of the coarsened result is not told."""
        seen = coarsened(result, self.rule)
        return [
            replace(f, cell=replace(f.cell, low=0, high=f.cell.cap))
            if isinstance(_at(seen, f.name[1]), Withheld)
            else f
            for f in facts
        ]

    def _exposed(self, new: list[Fact]) -> list[Path]:
        """Name the new shares that must be withheld beside what has been shown."""
        things = {fact.about for fact in new}
        old = [
            replace(f, cell=replace(f.cell, hideable=False))
            for f in self.facts
            if f.about in things
        ]
        return [name[1] for name in repair(*linked([*old, *new]))] if new else []


def beside_releases(register: Register, *, term: str, school: str) -> None:
    """Let the books that this process opens from now on know what was released earlier.

    The runner calls this before a notebook, which itself says only `shown_to(edition)`.

    Parameters
    ----------
    register : Register
        What was released.
    term, school : str
        Of the report that is being made.
    """
    _RELEASES.set({"register": register, "term": term, "school": school})


def new_book(rule: Rules) -> Book:
    """Open a book that knows what was released, if the runner has said so.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> new_book(rules(Edition.PUBLIC)).proposed
    []
    """
    return Book(rule, **_RELEASES.get({}))


def _about(counted: frozenset[str], group: frozenset[str], beside: list[Fact]) -> str:
    """Find the figures that agree on all pupils in common with a new one, or begin anew."""
    by_thing: dict[str, list[Fact]] = {}
    for fact in beside:
        by_thing.setdefault(fact.about, []).append(fact)
    for about, same in by_thing.items():
        agree = all(f.counted & group == counted & f.group for f in same)
        if agree and any(f.group & group for f in same):
            return about
    return str(len(by_thing))


def _shares(value: Any, path: Path = ()) -> Iterator[tuple[Path, Share]]:
    """Yield every share of a result whose pupils are known, and where it stands."""
    if isinstance(value, Share):
        if value.group:
            yield path, value
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _shares(part, (*path, i))
    elif is_result(value):
        for name, kind in kinds(type(value)).items():
            if kind is None:
                yield from _shares(getattr(value, name), (*path, name))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, Withheld):
            return value
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _without(value: Any, path: Path) -> Any:
    """Withhold what stands at a path; the rules for results see to what holds it."""
    if not path or isinstance(value, Withheld):
        return suppressed()
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], _without(value[step], rest), *value[step + 1 :])
    return replace(value, **{step: _without(getattr(value, step), rest)})
