from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writinggaps.disclosure import release
from writinggaps.estimates.elapsed import months_between
from writinggaps.estimates.means import mean_difference
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.regression import Selection
from writinggaps.estimates.samples import Dropped, Summary
from writinggaps.problems import BadArgument, NoAges, NotPublished, TooFewPupils
from writinggaps.withheld import Withheld, attempt

GAINS = [3, 5, 6, 2, 7, 4, 4, 9, 1, 5]
BEHIND = Selection(test="spelling test", months_behind=18, reliability=0.85)


def test_a_ratio_gain_agrees_with_hand_calculation():
    # mean gain 4.6, sd sqrt(50.4 / 9), t(9) = 2.262157; 13 weeks are 3 months
    found = ratio_gain(GAINS, weeks=13)

    half = 2.2621571627409915 * (50.4 / 9 / 10) ** 0.5 / 3
    assert found.estimate == pytest.approx(4.6 / 3, rel=1e-12)
    assert (found.low, found.high) == pytest.approx((4.6 / 3 - half, 4.6 / 3 + half), rel=1e-10)
    assert found.standard_error == pytest.approx((50.4 / 9 / 10) ** 0.5 / 3, rel=1e-12)


def test_ten_pupils_in_ten_weeks_say_very_little():
    # facts: an SD of 6 months, 10 pupils, 10 weeks give a half-width of about 1.9
    found = ratio_gain(Summary(n=10, mean=5.0, sd=6.0), weeks=10)

    assert (found.high - found.low) / 2 == pytest.approx(1.86, abs=0.01)


@pytest.mark.parametrize(
    "time",
    [{"elapsed_months": 3}, {"weeks": 13}, {"dates": ("2025-09-08", "2025-12-08")}],
    ids=lambda time: next(iter(time)),
)
def test_months_weeks_and_dates_are_the_same_time(time):
    assert ratio_gain(GAINS, **time).elapsed_months == pytest.approx(3, rel=1e-12)


def test_whole_months_are_used_only_when_asked_for():
    exact = ratio_gain(Summary(n=24, mean=12), weeks=17)
    rounded = ratio_gain(Summary(n=24, mean=12), weeks=17, elapsed_rounding="month")

    assert round(exact.estimate, 2) == 3.06
    assert rounded.estimate == 3.0


def test_pupils_with_different_times_give_a_ratio_of_means():
    times = [2, 3, 3, 2, 4, 3, 2, 4, 2, 3]
    found = ratio_gain(GAINS, times)

    assert found.estimate == pytest.approx(46 / 28)
    assert found.estimate != pytest.approx(np.mean(np.divide(GAINS, times)), abs=0.01)
    assert found.low < found.estimate < found.high
    assert found.method == "ratio of means, bootstrap-t of pupils"


def test_one_time_for_each_pupil_that_is_the_same_for_all_is_one_time():
    assert ratio_gain(GAINS, [3] * 10) == ratio_gain(GAINS, 3)


def test_dates_may_differ_from_pupil_to_pupil():
    pre = pd.to_datetime(["2025-09-08"] * 9 + [None])
    post = pd.to_datetime(["2025-12-08"] * 5 + ["2026-01-12"] * 5)
    found = ratio_gain(GAINS, dates=(pre, post))

    assert found.n == 9
    assert found.dropped == (Dropped(reason="no time between the tests", count=1),)
    assert found.elapsed_months == pytest.approx((5 * 3 + 4 * 18 * 12 / 52) / 9)


def test_a_ratio_gain_names_its_divisor_its_design_and_its_bands():
    found = ratio_gain(GAINS, 3)

    assert found.divisor == "months between pre-test and post-test"
    assert found.unit == "months gained for each month"
    assert found.design == "gains of one group, no comparison"
    assert (found.band_set, found.band) == ("brooks-2007", "small impact, modest")
    assert found.ahead == ""


@pytest.mark.parametrize(
    ("gain", "band"),
    [
        (4.19, "very small impact, doubtful educational significance"),
        (4.2, "small impact, modest"),
        (5.99, "small impact, modest"),
        (6.0, "medium impact, useful"),
        (8.99, "medium impact, useful"),
        (9.0, "large impact, substantial"),
        (13.0, "large impact, substantial"),
        (-3.0, "very small impact, doubtful educational significance"),
    ],
)
def test_the_edges_of_the_bands_belong_to_the_band_above(gain, band):
    assert ratio_gain(Summary(n=20, mean=gain), 3).band == band


def test_an_edge_reached_but_for_rounding_noise_is_reached():
    assert ratio_gain(Summary(n=20, mean=0.1 * 3 * 20), 3 * (1 + 2e-16)).band == (
        "medium impact, useful"
    )


def test_a_band_set_that_nobody_confirmed_is_not_used():
    with pytest.raises(NotPublished, match="brooks-2016 are switched off"):
        ratio_gain(GAINS, 3, band_set="brooks-2016")


@pytest.mark.parametrize(
    "scale", ["standard", "raw", "7-point scale", "age-standardised score", "WTS/EXS/GDS", ""]
)
def test_a_scale_without_ages_has_no_ratio_gain(scale):
    with pytest.raises(NoAges, match="has no ages; a ratio gain needs gains in months"):
        ratio_gain(GAINS, 3, scale=scale)


@pytest.mark.parametrize("scale", ["age in months", "reading age", "Spelling Age", "months"])
def test_a_scale_of_ages_has_one(scale):
    assert ratio_gain(GAINS, 3, scale=scale).n == 10


def test_a_refused_ratio_gain_is_a_sentence_and_not_an_error():
    found = attempt(ratio_gain, GAINS, 3, scale="raw")

    assert isinstance(found, Withheld)
    assert found.reason == "no_ages"
    assert found.remedy == "Use an effect size, or the change of the standard score."


def test_no_effect_at_all_reads_as_useful_for_pupils_chosen_by_a_low_score():
    # 18 months behind, reliability .85, ten weeks: 2.7 months by chance, 1.17 on the ratio gain
    found = ratio_gain(GAINS, weeks=10, selected=BEHIND)
    after = found.after_regression

    assert after.months_by_chance == pytest.approx(2.7)
    assert after.zero_effect == pytest.approx(2.17)
    assert round(after.zero_effect, 1) == 2.2
    assert after.zero_effect_band == "medium impact, useful"
    assert after.estimate == pytest.approx(found.estimate - 1.17)
    assert after.low == pytest.approx(found.low - 1.17)
    assert after.band == "very small impact, doubtful educational significance"


def test_the_allowance_is_shown_for_reliabilities_from_70_to_95():
    rows = ratio_gain(GAINS, weeks=10, selected=BEHIND).after_regression.sensitivity

    assert [row.reliability for row in rows] == [0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
    assert [round(row.zero_effect, 2) for row in rows] == [3.34, 2.95, 2.56, 2.17, 1.78, 1.39]
    assert (
        rows[3].estimate == ratio_gain(GAINS, weeks=10, selected=BEHIND).after_regression.estimate
    )


def test_a_perfect_test_leaves_the_ratio_gain_as_it_is():
    found = ratio_gain(GAINS, 3, selected=replace(BEHIND, reliability=1.0))

    assert found.after_regression.estimate == found.estimate
    assert found.after_regression.zero_effect == 1


@pytest.mark.parametrize(
    "wrong", [{"reliability": 0}, {"reliability": 85}, {"months_behind": -3}], ids=str
)
def test_an_impossible_selection_is_refused(wrong):
    with pytest.raises(BadArgument, match="a reliability between 0 and 1"):
        replace(BEHIND, **wrong)


def test_the_comparison_groups_own_ratio_gain_and_the_difference_are_given():
    slower = [2, 3, 1, 4, 2, 3, 0, 5]
    comparison = ratio_gain(slower, 3)
    found = ratio_gain(GAINS, 3, comparison=comparison)
    months = mean_difference(GAINS, slower)  # Welch, which agrees with R

    assert found.difference.comparison == comparison.estimate
    assert found.difference.estimate == pytest.approx((4.6 - 2.5) / 3)
    assert (found.difference.low, found.difference.high) == pytest.approx(
        (months.low / 3, months.high / 3), rel=1e-12
    )
    assert (found.difference.n, found.ahead) == (8, "taught")
    assert found.design == "gains of two groups"


def test_ahead_is_told_by_role():
    slow, fast = ratio_gain(GAINS, 6), ratio_gain(GAINS, 3)

    assert ratio_gain(GAINS, 6, comparison=fast).ahead == "comparison"
    assert ratio_gain(GAINS, 3, comparison=slow).ahead == "taught"
    assert ratio_gain(GAINS, 3, comparison=fast).ahead == "neither"


def test_a_published_mean_without_a_spread_has_a_ratio_gain_but_no_interval():
    found = ratio_gain(Summary(n=51, mean=11), weeks=39)

    assert (found.low, found.high, found.standard_error) == (None, None, None)
    assert found.method == (
        "no interval, because the standard deviation of the gains is not published"
    )
    against = ratio_gain(Summary(n=51, mean=11), weeks=39, comparison=found)
    assert (against.difference.low, against.difference.high) == (None, None)


def test_pupils_who_all_gained_the_same_have_no_interval():
    found = ratio_gain([0.7] * 12, 3)

    assert (found.low, found.high) == (None, None)
    assert found.method == "no interval, because every pupil gained the same"


def test_a_ratio_gain_above_1_while_the_standard_score_fell_is_a_caution():
    assert ratio_gain(GAINS, 3, standard_score_gain=-1.4).cautions == ("standard_score_fell",)
    assert ratio_gain(GAINS, 3, standard_score_gain=2.3).cautions == ()
    assert ratio_gain(GAINS, 9, standard_score_gain=-1.4).cautions == ()


def test_a_months_column_that_disagrees_with_the_dates_is_a_caution():
    dates = ("2025-09-08", "2025-12-08")

    assert ratio_gain(GAINS, 2, dates=dates).cautions == ("months_disagree_with_dates",)
    assert ratio_gain(GAINS, 3.2, dates=dates).cautions == ()


def test_blanks_are_counted_and_change_nothing_else():
    blank = ratio_gain([*GAINS, None], 3)

    assert blank.dropped == (Dropped(reason="no gain", count=1),)
    assert replace(blank, dropped=()) == ratio_gain(GAINS, 3)


@pytest.mark.parametrize(
    "time",
    [
        {},
        {"elapsed_months": 0},
        {"elapsed_months": -2},
        {"elapsed_months": float("nan")},
        {"weeks": None},
        {"weeks": 1, "elapsed_rounding": "month"},
        {"dates": ("2025-12-08", "2025-09-08")},
        {"dates": ("soon", "later")},
        {"dates": (None, "2025-09-08")},
        {"elapsed_months": [3] * 9},
        {"elapsed_months": 3, "weeks": 13},
        {"dates": (["2025-09-08"] * 9, ["2025-12-08"] * 10)},
        {"elapsed_months": 3, "elapsed_rounding": "week"},
        {"elapsed_months": "three"},
        {"elapsed_months": 3, "level": 95},
        {"elapsed_months": 3, "pupils": [1, 1, *range(2, 10)]},
    ],
    ids=str,
)
def test_a_time_or_an_argument_that_makes_no_sense_is_refused(time):
    with pytest.raises(BadArgument):
        ratio_gain(GAINS, **time)


@pytest.mark.parametrize("gains", [[], [5], [None, 5]], ids=str)
def test_one_pupil_is_too_few(gains):
    with pytest.raises(TooFewPupils, match=r"The group has . pupils? with a score; a ratio gain"):
        ratio_gain(gains, 3)


def test_months_are_52_weeks_in_twelve():
    assert months_between("2025-01-01", "2025-12-31").item() == pytest.approx(12.0)


def test_a_shared_edition_works_the_ratio_gain_out_from_whole_months():
    exact = ratio_gain(GAINS, weeks=13, selected=BEHIND)  # 4.6 months (2.9 to 6.3) in 3
    found = release(exact, "public").value

    assert (found.gain_months, found.n, found.band) == (5, 10, "small impact, modest")
    assert found.estimate == pytest.approx(5 / 3)
    assert (found.low, found.high) == pytest.approx((2 / 3, 7 / 3))
    after = found.after_regression
    assert after.zero_effect - 1 + after.estimate == pytest.approx(found.estimate)


@given(st.permutations(GAINS), st.floats(0.5, 24))
def test_the_order_of_pupils_does_not_matter_and_half_the_time_is_twice_the_ratio(gains, time):
    here, there = ratio_gain(GAINS, time), ratio_gain(gains, time / 2)

    assert there.estimate == pytest.approx(2 * here.estimate, rel=1e-12)
    assert there.low == pytest.approx(2 * here.low, rel=1e-9, abs=1e-9)


def test_the_error_of_a_ratio_of_means_agrees_with_hand_calculation():
    # ratio 9 / 6 = 1.5; gains less 1.5 times months: 0, -0.5, 0.5; their SD 0.5; months 2
    found = ratio_gain([3, 1, 5], [2, 1, 3])

    assert found.estimate == pytest.approx(1.5)
    assert found.standard_error is None  # a ninth of the resamples are one pupil three times
    assert found.method == "ratio of means, no interval, because too few pupils differ"
    many = ratio_gain([3, 1, 5] * 5, [2, 1, 3] * 5)
    assert many.standard_error == pytest.approx((2.5 / 14 / 15) ** 0.5 / 2)
