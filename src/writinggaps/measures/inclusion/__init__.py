"""How inclusive is a school, as far as its records can tell?"""

from __future__ import annotations

from writinggaps.measures.inclusion.beside import Appearances, appearances
from writinggaps.measures.inclusion.budget import PlanCosts, SharedFund, plan_costs, shared_fund
from writinggaps.measures.inclusion.index import inclusion_index, one_school, spreads_of
from writinggaps.measures.inclusion.own import OwnParts, own_parts
from writinggaps.measures.inclusion.plain import PlainIndex, plain_index
from writinggaps.measures.inclusion.results import InclusionIndex, SchoolIndex

__all__ = [
    "Appearances",
    "InclusionIndex",
    "OwnParts",
    "PlainIndex",
    "PlanCosts",
    "SchoolIndex",
    "SharedFund",
    "appearances",
    "inclusion_index",
    "one_school",
    "own_parts",
    "plain_index",
    "plan_costs",
    "shared_fund",
    "spreads_of",
]
