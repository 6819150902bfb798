"""Whatever pupils score, every estimate is a finite number or a problem in words."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.effects import cohens_d, glass_delta, hedges_g
from writinggaps.estimates.means import mean_difference, mean_gain
from writinggaps.estimates.ordinal import cliffs_delta
from writinggaps.estimates.paired import paired_effect, pre_post_control_effect
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.problems import CannotSay
from writinggaps.withheld import Withheld, attempt

# few and awkward values: shares that are not exact, one pupil, nobody, and a far outlier
SCORE = st.sampled_from([0.7, 0.1 + 0.6, 1 / 3, 0.0, 1.0, 1e9, -4.2, None])
GROUP = st.lists(SCORE, max_size=7)
PAIRS = st.lists(st.tuples(SCORE, SCORE), max_size=7)


def finite(found):
    return isinstance(found, Withheld) or all(
        value is None or isfinite(value) for value in (found.estimate, found.low, found.high)
    )


def split(rows):
    return [row[0] for row in rows], [row[1] for row in rows]


@given(GROUP, GROUP)
def test_two_groups(taught, comparison):
    for estimate in (hedges_g, cohens_d, glass_delta, mean_difference, cliffs_delta):
        assert finite(attempt(estimate, taught, comparison)), estimate.__name__


@given(PAIRS)
def test_the_same_pupils_twice(rows):
    pre, post = split(rows)

    assert finite(attempt(mean_gain, pre, post))
    for divisor in ("pre", "average", "change", "change_corrected"):
        assert finite(attempt(paired_effect, pre, post, divisor=divisor)), divisor


@given(PAIRS, PAIRS)
def test_two_groups_before_and_after(taught, comparison):
    for estimate in (pre_post_control_effect, ancova_effect):
        assert finite(attempt(estimate, *split(taught), *split(comparison))), estimate.__name__


@given(PAIRS)
def test_ratio_gains(rows):
    gains, months = split([row for row in rows if row[1] is None or row[1] > 0])

    assert finite(attempt(ratio_gain, gains, 3))
    if any(month is not None for month in months):
        assert finite(attempt(ratio_gain, gains, months))


@given(GROUP.filter(lambda g: len(g) > 3))
def test_bootstrap_intervals_of_awkward_groups(taught):
    for estimate in (hedges_g, glass_delta):
        assert finite(attempt(estimate, taught, [0.7, 1.2, 0.7, 3], interval="bca"))


@pytest.mark.parametrize("value", [0.7, 1 / 3, 0.1, 50])
def test_one_score_for_everybody_is_never_an_effect(value):
    same = [value] * 9
    for call in (
        lambda: hedges_g(same, same),
        lambda: paired_effect(same, same, divisor="change"),
        lambda: pre_post_control_effect(same, same, same, same),
        lambda: ancova_effect(same, same, same, same),
        lambda: cliffs_delta(same, same),
        lambda: mean_difference(same, same),
    ):
        with pytest.raises(CannotSay):
            call()
