from dataclasses import replace

import numpy as np
import pytest

from writinggaps.disclosure.audit import Cell, Sum, audit, repair
from writinggaps.disclosure.facts import Fact, linked, things
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
    return sum(1 << n for n in numbers)


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
        group=group - 1,
        counted=counted - 1,
        cell=Cell(low=0, high=4, cap=27, sensitive=True),
    )

    cells, sums = linked([was, now])
    found = {e.cell: (e.low, e.high) for e in audit(cells, sums)}

    told = {(cells[name].cap, *found[name]) for name in found if name != "now"}
    assert told == {(1, 1, 1), (27, 4, 4)}


def test_figures_about_different_things_are_not_linked():
    group, shown = pupils(*range(28)), Cell(low=8, high=12, cap=28, sensitive=False)
    counted = {"x": pupils(*range(9)), "y": pupils(*range(5, 15))}
    facts = [
        Fact(name=k, about=k, group=group, counted=yes, cell=shown) for k, yes in counted.items()
    ]

    cells, sums = linked(facts)

    assert len({s.parts for s in sums}) == 2
    assert {cells[part].cap for s in sums for part in s.parts} == {28}


def test_overlapping_groups_are_cut_into_pieces_that_nobody_printed():
    shown = Cell(low=0, high=4, cap=20, sensitive=True)
    year = Fact(name="year", about="s", group=pupils(*range(20)), counted=pupils(1), cell=shown)
    poor = Fact(name="poor", about="s", group=pupils(*range(15, 35)), counted=0, cell=shown)

    cells, sums = linked([year, poor])

    pieces = {s.whole: sorted(cells[p].cap for p in s.parts) for s in sums}
    assert pieces == {"year": [5, 15], "poor": [5, 15]}
    assert len(set(sums[0].parts) & set(sums[1].parts)) == 1


def test_two_small_groups_that_agree_by_chance_do_not_lead_a_figure_away():
    # nobody in class A is secure, and nobody has not begun: the two are not the same thing
    cell = Cell(low=0, high=4, cap=20, sensitive=True)
    school, class_a = pupils(*range(20)), pupils(*range(5))
    facts = [
        Fact(name=(about, of), about=about, group=group, counted=group & counted, cell=cell)
        for about, counted in (("secure", pupils(9)), ("not begun", pupils(12)))
        for of, group in (("a", class_a), ("all", school))
    ]

    assert sorted(sorted(f.name for f in thing) for thing in things(facts)) == [
        [("not begun", "a"), ("not begun", "all")],
        [("secure", "a"), ("secure", "all")],
    ]


def test_each_pupil_is_in_one_state_of_a_split():
    # all but 0 to 4 of the school are secure, so that of the 5 who left at most 4 were not begun
    school, left = pupils(*range(40)), pupils(*range(5))
    nearly, few = (Cell(low=a, high=b, cap=40, sensitive=True) for a, b in ((36, 40), (0, 4)))
    states = {"secure": (school - left, nearly), "not begun": (left & 15, few), "none": (16, few)}
    facts = [
        Fact(name=name, about=name, group=school, counted=counted, cell=cell, split="all")
        for name, (counted, cell) in states.items()
    ]

    cells, sums = linked(facts)

    (adds,) = [s for s in sums if len(s.parts) == 3]
    assert (cells[adds.whole].low, cells[adds.whole].high) == (40, 40)


def test_what_is_called_open_without_asking_is_open():
    rng = np.random.default_rng(8)
    for _ in range(15):
        of = rng.random((5, 24)) < 0.6
        counted = rng.random(24) < 0.3
        facts = []
        for row, inside in enumerate(of):
            n, held = int(inside.sum()), int((inside & counted).sum())
            cell = Cell(low=max(held - 2, 0), high=min(held + 1, n), cap=n, sensitive=True)
            group, yes = (pupils(*np.flatnonzero(x).tolist()) for x in (inside, inside & counted))
            facts.append(Fact(name=row, about="s", group=group, counted=yes, cell=cell))
        cells, sums = linked(facts)

        told = {e.cell for e in audit(cells, sums)}
        skipped = {k for k, c in cells.items() if c.hideable and not c.sensitive}
        exposed = {
            e.cell for e in audit({k: replace(c, sensitive=True) for k, c in cells.items()}, sums)
        }

        assert not skipped & exposed
        assert told <= exposed
