"""The vocabulary that results are made of: each field says how it may be shown.

A result is a frozen dataclass made by `@result`. Its fields are annotated with the kinds below, and
disclosure reads those kinds: a count is rounded and hidden when small, a measured value is
coarsened, a label is shown, and pupils are never shown. A field without a kind is an error when the
class is made, so nothing can reach a shared page by having been forgotten.

Three rules go by name:

- a `Count` called `n`, `n_...` or `..._n` is the size of a group; below the edition's minimum the
  whole result is withheld. Every other `Count` of a result that has an `n` is a part of that `n`.
- a measured value called `low`, `..._low`, `high` or `..._high` is rounded outwards.
- a field that may be withheld on its own says so: `share: Share | Withheld`. Where it does not, the
  whole result is withheld with it. Rows therefore keep their label outside:
  `class Row: label: Label; effect: Effect | Withheld`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from writinggaps.glance import glance
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Answer",
    "Constant",
    "Count",
    "Dominance",
    "Elapsed",
    "Freedom",
    "GapPoints",
    "Grades",
    "Label",
    "Labels",
    "Months",
    "Number",
    "PValue",
    "Percentage",
    "Points",
    "Pounds",
    "PupilIds",
    "Ratio",
    "Score",
    "StaffLabels",
    "StaffScore",
    "StaffScores",
    "StandardDeviations",
    "Tally",
    "is_result",
    "kinds",
    "may_be_withheld",
    "result",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a field may be shown.

    Parameters
    ----------
    name : str
        `count`, `tally`, `measured`, `gap`, `p`, `label`, `constant`, `staff` or `pupils`.
    step : float, optional
        For measured values: shared editions round to multiples of this.
    """

    name: str
    step: float = 0.0


Count = Annotated[int, Kind("count")]
"""A number of pupils."""
Tally = Annotated[int, Kind("tally")]
"""A number of things that pupils did or had: pieces, sessions, errors, suspensions."""
Number = Annotated[int, Kind("constant")]
"""A number of things that say nothing about a child: schools, statements, studies."""
Label = Annotated[str, Kind("label")]
"""A word that says nothing about a child: a group, a term, a method."""
Labels = Annotated[tuple[str, ...], Kind("label")]
"""Several labels."""
Constant = Annotated[float, Kind("constant")]
"""A number that was set, not measured: a level, a threshold, an official figure."""
Answer = Annotated[bool, Kind("label")]
"""Yes or no, where either may be told."""
PValue = Annotated[float, Kind("p")]
"""A probability computed from pupils' data."""
PupilIds = Annotated[tuple[str, ...], Kind("pupils")]
"""Which pupils: for private lists only, and emptied on every page."""
StaffLabels = Annotated[tuple[str, ...], Kind("staff")]
"""Words that may hold exact counts of rows: shown to staff, emptied in shared editions."""
StaffScore = Annotated[float | None, Kind("staff")]
"""A value about a few pupils: shown to staff, None in shared editions."""
StaffScores = Annotated[tuple[float, ...], Kind("staff")]
"""Scores of single pupils, without their names: shown to staff, emptied in shared editions."""


StandardDeviations = Annotated[float, Kind("measured", 0.1)]
"""A value in standard deviations, computed from pupils' data."""
Dominance = Annotated[float, Kind("measured", 0.1)]
"""A value between -1 and 1, computed from pupils' data: a dominance, correlation or agreement."""
Points = Annotated[float, Kind("measured", 5.0)]
"""A value in percentage points, between -100 and 100, computed from pupils' data."""
GapPoints = Annotated[float, Kind("gap", 5.0)]
"""A gap between shares, or a change of one, in percentage points: a function of a few counts."""
Percentage = Annotated[float, Kind("measured", 1.0)]
"""A percentage of sessions, or events for every hundred pupils, computed from pupils' data."""
Score = Annotated[float, Kind("measured", 1.0)]
"""A value in points of a test or scale, computed from pupils' data."""
Grades = Annotated[float, Kind("measured", 0.1)]
"""A value in grades, such as Progress 8, computed from pupils' data."""
Pounds = Annotated[float, Kind("measured", 100.0)]
"""An amount of money that follows from pupils' data."""
Months = Annotated[float, Kind("measured", 1.0)]
"""A value in months, computed from pupils' data."""
Ratio = Annotated[float, Kind("measured", 0.5)]
"""A ratio computed from pupils' data."""
Elapsed = Annotated[float, Kind("measured", 0.1)]
"""Months between two tests, the mean of pupils who were not all tested on the same days."""
Freedom = Annotated[float, Kind("measured", 10.0)]
"""Degrees of freedom, which would tell how many pupils there are."""


_KINDS: dict[type[Any], dict[str, Kind | None]] = {}
"""What `kinds` has found: looking up a class's hints takes longer than releasing a result."""


def kinds(of: type[Any]) -> dict[str, Kind | None]:
    """Say how each field of a result may be shown; None for results within results.

    Raises
    ------
    TypeError
        If a field has no kind and is not itself a result.
    """
    if of not in _KINDS:
        hints = get_type_hints(of, include_extras=True)
        _KINDS[of] = {f.name: _kind(of, f.name, hints[f.name]) for f in fields(of)}
    return _KINDS[of]


def may_be_withheld(of: type[Any], name: str) -> bool:
    """Say whether a field of a result, or each row of it, may be withheld on its own."""
    return Withheld in _leaves(get_type_hints(of, include_extras=True)[name])


def _kind(of: type[Any], name: str, hint: Any) -> Kind | None:
    leaves = list(_leaves(hint))
    noted = [kind for kind in leaves if isinstance(kind, Kind)]
    others = [leaf for leaf in leaves if not isinstance(leaf, Kind)]
    if any(not _may_stand(leaf) for leaf in others) or len(set(noted)) > 1:
        raise TypeError(f"{of.__name__}.{name} does not say how it may be shown; give it a kind")
    if noted:
        return noted[0]
    if not any(_holds_kinds(leaf) for leaf in others):
        raise TypeError(f"{of.__name__}.{name} does not say how it may be shown; give it a kind")
    return None


def _leaves(hint: Any) -> Iterator[Any]:
    """Yield the kinds and classes that a hint is made of; an unkinded class is itself a leaf."""
    if get_origin(hint) is Annotated:
        yield next((n for n in hint.__metadata__ if isinstance(n, Kind)), object)
    elif get_args(hint):
        for part in get_args(hint):
            yield from _leaves(part)
    else:
        yield hint


def _holds_kinds(leaf: Any) -> bool:
    return bool(getattr(leaf, "__is_result__", False))


def _may_stand(leaf: Any) -> bool:
    return leaf is Withheld or leaf is Ellipsis or leaf is type(None) or _holds_kinds(leaf)


def is_result(value: object) -> bool:
    """Say whether a value is an instance of a class made by `@result`."""
    return _holds_kinds(type(value))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def result(cls: type[T]) -> type[T]:
    """Make a result: a frozen, slotted, keyword-only dataclass whose fields all have a kind.

    Raises
    ------
    TypeError
        If a field has no kind and is not itself a result.

    Examples
    --------
    >>> @result
    ... class Pupils:
    ...     n: Count
    >>> Pupils(n=3).n
    3
    """
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__is_result__ = True  # type: ignore[attr-defined]
    made._repr_html_ = glance  # type: ignore[attr-defined]
    try:
        kinds(made)
    except NameError:  # a name that its module defines further down: release() will look again
        return made
    return made
