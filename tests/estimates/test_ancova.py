import csv
from dataclasses import replace
from pathlib import Path
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writinggaps.estimates.ancova import ancova_effect, fitted
from writinggaps.estimates.noncentral import by_t, p_by_t
from writinggaps.estimates.samples import Summary
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

PRE = [18, 22, 15, 20, 17, 24, 19, 21, 16, 23]
POST = [27, 29, 22, 30, 21, 33, 28, 26, 25, 31]
PRE_C = [19, 21, 16, 22, 18, 23, 17, 20, 24]
POST_C = [22, 24, 17, 27, 20, 27, 19, 22, 29]
ARMS = (PRE, POST, PRE_C, POST_C)


def trial():
    """The pupils of effects.R and trial.R."""
    rows = [(s, i) for s in range(1, 11) for i in range(1, 8 + s)]
    school, i = np.array(rows, dtype=float).T
    taught, pre = school % 2, 80 + ((37 * i + 11 * school) % 41)
    post = 20 + 0.8 * pre + 4 * taught + ((7 * school) % 5 - 2) * 2.5
    post += (13 * i + 5 * school) % 17 - 8
    return pre[taught == 1], post[taught == 1], pre[taught == 0], post[taught == 0]


def test_the_adjusted_difference_agrees_with_rs_lm():
    fit = fitted(ARMS[:2], ARMS[2:], None)
    found = by_t(fit.estimate, fit.error, fit.n - 3, 0.95)

    assert fit.estimate == pytest.approx(R["ancova.b"], rel=1e-12)
    assert fit.error == pytest.approx(R["ancova.se"], rel=1e-12)
    assert p_by_t(fit.estimate, fit.error, fit.n - 3) == pytest.approx(R["ancova.p"], rel=1e-10)
    ends = (found["low"], found["high"])
    assert ends == pytest.approx((R["ancova.low"], R["ancova.high"]), rel=1e-12)


@pytest.mark.parametrize("standard", ["unconditional", "wwc", "eef"])
def test_each_standard_agrees_with_r(standard):
    effect = ancova_effect(*ARMS, standard=standard)

    assert effect.estimate == pytest.approx(R[f"ancova.{standard}"], rel=1e-12)


def test_eefs_effect_and_interval_are_those_of_eefanalytics():
    effect = ancova_effect(*trial(), standard="eef")

    assert effect.estimate == pytest.approx(R["srt.unconditional"], rel=1e-12)
    assert effect.low == pytest.approx(R["srt.unconditional.low"], rel=1e-10)
    assert effect.method == "normal"


def test_each_standard_names_its_divisor():
    assert [ancova_effect(*ARMS, standard=s).divisor for s in ("unconditional", "wwc", "eef")] == [
        "pooled standard deviation of the post-test, not adjusted for the pre-test",
        "pooled standard deviation of the post-test, not adjusted for the pre-test",
        "standard deviation of the post-test over all pupils, not adjusted for the pre-test",
    ]
    assert ancova_effect(*ARMS).design == "two groups after the test, adjusted for the pre-test"


def test_an_adjusted_effect_needs_no_pupils_where_a_summary_is_published():
    from_pupils = ancova_effect(*ARMS)
    together = [Summary(len(scores), mean(scores), stdev(scores)) for scores in ARMS]
    published = ancova_effect(*together, correlation=0.9)

    assert published.n == from_pupils.n
    assert published.estimate == pytest.approx(from_pupils.estimate, abs=0.1)


def test_pupils_who_lack_a_test_change_only_counts():
    full = ancova_effect(*ARMS)
    blank = ancova_effect([*PRE, None], [*POST, 30], [*PRE_C, 20], [*POST_C, None])

    assert [d.reason for d in blank.dropped] == ["taught, no pre-test", "comparison, no post-test"]
    assert replace(blank, dropped=()) == full


def test_a_post_test_that_follows_from_the_pre_test_is_refused():
    with pytest.raises(NoSpread, match="follows exactly from the pre-test"):
        ancova_effect(PRE, [2 * s + 0.7 for s in PRE], PRE_C, [2 * s + 0.1 for s in PRE_C])


@pytest.mark.parametrize("flat", range(0, 4, 2))
def test_a_pre_test_without_spread_is_refused_where_no_group_varies(flat):
    arms = [[0.7] * 10, POST, [0.3] * 9, POST_C] if flat == 0 else [PRE, [1] * 10, PRE_C, [2] * 9]

    with pytest.raises(NoSpread):
        ancova_effect(*arms)


def test_four_pupils_are_too_few_for_three_coefficients():
    with pytest.raises(TooFewPupils, match="at least 5"):
        ancova_effect(PRE[:2], POST[:2], PRE_C[:2], POST_C[:2])


def test_wrong_arguments_are_refused():
    with pytest.raises(BadArgument, match="There is no standard 'best'"):
        ancova_effect(*ARMS, standard="best")
    with pytest.raises(BadArgument, match="its own interval"):
        ancova_effect(*ARMS, standard="eef", interval="bca")


def test_the_bootstrap_interval_is_near_the_noncentral_one():
    exact, made = ancova_effect(*ARMS), ancova_effect(*ARMS, interval="bca")

    assert made.estimate == exact.estimate
    assert (made.low, made.high) == pytest.approx((exact.low, exact.high), abs=0.25)


@given(st.permutations(range(10)), st.permutations(range(9)))
def test_the_order_of_pupils_does_not_matter(order, order_c):
    shuffled = [[scores[i] for i in order] for scores in (PRE, POST)]
    shuffled += [[scores[i] for i in order_c] for scores in (PRE_C, POST_C)]

    here, there = ancova_effect(*ARMS), ancova_effect(*shuffled)
    assert there.estimate == pytest.approx(here.estimate, rel=1e-12)
    assert there.low == pytest.approx(here.low, rel=1e-9)


@given(st.floats(0.01, 1000), st.floats(-1e4, 1e4), st.floats(0.01, 1000), st.floats(-1e4, 1e4))
def test_neither_the_units_nor_the_origins_of_the_tests_matter(size, shift, size_post, shift_post):
    scaled = [[size * score + shift for score in scores] for scores in (PRE, PRE_C)]
    scaled_post = [[size_post * score + shift_post for score in s] for s in (POST, POST_C)]

    here = ancova_effect(*ARMS)
    there = ancova_effect(scaled[0], scaled_post[0], scaled[1], scaled_post[1])
    assert there.estimate == pytest.approx(here.estimate, rel=1e-6)


def test_swapping_the_groups_turns_the_sign():
    here, there = ancova_effect(*ARMS), ancova_effect(PRE_C, POST_C, PRE, POST)

    assert there.estimate == pytest.approx(-here.estimate, rel=1e-12)
    assert (there.low, there.high) == pytest.approx((-here.high, -here.low), rel=1e-10)
    assert (here.ahead, there.ahead) == ("taught", "comparison")
