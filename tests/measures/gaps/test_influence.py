import numpy as np
import pytest

from writinggaps.measures.gaps.influence import influence
from writinggaps.problems import NoRecords

NOW = "2025-26-autumn"
GROUP = np.arange(50) < 12


def school_of(make_school, group_scores):
    others = 500 + 40 * np.linspace(-2, 2, 38)
    scores = np.concatenate([group_scores, others])
    return make_school({(NOW, "cj_writing"): scores}, disadvantaged=GROUP)


def test_two_planted_pupils_are_named_and_the_gap_is_theirs(make_school, standards):
    scores = 500 + 40 * np.linspace(-1.5, 1.5, 12)
    scores[[3, 8]] = 320
    found = influence(
        school_of(make_school, scores), by="disadvantaged", term=NOW, standards=standards
    )

    assert found.carried
    assert found.pupils == ("P003", "P008")
    assert found.estimate < -20 < found.without
    assert found.unit == "points of the scale"


def test_an_ordinary_group_is_not_two_pupils(make_school, standards):
    scores = 470 + 40 * np.linspace(-2, 2, 12)
    found = influence(
        school_of(make_school, scores), by="disadvantaged", term=NOW, standards=standards
    )

    assert not found.carried
    assert found.chance > 0.05


def test_rare_pupils_who_leave_most_of_the_gap_do_not_carry_it(make_school, standards):
    scores = 380 + 20 * np.linspace(-1.5, 1.5, 12)
    scores[[3, 8]] = 200
    found = influence(
        school_of(make_school, scores), by="disadvantaged", term=NOW, standards=standards
    )

    assert found.chance < 0.0125
    assert not found.carried


def test_levels_alone_cannot_say(make_school, standards):
    school = make_school({(NOW, "writing"): ["EXS"] * 50}, disadvantaged=GROUP)
    with pytest.raises(NoRecords):
        influence(school, by="disadvantaged", term=NOW, standards=standards)
