"""Who counts where: both denominators, the one ladder, and codes that look alike."""

from __future__ import annotations

import pytest

from writinggaps.problems import BadArgument, UnknownCode
from writinggaps.readers.assessment import standing, writing_code
from writinggaps.readers.schema import code_table


def test_absent_and_disapplied_pupils_count_only_in_the_denominator_dfe_uses():
    found = standing(["EXS", "WTS", "A", "D", "M", "P"])

    assert (found.reached, found.assessed, found.dfe_denominator) == (1, 2, 6)


def test_pupils_who_left_or_come_later_count_in_neither():
    found = standing(["EXS", "L", "F", "Z"])

    assert (found.assessed, found.dfe_denominator, found.left_out) == (1, 1, 3)


def test_blanks_are_counted_and_never_taken_for_not_reached():
    found = standing(["EXS", "", None, float("nan"), " "])

    assert (found.reached, found.dfe_denominator, found.blank) == (1, 1, 4)


def test_there_is_one_ladder_from_engagement_to_greater_depth():
    ladder = code_table("writing_ta").ladder

    assert ladder == ("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS")
    counts = [standing(ladder, step).reached for step in ladder]
    assert counts == list(range(10, 0, -1))


def test_codes_of_2016_to_2018_are_below_working_towards_and_no_more_is_said():
    assert standing(["BLW", "PKF", "WTS"], "WTS").reached == 1
    with pytest.raises(BadArgument, match="nobody has said which of them equals which"):
        standing(["BLW"], "PK3")


def test_an_unknown_code_is_refused_without_being_repeated():
    with pytest.raises(UnknownCode) as problem:
        writing_code("canary")

    assert "canary" not in str(problem.value)


def test_no_scaled_score_is_not_no_sen():
    # N is a SEN status and a test outcome, but no teacher assessment
    with pytest.raises(UnknownCode):
        writing_code("N")


def test_an_unknown_standard_is_refused():
    with pytest.raises(BadArgument, match="EXS"):
        standing(["EXS"], "EXT")
