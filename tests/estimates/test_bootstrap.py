import tracemalloc

import numpy as np
import pytest
from scipy import stats

from writinggaps.estimates.bootstrap import bca
from writinggaps.estimates.effects import cohens_d, hedges_g
from writinggaps.problems import BadArgument, NoSpread


def mean_of(means, _sizes):
    return means[0][..., 0]


def ratio(means, _sizes):
    return means[0][..., 0] / means[0][..., 1]


SKEWED = np.random.default_rng(5).exponential(size=40)


def test_the_interval_of_a_mean_agrees_with_scipy():
    found = bca([SKEWED[:, None]], mean_of)
    scipys = stats.bootstrap(
        (SKEWED,), np.mean, n_resamples=10_000, method="BCa", rng=np.random.default_rng(1)
    )

    # resampling noise of an end is about .005 here
    assert found.low == pytest.approx(scipys.confidence_interval.low, abs=0.02)
    assert found.high == pytest.approx(scipys.confidence_interval.high, abs=0.02)
    assert found.standard_error == pytest.approx(scipys.standard_error, rel=0.03)


def test_the_interval_of_a_ratio_of_means_agrees_with_scipy():
    rows = np.column_stack([SKEWED * 3, 2 + np.arange(40) % 3])
    found = bca([rows], ratio)
    scipys = stats.bootstrap(
        tuple(rows.T),
        lambda x, y, axis: x.mean(axis=axis) / y.mean(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=10_000,
        method="BCa",
        rng=np.random.default_rng(1),
    )

    assert found.low == pytest.approx(scipys.confidence_interval.low, abs=0.03)
    assert found.high == pytest.approx(scipys.confidence_interval.high, abs=0.03)


def test_few_distinct_values_give_the_same_as_many_rows():
    grades = np.repeat([1.0, 2.0, 3.0], [60, 90, 30])
    nearly = grades + np.linspace(0, 1e-9, len(grades))

    few, many = bca([grades[:, None]], mean_of), bca([nearly[:, None]], mean_of)

    assert few.low == pytest.approx(many.low, abs=0.02)
    assert few.high == pytest.approx(many.high, abs=0.02)
    assert few.standard_error == pytest.approx(many.standard_error, rel=0.05)


def test_the_same_seed_draws_the_same_and_another_does_not():
    first, again, other = (bca([SKEWED[:, None]], mean_of, seed=seed) for seed in (4, 4, 5))

    assert first == again
    assert first != other


def test_the_order_of_rows_does_not_matter():
    there = bca([SKEWED[::-1, None]], mean_of)

    assert there == bca([SKEWED[:, None]], mean_of)


def test_resamples_without_spread_are_counted_and_left_out():
    # grades of eight pupils an arm: about one resample in three hundred is all of one grade
    taught, comparison = [1, 1, 2, 1, 1, 2, 1, 1], [1, 1, 1, 2, 1, 1, 1, 2]
    found = hedges_g(taught, comparison, interval="bca")

    assert np.isfinite([found.low, found.high]).all()
    assert "resamples without spread left out" in found.method


def test_too_many_resamples_without_spread_are_refused():
    with pytest.raises(NoSpread, match="a bootstrap interval needs scores that vary"):
        cohens_d([1, 1, 2], [1, 1, 1], interval="bca")


def test_wrong_levels_are_refused():
    with pytest.raises(BadArgument, match="between 0 and 1"):
        bca([SKEWED[:, None]], mean_of, level=95)


def test_memory_grows_with_pupils_and_resamples_not_with_their_product():
    rng = np.random.default_rng(2)
    arms = [np.column_stack([x, x**2]) for x in rng.normal(size=(2, 30_000))]

    tracemalloc.start()
    bca(arms, lambda m, _: m[0][..., 0] - m[1][..., 0], resamples=200)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 60e6  # n x n numbers would be 7,200 million bytes, n x R 48 million each
