"""The vocabulary that results are made of: each field says how it may be shown.

A result is a frozen dataclass made by `@result`. Its fields are annotated with the kinds below, and
disclosure reads those kinds: a count is rounded and hidden when small, a measured value is
coarsened, a label is shown, and pupils are never shown. A field without a kind is an error when the
class is made, so nothing can reach a shared page by having been forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import (
    Annotated,
    Any,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

__all__ = [
    "Answer",
    "Constant",
    "Count",
    "Label",
    "Labels",
    "Months",
    "PValue",
    "Points",
    "PupilIds",
    "Ratio",
    "Score",
    "StandardDeviations",
    "Tally",
    "kinds",
    "result",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a field may be shown.

    Parameters
    ----------
    name : str
        `count`, `tally`, `measured`, `p`, `label`, `constant` or `pupils`.
    step : float, optional
        For measured values: shared editions round to multiples of this.
    """

    name: str
    step: float = 0.0


Count = Annotated[int, Kind("count")]
"""A number of pupils."""
Tally = Annotated[int, Kind("tally")]
"""A number of things that are not pupils: pieces, sessions, errors."""
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
"""Which pupils: for private lists only."""


StandardDeviations = Annotated[float, Kind("measured", 0.1)]
"""A value in standard deviations, computed from pupils' data."""
Points = Annotated[float, Kind("measured", 5.0)]
"""A value in percentage points, between -100 and 100, computed from pupils' data."""
Score = Annotated[float, Kind("measured", 1.0)]
"""A value in points of a test or scale, computed from pupils' data."""
Months = Annotated[float, Kind("measured", 1.0)]
"""A value in months, computed from pupils' data."""
Ratio = Annotated[float, Kind("measured", 0.5)]
"""A ratio computed from pupils' data."""


def kinds(of: type[Any]) -> dict[str, Kind | None]:
    """Say how each field of a result may be shown; None for results within results.

    Raises
    ------
    TypeError
        If a field has no kind and is not itself a result.
    """
    hints = get_type_hints(of, include_extras=True)
    return {field.name: _kind(of, field.name, hints[field.name]) for field in fields(of)}


def _kind(of: type[Any], name: str, hint: Any) -> Kind | None:
    if get_origin(hint) is Annotated:
        for note in hint.__metadata__:
            if isinstance(note, Kind):
                return note
    inside = [hint, *get_args(hint), *(a for h in get_args(hint) for a in get_args(h))]
    for part in inside:
        if get_origin(part) is Annotated:
            return _kind(of, name, part)
    if any(isinstance(part, type) and is_dataclass(part) for part in inside):
        return None
    raise TypeError(f"{of.__name__}.{name} does not say how it may be shown; give it a kind")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def result(cls: type[T]) -> type[T]:
    """Make a result: a frozen, slotted, keyword-only dataclass whose fields all have a kind.

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
    return made
