"""Could it pay to be inclusive? What plans cost schools, and one fund shared out by the index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from writinggaps.estimates.budget import Pressure, first_part, recalculated
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.counts import counted
from writinggaps.measures.inclusion.facts import Told, asked_of
from writinggaps.measures.inclusion.phase import grouped, scored, shown
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.results import Constant, Count, Label, Pounds, Score, result
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "FundRow",
    "FundShare",
    "PlanCost",
    "PlanCosts",
    "SharedFund",
    "plan_costs",
    "shared_fund",
]

_LEVEL = 0.9
_PRESETS = ("northumberland", "rotherham", "norfolk")


@result
class PlanCost:
    """What one school's plans take of its notional fund; `n` are the pupils on roll."""

    n: Count
    plans: Count
    notional_pounds: Constant

    @property
    def pressure(self) -> Pressure:
        """As the law stands: the school pays the first part of each plan."""
        return self._under(counts=1.0, paid_above=False)

    @property
    def presets(self) -> dict[str, Pressure]:
        """As the rules of some authorities would have it, by the rule's title."""
        told = [rules()["budget"][name] for name in _PRESETS]
        return {
            rule["title"]: self._under(counts=rule["counts"], paid_above=rule["paid_above"])
            for rule in told
        }

    def _under(self, *, counts: float, paid_above: bool) -> Pressure:
        threshold = rules()["budget"]["threshold_pounds"]
        return first_part(
            self.plans,
            self.notional_pounds,
            threshold_pounds=threshold,
            counts=counts,
            paid_above=paid_above,
        )


@result
class CostRow:
    """One school by name."""

    label: Label
    cost: PlanCost | Withheld


@result
class PlanCosts:
    """What plans take of schools' notional funds."""

    period: Label
    schools: tuple[CostRow, ...]


@result
class FundShare:
    """How one school's fund would change; `n` are its pupils on roll, `index` its index."""

    n: Count
    index: Score
    notional_pounds: Constant
    estimate: Pounds
    low: Pounds
    high: Pounds


@result
class FundRow:
    """One school by name."""

    label: Label
    fund: FundShare | Withheld


@result
class SharedFund:
    """The same money shared out with an eye on inclusion: a scenario, to the penny."""

    period: Label
    level: Constant
    whole_pounds: Constant
    schools: tuple[FundRow, ...]


def plan_costs(
    schools: Sequence[School], *, term: str, own: str = "", named: bool = False
) -> PlanCosts:
    """Set the first part of each plan against schools' notional funds.

    Parameters
    ----------
    schools : sequence of School
        With `notional_sen_pounds`, and a census.
    term : str
        Plans are those of the last census up to its end.
    own, named
        As for `inclusion_index`.

    Returns
    -------
    PlanCosts
        Pupils in resourced places are not counted: these are paid for otherwise.
    """
    rows = [(s.name, attempt(_cost, s, term)) for s in shown(schools, own, named)]
    return PlanCosts(
        period=term, schools=tuple(CostRow(label=label, cost=cost) for label, cost in rows)
    )


def shared_fund(
    schools: Sequence[School],
    reference: pd.DataFrame | None = None,
    *,
    term: str,
    own: str = "",
    named: bool = False,
    draws: int = 4000,
    told: Told | None = None,
) -> SharedFund:
    """Share the schools' notional funds out again, part of them by the index.

    Parameters
    ----------
    schools : sequence of School
        Those without a fund or an index keep what they have.
    reference, term, own, named, draws, told
        As for `inclusion_index`.

    Returns
    -------
    SharedFund
        `estimate` is what a school would have more, or less, by the index as it is. The changes add
        up to nought to the penny; the interval is over the draws of all schools' indices.

    Raises
    ------
    NoRecords
        If fewer than two schools have a fund and an index.
    """
    asked, index = asked_of(schools, reference, term, draws=draws, told=told), {}
    for group in grouped(schools):
        phase = attempt(scored, group, asked)
        if not isinstance(phase, Withheld):
            each = zip(phase.scores.index, phase.drawn.index, strict=True)
            index.update(dict(zip((s.key for s in group), each, strict=True)))
    inside = [s for s in schools if s.key in index and s.notional_sen_pounds > 0]
    if len(inside) < 2:
        raise NoRecords("Fewer than two schools have both a notional SEN fund and an index")
    rule = {k: v for k, v in rules()["shared"].items() if k != "source"}
    pence = np.array([round(100 * s.notional_sen_pounds) for s in inside])
    more = recalculated(pence, [index[s.key][0] for s in inside], **rule) - pence
    drawn = recalculated(pence, np.array([index[s.key][1] for s in inside]).T, **rule) - pence
    low, high = np.quantile(drawn, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2], axis=0)
    found = {
        s.key: FundShare(
            n=_cost(s, term).n,
            index=float(index[s.key][0]),
            notional_pounds=float(pence[i] / 100),
            estimate=float(more[i] / 100),
            low=float(low[i] / 100),
            high=float(high[i] / 100),
        )
        for i, s in enumerate(inside)
    }
    out = Withheld(reason="no_records", found="The school has no notional SEN fund, or no index")
    rows = [(s.name, found.get(s.key, out)) for s in shown(schools, own, named)]
    return SharedFund(
        period=term,
        level=_LEVEL,
        whole_pounds=float(pence.sum() / 100),
        schools=tuple(FundRow(label=label, fund=fund) for label, fund in rows),
    )


def _cost(school: School, term: str) -> PlanCost:
    if not school.notional_sen_pounds:
        raise NoRecords(
            "The school's notional SEN fund is not given",
            remedy="Write notional_sen_pounds into school.toml.",
        )
    rows = counted(school, "access", term=term, years=1)
    plans = int(sum(child.part for child in rows))
    return PlanCost(n=len(rows), plans=plans, notional_pounds=school.notional_sen_pounds)
