"""Limits of funnels, exact standing within year groups, and places with their intervals."""

import numpy as np
import pytest
from scipy.stats import fisher_exact

from writinggaps.estimates.funnel import limits, places, standing
from writinggaps.problems import BadArgument


def test_limits_without_end_of_likeness_are_those_of_chance_alone():
    assert limits(0.7, 40, 0.95, size=1e7) == pytest.approx(limits(0.7, 40, 0.95), abs=1e-4)


def test_limits_widen_where_schools_usually_differ():
    chance, usual = limits(0.7, 40, 0.95), limits(0.7, 40, 0.95, size=50)
    assert usual[0] < chance[0] < chance[1] < usual[1]


def test_limits_of_a_share_and_of_its_rest_mirror_each_other():
    low, high = limits(0.7, 40, 0.998, size=50)
    assert limits(0.3, 40, 0.998, size=50) == pytest.approx((1 - high, 1 - low))


def test_one_year_group_gives_twice_fishers_tail():
    # scipy's Fisher test of the school against all others, in the direction that was seen
    counts, n = [[14], [9], [20]], [[20], [25], [40]]
    _, p = standing(counts, n)
    tail = fisher_exact([[14, 6], [29, 36]], alternative="greater")[1]
    assert p[0] == pytest.approx(2 * tail)


def test_a_difference_between_year_groups_is_no_difference_between_schools():
    # shares are .9 in one year group and .1 in the other, for both schools alike
    excess, p = standing([[18, 1], [9, 2]], [[20, 10], [10, 20]])
    assert excess == pytest.approx([0, 0])
    assert p == pytest.approx([1, 1])


def test_a_school_that_shares_no_year_group_cannot_stand_out():
    _, p = standing([[5, 0], [6, 0], [0, 1]], [[10, 0], [10, 0], [0, 30]])
    assert p[2] == 1


def test_excesses_add_up_to_nothing():
    excess, _ = standing([[5, 3], [6, 8], [1, 1]], [[10, 9], [10, 10], [4, 30]])
    assert excess.sum() == pytest.approx(0)


def test_counts_beyond_their_group_are_refused():
    with pytest.raises(BadArgument):
        standing([[11]], [[10]])


def test_standing_is_claimed_no_more_often_than_promised_where_nothing_differs():
    random, false = np.random.default_rng(20), 0
    n = np.full((6, 3), 12)
    for _ in range(200):
        _, p = standing(random.binomial(n, [0.6, 0.7, 0.8]), n)
        false += int((p <= 0.05).sum())
    assert false / 1200 <= 0.05


def test_schools_that_overlap_share_all_places():
    assert places([0.1, 0.2, 0.3], [0.6, 0.7, 0.8]) == ((1, 3),) * 3
