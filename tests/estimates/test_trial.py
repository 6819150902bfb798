import csv
from pathlib import Path

import numpy as np
import pytest

from writinggaps.estimates.mixed import random_intercept
from writinggaps.estimates.robust import least_squares_cr2
from writinggaps.estimates.trial import cluster_trial
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "trial.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


def synthetic():
    """Ten schools of 8 to 17 pupils, every second one taught; the same as in trial.R."""
    rows = [
        (s, i, s % 2, 80 + ((37 * i + 11 * s) % 41)) for s in range(1, 11) for i in range(1, 8 + s)
    ]
    school, i, taught, pre = np.array(rows, dtype=float).T
    post = (
        20
        + 0.8 * pre
        + 4 * taught
        + ((7 * school) % 5 - 2) * 2.5
        + ((13 * i + 5 * school) % 17 - 8)
    )
    return post, taught == 1, school, pre


POST, TAUGHT, SCHOOL, PRE = synthetic()
TRIAL = cluster_trial(POST, TAUGHT, SCHOOL, pre=PRE)


def test_the_mixed_model_agrees_with_lme4_and_lmertest():
    found = TRIAL.mixed
    fit = random_intercept(POST, np.column_stack([np.ones(125), TAUGHT, PRE]), SCHOOL)

    assert found.estimate == pytest.approx(R["mixed.b"], rel=1e-8)
    assert found.standard_error == pytest.approx(R["mixed.se"], rel=1e-8)
    assert found.df == pytest.approx(R["mixed.df"], rel=1e-6)
    assert found.p == pytest.approx(R["mixed.p"], rel=1e-6)
    assert (fit.between, fit.within) == pytest.approx(
        (R["mixed.between"], R["mixed.within"]), rel=1e-7
    )
    assert fit.deviance == pytest.approx(R["mixed.deviance"], rel=1e-12)


def test_effects_over_all_four_divisors_agree_with_lme4():
    names = [
        "total.unconditional",
        "total.conditional",
        "within.unconditional",
        "within.conditional",
    ]

    assert [e.estimate for e in TRIAL.effects] == pytest.approx(
        [R[f"effect.{name}"] for name in names], rel=1e-7
    )
    assert TRIAL.estimate == TRIAL.effects[0].estimate


def test_robust_errors_agree_with_clubsandwich():
    found = TRIAL.robust

    assert (found.estimate, found.standard_error, found.df, found.p) == pytest.approx(
        (R["cr2.b"], R["cr2.se"], R["cr2.df"], R["cr2.p"]), rel=1e-10
    )


def test_school_means_agree_with_a_plain_regression_in_r():
    found = TRIAL.school_means

    assert (found.estimate, found.standard_error, found.p) == pytest.approx(
        (R["means.b"], R["means.se"], R["means.p"]), rel=1e-10
    )


def test_a_difference_in_differences_over_ten_schools_agrees_with_clubsandwich():
    school, pupil, after = (
        g.ravel() for g in np.meshgrid(np.arange(1, 11), np.arange(1, 7), [0, 1])
    )
    taught = (school <= 5) * 1.0
    y = (
        50 + 5 * after + 3 * taught * after - 2 * taught
        + ((13 * school) % 7 - 3) * 1.1
        + ((5 * school + 3 * after) % 4 - 1.5) * 0.9
        + ((11 * pupil + 3 * school + 7 * after) % 9 - 4) * 0.8
    )  # fmt: skip
    x = np.column_stack([np.ones(len(y)), after, taught, after * taught])
    fit = least_squares_cr2(y, x, school)

    assert fit.estimates[3] == pytest.approx(R["did.b"], rel=1e-10)
    assert fit.standard_errors[3] == pytest.approx(R["did.se"], rel=1e-10)
    assert fit.df[3] == pytest.approx(R["did.df"], rel=1e-10)


def test_growth_of_pupils_agrees_with_lmertest():
    pupil, term = (g.ravel() for g in np.meshgrid(np.arange(1, 17), np.arange(4)))
    group = (pupil <= 8) * 1.0
    y = (
        20 + 2 * term - 4 * group + 0.6 * group * term
        + ((7 * pupil) % 5 - 2) * 1.3
        + ((3 * pupil + 5 * term) % 7 - 3) * 0.5
    )  # fmt: skip
    x = np.column_stack([np.ones(len(y)), term, group, group * term])
    fit = random_intercept(y, x, pupil)

    for name, found in (("b", fit.estimates), ("se", fit.standard_errors), ("df", fit.df)):
        expected = [R[f"growth.{name}.{k}"] for k in range(1, 5)]
        assert found == pytest.approx(expected, rel=1e-6 if name == "df" else 3e-8)


def test_no_variance_between_schools_does_not_make_the_effect_vanish():
    rng = np.random.default_rng(5)
    for _ in range(20):
        school = np.repeat(np.arange(10), 20)
        taught = school % 2 == 0
        post = 0.5 * taught + rng.normal(size=200)
        trial = cluster_trial(post, taught, school)
        plain = post[taught].mean() - post[~taught].mean()
        assert trial.mixed.estimate == pytest.approx(plain, abs=1e-9)


def test_turning_the_arms_turns_the_sign_and_order_does_not_matter():
    turned = cluster_trial(POST, ~TAUGHT, SCHOOL, pre=PRE)
    order = np.random.default_rng(1).permutation(125)
    mixed = cluster_trial(POST[order], TAUGHT[order], SCHOOL[order], pre=PRE[order]).mixed

    assert turned.estimate == pytest.approx(-TRIAL.estimate, rel=1e-8)
    assert mixed.estimate == pytest.approx(TRIAL.mixed.estimate, rel=1e-8)


def test_a_blank_pupil_is_dropped_and_counted_and_changes_nothing_else():
    trial = cluster_trial(
        np.append(POST, np.nan),
        np.append(TAUGHT, True),
        np.append(SCHOOL, 1),
        pre=np.append(PRE, 90),
    )

    assert trial.dropped == 1
    assert trial.mixed == TRIAL.mixed


def test_a_school_in_both_arms_is_not_a_trial_of_schools():
    with pytest.raises(BadArgument, match="1 of the schools have pupils in both groups"):
        cluster_trial([1, 2, 3, 4, 5], [1, 0, 1, 0, 0], ["a", "a", "b", "c", "d"])


def test_one_school_in_an_arm_tells_nothing():
    with pytest.raises(TooFewPupils, match="comparison group has 1 schools"):
        cluster_trial([1, 2, 3, 4, 5], [1, 1, 1, 0, 0], ["a", "a", "b", "c", "c"])


def test_a_model_needs_schools_and_pupils_in_them():
    with pytest.raises(TooFewPupils):
        random_intercept([1, 2, 3], np.ones((3, 1)), ["a", "b", "c"])
    with pytest.raises(TooFewPupils):
        least_squares_cr2([1, 2, 3], np.ones((3, 1)), ["a", "a", "a"])
    with pytest.raises(BadArgument, match="repeat each other"):
        least_squares_cr2([1, 2, 3], np.ones((3, 2)), ["a", "b", "b"])


def test_schools_that_were_alike_before_are_compared_without_adjusting_their_means():
    post, taught, school, _ = synthetic()
    alike = np.where(np.arange(len(post)) % 2, 1.0, 2.0)
    for one in np.unique(school):
        here = school == one
        alike[here] -= alike[here].mean()

    found = cluster_trial(post, taught, school, pre=alike).school_means

    assert found.estimate == pytest.approx(
        cluster_trial(post, taught, school).school_means.estimate
    )
    assert found.df == 8


def test_a_model_that_explains_every_outcome_has_nothing_left_to_vary():
    x = np.column_stack([np.ones(8), np.arange(8.0)])
    with pytest.raises(NoSpread, match="explains every outcome"):
        random_intercept(3 + 2 * x[:, 1], x, list("aabbccdd"))


@pytest.mark.parametrize("spread", [0.0, 0.3, 3.0])
def test_the_ratio_found_is_lower_than_any_other_on_a_fine_grid(spread):
    random = np.random.default_rng(7)
    school = np.repeat(np.arange(9), [4, 7, 5, 9, 6, 8, 3, 5, 7])
    x = np.column_stack([np.ones(54), random.normal(size=54)])
    y = x[:, 1] + spread * random.normal(size=9)[school] + random.normal(size=54)
    fit = random_intercept(y, x, school)

    def deviance(ratio):
        v = np.eye(54) + ratio * (school[:, None] == school)
        inner = x.T @ np.linalg.solve(v, x)
        left = y - x @ np.linalg.solve(inner, x.T @ np.linalg.solve(v, y))
        within = left @ np.linalg.solve(v, left) / 52
        logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1]
        return 52 * (np.log(2 * np.pi * within) + 1) + logs

    assert fit.deviance == pytest.approx(deviance(fit.between / fit.within), rel=1e-12)
    assert all(
        fit.deviance <= deviance(r) + 1e-9 for r in np.append(0, np.geomspace(1e-4, 1e3, 40))
    )
