"""Where shares stand in a result: to find them, to withhold one, to put them on fewer pupils."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from writinggaps.disclosure.cells import suppressed
from writinggaps.estimates.breakdown import (
    Breakdown,
    Split,
    SplitBreakdown,
    breakdown,
    split,
    split_breakdown,
)
from writinggaps.estimates.shares import Share, share
from writinggaps.results import is_result, kinds
from writinggaps.withheld import Withheld, attempt

__all__ = ["Place", "at", "called", "family", "put", "shares", "without", "without_these"]

Place = tuple[str | int, ...]
"""The fields and rows that lead from a result to one of its shares."""

_FAMILIES = (Breakdown, Split, SplitBreakdown)
_GROUPS = ("whole", "parts", "share", "split", "group", "others")
"""Fields that say which group a share is of, or nothing."""

_SAID = ("measure", "label", "period", "year")


def shares(value: Any, place: Place = ()) -> Iterator[tuple[Place, Share]]:
    """Yield every share of a result whose pupils are known, and where it stands."""
    if isinstance(value, Share):
        if value.group:
            yield place, value
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from shares(part, (*place, i))
    elif is_result(value):
        for name, kind in kinds(type(value)).items():
            if kind is None:
                yield from shares(getattr(value, name), (*place, name))


def at(value: Any, place: Place) -> Any:
    """Give what stands at a place, or what is withheld on the way there."""
    for step in place:
        if isinstance(value, Withheld):
            return value
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def put(value: Any, place: Place, new: Any) -> Any:
    """Put something at a place."""
    if not place or isinstance(value, Withheld):
        return new
    step, rest = place[0], place[1:]
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest, new)})


def without(value: Any, place: Place) -> Any:
    """Withhold what stands at a place; the rules for results see to what holds it."""
    return put(value, place, suppressed())


def called(value: Any, place: Place) -> tuple[str, str]:
    """Say what a share is about, and of which split it is a state.

    Which group it is of is no part of that: a class and its school are about the same.
    """
    words, split_of, rows = [type(value).__name__, *_said(value)], "", False
    for i, step in enumerate(place):
        if isinstance(value, (Breakdown, SplitBreakdown)):
            rows = True
        elif isinstance(value, Split):
            split_of, rows = ".".join(map(str, place[:i])), False
        value = value[step] if isinstance(step, int) else getattr(value, step)
        if isinstance(step, str) and step not in _GROUPS:
            words.append(step)
        if not rows:
            words += _said(value)
    return " ".join(words), split_of


def _said(value: Any) -> list[str]:
    return [str(told) for name in _SAID if (told := getattr(value, name, ""))]


def family(value: Any, place: Place) -> Place:
    """Say where the rows begin that add up with a share: its own place where none do."""
    for i, step in enumerate(place):
        if isinstance(value, _FAMILIES):
            return place[:i]
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return place


def without_these(value: Any, pupils: Collection[str]) -> Any:
    """Count a share, or a family of them, again without some pupils."""
    if isinstance(value, Share):
        counted, group = _left(value, pupils)
        return attempt(share, counted, group, level=value.level)
    if isinstance(value, Split):
        return attempt(split, _states(value, pupils))
    if isinstance(value, Breakdown):
        parts = {part.label: _left(part.share, pupils) for part in value.parts}
        return attempt(breakdown, value.by, parts, elsewhere=value.elsewhere)
    if isinstance(value, SplitBreakdown):
        states = {p.label: p.split for p in value.parts if isinstance(p.split, Split)}
        rows = {label: _states(found, pupils) for label, found in states.items()}
        return attempt(split_breakdown, value.by, rows)
    return value


def _left(of: Share | Withheld, gone: Collection[str]) -> tuple[list[str], list[str]]:
    if isinstance(of, Withheld):
        return [], []
    return [p for p in of.counted if p not in gone], [p for p in of.group if p not in gone]


def _states(of: Split, gone: Collection[str]) -> dict[str, list[str]]:
    return {part.label: _left(part.share, gone)[0] for part in of.parts}
