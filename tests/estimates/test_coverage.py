"""A short version of coverage.py, which prints the full figures; the seeds are fixed."""

import importlib.util
from pathlib import Path

import pytest

from writinggaps.estimates import cliffs_delta, glass_delta, hedges_g, mean_difference

SPEC = importlib.util.spec_from_file_location("coverage_of", Path(__file__).parent / "coverage.py")
coverage = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(coverage)

pytestmark = pytest.mark.slow

SIMULATIONS = 300  # the standard error of a coverage of 95 is then 1.3


@pytest.mark.parametrize("shape", ["normal", "skewed", "grades"])
@pytest.mark.parametrize("estimate", [hedges_g, glass_delta, mean_difference, cliffs_delta])
def test_intervals_of_two_groups_of_15_hold_the_truth_about_as_often_as_they_say(estimate, shape):
    target = coverage.truth(coverage.SHAPES[shape], estimate.__name__)

    share = coverage.two_groups(estimate, coverage.SHAPES[shape], 15, SIMULATIONS, target)

    assert 91 <= share <= 98.5


@pytest.mark.parametrize("name", ["paired pre", "paired change", "pre_post_control", "ancova"])
def test_intervals_of_gains_of_15_hold_the_truth_about_as_often_as_they_say(name):
    assert 91 <= coverage.before_and_after(name, 15, SIMULATIONS) <= 98.5


@pytest.mark.parametrize("times_differ", [False, True])
def test_intervals_of_ratio_gains_of_15_hold_the_truth_about_as_often_as_they_say(times_differ):
    assert 90 <= coverage.ratio_gains(15, 200, times_differ=times_differ) <= 98.5
