"""Which schools a notebook really read, and what it showed: a last cell says so.

The publish gate compares the schools; what was shown is proposed to the release register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.disclosure import proposed
from writinggaps.findings import MIME
from writinggaps.readers import School

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CELL", "Stamp", "stamp"]

CELL = "__import__('writinggaps.run.stamp', fromlist=['stamp']).stamp(globals())"
"""The source of the cell that is put last."""


_TOLD = ("key", "urn", "name", "logo", "accent")


class Stamp:
    """The schools among a notebook's variables, as an output that shows nothing."""

    def __init__(self, schools: list[dict[str, str]]) -> None:
        self.schools = schools

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        told = {"schools": self.schools, "proposed": proposed()}
        return {"text/plain": "", MIME: {"kind": "stamp", **told}}


def stamp(names: Mapping[str, object]) -> Stamp:
    """Find the schools among a notebook's variables.

    Examples
    --------
    >>> stamp({"n": 3}).schools
    []
    """
    schools = {id(value): value for value in names.values() if isinstance(value, School)}
    return Stamp([{name: getattr(s, name) for name in _TOLD} for s in schools.values()])
