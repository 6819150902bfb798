import numpy as np
import pytest

from writinggaps.estimates.shrinkage import fit_beta
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


def test_no_events_anywhere_is_a_rate_of_nought():
    assert fit_beta([0, 0, 0], [10, 20, 30]).mean == 0.0


def test_a_small_school_is_drawn_further_than_a_large_one():
    prior = fit_beta(COUNTS, N)
    small, large = prior.posterior([4, 40], [20, 200])

    assert prior.mean < small < large < 0.2


def test_too_few_schools_and_impossible_counts_are_refused():
    with pytest.raises(TooFewStudies, match="2 schools"):
        fit_beta([1, 2, 0], [10, 20, 0])
    with pytest.raises(BadArgument):
        fit_beta([1, 2, 30], [10, 20, 20])
