import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writinggaps.estimates import share, share_difference
from writinggaps.problems import BadArgument, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("of", [(81, 263), (15, 148), (0, 20), (1, 29), (9, 12)])
def test_wilsons_interval_agrees_with_r(of):
    found = share(*of)
    name = f"wilson.{of[0]}/{of[1]}"

    assert found.low == pytest.approx(R[f"{name}.low"], abs=1e-14)
    assert found.high == pytest.approx(R[f"{name}.high"], rel=1e-12)


@given(st.integers(1, 60), st.data())
def test_the_share_lies_in_its_interval_and_nobody_mirrors_everybody(n, data):
    count = data.draw(st.integers(0, n))
    found, mirrored = share(count, n), share(n - count, n)

    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high))


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_swapping_the_groups_turns_the_sign_of_the_difference(m, n, data):
    first = share(data.draw(st.integers(0, m)), m)
    second = share(data.draw(st.integers(0, n)), n)
    here, there = share_difference(first, second), share_difference(second, first)

    assert there.estimate == pytest.approx(-here.estimate)
    assert (there.low, there.high) == pytest.approx((-here.high, -here.low))
    assert -1 <= here.low <= here.high <= 1


def test_a_share_of_nobody_is_refused():
    with pytest.raises(TooFewPupils):
        share(0, 0)


@pytest.mark.parametrize("count", [-1, 21])
def test_a_count_that_is_not_of_the_group_is_refused(count):
    with pytest.raises(BadArgument):
        share(count, 20)
