import csv
from dataclasses import replace
from pathlib import Path
from statistics import correlation, mean, stdev

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from writinggaps.estimates.paired import paired_effect, pre_post_control_effect
from writinggaps.estimates.samples import Dropped, Summary
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

PRE = [18, 22, 15, 20, 17, 24, 19, 21, 16, 23]
POST = [27, 29, 22, 30, 21, 33, 28, 26, 25, 31]
PRE_C = [19, 21, 16, 22, 18, 23, 17, 20, 24]
POST_C = [22, 24, 17, 27, 20, 27, 19, 22, 29]
DIVISORS = ["pre", "average", "change", "change_corrected"]


def summary(scores):
    return Summary(n=len(scores), mean=mean(scores), sd=stdev(scores))


@pytest.mark.parametrize(
    ("divisor", "name"),
    [
        ("pre", "pairs.dpre"),
        ("average", "pairs.dav"),
        ("change", "pairs.dz"),
        ("change_corrected", "pairs.drm"),
    ],
)
def test_the_four_divisors_agree_with_r(divisor, name):
    effect = paired_effect(PRE, POST, divisor=divisor, small_sample=False)

    assert effect.estimate == pytest.approx(R[name], rel=1e-12)


def test_the_four_divisors_differ_so_the_result_names_its_own():
    words = [paired_effect(PRE, POST, divisor=divisor).divisor for divisor in DIVISORS]

    assert words == [
        "standard deviation of the pre-test",
        "root mean square of the standard deviations of pre-test and post-test",
        "standard deviation of the gains",
        "standard deviation of the gains, corrected for the pre-post correlation",
    ]


def test_the_corrected_effects_and_their_variances_agree_with_metafor():
    by_pre = paired_effect(PRE, POST, divisor="pre")
    by_change = paired_effect(PRE, POST, divisor="change")

    assert by_pre.estimate == pytest.approx(R["pairs.SMCR"], rel=1e-12)
    assert by_pre.standard_error**2 == pytest.approx(R["pairs.SMCR.variance"], rel=1e-12)
    assert by_change.estimate == pytest.approx(R["pairs.SMCC"], rel=1e-12)
    assert by_change.standard_error**2 == pytest.approx(R["pairs.SMCC.variance"], rel=1e-12)


def test_the_interval_of_the_standardised_change_agrees_with_r():
    effect = paired_effect(PRE, POST, divisor="change")

    assert (effect.low, effect.high) == pytest.approx(
        (R["pairs.dz.low"], R["pairs.dz.high"]), rel=1e-9
    )


def test_a_gain_without_a_comparison_group_says_so():
    effect = paired_effect(PRE, POST, divisor="pre")

    assert effect.design == "the same pupils before and after, without a comparison group"
    assert (effect.n, effect.n_taught, effect.n_comparison) == (10, 10, None)
    assert effect.ahead == "post-test"
    assert paired_effect(POST, PRE, divisor="pre").ahead == "pre-test"


def test_morris_effect_agrees_with_r():
    effect = pre_post_control_effect(PRE, POST, PRE_C, POST_C)

    assert effect.estimate == pytest.approx(R["ppc2"], rel=1e-12)
    assert effect.divisor == "pooled standard deviation of the pre-test"
    assert (effect.n, effect.n_taught, effect.n_comparison) == (19, 10, 9)


@pytest.mark.parametrize("divisor", DIVISORS)
def test_pairs_and_their_summary_give_the_same_effect(divisor):
    pupils = paired_effect(PRE, POST, divisor=divisor)
    published = paired_effect(
        summary(PRE), summary(POST), correlation=correlation(PRE, POST), divisor=divisor
    )

    for name in ("estimate", "low", "high", "standard_error"):
        assert getattr(published, name) == pytest.approx(getattr(pupils, name), rel=1e-10)


def test_a_published_summary_without_its_correlation_is_refused():
    with pytest.raises(BadArgument, match="the correlation of pre-test and post-test"):
        paired_effect(summary(PRE), summary(POST), divisor="pre")
    with pytest.raises(BadArgument, match="the correlation of pre-test and post-test"):
        paired_effect(summary(PRE), summary(POST), divisor="pre", correlation=1.2)


@pytest.mark.parametrize("divisor", DIVISORS)
@pytest.mark.parametrize("interval", ["noncentral t", "bca"])
def test_pupils_without_both_tests_change_only_counts(divisor, interval):
    full = paired_effect(PRE, POST, divisor=divisor, interval=interval)
    blank = paired_effect([*PRE, 20, None], [*POST, None, 30], divisor=divisor, interval=interval)

    assert blank.dropped == (
        Dropped(reason="no post-test", count=1),
        Dropped(reason="no pre-test", count=1),
    )
    assert replace(blank, dropped=()) == full


def test_who_was_dropped_from_two_groups_is_told_by_group():
    effect = pre_post_control_effect([*PRE, None], [*POST, 2], PRE_C, [*POST_C[:-1], None])

    assert effect.dropped == (
        Dropped(reason="taught, no pre-test", count=1),
        Dropped(reason="comparison, no post-test", count=1),
    )


def test_a_gain_that_is_the_same_for_everyone_has_no_spread():
    gained = [score + 0.1 for score in PRE]

    for divisor in DIVISORS:
        with pytest.raises(NoSpread):
            paired_effect(PRE, gained, divisor=divisor)
    with pytest.raises(NoSpread):
        pre_post_control_effect(PRE, gained, PRE_C, [s + 0.3 for s in PRE_C])


def test_a_test_that_everybody_scored_the_same_on_has_no_spread():
    with pytest.raises(NoSpread):
        paired_effect([0.7] * 10, POST, divisor="pre")
    assert paired_effect([0.7] * 10, POST, divisor="change").ahead == "post-test"


@pytest.mark.parametrize("post", [[30], POST[:-1], [*POST, 3]], ids=len)
def test_unequal_pairs_are_refused(post):
    with pytest.raises(BadArgument, match="The scores are not pairs"):
        paired_effect(PRE, post, divisor="pre")


def test_pupils_listed_twice_and_pairs_of_different_pupils_are_refused():
    with pytest.raises(BadArgument, match="1 pupil is listed more than once"):
        paired_effect(PRE, POST, divisor="pre", pupils=[*range(9), 0])
    with pytest.raises(BadArgument, match="different pupils"):
        paired_effect(pd.Series(PRE), pd.Series(POST, index=range(10, 20)), divisor="pre")


def test_one_pupil_is_too_few():
    with pytest.raises(TooFewPupils, match="The group has 1 pupil with a score"):
        paired_effect([18, None], [27, 20], divisor="pre")
    with pytest.raises(TooFewPupils, match="The comparison group has 0 pupils"):
        pre_post_control_effect(PRE, POST, [], [])
    with pytest.raises(TooFewPupils, match="The trial has 4 pupils"):
        pre_post_control_effect(PRE[:2], POST[:2], PRE_C[:2], POST_C[:2])


def test_there_is_no_other_divisor():
    with pytest.raises(BadArgument, match="There is no divisor 'pooled'"):
        paired_effect(PRE, POST, divisor="pooled")


@pytest.mark.parametrize("divisor", DIVISORS)
def test_the_bootstrap_interval_overlaps_the_other_and_holds_the_estimate(divisor):
    exact = paired_effect(PRE, POST, divisor=divisor)
    made = paired_effect(PRE, POST, divisor=divisor, interval="bca")

    assert made.estimate == exact.estimate
    assert made.low < made.estimate < made.high
    assert made.low < exact.high
    assert exact.low < made.high


PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=5, max_size=12)


def varied(rows):
    pre, post = zip(*rows, strict=True)
    gains = [after - before for before, after in rows]
    assume(len(set(gains)) > 1 and len(set(pre)) > 1 and len(set(post)) > 1)
    return list(pre), list(post)


@given(PAIRS, st.randoms())
def test_the_order_of_pupils_does_not_matter(rows, random):
    pre, post = varied(rows)
    shuffled = random.sample(rows, len(rows))

    here = paired_effect(pre, post, divisor="pre")
    there = paired_effect(*zip(*shuffled, strict=True), divisor="pre")
    assert there.estimate == pytest.approx(here.estimate, abs=1e-12)
    assert there.high == pytest.approx(here.high, abs=1e-9)


@given(PAIRS, PAIRS)
def test_swapping_the_groups_turns_the_sign_of_morris_effect(first, second):
    taught, comparison = varied(first), varied(second)

    here = pre_post_control_effect(*taught, *comparison)
    there = pre_post_control_effect(*comparison, *taught)
    assert there.estimate == pytest.approx(-here.estimate, abs=1e-12)
    assert (there.low, there.high) == pytest.approx((-here.high, -here.low), abs=1e-9)


@given(PAIRS, st.floats(0.01, 1000), st.floats(-1e4, 1e4))
def test_neither_the_unit_nor_the_origin_matters(rows, size, shift):
    pre, post = varied(rows)
    moved = [[size * score + shift for score in test] for test in (pre, post)]

    for divisor in ("pre", "average", "change"):
        here = paired_effect(pre, post, divisor=divisor)
        there = paired_effect(*moved, divisor=divisor)
        assert there.estimate == pytest.approx(here.estimate, rel=1e-6, abs=1e-6)
