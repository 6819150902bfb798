from dataclasses import replace

import numpy as np
import pytest

from writinggaps.estimates.gate import CHECKS, Verdict, judge
from writinggaps.estimates.moved import dominance, trend, twice
from writinggaps.problems import NoSpread
from writinggaps.standards import load_standards

RULES = load_standards().gap
GROUP = np.arange(60) < 20
BEFORE = np.tile(np.linspace(-1.5, 1.5, 20), 3) - 0.8 * GROUP
WOBBLE = 0.3 * np.tile([1.0, -1.0, 0.5, -0.5], 15)


def changed(narrowed, *, before=BEFORE, wobble=WOBBLE, others=0.0):
    return twice(before, before + wobble + np.where(GROUP, narrowed, others), GROUP)


def judged(moved, *, rules=RULES, statements=4, **sound):
    return judge(moved, rules=rules, statements=statements, sound=sound)


def failed(found):
    return [name for name in CHECKS if not found.checks[name]]


def test_a_large_sound_change_passes_every_check_and_is_closing():
    found = judged(changed(0.6))

    assert found.verdict == Verdict.CLOSING
    assert failed(found) == []
    assert found.estimate == pytest.approx(0.6)
    assert found.low < 0.6 < found.high
    assert list(found.checks) == list(CHECKS)


@pytest.mark.parametrize(
    "check", ["same_pupils_or_trend", "not_chosen_by_score", "same_assessment"]
)
def test_what_the_school_knows_can_stop_the_word(check):
    found = judged(changed(0.6), **{check: False})

    assert found.verdict == Verdict.CANNOT_SAY
    assert failed(found) == [check]


def test_too_small_a_group_stops_the_word():
    assert failed(judged(changed(0.6), rules=replace(RULES, group_minimum=21))) == ["enough_pupils"]


def test_a_group_that_was_ahead_has_no_gap_to_close():
    found = judged(changed(-0.6, before=BEFORE + 1.6 * GROUP, others=0.05))

    assert found.verdict == Verdict.CANNOT_SAY
    assert "behind_at_start" in failed(found)


def test_others_falling_is_not_closing():
    found = judged(changed(0.0, others=-0.6))

    assert found.verdict == Verdict.CANNOT_SAY
    assert failed(found) == ["own_level_rose"]


def test_others_at_the_ceiling_stop_the_word():
    before = np.minimum(BEFORE, 0.8)
    found = judged(twice(before, np.minimum(before + WOBBLE + 0.7 * GROUP, 0.8), GROUP))

    assert "no_ceiling" in failed(found)
    assert found.verdict != Verdict.CLOSING


def test_a_change_that_two_pupils_carry_is_not_closing():
    gains = np.where(GROUP, 0.12, 0.0)
    gains[:2] += 1.0
    found = judged(twice(BEFORE, BEFORE + WOBBLE + gains, GROUP), statements=1)

    assert failed(found) == ["not_two_pupils"]
    assert found.verdict == Verdict.CANNOT_SAY


def test_a_raw_change_that_only_follows_a_shrinking_scale_is_not_closing():
    # all scores draw together: raw points say smaller, standard deviations of the day do not
    before = 3 * BEFORE
    found = judged(twice(before, 0.3 * before + WOBBLE / 3 + 2.0, GROUP), statements=1)

    assert "same_on_every_scale" in failed(found)
    assert found.verdict != Verdict.CLOSING


def test_a_change_too_small_to_matter_is_unchanged_or_cannot_be_said():
    found = judged(changed(0.05, wobble=WOBBLE / 100))
    assert found.verdict == Verdict.UNCHANGED
    assert found.margin > found.high > found.low > 0

    near = judged(changed(0.09, wobble=WOBBLE / 12))
    assert near.verdict == Verdict.CANNOT_SAY
    assert failed(near) == ["worth_having"]


def test_unchanged_is_not_said_of_pupils_who_are_not_the_same():
    found = judged(changed(0.05, wobble=WOBBLE / 100), same_pupils_or_trend=False)

    assert found.verdict == Verdict.CANNOT_SAY


def test_a_wider_gap_is_called_wider_and_a_sloppy_one_is_not():
    assert judged(changed(-0.6)).verdict == Verdict.WIDER
    assert judged(changed(-0.6), same_pupils_or_trend=False).verdict == Verdict.CANNOT_SAY


def test_within_chance_is_smaller_or_not_detectable_by_its_size():
    assert judged(changed(0.2, wobble=4 * WOBBLE)).verdict == Verdict.SMALLER
    assert judged(changed(0.05, wobble=4 * WOBBLE)).verdict == Verdict.UNDETECTED
    assert judged(changed(-0.2, wobble=4 * WOBBLE)).verdict == Verdict.UNDETECTED


def test_more_statements_widen_the_interval_and_raise_what_could_be_seen():
    one, four = judged(changed(0.3), statements=1), judged(changed(0.3), statements=4)

    assert (one.level, four.level) == (0.95, 0.9875)
    assert four.low < one.low < one.high < four.high
    assert four.detectable > one.detectable


def test_swapping_the_groups_turns_the_gap_and_keeps_its_narrowing():
    after = BEFORE + WOBBLE + 0.4 * GROUP
    one, other = twice(BEFORE, after, GROUP), twice(BEFORE, after, ~GROUP)

    assert one.before == pytest.approx(-other.before)
    assert judged(one).estimate == pytest.approx(judged(other).estimate)
    assert judged(one).low == pytest.approx(judged(other).low)


def test_a_change_of_unit_changes_no_verdict():
    one, scaled = changed(0.6), twice(100 + 15 * BEFORE, 115 + 15 * (BEFORE + WOBBLE + 0.6 * GROUP),
                                      GROUP)  # fmt: skip

    assert judged(scaled).verdict == judged(one).verdict
    assert judged(scaled).estimate == pytest.approx(15 * judged(one).estimate)


def test_an_equal_start_can_only_grow_wider():
    level = BEFORE + 0.8 * GROUP
    for narrowed in (0.6, -0.6):
        assert judged(changed(narrowed, before=level)).estimate < 0


def test_every_allowance_must_agree_before_a_claim():
    found = judge(changed(0.6), changed(0.1), rules=RULES, statements=4)

    assert found.verdict != Verdict.CLOSING
    assert found.low == pytest.approx(judged(changed(0.1)).low)
    assert found.high == pytest.approx(judged(changed(0.6)).high)


def test_shares_are_compared_with_one_pupil_of_each_sort_added():
    # 20 pupils of whom 5 gained and 1 lost; Bonett and Price (2012): (5 - 1) / 22
    before = np.concatenate([np.repeat([1.0, 0], [8, 12]), np.repeat([1.0, 0], [30, 10])])
    after = before.copy()
    after[8:13], after[0] = 1, 0
    moved = twice(before, after, GROUP, orders=(before, after))

    assert moved.change == pytest.approx(4 / 20)
    assert moved.cells[0].mean() == pytest.approx(4 / 22)
    assert judged(moved).low < judged(moved).estimate < judged(moved).high


def test_a_share_in_which_nobody_moved_still_has_an_interval():
    before = np.concatenate([np.repeat([1.0, 0], [8, 12]), np.repeat([1.0, 0], [30, 10])])
    found = judged(twice(before, before, GROUP, orders=(before, before)))

    assert found.low < 0 < found.high
    assert found.verdict == Verdict.UNDETECTED


def test_pupils_are_compared_within_their_year_group_when_growth_differs():
    # young pupils grow by 40 and old ones by 20; the group is old: no gap opened or closed
    years = np.where(GROUP, 6, 1)
    years[::2] = 7 - years[::2]
    gains = np.where(years == 1, 40.0, 20.0)
    before = 100.0 * years + 10 * BEFORE
    moved = twice(before, before + gains + WOBBLE, GROUP, years=years)

    assert moved.change == pytest.approx(0, abs=0.2)


def test_cliffs_delta_agrees_with_r():
    # statistics.md, data G: -0.32571428571429
    group, others = np.repeat([0.0, 1, 2], [9, 10, 2]), np.repeat([0.0, 1, 2], [8, 30, 12])

    assert dominance(group, others) == pytest.approx(-0.32571428571429, rel=1e-12)
    assert dominance(others, group) == pytest.approx(0.32571428571429, rel=1e-12)


def test_a_trend_is_the_line_through_the_cohorts_gaps():
    # gaps -6, -3, -3: slope 1.5 a year, from -5.5 to -2.5
    others = np.array([4.0, 5, 6, 5])
    cohorts = [(others + gap, others) for gap in (-6.0, -3, -3)]
    moved = trend(cohorts)

    assert (moved.before, moved.after) == pytest.approx((-5.5, -2.5))
    assert moved.own == pytest.approx(3.0)
    assert moved.weights == (-1.0, 1.0, 0.0, 0.0, 1.0, -1.0)


def test_a_steep_trend_over_three_cohorts_is_closing():
    random = np.random.default_rng(1)
    cohorts = [(random.normal(-1.5 + 0.7 * k, 1, 60), random.normal(0, 1, 120)) for k in range(3)]
    assert judged(trend(cohorts)).verdict == Verdict.CLOSING


def test_no_spread_at_the_start_is_refused():
    with pytest.raises(NoSpread):
        twice(np.ones(60), np.ones(60) + WOBBLE, GROUP)
