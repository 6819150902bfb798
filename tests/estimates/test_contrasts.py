from itertools import combinations
from time import process_time

import numpy as np
import pytest
from scipy import stats

from writinggaps.estimates.contrasts import contrast, without_two
from writinggaps.problems import NoSpread, TooFewPupils

TAUGHT = np.array([31, 28, 35, 40, 22, 30, 33, 37, 29, 41, 26, 34, 38, 32.0])
COMPARISON = np.array([27, 25, 30, 36, 20, 24, 31, 28, 22, 33, 26, 29.0])


def test_two_groups_agree_with_welch_in_r():
    # R 4.2.2 t.test(t, c): t 2.5437780722635, df 23.998898007452
    found = contrast([TAUGHT, COMPARISON], [1, -1])

    assert found.estimate / found.se == pytest.approx(2.5437780722635, rel=1e-12)
    assert found.df == pytest.approx(23.998898007452, rel=1e-12)
    assert found.low(0.95) == pytest.approx(0.94098605208513, rel=1e-9)
    assert found.high(0.95) == pytest.approx(9.0352044241053, rel=1e-9)


def test_four_groups_by_hand():
    # means 2, 5, 1, 3; variances 1, 4, 1, 9; all of 3 pupils: 2 - 5 - 1 + 3 = -1, variance 15/3
    cells = [np.array([1.0, 2, 3]), np.array([3.0, 5, 7]), np.array([0.0, 1, 2]),
             np.array([0.0, 3, 6])]  # fmt: skip
    found = contrast(cells, [1, -1, -1, 1])

    assert found.estimate == pytest.approx(-1)
    assert found.se == pytest.approx(np.sqrt(5))
    assert found.df == pytest.approx(25 / ((1 + 16 + 1 + 81) / 9 / 2))


def test_turning_the_weights_turns_the_interval():
    one, other = contrast([TAUGHT, COMPARISON], [1, -1]), contrast([TAUGHT, COMPARISON], [-1, 1])

    assert one.low(0.95) == pytest.approx(-other.high(0.95))


def test_what_could_be_seen_is_seen_with_the_power_asked_for():
    # the power of Student's t at the detectable difference, from scipy's noncentral t
    cells = [np.tile([-1.0, 1.0], 20), np.tile([-1.0, 1.0], 20)]
    found = contrast(cells, [1, -1])
    seen = found.detectable(0.95, 0.8) / found.se

    power = stats.nct.sf(stats.t.isf(0.025, found.df), found.df, seen)
    assert power == pytest.approx(0.8, abs=0.005)


def test_leaving_out_agrees_with_doing_it_one_by_one():
    cells, weights = [TAUGHT[:6], COMPARISON[:5]], [1.0, -1.0]
    pupils = [(c, p) for c in (0, 1) for p in range(len(cells[c]))]
    by_hand = []
    for gone in [*combinations(pupils, 1), *combinations(pupils, 2)]:
        left = [np.delete(cells[c], [p for k, p in gone if k == c]) for c in (0, 1)]
        by_hand.append(contrast(left, weights))

    found = without_two(cells, weights)
    for part in ("estimate", "se", "df"):
        wanted = sorted(getattr(c, part) for c in by_hand)
        np.testing.assert_allclose(np.sort(getattr(found, part)), wanted, rtol=1e-10, atol=1e-12)


def test_values_that_are_no_pupils_are_never_left_out():
    cells = [np.append(TAUGHT[:6], 1000.0), COMPARISON[:6]]

    assert len(without_two(cells, [1, -1], fixed=1).estimate) == (6 + 15) + (5 + 10) + 30
    assert without_two(cells, [1, -1], fixed=1).estimate.min() > 100


def test_two_of_210_pupils_are_left_out_in_under_50_milliseconds():
    random = np.random.default_rng(1)
    cells = [random.normal(size=70), random.normal(size=140)]
    spent = []
    for _ in range(5):
        start = process_time()
        (without_two(cells, [1, -1]).low(0.9875) > 0).all()
        spent.append(process_time() - start)

    assert min(spent) < 0.05


def test_too_few_and_no_spread_are_refused():
    with pytest.raises(TooFewPupils):
        contrast([np.array([1.0]), COMPARISON], [1, -1])
    with pytest.raises(TooFewPupils):
        without_two([np.arange(3.0), COMPARISON], [1, -1])
    with pytest.raises(NoSpread):
        contrast([np.ones(5), np.zeros(5)], [1, -1])


def test_one_group_without_spread_is_judged_by_the_other():
    found = contrast([np.ones(5), COMPARISON], [1, -1])

    assert found.df == pytest.approx(len(COMPARISON) - 1)
