"""How inclusive is a school, as far as its records can tell?"""

from __future__ import annotations

from writinggaps.measures.inclusion.index import inclusion_index, one_school
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
    "Part",
    "SchoolIndex",
    "SchoolRow",
    "inclusion_index",
    "one_school",
]
