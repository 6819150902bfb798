"""Rows that add up: everything that prints the same must leave a small number open."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest

from writinggaps.disclosure import Edition, release, rules
from writinggaps.disclosure.families import protected
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split, split_breakdown
from writinggaps.withheld import Withheld

GOVERNORS = rules(Edition.GOVERNORS)


def print_of(share):
    return "c" if isinstance(share, Withheld) else share.count


@cache
def splits_of(n):
    """Every way to sort n pupils into three states, by what a governor would see of it."""
    could_be = defaultdict(list)
    for a, b in product(range(n + 1), repeat=2):
        if a + b <= n:
            counts = (a, b, n - a - b)
            seen = release(split(dict(zip("abc", counts, strict=True))), "governors").value
            key = "c" if isinstance(seen, Withheld) else tuple(map(print_of, seen.shares.values()))
            could_be[key].append(counts)
    return could_be


@pytest.mark.parametrize("n", [10, 12, 17, 28])
def test_a_reader_who_knows_the_rules_cannot_tell_a_small_state_of_a_split(n):
    for key, all_counts in splits_of(n).items():
        for state in range(3):
            values = {counts[state] for counts in all_counts}
            small = any(v <= 4 or n - v <= 4 for v in values)
            assert not small or len(values) >= 4, (key, state, values)


@pytest.mark.parametrize("n", [17, 28])
def test_most_splits_of_a_class_are_still_shown(n):
    found = splits_of(n)

    assert len(found["c"]) < 0.25 * sum(map(len, found.values()))


def test_a_split_whose_small_state_could_be_worked_out_is_hidden():
    # 28 = 12 + 12 + 4 is the only way to print "about 10, about 10, fewer than 5" of 28
    assert isinstance(release(split({"a": 12, "b": 12, "c": 4}), "governors").value, Withheld)
    assert not isinstance(release(split({"a": 14, "b": 12, "c": 2}), "governors").value, Withheld)


def test_one_small_group_takes_a_second_with_it_where_the_total_would_give_it_away():
    # 45 in all and "about 40" (38 to 42) in class A leave 3 to 5 for class B
    two = {"A": (20, 42), "B": (2, 3)}
    four = two | {"C": (12, 30), "D": (15, 28)}

    seen = [release(breakdown("class", parts), "governors").value for parts in (two, four)]

    assert [print_of(s) for s in seen[0].shares.values()] == ["c", "c"]
    assert print_of(seen[0].whole) == 20
    assert [print_of(s) for s in seen[1].shares.values()] == [20, "c", 10, 15]


def test_a_sum_of_schools_is_hidden_where_its_rows_would_have_to_be():
    # the schools' own pages show the rows: only without their sum is nothing given away
    two = {"A": (20, 42), "B": (2, 3)}

    seen = release(breakdown("school", two, elsewhere=True), "governors").value

    assert [print_of(s) for s in [seen.whole, *seen.shares.values()]] == ["c", "c", "c"]


def test_nearly_all_of_a_whole_hides_the_parts_that_would_tell_how_nearly():
    # 47 of 50 in all, so that at most 4 are missing; 25 of 25 and 22 of 25 keep their bands
    seen = protected(breakdown("class", {"A": (25, 25), "B": (22, 25)}), GOVERNORS)

    assert [print_of(s) for s in seen.shares.values()] == [25, 22]


def test_a_breakdown_of_too_few_pupils_is_withheld_whole():
    assert isinstance(
        protected(breakdown("class", {"A": (2, 4), "B": (1, 3)}), GOVERNORS), Withheld
    )


def test_a_part_without_pupils_looks_like_a_part_with_few():
    seen = release(breakdown("class", {"A": (12, 25), "B": (0, 0), "C": (13, 27)}), "public").value
    few = release(breakdown("class", {"A": (12, 25), "B": (1, 2), "C": (13, 27)}), "public").value

    assert seen.shares["B"] == few.shares["B"]


def test_rows_and_columns_are_attacked_together():
    # each class and the total are safe alone; together they would pin the 3 in class A
    table = {"A": {"a": 12, "b": 13, "c": 3}, "B": {"a": 7, "b": 9, "c": 9}}
    seen = release(split_breakdown("class", table), "governors").value

    for counts in table.values():
        assert not isinstance(release(split(counts), "governors").value, Withheld)
    # hiding class B is enough, and the least
    assert isinstance(seen.splits["B"], Withheld)
    for row in (seen.whole, seen.splits["A"]):
        assert [print_of(s) for s in row.shares.values()] in ([20, 20, 10], [10, 15, 2])


def test_what_is_hidden_of_a_table_is_what_costs_least():
    # 4 pupils in class C: hiding them takes class A with it, and the other two and the whole stay
    rows = ((12, 9, 7), (11, 10, 8), (13, 9, 9), (2, 1, 1))
    table = {
        name: dict(zip("xyz", row, strict=True)) for name, row in zip("ABDC", rows, strict=True)
    }
    seen = release(split_breakdown("class", table), "governors").value

    assert not isinstance(seen.whole, Withheld)
    assert sum(not isinstance(row, Withheld) for row in seen.splits.values()) >= 2


def test_anything_but_a_family_is_left_alone():
    assert protected(share(1, 23), GOVERNORS) == share(1, 23)
