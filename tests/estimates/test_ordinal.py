import csv
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import brunnermunzel, rankdata

from writinggaps.disclosure import release
from writinggaps.estimates.ordinal import cliffs_delta, rank_gap
from writinggaps.estimates.samples import Dropped
from writinggaps.problems import NoSpread, TooFewPupils, UnknownCode

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

TAUGHT = [31, 28, 35, 40, 22, 30, 33, 37, 29, 41, 26, 34, 38, 32]
COMPARISON = [27, 25, 30, 36, 20, 24, 31, 28, 22, 33, 26, 29]
ORDER = ["WTS", "EXS", "GDS"]
DISADVANTAGED = ["WTS"] * 9 + ["EXS"] * 10 + ["GDS"] * 2
OTHERS = ["WTS"] * 8 + ["EXS"] * 30 + ["GDS"] * 12


def test_cliffs_delta_agrees_with_hand_calculation():
    # 3 pupils against 2: above in 3 of 6 pairs, level in 2, below in 1
    found = cliffs_delta([1, 2, 3], [1, 2])

    assert found.delta == pytest.approx((3 - 1) / 6)
    assert found.superiority == pytest.approx((3 + 2 / 2) / 6)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ordered.groups", cliffs_delta(TAUGHT, COMPARISON)),
        ("ordered.grades", cliffs_delta(DISADVANTAGED, OTHERS, order=ORDER)),
    ],
)
def test_delta_interval_and_p_agree_with_all_pairs_in_r(name, found):
    assert found.delta == pytest.approx(R[f"{name}.delta"], rel=1e-12)
    assert found.p == pytest.approx(R[f"{name}.p"], rel=1e-10)
    assert (found.low, found.high) == pytest.approx(
        (R[f"{name}.low"], R[f"{name}.high"]), rel=1e-10
    )


def test_the_probability_agrees_with_scipys_brunner_munzel():
    assert cliffs_delta(TAUGHT, COMPARISON).p == pytest.approx(
        brunnermunzel(TAUGHT, COMPARISON).pvalue, rel=1e-10
    )


def test_the_rank_gap_is_the_difference_of_mean_ranks_on_a_scale_of_ten():
    # 20 (mean rank of others - mean rank of disadvantaged) / N; facts: 39.42 and 27.857142857143
    places = [ORDER.index(code) for code in DISADVANTAGED + OTHERS]
    ranks = rankdata(places)
    gap = 20 * (ranks[21:].mean() - ranks[:21].mean()) / 71

    found = rank_gap(DISADVANTAGED, OTHERS, order=ORDER)

    assert found.estimate == pytest.approx(gap, rel=1e-12)
    assert found.estimate == pytest.approx(3.2571428571429, rel=1e-12)
    assert (found.low, found.high) == pytest.approx((0.608577645, 5.905708069), rel=1e-9)


def test_the_rank_gap_is_labelled_as_ours():
    found = rank_gap(DISADVANTAGED, OTHERS, order=ORDER)

    assert found.unit == "school rank gap (DfE-style, ours), 0 to 10"
    assert found.ahead == "others"
    assert cliffs_delta(TAUGHT, COMPARISON).unit == "Cliff's delta"


def test_blanks_are_counted_by_group():
    found = rank_gap([*DISADVANTAGED, None, None], OTHERS, order=ORDER)

    assert found.dropped == (Dropped(reason="disadvantaged, no score", count=2),)
    assert found.delta == rank_gap(DISADVANTAGED, OTHERS, order=ORDER).delta


@pytest.mark.parametrize(
    ("taught", "comparison"), [([2] * 5, [2] * 9), ([3, 4, 5], [1, 2, 2]), ([1, 1], [2, 2])]
)
def test_groups_that_do_not_overlap_or_do_not_differ_have_no_interval(taught, comparison):
    with pytest.raises(NoSpread, match="an interval for Cliff's delta needs groups that overlap"):
        cliffs_delta(taught, comparison)


def test_the_interval_is_cut_at_the_ends_of_the_scale():
    found = cliffs_delta([2, 3, 3, 3], [1, 1, 1, 2])

    assert found.high == 1
    assert found.low < found.delta


def test_an_unknown_judgement_is_named():
    with pytest.raises(UnknownCode, match="The taught group holds EXP; judgements must be WTS"):
        cliffs_delta(["EXP", "WTS"], ["EXS", "GDS"], order=ORDER)


@pytest.mark.parametrize("tiny", [[], ["EXS"], [None, "EXS"]], ids=str)
def test_groups_too_small_are_refused(tiny):
    with pytest.raises(TooFewPupils, match="The others group has"):
        rank_gap(DISADVANTAGED, tiny, order=ORDER)


def test_a_shared_edition_shows_delta_in_tenths():
    found = release(rank_gap(DISADVANTAGED, OTHERS, order=ORDER), "public").value

    assert (found.estimate, found.low, found.high) == (3.0, 0.0, 6.0)


GRADES = st.lists(st.integers(0, 3), min_size=2, max_size=15)


@given(GRADES, GRADES, st.randoms())
def test_order_and_any_rising_rescaling_do_not_matter_and_swapping_turns_the_sign(a, b, random):
    try:
        here = cliffs_delta(a, b)
    except NoSpread:
        assume(False)
    other = cliffs_delta(random.sample(a, len(a)), b)
    stretched = cliffs_delta([3**x - 7.5 for x in a], [3**x - 7.5 for x in b])
    swapped = cliffs_delta(b, a)

    assert other.delta == pytest.approx(here.delta, abs=1e-12)
    assert stretched.low == pytest.approx(here.low, abs=1e-12)
    assert swapped.delta == pytest.approx(-here.delta, abs=1e-12)
    assert (swapped.low, swapped.high) == pytest.approx((-here.high, -here.low), abs=1e-9)
