"""What is shown for a count, over every count of every group that a school could have."""

from collections import defaultdict

import pytest

from writinggaps.disclosure import Edition, release, rules
from writinggaps.disclosure.cells import part_cell, shown_count, size_cell
from writinggaps.estimates import share
from writinggaps.withheld import Withheld

SHARED = [Edition.GOVERNORS, Edition.PUBLIC]
EVERY = [(count, n) for n in range(1, 61) for count in range(n + 1)]


@pytest.mark.parametrize("edition", SHARED)
def test_nobody_who_knows_the_group_can_tell_a_small_number_to_fewer_than_five_values(edition):
    could_be = defaultdict(set)
    for count, n in EVERY:
        seen = release(share(count, n), edition).value
        could_be[n, seen.reason if isinstance(seen, Withheld) else seen.count].add(count)

    for (n, _), counts in could_be.items():
        small = any(c <= 4 or n - c <= 4 for c in counts)
        assert not small or len(counts) >= min(5, n + 1), (n, counts)


@pytest.mark.parametrize("edition", SHARED)
def test_a_shown_count_is_never_below_nought_or_above_its_group(edition):
    for count, n in EVERY:
        seen = release(share(count, n), edition).value
        assert isinstance(seen, Withheld) or 0 < seen.count < seen.n


@pytest.mark.parametrize("edition", SHARED)
def test_a_shown_count_is_within_two_of_the_truth_or_in_a_band(edition):
    rule = rules(edition)
    for count, n in EVERY:
        shown = shown_count(count, n, rule)
        if 5 <= count <= n - 5:
            assert abs(shown - count) <= 2
            assert shown % 5 == 0
        elif count < 5:
            assert shown == 2


@pytest.mark.parametrize(("edition", "n"), [(Edition.GOVERNORS, 6), (Edition.PUBLIC, 10)])
def test_a_group_is_shown_from_its_minimum_on(edition, n):
    assert rules(edition).group_minimum == n
    assert size_cell(n, 100, rules(edition)).low == n
    assert size_cell(n - 1, 100, rules(edition)).low == 0


def test_a_part_of_a_group_of_six_to_nine_is_hidden_whatever_it_is():
    seen = {release(share(count, n), "governors").value for n in (6, 9) for count in range(n + 1)}

    assert {s.reason for s in seen} == {"suppressed"}


@pytest.mark.parametrize("edition", SHARED)
def test_what_a_reader_can_tell_is_all_that_looks_the_same(edition):
    looks, rule = defaultdict(list), rules(edition)
    for count, n in EVERY:
        looks[n, release(share(count, n), edition).value].append(count)

    for (n, _), same in looks.items():
        for count in same:
            cell = part_cell(count, n, rule, cost=n)
            assert list(range(cell.low, cell.high + 1)) == same
