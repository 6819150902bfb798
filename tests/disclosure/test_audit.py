import pytest

from writinggaps.disclosure.audit import Cell, Sum, audit, repair
from writinggaps.disclosure.facts import Fact, linked
from writinggaps.problems import BadArgument


def known(n):
    return Cell(low=n, high=n, cap=n, sensitive=False)


def about(n, cap=60):
    return Cell(low=n - 2, high=n + 2, cap=cap, sensitive=False, cost=n)


def few(cap=60):
    return Cell(low=0, high=4, cap=cap, sensitive=True, cost=2)


def exact_table(hidden):
    """Two schools by two outcomes, totals shown, everything exact but the cells named."""
    counts = {"a1": 2, "a2": 18, "b1": 15, "b2": 25, "a": 20, "b": 40, "1": 17, "2": 43, "all": 60}
    cells = {
        name: Cell(
            low=0 if name in hidden else n,
            high=60 if name in hidden else n,
            cap=60,
            sensitive=n <= 4,
            cost=n,
        )
        for name, n in counts.items()
    }
    sums = [
        Sum("a", ("a1", "a2")),
        Sum("b", ("b1", "b2")),
        Sum("1", ("a1", "b1")),
        Sum("2", ("a2", "b2")),
        Sum("all", ("a", "b")),
        Sum("all", ("1", "2")),
    ]
    return cells, sums


@pytest.mark.parametrize("hidden", [["a1"], ["a1", "a2"], ["a1", "a2", "b1"]])
def test_a_hidden_number_is_worked_out_from_what_is_shown(hidden):
    assert [(e.cell, e.low, e.high) for e in audit(*exact_table(hidden))] == [("a1", 2, 2)]


def test_a_table_with_four_cells_hidden_keeps_its_secret():
    # a1 is 0 to 17: everything between fits rows and columns
    assert audit(*exact_table(["a1", "a2", "b1", "b2"])) == []


def test_repair_hides_until_nothing_can_be_worked_out_and_no_more():
    cells, sums = exact_table(["a1"])

    hidden = repair(cells, sums)

    left = {
        n: Cell(low=0, high=60, cap=60, sensitive=n == "a1") if n in hidden else c
        for n, c in cells.items()
    }
    assert audit(left, sums) == []
    assert "all" not in hidden
    assert len(hidden) < 6


def test_what_the_reader_knows_from_elsewhere_cannot_be_hidden():
    cells = {"all": known(7), "a": known(5), "b": few()}
    shut = {
        name: Cell(low=c.low, high=c.high, cap=c.cap, sensitive=c.sensitive, hideable=False)
        for name, c in cells.items()
    }

    assert repair(shut, [Sum("all", ("a", "b"))]) == frozenset()
    assert audit(shut, [Sum("all", ("a", "b"))])[0].low == 2


def test_the_answer_does_not_depend_on_how_the_sums_are_given():
    # one sum is tightened by hand, several go to linear programming: the same bounds
    cells = {"all": known(28), "a": about(10), "b": about(10), "c": few()}
    once = [Sum("all", ("a", "b", "c"))]

    assert audit(cells, once) == audit(cells, once * 2) != []


def test_a_group_of_two_need_keep_no_more_than_its_three_possible_values():
    cells = {"x": Cell(low=0, high=2, cap=2, sensitive=True), "y": about(10), "all": about(12)}

    assert audit(cells, [Sum("all", ("x", "y"))]) == []


def test_independent_tables_do_not_mix():
    cells = {"all": known(28), "a": about(10), "b": about(10), "c": few(), "x": few(), "y": few()}
    sums = [Sum("all", ("a", "b", "c")), Sum("y", ("x",))]

    assert [e.cell for e in audit(cells, sums)] == ["c"]


def test_figures_that_cannot_be_are_an_error():
    cells = {"all": known(50), "a": about(10), "b": few()}

    with pytest.raises(BadArgument, match="contradict"):
        audit(cells, [Sum("all", ("a", "b"))] * 2)


def pupils(*numbers):
    return frozenset(str(n) for n in numbers)


def test_one_who_left_between_two_releases_is_found():
    # "about 5" (5 to 7) of 28, and a term later "fewer than 5" of the 27 left: the one was counted
    group, counted = pupils(*range(28)), pupils(*range(5))
    was = Fact(
        name="was",
        about="held",
        group=group,
        counted=counted,
        cell=Cell(low=5, high=7, cap=28, sensitive=False),
    )
    now = Fact(
        name="now",
        about="held",
        group=group - {"0"},
        counted=counted - {"0"},
        cell=Cell(low=0, high=4, cap=27, sensitive=True),
    )

    found = {e.cell: (e.low, e.high) for e in audit(*linked([was, now]))}

    assert found["held", ("was",)] == (1, 1)


def test_figures_about_different_things_are_not_linked():
    group, shown = pupils(*range(28)), Cell(low=8, high=12, cap=28, sensitive=False)
    facts = [
        Fact(name=a, about=a, group=group, counted=pupils(*range(9)), cell=shown) for a in "xy"
    ]

    cells, sums = linked(facts)

    assert sorted(s.parts for s in sums) == [(("x", ("x",)),), (("y", ("y",)),)]
    assert cells["x", ("x",)].cap == 28


def test_overlapping_groups_are_cut_into_pieces_that_nobody_printed():
    shown = Cell(low=8, high=12, cap=20, sensitive=False)
    year = Fact(name="year", about="s", group=pupils(*range(20)), counted=pupils(1), cell=shown)
    poor = Fact(name="poor", about="s", group=pupils(*range(15, 35)), counted=pupils(1), cell=shown)

    cells, _ = linked([year, poor])

    caps = {name: cell.cap for name, cell in cells.items() if isinstance(name, tuple)}
    assert caps == {("s", ("year",)): 15, ("s", ("year", "poor")): 5, ("s", ("poor",)): 15}
