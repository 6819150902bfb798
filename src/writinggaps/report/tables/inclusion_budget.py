"""What plans cost schools, and a fund shared out by the index, as tables."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.inclusion.budget import PlanCost, PlanCosts, SharedFund
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.inclusion_budget import pounds, sure_enough
from writinggaps.report.words.language import count_of, decimal, percent
from writinggaps.withheld import Withheld

__all__ = ["plan_costs", "shared_fund"]

_HIDDEN = "not shown"


@shown
def plan_costs(value: PlanCosts, released: Released[PlanCosts]) -> Table:
    """Set the first part of each plan against schools' notional funds."""
    threshold = pounds(rules()["budget"]["threshold_pounds"])
    return Table(
        caption=f"The first {threshold} of each plan, and the notional SEN fund",
        columns=("school", "plans", "fund", "they cost", "share of the fund", "fund is used up by"),
        rows=tuple((row.label, *_cost(row.cost, released)) for row in value.schools),
        note=(
            "Plans on roll at the last census, resourced places apart. A fund is a notional sum, "
            "not a budget line: it is for all pupils with SEN, and is not ring-fenced. Costs are "
            "not shown where a rounded number of plans would say too little."
        ),
    )


def _cost(cost: PlanCost | Withheld, released: Released[Any]) -> tuple[str, ...]:
    if isinstance(cost, Withheld):
        return (_HIDDEN,) * 5
    told, hidden = cost.pressure, not sure_enough(cost, released)
    return (
        count_of(cost.plans, released),
        pounds(cost.notional_pounds),
        _HIDDEN if hidden else pounds(told.cost_pounds),
        _HIDDEN if hidden else percent(told.share),
        f"{decimal(told.plans_at_even)} plans",
    )


@shown
def shared_fund(value: SharedFund, released: Released[SharedFund]) -> Table:
    """Set out who would have how much if part of the funds went by the index."""
    rule, places = rules()["shared"], 2 if released.exact else 0
    rows = tuple(
        (row.label, pounds(f.notional_pounds), pounds(f.estimate, places, signed=True),
         f"{pounds(f.low, signed=True)} to {pounds(f.high, signed=True)}")
        for row in value.schools if not isinstance(f := row.fund, Withheld)
    )  # fmt: skip
    return Table(
        caption=f"{percent(rule['share'])} of the notional funds shared out by the index",
        columns=("school", "fund today", "would change by", "between"),
        rows=rows,
        note=(
            f"A thought, not a rule. Nobody would lose more than {percent(1 - rule['floor'])} or "
            f"gain more than {percent(rule['cap'] - 1)}, and together it is the same money"
            f"{' to the penny' if released.exact else ''}. Where the interval holds nought, the "
            f"index is too unsure to say which way."
        ),
    )
