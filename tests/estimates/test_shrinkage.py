import numpy as np
import pytest

from writinggaps.estimates.shrinkage import fit_beta, fit_gamma, jeffreys
from writinggaps.problems import BadArgument, TooFewStudies

COUNTS = [10, 3, 21, 0, 7, 5, 12, 2]
N = [210, 180, 420, 95, 300, 240, 400, 150]


def test_the_beta_prior_is_the_maximum_likelihood_one():
    # 30-digit root of the likelihood equations; R's optim and scipy agree to 3e-7
    prior = fit_beta(COUNTS, N)

    assert prior.mean == pytest.approx(0.0281086342, abs=1e-10)
    assert prior.size == pytest.approx(278.148473, rel=1e-8)


def test_posterior_means_and_intervals_follow_from_the_prior():
    prior = fit_beta(COUNTS, N)

    assert prior.posterior(COUNTS, N) == pytest.approx(
        [
            0.036501955, 0.023613248, 0.041278288, 0.020952447,
            0.025630741, 0.024738804, 0.029224240, 0.022932170,
        ],
        abs=1e-9,
    )  # fmt: skip
    ends = prior.interval(COUNTS, N, level=0.9)
    assert ends[0] == pytest.approx((0.023713293, 0.051446206), abs=1e-9)
    assert ends[3] == pytest.approx((0.010394958, 0.034413460), abs=1e-9)


def test_schools_that_do_not_measurably_differ_all_get_the_overall_share():
    prior = fit_beta([5, 5, 5], [50, 50, 50])

    assert np.isinf(prior.size)
    assert prior.posterior([5, 0], [50, 20]) == pytest.approx([0.1, 0.1])
    assert prior.interval([5, 0], [50, 20]).tolist() == [[0.1, 0.1], [0.1, 0.1]]


def test_the_gamma_prior_beats_its_neighbours_in_likelihood():
    stats = pytest.importorskip("scipy.stats")
    events, exposure = np.array([2, 9, 0, 4, 15, 1]), np.array([100.0, 120, 80, 90, 150, 60])
    prior = fit_gamma(events, exposure)

    def likelihood(mean, size):
        return stats.nbinom.logpmf(events, mean * size, size / (size + exposure)).sum()

    best = likelihood(prior.mean, prior.size)
    for up_mean, up_size in ((1.001, 1), (0.999, 1), (1, 1.01), (1, 0.99)):
        assert likelihood(prior.mean * up_mean, prior.size * up_size) < best


def test_no_events_anywhere_is_a_rate_of_nought():
    assert fit_gamma([0, 0, 0], [10, 20, 30]).posterior([0], [10]).tolist() == [0.0]
    assert fit_beta([0, 0, 0], [10, 20, 30]).mean == 0.0


def test_a_small_school_is_drawn_further_than_a_large_one():
    prior = fit_beta(COUNTS, N)
    small, large = prior.posterior([4, 40], [20, 200])

    assert prior.mean < small < large < 0.2


def test_jeffreys_intervals_agree_with_statsmodels():
    # statsmodels 0.15.0, proportion_confint(method="jeffreys")
    assert jeffreys(0, 5) == pytest.approx((0.0000934206, 0.3793771423), abs=1e-10)
    assert jeffreys(3, 8) == pytest.approx((0.1190391802, 0.7051765537), abs=1e-10)


def test_too_few_schools_and_impossible_counts_are_refused():
    with pytest.raises(TooFewStudies, match="2 schools"):
        fit_beta([1, 2, 0], [10, 20, 0])
    with pytest.raises(TooFewStudies):
        fit_gamma([1, 2], [10, 20])
    with pytest.raises(BadArgument):
        fit_beta([1, 2, 30], [10, 20, 20])
