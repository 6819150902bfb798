import pytest

from writinggaps.estimates.planning import (
    improvement_index,
    minimum_detectable_effect,
    months_of_progress,
    relative_gap_reduction,
)
from writinggaps.problems import BadArgument, NoComparison, TooFewPupils


@pytest.mark.parametrize(
    ("found", "powerupr"),
    [
        (minimum_detectable_effect(100, explained=0.5, covariates=1), 0.400231730498),
        (minimum_detectable_effect(24), 1.19704078296),
    ],
)
def test_agrees_with_powerupr_1_1_0(found, powerupr):
    assert found == pytest.approx(powerupr, rel=1e-10)


def test_more_pupils_or_a_better_pre_test_see_smaller_effects():
    assert minimum_detectable_effect(60) > minimum_detectable_effect(120)
    assert minimum_detectable_effect(60) > minimum_detectable_effect(60, explained=0.6)


def test_too_small_a_study_is_refused():
    with pytest.raises(TooFewPupils):
        minimum_detectable_effect(2)
    with pytest.raises(BadArgument):
        minimum_detectable_effect(50, taught_share=1.0)


@pytest.mark.parametrize(
    ("effect", "months"),
    [(0.01, "0"), (0.02, "1"), (0.094, "1"), (0.095, "2"), (0.24, "3"), (0.96, "12"), (-0.2, "-3")],
)
def test_months_follow_the_toolkit_s_table(effect, months):
    assert months_of_progress(effect, comparison="equivalent") == months


@pytest.mark.parametrize("comparison", ["none", "not equivalent"])
def test_months_need_an_equivalent_comparison_group(comparison):
    with pytest.raises(NoComparison):
        months_of_progress(0.3, comparison=comparison)


def test_improvement_index_is_nought_for_no_effect_and_turns_with_the_sign():
    assert improvement_index(0.25) == pytest.approx(9.8706325682924, rel=1e-12)
    assert improvement_index(-0.25) == pytest.approx(-improvement_index(0.25), rel=1e-12)
    assert improvement_index(0) == 0


# Torgesen and others (2007), NCEE 2008-4012, exhibit 15: impact, comparison mean, share closed.
EXHIBIT_15 = [
    (5.3, 92.1, 0.68), (4.0, 86.6, 0.29), (2.3, 88.6, 0.20), (1.7, 90.0, 0.17), (2.1, 91.3, 0.24),
    (1.0, 78.6, 0.05), (2.7, 94.7, 0.50), (1.7, 88.0, 0.13), (-0.6, 91.7, -0.07),
    (1.4, 87.6, 0.11), (-1.1, 92.2, -0.15), (0.7, 87.7, 0.06),
]  # fmt: skip


@pytest.mark.parametrize(("impact", "mean", "published"), EXHIBIT_15)
def test_relative_gap_reduction_reproduces_the_published_exhibit(impact, mean, published):
    # the published column was worked out from unrounded figures
    assert relative_gap_reduction(impact, mean) == pytest.approx(published, abs=0.015)


def test_there_is_no_gap_to_reduce_above_the_norm():
    with pytest.raises(NoComparison):
        relative_gap_reduction(2.0, 101.0)
