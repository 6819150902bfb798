import json
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from writinggaps.disclosure import Edition, beside, proposed, release, rules, shown_to
from writinggaps.disclosure.audit import audit
from writinggaps.disclosure.book import Book
from writinggaps.disclosure.facts import linked
from writinggaps.disclosure.register import read_register
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.report.faces import MATCHED, Table, sentence, shown
from writinggaps.results import Label, result
from writinggaps.withheld import Withheld

GOVERNORS = rules(Edition.GOVERNORS)
PUPILS = [f"p{i:02}" for i in range(60)]


@pytest.fixture
def book():
    return Book(GOVERNORS)


def hidden(value):
    return isinstance(value, Withheld)


def three_classes():
    """28 of 60: 12, 12 and 4 of 20 each; who is counted stands first in each class."""
    classes = [PUPILS[:20], PUPILS[20:40], PUPILS[40:]]
    counted = [classes[0][:12], classes[1][:12], classes[2][:4]]
    return classes, counted


def test_figures_that_are_safe_alone_are_withheld_where_together_they_are_not(book):
    # about 30 (28 to 32) of all, about 10 (8 to 12) in two classes: 4 at least in the third
    classes, counted = three_classes()
    whole = share([p for part in counted for p in part], PUPILS)

    seen = [book.admit(whole), *(book.admit(share(*x)) for x in zip(counted, classes, strict=True))]

    assert [hidden(s) for s in seen] == [False, False, False, True]
    assert all(
        not hidden(release(share(*x), "governors").value)
        for x in zip(counted, classes, strict=True)
    )


def test_a_report_shows_its_results_beside_one_another():
    classes, counted = three_classes()
    show = shown_to("governors")

    show(share, [p for part in counted for p in part], PUPILS)
    seen = [show(share, *x).value for x in zip(counted, classes, strict=True)]

    assert [hidden(s) for s in seen] == [False, False, True]


def test_staff_see_everything():
    classes, counted = three_classes()
    show = shown_to("staff")

    show(share, [p for part in counted for p in part], PUPILS)
    seen = [show(share, *x).value for x in zip(counted, classes, strict=True)]

    assert [s.count for s in seen] == [12, 12, 4]
    assert all(s.counted == s.group == () for s in seen)


def test_shares_of_those_assessed_and_of_those_eligible_are_not_shown_together(book):
    # the three without a judgement are the difference
    assessed, eligible, reached = PUPILS[:27], PUPILS[:30], PUPILS[:14]

    assert not hidden(book.admit(share(reached, assessed)))
    assert hidden(book.admit(share(reached, eligible)))


def test_within_one_result_too(book):
    @result
    class Both:
        by: Label
        first: type(share(1, 2)) | Withheld
        second: type(share(1, 2)) | Withheld

    both = Both(
        by="x", first=share(PUPILS[:14], PUPILS[:27]), second=share(PUPILS[:14], PUPILS[:30])
    )

    seen = book.admit(both)

    assert (hidden(seen.first), hidden(seen.second)) == (False, True)


def test_what_has_been_shown_may_be_shown_again(book):
    table = breakdown("class", {"A": (PUPILS[:9], PUPILS[:30]), "B": (PUPILS[30:48], PUPILS[30:])})

    assert book.admit(table) == book.admit(table)
    assert not hidden(book.admit(table).shares["B"])


def test_figures_about_different_things_do_not_hide_one_another(book):
    book.admit(share(PUPILS[:14], PUPILS[:30]))

    assert not hidden(book.admit(share(PUPILS[5:20], PUPILS[:27])))


def test_shares_of_numbers_alone_are_coarsened_and_no_more(book):
    exact = share_difference(share(12, 23), share(31, 48))

    assert book.admit(exact) == release(exact, "governors").value
    assert book.facts == []


def test_a_difference_that_may_not_be_shown_is_withheld_whole(book):
    book.admit(share(PUPILS[:14], PUPILS[:30]))
    pair = share_difference(share(PUPILS[:14], PUPILS[:28]), share(PUPILS[30:40], PUPILS[30:]))

    assert hidden(book.admit(pair))


def test_the_pupils_of_a_result_are_never_in_what_is_shown(book):
    states = {"secure": PUPILS[:12], "not yet": PUPILS[12:30]}
    seen = book.admit(split_breakdown("class", {"A": states, "B": {"secure": [], "not yet": []}}))

    assert "p0" not in repr(seen)
    assert seen.whole.shares["secure"].group == seen.whole.shares["secure"].counted == ()


def test_whatever_is_asked_in_whatever_order_no_small_number_can_be_worked_out():
    rng = np.random.default_rng(5)
    shown = asked = 0
    for _ in range(5):
        book = Book(GOVERNORS)
        counted = set(rng.choice(PUPILS, rng.integers(3, 57), replace=False))
        marks = {p: (rng.integers(3), rng.integers(2), rng.integers(4)) for p in PUPILS}
        groups = [PUPILS] + [
            [p for p in PUPILS if marks[p][i] == v] for i in range(3) for v in range(4)
        ]
        for group in groups:
            if group:
                asked += 1
                shown += not hidden(book.admit(share(counted & set(group), group)))
        assert audit(*linked(book.facts)) == []
        for one, other in combinations(book.facts, 2):
            assert not 1 <= (one.group ^ other.group).bit_count() <= 4
    assert shown / asked > 0.5


@result
class Reached:
    measure: Label
    period: Label
    of: type(share(1, 2)) | Withheld


def reached(n, period="2025-26-autumn"):
    return Reached(measure="writing", period=period, of=share(PUPILS[:14], PUPILS[:n]))


@pytest.fixture
def key(tmp_path, monkeypatch):
    monkeypatch.setenv("WRITINGGAPS_KEY", str(tmp_path / "key"))
    return tmp_path / "key"


@pytest.fixture
def released(tmp_path, key):
    """Release some results of one report; gives the register's place."""

    def do(*results):
        path = tmp_path / "register" / "100001.json"
        book = Book(GOVERNORS, name="2025-26-autumn school_report.governors", register=path)
        for made in results:
            book.admit(made)
        register = read_register(path, key)
        register.record_release([json.loads(json.dumps(book.proposed()))])
        return path

    return do


def test_a_figure_about_a_few_pupils_fewer_than_was_released_is_held(released):
    book = Book(GOVERNORS, register=released(reached(30)))

    assert hidden(book.admit(reached(28)).of)
    assert not hidden(book.admit(reached(24)).of)


def test_a_figure_about_joiners_too_is_put_on_the_pupils_of_the_one_released(released):
    joined = share([*PUPILS[:14], *PUPILS[40:43]], [*PUPILS[:28], *PUPILS[40:43]])
    book = Book(GOVERNORS, register=released(reached(28)))

    seen = book.admit(replace(reached(28), of=joined)).of

    assert seen == release(reached(28), "governors").value.of
    assert [f.group.bit_count() for f in book.facts] == [28]


def test_a_figure_put_on_the_pupils_of_the_one_released_says_so(released):
    @sentence
    def told(value, seen):
        return f"There are {value.of.n}."

    @shown
    def listed(value, seen):
        return Table(caption="Pupils", columns=("N",), rows=((str(value.of.n),),))

    joined = share([*PUPILS[:14], *PUPILS[40:43]], [*PUPILS[:28], *PUPILS[40:43]])
    book = Book(GOVERNORS, register=released(reached(28)))

    matched = release(replace(reached(28), of=joined), "governors", book)

    assert told(matched) == f"There are 30. {MATCHED}"
    assert [f.status for f in told(matched).findings] == ["matched"]
    assert listed(matched).note == MATCHED
    assert told(release(reached(50), "governors", book)) == "There are 50."


def test_a_table_about_joiners_too_is_put_on_the_pupils_of_the_one_released_and_adds_up(released):
    def table(*joined):
        return breakdown(
            "class",
            {"A": (PUPILS[:9], PUPILS[:30]), "B": (PUPILS[30:42], [*PUPILS[30:56], *joined])},
        )

    book = Book(GOVERNORS, register=released(table()))

    assert book.admit(table("new")) == release(table(), "governors").value


def test_a_corrected_figure_for_a_pupil_fewer_is_held_though_it_counts_others(released):
    corrected = replace(reached(28), of=share(PUPILS[2:16], PUPILS[:28]))

    assert hidden(Book(GOVERNORS, register=released(reached(30))).admit(corrected).of)


def test_figures_of_another_term_cannot_be_set_against_each_other(released):
    spring = replace(reached(28, "2025-26-spring"), of=share(PUPILS[9:20], PUPILS[:28]))

    assert not hidden(Book(GOVERNORS, register=released(reached(30))).admit(spring).of)


def test_what_was_released_is_attacked_together_with_what_is_new(released):
    # the autumn's page told of all and of two classes; the third stays untold for ever
    classes, counted = three_classes()
    whole = share([p for part in counted for p in part], PUPILS)
    path = released(whole, share(counted[0], classes[0]), share(counted[1], classes[1]))

    assert hidden(Book(GOVERNORS, register=path).admit(share(counted[2], classes[2])))


def test_only_what_was_shown_is_proposed(book):
    # class B is too small, and class A is the school but for these three
    book.admit(breakdown("class", {"A": (PUPILS[:9], PUPILS[:30]), "B": (["p58"], PUPILS[57:])}))

    (figure,) = book.proposed()["figures"]
    assert figure[1] == "Breakdown"
    assert int(figure[3], 16).bit_count() == len(book.proposed()["pupils"]) == 33


def test_reports_of_one_run_are_shown_beside_one_another(tmp_path):
    first = Book(GOVERNORS, name="2025-26-autumn school_report.governors")
    first.admit(reached(30))
    (tmp_path / "first.json").write_text(json.dumps([first.proposed()]))

    second = Book(GOVERNORS, earlier=[tmp_path / "first.json", tmp_path / "failed.json"])

    assert hidden(second.admit(reached(28)).of)


def test_a_notebook_that_says_only_the_edition_is_shown_beside_what_was_released(released):
    path = released(reached(30))

    beside(name="2025-26-spring school_report.governors", register=path)
    try:
        show = shown_to("governors")
        assert hidden(show(reached, 28).value.of)
        assert not hidden(show(share, PUPILS[20:40], PUPILS[20:]).value)
        assert [len(rows["figures"]) for rows in proposed()] == [1]
        assert shown_to("staff")(reached, 28).value.of.n == 28
    finally:
        beside()

    assert not hidden(shown_to("governors")(reached, 28).value.of)
    assert proposed() == []
