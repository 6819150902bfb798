"""What was found out about a school is kept as long as the school: many measures ask for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from writinggaps.readers.school import School

__all__ = ["kept"]

P = ParamSpec("P")
T = TypeVar("T")

_KEPT: WeakKeyDictionary[School, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(find: Callable[Concatenate[School, P], T]) -> Callable[Concatenate[School, P], T]:
    """Let a question about a school be answered once; nobody may change what it gives."""

    @wraps(find)
    def once(school: School, /, *args: P.args, **kwargs: P.kwargs) -> T:
        told, asked = _KEPT.setdefault(school, {}), (find, args, *sorted(kwargs.items()))
        if asked not in told:
            told[asked] = find(school, *args, **kwargs)
        found: T = told[asked]
        return found

    return once
