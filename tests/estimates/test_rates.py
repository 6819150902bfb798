"""Rates over pupils: anchors of the attendance statistics, and sums by hand."""

from math import exp, log, sqrt

import numpy as np
import pytest

from writinggaps.estimates.rates import rate, rate_difference, rate_ratio
from writinggaps.problems import TooFewPupils


def test_nineteen_at_95_percent_and_one_at_50_come_to_92_75():
    assert rate([95] * 19 + [50], [100] * 20).estimate == pytest.approx(92.75)
    assert rate([95] * 19, [100] * 19).estimate == pytest.approx(95.0)


def test_published_attendance_of_2018_19_implies_one_figure_for_pupils_without_sen():
    none = rate([95.7] * 9, [100] * 9)
    for attended, gap in ((91.3, -4.4), (93.5, -2.2)):
        group = rate([attended] * 9, [100] * 9)
        assert rate_difference(group, none).estimate == pytest.approx(gap)


def test_with_equal_sessions_the_interval_is_students_of_the_mean():
    found = rate([90, 92, 94, 96], [100] * 4)
    half = 3.182446305 * np.std([90, 92, 94, 96], ddof=1) / 2
    assert (found.low, found.high) == pytest.approx((93 - half, 93 + half))


def test_pupils_count_by_their_sessions():
    assert rate([10, 100], [20, 100]).estimate == pytest.approx(100 * 110 / 120)


def test_a_pupil_alone_is_anywhere_and_nobody_is_refused():
    alone = rate([9], [10])
    assert (alone.estimate, alone.low, alone.high) == (90.0, 0.0, 100.0)
    with pytest.raises(TooFewPupils, match="no pupils"):
        rate([], [])


def test_no_spread_is_no_doubt_and_ends_stay_between_none_and_all():
    level = rate([5, 5], [10, 10])
    assert (level.low, level.high) == (50.0, 50.0)
    assert rate([10, 10, 0], [10, 10, 10]).high == 100.0


def test_45_percent_of_events_by_14_6_percent_of_pupils_is_4_79_times():
    sen, others = [0] * 146, [0] * 854
    sen[:45], others[:55] = [10] * 45, [10] * 55
    found = rate_ratio((sen, [1] * 146), (others, [1] * 854))
    assert found.estimate == pytest.approx((0.45 / 0.146) / (0.55 / 0.854))
    assert found.estimate == pytest.approx(4.79, abs=0.005)


def test_events_of_one_pupil_each_have_the_interval_of_a_ratio_of_shares():
    sen, others = [1] * 12 + [0] * 28, [1] * 20 + [0] * 140
    found = rate_ratio((sen, [1] * 40), (others, [1] * 160))
    error = sqrt((1 / 12 - 1 / 40) * 40 / 39 + (1 / 20 - 1 / 160) * 160 / 159)
    assert found.estimate == pytest.approx(2.4)
    assert found.low == pytest.approx(exp(log(2.4) - 1.959964 * error), rel=1e-6)


def test_the_same_events_in_fewer_pupils_say_less():
    others = ([1] * 20 + [0] * 140, [1] * 160)
    spread = rate_ratio(([1] * 12 + [0] * 28, [1] * 40), others)
    one = rate_ratio(([12] + [0] * 39, [1] * 40), others)
    assert one.estimate == pytest.approx(spread.estimate)
    assert one.low < 1 < spread.low


def test_the_other_way_round_is_one_over():
    sides = ([3, 0, 1], [1, 1, 2]), ([1, 1, 0, 0], [1, 1, 1, 1])
    there, back = rate_ratio(*sides), rate_ratio(*sides[::-1])
    assert there.estimate * back.estimate == pytest.approx(1)
    assert there.low * back.high == pytest.approx(1)


def test_none_on_one_side_is_refused():
    with pytest.raises(TooFewPupils, match="Nothing of the kind"):
        rate_ratio(([0, 0], [1, 1]), ([1, 2], [1, 1]))


def test_intervals_of_differences_hold_the_truth_about_as_often_as_they_say():
    random, held = np.random.default_rng(3), 0
    for _ in range(300):
        groups = []
        for n, share in ((25, 0.09), (120, 0.05)):
            absent = random.binomial(140, np.clip(random.gamma(2, share / 2, n), 0, 1))
            groups.append(rate(140 - absent, [140] * n))
        gap = rate_difference(*groups)
        held += gap.low <= -4.0 <= gap.high
    assert 0.88 <= held / 300 <= 0.99
