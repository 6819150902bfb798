"""How inclusive is a school, as far as its records can tell?"""

from writinggaps.measures.inclusion.beside import appearances
from writinggaps.measures.inclusion.budget import plan_costs, shared_fund
from writinggaps.measures.inclusion.index import inclusion_index, one_school
from writinggaps.measures.inclusion.own import own_parts
from writinggaps.measures.inclusion.plain import plain_index

__all__ = [
    "appearances",
    "inclusion_index",
    "one_school",
    "own_parts",
    "plain_index",
    "plan_costs",
    "shared_fund",
]
