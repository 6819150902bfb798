"""What plans cost and a fund shared out, in full."""

from dataclasses import replace

from writinggaps.disclosure import release
from writinggaps.measures.inclusion.budget import (
    CostRow,
    FundRow,
    FundShare,
    PlanCost,
    PlanCosts,
    SharedFund,
)
from writinggaps.report.tables import inclusion_budget as tables
from writinggaps.report.words import inclusion_budget as words
from writinggaps.withheld import Withheld

NO_FUND = Withheld(reason="no_records", found="The school's notional SEN fund is not given")


def costs(*plans):
    rows = [
        CostRow(label=f"Example {k}", cost=PlanCost(n=300, plans=p, notional_pounds=150_000.0))
        for k, p in zip("ABC", plans, strict=False)
    ]
    return PlanCosts(period="2025-26-autumn", schools=(*rows, CostRow(label="D", cost=NO_FUND)))


def test_costs_are_said_of_the_largest_and_the_smallest_share():
    assert words.plan_costs(release(costs(20, 0), "staff")) == (
        "The first £6,000 of each plan takes **80%** of Example A's notional SEN fund, the most of "
        "all, and 0% of Example B's, the least."
    )
    assert words.plan_costs(release(costs(20), "staff")) == (
        "The first £6,000 of each plan takes **80%** of Example A's notional SEN fund: £120,000."
    )
    assert words.plan_costs(release(costs(31), "governors")) == (
        "The first £6,000 of each plan takes **about 120%** of Example A's notional SEN fund: "
        "about £180,000."
    )


def test_a_few_plans_are_not_priced_where_they_are_rounded():
    assert words.plan_costs(release(costs(8), "governors")) == (
        "Example A's notional SEN fund would be used up by the first £6,000 of 25 plans."
    )
    small = replace(costs(8).schools[0].cost, notional_pounds=30_000.0)
    both = PlanCosts(
        period="2025-26-autumn", schools=(*costs(8).schools, CostRow(label="Example B", cost=small))
    )
    assert words.plan_costs(release(both, "governors")) == (
        "Example A's notional SEN fund would be used up by the first £6,000 of 25 plans, "
        "Example B's by that of 5."
    )
    assert words.plan_costs(release(costs(), "staff")) == (
        "No notional SEN fund is given: school.toml may hold notional_sen_pounds."
    )
    assert tables.plan_costs(release(costs(8), "governors")).rows == (
        ("Example A", "about 10", "£150,000", "not shown", "not shown", "25 plans"),
        ("D", *["not shown"] * 5),
    )
    assert tables.plan_costs(release(costs(8), "staff")).rows[0] == (
        "Example A", "8", "£150,000", "£48,000", "32%", "25 plans",
    )  # fmt: skip


def test_other_authorities_rules_are_set_beside():
    assert words.elsewhere(release(costs(20), "staff")) == (
        "By other authorities' rules, read once and to be checked, so many plans would use up the "
        "school's notional SEN fund: 12 in Northumberland (and £45,000 added), 19 in Rotherham and "
        "33 in Norfolk at the national share."
    )
    assert "added" not in words.elsewhere(release(costs(8), "governors"))
    no_fund = PlanCosts(period="2025-26-autumn", schools=(CostRow(label="D", cost=NO_FUND),))
    assert words.elsewhere(release(no_fund, "staff")) == ""


def fund(label, estimate, low, high):
    told = FundShare(n=300, index=58.0, notional_pounds=150_000.0,
                     estimate=estimate, low=low, high=high)  # fmt: skip
    return FundRow(label=label, fund=told)


def shared(*rows):
    return SharedFund(period="2025-26-autumn", level=0.9, whole_pounds=450_000.0, schools=rows)


UP, DOWN = fund("Example A", 1200.55, 300.0, 2100.0), fund("Example B", -1200.55, -2400.0, -80.0)
EITHER = fund("Example C", 10.0, -400.0, 500.0)


def test_a_shared_fund_is_said_only_where_it_is_sure():
    start = "If 20% of the notional funds were shared out by the index, "
    assert words.shared_fund(release(shared(UP, DOWN, EITHER), "staff")) == (
        f"{start}Example A would have more, and Example B would have less. Of the other one it "
        f"cannot be said."
    )
    assert words.shared_fund(release(shared(UP), "staff")) == f"{start}Example A would have more."
    assert words.shared_fund(release(shared(EITHER, EITHER), "staff")) == (
        f"{start}it could not be said of any of two schools whether it would have more or less."
    )


def test_a_shared_fund_is_to_the_penny_for_staff_and_in_hundreds_for_others():
    exact, others = (tables.shared_fund(release(shared(UP, DOWN), e)) for e in ("staff", "public"))
    assert exact.rows[0] == ("Example A", "£150,000", "+£1,200.55", "+£300 to +£2,100")
    assert others.rows[1] == ("Example B", "£150,000", "−£1,200", "−£2,400 to £0")
    assert "to the penny" in exact.note
    assert "to the penny" not in others.note
