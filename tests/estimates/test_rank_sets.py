"""Intervals of ranks agree with simulated ranks, and lie within the confidence sets of csranks."""

import numpy as np
import pytest

from writinggaps.estimates.index.draws import Drawn

# csranks 1.2.2.9001 (R), cstype two-sided, coverage 0.9, R = 100,000, seed 101
SCORES = np.array([72.4, 65.1, 63.8, 60.2, 58.9, 55.0, 51.3, 48.7, 44.1, 39.5])
ERRORS = np.array([4, 6, 2.5, 5, 3, 7, 2, 4.5, 6.5, 3.5])
MARGINAL = ([1, 1, 1, 1, 2, 1, 3, 3, 4, 7], [5, 8, 6, 9, 9, 10, 9, 10, 10, 10])
SIMULTANEOUS = ([1, 1, 1, 1, 1, 1, 3, 3, 2, 7], [6, 9, 7, 9, 9, 10, 9, 10, 10, 10])
SIMULATED = ([1, 1, 2, 2, 3, 2, 6, 6, 6, 9], [2, 6, 5, 7, 6, 9, 8, 9, 10, 10])


def rank_sets(scores, errors, *, together, level=0.9, draws=20_000):
    """Give confidence sets of ranks by the largest difference (Mogstad and others, 2023)."""
    k = len(scores)
    other = ~np.eye(k, dtype=bool)
    apart = scores[:, None] - scores
    error = np.sqrt(errors[:, None] ** 2 + errors**2)
    noise = np.random.default_rng(101).standard_normal((draws, k)) * errors
    largest = np.abs(noise[:, :, None] - noise[:, None, :]) / error
    if together:
        limit = np.full(k, np.quantile(largest[:, other].max(axis=1), level))
    else:
        limit = np.quantile(np.where(other, largest, 0).max(axis=2), level, axis=0)
    told = other & (np.abs(apart) / error > limit[:, None])
    return 1 + (told & (apart < 0)).sum(axis=1), k - (told & (apart > 0)).sum(axis=1)


def intervals(draws):
    random = np.random.default_rng(1).standard_normal((draws, len(SCORES)))
    none = np.zeros((len(SCORES), 3))
    index = (SCORES + ERRORS * random).T
    drawn = Drawn(index=index, thirds=none, above=none, chance=none[:, 0], edges={})
    return drawn.ranks(0.9).T.astype(int).tolist()


def test_intervals_of_ranks_are_the_simulated_ones():
    assert intervals(50_000) == [list(ends) for ends in SIMULATED]


@pytest.mark.parametrize(("together", "published"), [(False, MARGINAL), (True, SIMULTANEOUS)])
def test_confidence_sets_are_those_of_csranks_and_hold_our_intervals(together, published):
    low, high = rank_sets(SCORES, ERRORS, together=together)
    assert (low.tolist(), high.tolist()) == published
    ours = intervals(20_000)
    assert (low <= ours[0]).all()
    assert (high >= ours[1]).all()


def test_confidence_sets_of_forty_schools_say_nearly_nothing():
    # why the report shows probabilities of thirds: an honest set is most of the table
    random = np.random.default_rng(2)
    scores, errors = random.normal(50, 8, 40), random.uniform(3, 7, 40)
    low, high = rank_sets(scores, errors, together=False, draws=2_000)
    assert np.mean(high - low + 1) > 20
