import copy
import pickle
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

from writinggaps.disclosure import Released, release, shown_to
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.breakdown import breakdown, split, split_breakdown
from writinggaps.measures.gaps.results import PointsMoved
from writinggaps.problems import BadArgument, TooFewPupils
from writinggaps.results import (
    Answer,
    Count,
    Label,
    Months,
    PupilIds,
    PValue,
    Score,
    StaffScore,
    StaffScores,
    StandardDeviations,
    Tally,
    result,
)
from writinggaps.withheld import Withheld

SHARED = ["governors", "public"]


@result
class Everything:
    label: Label
    n: Count
    moved: Count
    sessions: Tally
    estimate: StandardDeviations
    low: StandardDeviations
    high: StandardDeviations
    gain: Months | None
    p: PValue
    one_or_two: Answer
    who: PupilIds
    scores: tuple[Score, ...]


EXACT = Everything(
    label="Year 4",
    n=233,
    moved=117,
    sessions=1013,
    estimate=0.3333,
    low=0.1234,
    high=0.5432,
    gain=7.77,
    p=0.0312,
    one_or_two=True,
    who=("canary-1", "canary-2"),
    scores=(101.37, 98.63),
)


def leaves(value):
    """Every number and text that can be reached from a value."""
    if isinstance(value, Released):
        yield from leaves(value.value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
        for name in dir(type(value)):
            if isinstance(getattr(type(value), name), property):
                yield from leaves(getattr(value, name))
    elif isinstance(value, dict):
        yield from (leaf for pair in value.items() for part in pair for leaf in leaves(part))
    elif isinstance(value, (tuple, list)):
        yield from (leaf for part in value for leaf in leaves(part))
    else:
        yield value


def test_a_released_result_cannot_be_made_by_hand():
    with pytest.raises(BadArgument, match="only release"):
        Released(share(1, 23), "public")


def test_a_released_result_cannot_be_changed():
    released = release(share(12, 23), "public")

    with pytest.raises(AttributeError, match="cannot be changed"):
        released.value = share(1, 23)


def test_a_released_result_cannot_be_inherited_from():
    with pytest.raises(TypeError, match="inherit"):
        type("Mine", (Released,), {})


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_a_copy_of_a_released_result_is_itself(again):
    released = release(share(12, 23), "public")

    assert again(released) is released


def test_a_released_result_cannot_be_written_to_a_file():
    with pytest.raises(TypeError, match="release the result again"):
        pickle.dumps(release(share(12, 23), "public"))


def test_a_released_result_cannot_be_read_from_a_file():
    # the opcodes that make an object without calling it, and then set what it holds
    forged = (
        b"\x80\x04cwritinggaps.disclosure.released\nReleased\n)\x81"
        b"N}(X\x05\x00\x00\x00valueK\x01X\x07\x00\x00\x00editionX\x05\x00\x00\x00staffu\x86b."
    )

    with pytest.raises(AttributeError, match="cannot be changed"):
        pickle.loads(forged)


@pytest.mark.parametrize("edition", ["staff", *SHARED])
@pytest.mark.parametrize("thing", [7, "7 of 23", pd.DataFrame({"n": [7]}), [share(7, 23)], None])
def test_only_results_are_released(thing, edition):
    with pytest.raises(BadArgument, match="only results"):
        release(thing, edition)


def test_an_unknown_edition_is_refused():
    with pytest.raises(ValueError, match="everyone"):
        release(share(7, 23), "everyone")


def test_staff_see_exact_figures_but_no_pupils():
    seen = release(EXACT, "staff")

    assert seen.exact
    assert seen.value.who == ()
    assert (seen.value.n, seen.value.estimate, seen.value.p) == (233, 0.3333, 0.0312)


@pytest.mark.parametrize("edition", SHARED)
def test_a_shared_edition_holds_no_exact_figure_and_no_pupil_anywhere(edition):
    released = release(EXACT, edition)

    found = list(leaves(released))
    for exact in (233, 117, 1013, 0.3333, 0.1234, 0.5432, 7.77, 0.0312, 101.37, 98.63):
        assert exact not in found
    assert not any("canary" in str(leaf) for leaf in found)
    assert not released.exact


def test_each_kind_is_coarsened_in_its_own_way():
    seen = release(EXACT, "public").value

    assert (seen.label, seen.one_or_two) == ("Year 4", True)
    assert (seen.n, seen.moved, seen.sessions) == (235, 115, 1015)
    assert (seen.estimate, seen.low, seen.high) == (0.3, 0.1, 0.6)  # interval outwards
    assert (seen.gain, seen.p, seen.scores) == (8.0, 0.05, (101.0, 99.0))


@pytest.mark.parametrize("edition", SHARED)
def test_nested_families_hold_no_exact_figure(edition):
    family = split_breakdown("class", {"4A": {"a": 113, "b": 127}, "4B": {"a": 211, "b": 122}})

    found = list(leaves(release(family, edition)))

    assert {113, 127, 211, 122, 333, 573, 324, 249}.isdisjoint(found)


def test_what_is_worked_out_is_worked_out_from_released_counts():
    exact = share_difference(share(12, 23), share(31, 48))
    coarse = share_difference(share(10, 25), share(30, 50))

    seen = release(exact, "public").value

    assert (seen.estimate, seen.low, seen.high) == (coarse.estimate, coarse.low, coarse.high)


def test_equal_released_counts_give_equal_everything():
    # whatever is worked out from counts that round to the same is the same: it tells nothing more
    seen = {
        (r.estimate, r.low, r.high, r.count, r.n)
        for count in (8, 9, 10, 11, 12)
        for n in (23, 24, 25, 26, 27)
        for r in [release(share(count, n), "public").value]
    }

    assert len(seen) == 1


def test_a_result_without_a_group_that_it_needs_is_withheld_whole():
    too_small = share_difference(share(2, 5), share(31, 48))

    assert release(too_small, "governors").value.reason == "suppressed"


def test_a_withheld_result_does_not_tell_how_many_pupils_were_found():
    def tiny():
        raise TooFewPupils("The group has 3 pupils", "2 are needed", remedy="Ask the 3 of them.")

    seen = shown_to("public")(tiny).value

    assert seen == release(share(3, 8), "public").value
    assert "3" not in seen.found + seen.needed + seen.remedy


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("The one pupil left", "There is no group that this one can fairly be compared with"),
        ("Nobody was compared", "Nobody was compared"),
        ("Year 6 of 2025-26-autumn has none", "Year 6 of 2025-26-autumn has none"),
    ],
)
def test_a_reason_with_a_number_in_it_is_reworded(found, said):
    why = Withheld(reason="no_comparison", found=found, remedy="Look at 4B.")

    assert release(why, "public").value == Withheld(reason="no_comparison", found=said)


def test_staff_read_the_reason_as_it_was_given():
    why = Withheld(reason="too_few_pupils", found="The group has 3 pupils")

    assert release(why, "staff").value == why


def test_a_row_that_must_be_withheld_takes_the_result_with_it_unless_it_may_stand_alone():
    @result
    class Row:
        label: Label
        n: Count

    @result
    class Rows:
        rows: tuple[Row, ...]

    Rows.__annotations__["rows"] = tuple[Row, ...]  # a class inside a function cannot be looked up

    seen = release(Rows(rows=(Row(label="4A", n=25), Row(label="4B", n=3))), "public").value
    alone = release(breakdown("class", {"4A": (12, 25), "4B": (1, 3), "4C": (9, 24)}), "public")

    assert seen.reason == "suppressed"
    assert alone.value.shares["4B"].reason == "suppressed"
    assert alone.value.shares["4A"].n == 25


def test_a_split_is_released_with_its_shares():
    seen = release(split({"secure": 33, "only with support": 18, "not yet": 12}), "public").value

    assert (seen.n, {k: s.count for k, s in seen.shares.items()}) == (
        65,
        {"secure": 35, "only with support": 20, "not yet": 10},
    )


@result
class Compared:
    n_group: Count
    n_others: Count
    moved: PointsMoved


def test_a_gap_of_shares_is_told_in_steps_of_four_pupils_of_the_smaller_group():
    """With the others' share known, a gap told to five points would give 3 of 23 pupils away."""
    moved = dict.fromkeys(("low", "high", "detectable", "margin", "before"), -13.0)

    told = {
        release(
            Compared(
                n_group=23,
                n_others=100,
                moved=PointsMoved(**moved, narrowed=0.0, after=100 * held / 23 - 70),
            ),
            "governors",
        ).value.moved.after
        for held in range(5)
    }

    assert len(told) <= 2
    assert all(points % 20 == 0 for points in told)


def test_what_is_for_staff_is_not_in_a_shared_edition():
    @result
    class Moves:
        n: Count
        through: StaffScore
        scores: StaffScores

    moves = Moves(n=30, through=0.4, scores=(1.0,))

    assert release(moves, "staff").value == moves
    assert release(moves, "public").value == Moves(n=30, through=None, scores=())


def test_what_an_edition_tells_of_a_count_is_what_it_shows():
    show = shown_to("governors")

    assert [show.told(count, 62) for count in (0, 1, 4, 5, 58, 61)] == [2, 2, 2, 5, 58, 58]
    assert show.told(2, 8) is show.told(0, 0) is None
    assert shown_to("staff").told(2, 8) == 2
