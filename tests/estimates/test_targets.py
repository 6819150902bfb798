"""A target is beyond chance: exactly how often chance reaches it, both directions, edges."""

import pytest
from scipy.stats import binom

from writinggaps.estimates.targets import beyond_chance
from writinggaps.problems import BadArgument, TooFewPupils
from writinggaps.withheld import Withheld, attempt


@pytest.mark.parametrize("n", [10, 20, 60, 150])
@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_chance_alone_reaches_it_at_most_once_in_twenty_years(n, rate):
    # exact: over every count of this year, and every count of the next, at one unchanged rate
    often = 0.0
    for count in range(n + 1):
        target = attempt(beyond_chance, count, n)
        if not isinstance(target, Withheld):
            often += binom.pmf(count, n, rate) * binom.sf(target - 1, n, rate)
    assert often <= 0.05


@pytest.mark.parametrize(("count", "n"), [(10, 20), (30, 100), (71, 90)])
def test_fewer_is_the_mirror_of_more(count, n):
    assert beyond_chance(count, n, rising=False) == n - beyond_chance(n - count, n)


def test_a_rarer_chance_asks_for_more():
    assert (
        beyond_chance(30, 60, chance=0.2)
        < beyond_chance(30, 60)
        < beyond_chance(30, 60, chance=0.01)
    )


def test_nearly_all_of_a_small_group_leaves_no_target():
    with pytest.raises(TooFewPupils, match="chance alone would often reach any target"):
        beyond_chance(9, 10)
    with pytest.raises(TooFewPupils):
        beyond_chance(1, 10, rising=False)


@pytest.mark.parametrize(("count", "n"), [(-1, 10), (11, 10), (0, 0)])
def test_a_part_larger_than_its_whole_is_refused(count, n):
    with pytest.raises(BadArgument):
        beyond_chance(count, n)
