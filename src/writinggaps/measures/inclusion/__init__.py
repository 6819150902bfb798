"""How inclusive is a school, as far as its records can tell?"""

from __future__ import annotations

from writinggaps.measures.inclusion.index import inclusion_index, one_school, spreads_of
from writinggaps.measures.inclusion.own import OwnParts, own_parts
from writinggaps.measures.inclusion.results import (
    Change,
    InclusionIndex,
    Part,
    SchoolIndex,
    SchoolRow,
)

__all__ = [
    "Change",
    "InclusionIndex",
    "OwnParts",
    "Part",
    "SchoolIndex",
    "SchoolRow",
    "inclusion_index",
    "one_school",
    "own_parts",
    "spreads_of",
]
