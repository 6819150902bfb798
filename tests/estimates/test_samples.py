import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from writinggaps.estimates.samples import (
    Dropped,
    Summary,
    listwise,
    numbers,
    same,
    summarise,
    vector,
)
from writinggaps.problems import BadArgument, NotPublished, TooFewPupils


@pytest.mark.parametrize(
    "values",
    [
        [14, None, 16.5],
        (14, float("nan"), 16.5),
        np.array([14, np.nan, 16.5]),
        pd.Series([14, pd.NA, Decimal("16.5")], dtype=object),
        pd.Series([14, pd.NA, 16.5], dtype="Float64"),
        (value for value in [14, None, 16.5]),
    ],
    ids=["list", "tuple", "array", "objects", "nullable", "generator"],
)
def test_blanks_of_every_kind_are_blanks(values):
    assert np.array_equal(numbers(values, "The group"), [14, np.nan, 16.5], equal_nan=True)


@pytest.mark.parametrize(
    "values",
    [
        ["EXS", "WTS"],
        ["12", "14"],
        [12, "14"],
        [True, False],
        [True, 2.0],
        pd.Series([True, None], dtype="boolean"),
        [datetime.date(2025, 9, 1)],
        pd.to_datetime(["2025-09-01"]),
        [1 + 2j],
        pd.Series(["a", "b"], dtype="category"),
    ],
    ids=str,
)
def test_what_is_not_a_number_is_refused(values):
    with pytest.raises(BadArgument, match=r"The group holds text, dates or true/false"):
        numbers(values, "The group")


@pytest.mark.parametrize("values", ["12", 12, {"a": 1}, None], ids=str)
def test_what_is_not_a_list_is_refused(values):
    with pytest.raises(BadArgument, match="a list of scores is needed"):
        numbers(values, "The group")


@pytest.mark.parametrize("values", [pd.DataFrame({"a": [1], "b": [2]}), np.ones((2, 2))])
def test_several_columns_are_refused(values):
    with pytest.raises(BadArgument, match="The group has several columns"):
        numbers(values, "The group")


@pytest.mark.parametrize("bad", [float("inf"), float("-inf")])
def test_an_infinite_score_is_refused(bad):
    with pytest.raises(BadArgument, match="The group holds an infinite score"):
        numbers([1.0, bad], "The group")


def test_blanks_are_counted():
    values, dropped = vector([1, None, 2, None], "The group")

    assert values.tolist() == [1, 2]
    assert dropped == (Dropped(reason="no score", count=2),)


def test_pairs_lose_those_who_lack_either_and_say_why():
    columns, dropped = listwise(
        {"pre-test": [1, None, 3, None, 5], "post-test": [2, 4, None, None, 6]}
    )

    assert [column.tolist() for column in columns] == [[1, 5], [2, 6]]
    assert dropped == (
        Dropped(reason="no post-test", count=1),
        Dropped(reason="no pre-test", count=1),
        Dropped(reason="no pre-test and no post-test", count=1),
    )


@pytest.mark.parametrize("post", [[1], [1, 2], []])
def test_unequal_pairs_are_refused_and_never_recycled(post):
    with pytest.raises(BadArgument, match=f"3 for the pre-test and {len(post)} for the post-test"):
        listwise({"pre-test": [1, 2, 3], "post-test": post})


def test_columns_of_different_pupils_are_not_paired_by_place():
    pre = pd.Series([1.0, 2.0], index=["a", "b"])

    with pytest.raises(BadArgument, match="different pupils, or the same in another order"):
        listwise({"pre-test": pre, "post-test": pre.iloc[::-1]})


def test_pupils_listed_twice_are_counted_and_never_named():
    with pytest.raises(BadArgument, match="1 pupil is listed more than once") as problem:
        listwise({"pre-test": [1, 2, 3]}, pupils=["P1", "P2", "P1"])

    assert "P1" not in str(problem.value)
    with pytest.raises(BadArgument, match="2 pupils are listed more than once"):
        listwise({"pre-test": [1, 2, 3, 4]}, pupils=["a", "b", "a", "b"])


def test_as_many_pupils_as_scores_are_needed():
    with pytest.raises(BadArgument, match="There are 2 pupils but 3 scores"):
        listwise({"pre-test": [1, 2, 3]}, pupils=["a", "b"])


@pytest.mark.parametrize("value", [0.7, 1 / 3, 0.1, 1e9 + 0.1, 0.0, -2.5])
def test_values_that_differ_by_rounding_are_the_same(value):
    noisy = np.full(13, value)
    noisy[::2] = noisy[::2] * 3 / 3 + value - value

    assert same(noisy)


def test_scores_of_a_large_scale_that_differ_are_not_the_same():
    assert not same(np.array([1e9, 1e9 + 1]))


def test_a_summary_must_make_sense():
    with pytest.raises(BadArgument):
        Summary(n=10, mean=5.0, sd=-1.0)
    with pytest.raises(BadArgument):
        Summary(n=10, mean=float("nan"), sd=1.0)


def test_a_summary_without_spread_is_not_guessed_at():
    with pytest.raises(NotPublished, match="The taught group has no published SD"):
        summarise(Summary(n=10, mean=5.0), "The taught group", "Hedges' g")


def test_too_few_are_said_in_the_words_of_a_school():
    with pytest.raises(TooFewPupils) as problem:
        summarise([12.0, None], "The comparison group", "Hedges' g")

    assert str(problem.value) == (
        "The comparison group has 1 pupil with a score; Hedges' g needs at least 2.\n"
        "Check for blank scores, or report the pupils individually."
    )
