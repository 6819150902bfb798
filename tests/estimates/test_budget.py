"""What plans cost, and the same money shared out to the penny."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from writinggaps.estimates.budget import first_part, recalculated
from writinggaps.problems import BadArgument
from writinggaps.readers.schema import default

RULE = {"share": 0.3, "strength": 0.5, "floor": 0.97, "cap": 1.05}


def test_twenty_plans_beside_none_are_120_000_pounds():
    # the mission's own example: the same fund, £6,000 for each plan
    mine, neighbour = (first_part(n, 150_000, threshold_pounds=6_000) for n in (20, 0))
    assert mine.cost_pounds - neighbour.cost_pounds == 120_000
    assert (mine.share, neighbour.share) == (0.8, 0)
    assert mine.plans_at_even == 25


def test_an_authority_that_counts_half_of_the_fund_pays_for_plans_above():
    rule = default("inclusion.toml")["budget"]["northumberland"]
    told = {key: rule[key] for key in ("counts", "paid_above")}
    found = first_part(20, 150_000, threshold_pounds=6_000, **told)
    assert found.plans_at_even == 12.5
    assert found.extra_pounds == 7.5 * 6_000


def test_a_fund_of_nothing_is_refused():
    with pytest.raises(BadArgument):
        first_part(3, 0, threshold_pounds=6_000)


def test_average_schools_keep_what_they_have():
    funds = [8_123_457, 15_000_001, 990_099]
    assert recalculated(funds, [50, 50, 50], **RULE).tolist() == funds
    assert recalculated(funds, [30, 80, 60], **{**RULE, "share": 0}).tolist() == funds


def test_equal_indices_move_nothing_however_high():
    funds = [8_123_457, 15_000_001, 990_099]
    assert recalculated(funds, [71, 71, 71], **RULE).tolist() == funds


@given(
    some.lists(some.tuples(some.integers(1, 10**8), some.floats(5, 100)), min_size=1, max_size=30)
)
def test_no_penny_is_lost_and_no_bound_is_passed(schools):
    funds, index = np.array([f for f, _ in schools]), np.array([i for _, i in schools])
    found = recalculated(funds, index, **RULE)
    assert found.sum() == funds.sum()
    assert (found >= np.ceil(RULE["floor"] * funds)).all()
    assert (found <= np.floor(RULE["cap"] * funds)).all()


def test_a_higher_index_never_means_less():
    funds = [10_000_000] * 5
    found = recalculated(funds, [20, 40, 50, 60, 90], **RULE)
    assert (np.diff(found) >= 0).all()
    assert found[0] < funds[0] < found[-1]


def test_each_draw_is_shared_out_by_itself():
    funds, draws = [10_000_000, 9_999_999], np.array([[60.0, 50], [50, 60]])
    found = recalculated(funds, draws, **RULE)
    assert found.shape == (2, 2)
    assert found.sum(axis=1).tolist() == [19_999_999] * 2


def test_impossible_rules_are_refused():
    with pytest.raises(BadArgument):
        recalculated([100], [50], **{**RULE, "floor": 1.1})
    with pytest.raises(BadArgument):
        recalculated([100], [5], **{**RULE, "strength": 2})
