"""Groups that pupils are told apart by: one word for each, wherever it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GROUPS", "Group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pupils told apart by a column, and the two groups that may be compared by it.

    Parameters
    ----------
    column : str
        Of the pupils table.
    members, others : tuple
        Values of the column; a pupil with any other value is in neither.
    name, others_name : str
        As a noun phrase for several pupils.
    labels : mapping, optional
        What each value is called where all are listed, in the order for reading.
    """

    column: str
    members: tuple[object, ...]
    others: tuple[object, ...]
    name: str
    others_name: str
    labels: Mapping[Any, str] = field(default_factory=dict)


GROUPS: Mapping[str, Group] = {
    "disadvantaged": Group(
        column="disadvantaged",
        members=(True,),
        others=(False,),
        name="disadvantaged pupils",
        others_name="other pupils",
        labels={True: "disadvantaged", False: "other pupils"},
    ),
    "fsm": Group(
        column="fsm",
        members=(True,),
        others=(False,),
        name="pupils eligible for free school meals",
        others_name="other pupils",
        labels={True: "eligible for free school meals", False: "other pupils"},
    ),
    "sen": Group(
        column="sen_provision",
        members=("K", "E"),
        others=("N",),
        name="pupils with SEN",
        others_name="pupils without SEN",
        labels={"N": "no SEN", "K": "SEN Support", "E": "EHCP"},
    ),
    "sex": Group(
        column="sex",
        members=("M",),
        others=("F",),
        name="boys",
        others_name="girls",
        labels={"F": "girls", "M": "boys"},
    ),
    "eal": Group(
        column="eal",
        members=(True,),
        others=(False,),
        name="pupils with EAL",
        others_name="pupils without EAL",
        labels={True: "English as an additional language", False: "English as first language"},
    ),
}
"""By the word that measures take as `by`."""
