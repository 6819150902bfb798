"""Groups that pupils are told apart by: one word for each, wherever it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from writinggaps.readers.schema import default

__all__ = ["GROUPS", "Group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pupils told apart by a column, and the two groups that may be compared by it.

    Parameters
    ----------
    column : str
        Of the pupils table.
    members, others : sequence
        Values of the column; a pupil with any other value is in neither.
    name, others_name : str
        As a noun phrase for several pupils.
    labels : mapping, optional
        What each value is called where all are listed, in the order for reading.
    """

    column: str
    members: Sequence[object]
    others: Sequence[object]
    name: str
    others_name: str
    labels: Mapping[Any, str] = field(default_factory=dict)


def _group(told: dict[str, Any]) -> Group:
    return Group(**{**told, "labels": dict(told["labels"])})


GROUPS: Mapping[str, Group] = {word: _group(told) for word, told in default("groups.toml").items()}
"""By the word that measures take as `by`."""
