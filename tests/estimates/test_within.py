import numpy as np
import pytest
import statsmodels.api as sm

from writinggaps.estimates.within import spread_within, within

RANDOM = np.random.default_rng(3)
YEARS = np.repeat([1, 2, 3, 4], [9, 14, 7, 20])
GROUP = RANDOM.random(50) < np.repeat([0.2, 0.5, 0.4, 0.3], [9, 14, 7, 20])
SCORES = 400 + 30 * YEARS - 15 * GROUP + 20 * RANDOM.standard_normal(50)


def regression():
    dummies = (YEARS[:, None] == np.unique(YEARS)).astype(float)
    return sm.OLS(SCORES, np.column_stack([GROUP, dummies])).fit()


def test_the_difference_is_that_of_a_regression_on_group_and_year():
    adjusted = within(SCORES, GROUP, YEARS)

    gap = adjusted[GROUP].mean() - adjusted[~GROUP].mean()
    assert gap == pytest.approx(regression().params[0], rel=1e-10)


def test_its_standard_error_is_that_of_the_regression():
    spread = spread_within(within(SCORES, GROUP, YEARS), GROUP, YEARS)
    ours, theirs = spread[GROUP], spread[~GROUP]
    squares = ours.var() * len(ours) + theirs.var() * len(theirs)
    pooled = squares / (len(spread) - 2) * (1 / len(ours) + 1 / len(theirs))

    assert np.sqrt(pooled) == pytest.approx(regression().bse[0], rel=1e-10)


def test_older_pupils_in_the_group_do_not_make_a_gap():
    scores = 100.0 * YEARS

    adjusted = within(scores, GROUP, YEARS)
    assert adjusted[GROUP].mean() == pytest.approx(adjusted[~GROUP].mean())


def test_adding_to_every_score_changes_nothing():
    np.testing.assert_allclose(
        within(SCORES + 50, GROUP, YEARS), within(SCORES, GROUP, YEARS), atol=1e-9
    )


def test_a_year_with_one_of_the_groups_only_tells_nothing_about_the_gap():
    years, group = np.append(YEARS, [9, 9]), np.append(GROUP, [True, True])
    with_them = within(np.append(SCORES, [900.0, 950.0]), group, years)

    gap = with_them[group].mean() - with_them[~group].mean()
    assert gap == pytest.approx(regression().params[0], rel=1e-10)
