import csv
from dataclasses import replace
from pathlib import Path

import pytest

from writinggaps.estimates.means import mean_difference, mean_gain
from writinggaps.estimates.samples import Dropped, Summary
from writinggaps.problems import NoSpread, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

TAUGHT = [31, 28, 35, 40, 22, 30, 33, 37, 29, 41, 26, 34, 38, 32]
COMPARISON = [27, 25, 30, 36, 20, 24, 31, 28, 22, 33, 26, 29]
PRE = [18, 22, 15, 20, 17, 24, 19, 21, 16, 23]
POST = [27, 29, 22, 30, 21, 33, 28, 26, 25, 31]


@pytest.mark.parametrize(("equal", "name"), [(False, "groups.welch"), (True, "groups.student")])
def test_the_difference_of_means_agrees_with_r(equal, name):
    found = mean_difference(TAUGHT, COMPARISON, equal_spread=equal)

    for part in ("df", "p", "low", "high"):
        assert getattr(found, part) == pytest.approx(R[f"{name}.{part}"], rel=1e-11)


def test_the_mean_gain_agrees_with_r():
    found = mean_gain(PRE, POST)

    for part in ("p", "low", "high"):
        assert getattr(found, part) == pytest.approx(R[f"pairs.gain.{part}"], rel=1e-11)
    assert found.ahead == "post-test"


def test_a_difference_says_its_unit_its_method_and_who_is_ahead():
    found = mean_difference(COMPARISON, TAUGHT)

    assert (found.unit, found.method, found.ahead) == (
        "points of the test",
        "Welch's t",
        "comparison",
    )
    assert replace(found, estimate=0.0).ahead == "neither"


def test_a_published_difference_is_that_of_its_means():
    assert mean_difference(Summary(50, 103, 5.5), Summary(50, 100, 4.5)).estimate == 3.0


def test_blanks_are_counted_by_group():
    found = mean_difference([*TAUGHT, None], COMPARISON)

    assert found.dropped == (Dropped(reason="taught, no score", count=1),)
    assert replace(found, dropped=()) == mean_difference(TAUGHT, COMPARISON)


def test_scores_that_are_all_the_same_have_no_interval():
    with pytest.raises(NoSpread):
        mean_difference([0.7] * 5, [0.1 + 0.6] * 5)
    with pytest.raises(NoSpread):
        mean_gain([1.1, 2.1, 3.1], [1.2, 2.2, 3.2])


def test_one_pupil_is_too_few():
    with pytest.raises(TooFewPupils):
        mean_difference([5.0], COMPARISON)
