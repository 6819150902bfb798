import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from writinggaps.estimates.noncentral import (
    approximate_j,
    exact_j,
    noncentrality,
    noncentrality_of_many,
)
from writinggaps.problems import BadArgument

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("df", [2, 3, 5, 10, 20, 50])
def test_the_exact_correction_agrees_with_r(df):
    assert exact_j(df) == pytest.approx(R[f"j.{df}"], rel=1e-12)


def test_the_approximate_correction_is_good_for_large_groups_only():
    assert abs(approximate_j(5) - exact_j(5)) > 1e-4
    assert approximate_j(100) == pytest.approx(exact_j(100), abs=1e-5)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.999])
def test_the_ends_put_the_observed_t_at_the_right_probability(level):
    t = np.array([0.0, 0.01, 1.0, -2.5, 8.0, 60.0, 1000.0])
    df = np.array([1.0, 3.0, 24.0, 6.0, 300.0, 10.0, 2.0])

    low, high = noncentrality(t, df, level=level)

    assert stats.nct.sf(t, df, low) == pytest.approx((1 - level) / 2, rel=1e-8)
    assert stats.nct.cdf(t, df, high) == pytest.approx((1 - level) / 2, rel=1e-8)


def test_a_t_of_nought_has_the_normal_interval():
    low, high = noncentrality(0.0, 7)

    assert (low, high) == pytest.approx((-1.959963984540054, 1.959963984540054), rel=1e-11)


def test_turning_the_sign_turns_the_interval_exactly():
    low, high = noncentrality([2.5, -2.5], 24)

    assert (low[0], high[0]) == (-high[1], -low[1])


def test_an_interval_does_not_depend_on_the_company_it_is_in():
    rng = np.random.default_rng(3)
    t, df = rng.normal(size=200) * 4, rng.integers(1, 90, 200).astype(float)

    together = noncentrality(t, df)
    alone = [noncentrality(a, b) for a, b in zip(t, df, strict=True)]

    assert np.array_equal(together[0], [low for low, _ in alone])
    assert np.array_equal(together[1], [high for _, high in alone])


def test_an_absurdly_large_t_still_has_a_finite_interval():
    low, high = noncentrality(1e5, 3)

    # in the limit t times the chi distribution's quantiles over the root of its df
    assert low == pytest.approx(1e5 * np.sqrt(stats.chi2.ppf(0.025, 3) / 3), rel=1e-6)
    assert high == pytest.approx(1e5 * np.sqrt(stats.chi2.ppf(0.975, 3) / 3), rel=1e-6)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan")])
def test_a_level_that_is_not_between_nought_and_one_is_refused(level):
    with pytest.raises(BadArgument, match="between 0 and 1"):
        noncentrality(1.0, 10, level=level)


@pytest.mark.parametrize("df", [2, 3, 10, 48, 500])
def test_many_values_are_interpolated_to_what_each_would_be(df):
    t = np.concatenate([np.linspace(-9, 9, 61), [0.0, -4.0, 4.0, 37.5, -60.0]])
    each = noncentrality(t, df)
    many = noncentrality_of_many(t, np.full(len(t), float(df)))
    assert np.array(many) == pytest.approx(np.array(each), rel=1e-10, abs=1e-10)
