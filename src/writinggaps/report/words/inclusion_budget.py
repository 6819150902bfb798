"""What plans cost schools, and a fund shared out by the index, in words."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.inclusion.budget import PlanCost, PlanCosts, SharedFund
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import and_list, decimal, percent, plain, spelled
from writinggaps.withheld import Withheld

__all__ = ["elsewhere", "plan_costs", "pounds", "shared_fund", "sure_enough"]

_ENOUGH = 25


def pounds(amount: float, places: int = 0, *, signed: bool = False) -> str:
    """Write an amount of money.

    Examples
    --------
    >>> pounds(120_000), pounds(-85.5, 2, signed=True), pounds(85.5, 2, signed=True)
    ('£120,000', '−£85.50', '+£85.50')
    """
    text = decimal(abs(amount), places)
    nought = not text.strip("0.,")
    return f"{'' if nought else '−' if amount < 0 else '+' if signed else ''}£{text}"


def sure_enough(cost: PlanCost, released: Released[Any]) -> bool:
    """Say whether a cost may be told: rounded to fives, a small number of plans says too little."""
    return released.exact or cost.plans >= _ENOUGH


@sentence
def plan_costs(value: PlanCosts, released: Released[PlanCosts]) -> str:
    """Say what the first part of plans takes of schools' funds."""
    known = [(r.label, r.cost) for r in value.schools if not isinstance(r.cost, Withheld)]
    told = [(label, c.pressure) for label, c in known if sure_enough(c, released)]
    threshold = pounds(rules()["budget"]["threshold_pounds"])
    if not told:
        return _used_up(known, threshold)
    about = "" if released.exact else "about "
    most, high = max(told, key=lambda row: row[1].share)
    least, low = min(told, key=lambda row: row[1].share)
    first = (
        f"The first {threshold} of each plan takes **{about}{percent(high.share)}** of "
        f"{plain(most)}'s notional SEN fund"
    )
    if len(told) == 1:
        return f"{first}: {about}{pounds(high.cost_pounds)}."
    return (
        f"{first}, the most of all, and {about}{percent(low.share)} of {plain(least)}'s, the least."
    )


def _used_up(known: list[tuple[str, PlanCost]], threshold: str) -> str:
    """Say by how many plans funds would be used up: nothing in it follows from pupils."""
    if not known:
        return "No notional SEN fund is given: school.toml may hold notional_sen_pounds."
    most, high = max(known, key=lambda row: row[1].notional_pounds)
    least, low = min(known, key=lambda row: row[1].notional_pounds)
    ends = [decimal(cost.pressure.plans_at_even) for cost in (high, low)]
    said = (
        f"{plain(most)}'s notional SEN fund would be used up by the first {threshold} of "
        f"{ends[0]} plans"
    )
    return f"{said}." if len(known) == 1 else f"{said}, {plain(least)}'s by that of {ends[1]}."


@sentence
def elsewhere(value: PlanCosts, released: Released[PlanCosts]) -> str:
    """Say of how many plans one school's fund would be used up under other authorities' rules."""
    cost = value.schools[0].cost
    if isinstance(cost, Withheld):
        return ""
    told = [
        f"{decimal(rule.plans_at_even)} {name}"
        + (f" (and {pounds(rule.extra_pounds)} added)" if added else "")
        for name, rule in cost.presets.items()
        for added in [rule.extra_pounds and sure_enough(cost, released)]
    ]
    return (
        f"By other authorities' rules, read once and to be checked, so many plans would use up the "
        f"school's notional SEN fund: {and_list(told)}."
    )


@sentence
def shared_fund(value: SharedFund, released: Released[SharedFund]) -> str:
    """Say for whom a fund shared out by the index would surely change."""
    known = [(r.label, r.fund) for r in value.schools if not isinstance(r.fund, Withheld)]
    share = percent(rules()["shared"]["share"])
    more = [plain(label) for label, f in known if f.low > 0]
    less = [plain(label) for label, f in known if f.high < 0]
    start = f"If {share} of the notional funds were shared out by the index"
    if not more and not less:
        return (
            f"{start}, it could not be said of any of {spelled(len(known))} schools whether it "
            f"would have more or less."
        )
    told = [f"{and_list(more)} would have more"] * bool(more)
    told += [f"{and_list(less)} would have less"] * bool(less)
    left = len(known) - len(more) - len(less)
    rest = f" Of the other {spelled(left)} it cannot be said." if left else ""
    return f"{start}, {', and '.join(told)}.{rest}"
