"""Many schools at once give what each gives alone."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.grouped import hedges_g_by
from writinggaps.problems import BadArgument

RANDOM = np.random.default_rng(7)
N = 600
VALUES = np.round(100 + 15 * RANDOM.standard_normal(N))
TAUGHT = RANDOM.random(N) < 0.4
SCHOOL = RANDOM.integers(20, size=N)
VALUES[::31] = np.nan


def test_each_school_gives_what_hedges_g_gives():
    found = hedges_g_by(VALUES, TAUGHT, SCHOOL)
    for school, row in found.iterrows():
        here = school == SCHOOL
        one = hedges_g(VALUES[here & TAUGHT], VALUES[here & ~TAUGHT])
        for name in ("estimate", "low", "high", "standard_error"):
            assert row[name] == pytest.approx(getattr(one, name), rel=1e-9)
        assert (row["n_taught"], row["n_comparison"]) == (one.n_taught, one.n_comparison)
        assert row["dropped"] == sum(d.count for d in one.dropped)


def test_a_schools_row_does_not_depend_on_the_others():
    every = hedges_g_by(VALUES, TAUGHT, SCHOOL)
    for school in (0, 7, 19):
        here = school == SCHOOL
        alone = hedges_g_by(VALUES[here], TAUGHT[here], SCHOOL[here])
        pd.testing.assert_frame_equal(alone, every.loc[[school]], check_exact=True)


def test_reasons_stand_where_no_number_can():
    values = [0.7, 0.1 + 0.6, 0.7, 0.7, 1, 2, 3, np.nan]
    taught = [True, True, False, False, True, True, False, False]
    found = hedges_g_by(values, taught, list("aaaabbbb"))
    assert found["reason"].tolist() == ["no_spread", "too_few_pupils"]
    assert found[["estimate", "low", "high", "standard_error"]].isna().all(axis=None)
    assert found["dropped"].tolist() == [0, 1]


def test_swapping_the_groups_turns_the_sign():
    one, other = hedges_g_by(VALUES, TAUGHT, SCHOOL), hedges_g_by(VALUES, ~TAUGHT, SCHOOL)
    assert one["estimate"].to_numpy() == pytest.approx(-other["estimate"].to_numpy())
    assert one["low"].to_numpy() == pytest.approx(-other["high"].to_numpy())


@pytest.mark.parametrize(
    ("values", "taught", "by", "said"),
    [
        ([1.0, 2], [True], ["a", "a"], "differ in length"),
        ([1.0, 2], [1, 0], ["a", "a"], "true or false"),
        ([1.0, 2], [True, False], ["a", None], "1 pupils have no school"),
        (["x", "y"], [True, False], ["a", "a"], "text"),
    ],
)
def test_what_cannot_be_used_is_refused(values, taught, by, said):
    with pytest.raises(BadArgument, match=said):
        hedges_g_by(values, taught, by)


def test_schools_numbered_named_or_far_apart_are_in_order_and_alike():
    named = hedges_g_by(VALUES, TAUGHT, np.array([f"{n:02d}" for n in SCHOOL]))
    far = hedges_g_by(VALUES, TAUGHT, SCHOOL * 1000 - 5000)
    below = hedges_g_by(VALUES, TAUGHT, SCHOOL - 7)
    every = hedges_g_by(VALUES, TAUGHT, SCHOOL)
    assert named.index.tolist() == [f"{n:02d}" for n in every.index]
    assert far.index.tolist() == [1000 * n - 5000 for n in every.index]
    assert below.index.tolist() == [n - 7 for n in every.index]
    for other in (named, far, below):
        assert other["low"].tolist() == every["low"].tolist()


def test_a_spread_of_a_millionth_is_a_spread_and_of_rounding_is_none():
    taught = [True, True, False, False]
    small = hedges_g_by([1e6, 1e6 + 1, 1e6, 1e6 + 2], taught, ["a"] * 4)
    noise = hedges_g_by([1e6, 1e6 + 1e-9, 1e6, 1e6 + 2e-9], taught, ["a"] * 4)
    assert small["reason"].tolist() == [""]
    assert noise["reason"].tolist() == ["no_spread"]
