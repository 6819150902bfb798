"""Habits: three times, in three pieces, over four weeks; stopped after eight weeks, two pieces."""

import pandas as pd
import pytest

from writinggaps.measures.errors import habits, habitual_errors
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.standards import load_standards

TERM = "2025-26-autumn"
STANDARDS = load_standards()
START = pd.Timestamp("2025-03-03")


def made(pupil, weeks, item="thay for they", pieces=None):
    return [
        {
            "pupil_id": pupil,
            "date": START + pd.Timedelta(weeks=week),
            "piece": f"{pupil} {week}" if pieces is None else pieces[number],
            "kind": "spelling",
            "item": item,
        }
        for number, week in enumerate(weeks)
    ]


def school_of(errors, written=None):
    pupils = pd.DataFrame(
        {"pupil_id": ["P1", "P2", "P3"], "year_group": [3, 4, 4], "class": ["3A", "4A", "4B"]}
    )
    tables = {"pupils": pupils}
    if errors:
        tables["writing_errors"] = pd.DataFrame(errors)
    if written is not None:
        days = [(p, START + pd.Timedelta(weeks=w)) for p, weeks in written.items() for w in weeks]
        tables["pieces"] = pd.DataFrame(days, columns=["pupil_id", "date"])
    return School(key="oak", name="Example", phase="primary", tables=tables)


def asked(errors, written=None):
    return habitual_errors(school_of(errors, written), term=TERM, standards=STANDARDS)


@pytest.mark.parametrize(
    ("weeks", "pieces", "habit"),
    [
        pytest.param((0, 2, 4), None, True, id="three-over-four-weeks"),
        pytest.param((0, 2, 3), None, False, id="three-over-three-weeks"),
        pytest.param((0, 4), None, False, id="twice"),
        pytest.param((0, 2, 4), ("a", "a", "b"), False, id="in-two-pieces"),
        pytest.param((0, 2, 4), (None, None, None), True, id="no-pieces-named-days-count"),
        pytest.param((0, 2, 60), None, False, id="the-third-is-after-the-term"),
    ],
)
def test_an_error_is_a_habit_by_the_rule(weeks, pieces, habit):
    found = asked(made("P1", weeks, pieces=pieces))

    assert found.habit_pupils == (("P1",) if habit else ())
    assert (found.pupils.count, found.pupils.n) == (int(habit), 3)


def test_habits_of_most_pupils_come_first_with_since_when_and_in_which_years():
    found = asked(
        [*made("P1", (0, 2, 4), "wos for was"), *made("P2", (9, 12, 30)), *made("P3", (14, 16, 25))]
    )

    first, second = found.habits
    assert (first.label, first.since, first.year_groups) == (
        "thay for they",
        "May 2025",
        ("Year 4",),
    )
    assert (first.pupils.count, second.label, second.pupils.count) == (2, "wos for was", 1)
    assert found.pupils.count == 3


@pytest.mark.parametrize(
    ("written", "stopped"),
    [
        pytest.param((8, 12), True, id="two-pieces-eight-weeks"),
        pytest.param((8, 11), False, id="two-pieces-seven-weeks"),
        pytest.param((12,), False, id="one-piece"),
        pytest.param((), False, id="nothing-written-since"),
    ],
)
def test_a_habit_has_stopped_when_enough_was_written_without_it(written, stopped):
    found = asked(made("P1", (0, 2, 4)), {"P1": (0, 2, 4, *written)})

    assert [h.label for h in found.stopped] == (["thay for they"] if stopped else [])
    assert [h.label for h in found.habits] == ([] if stopped else ["thay for they"])


def test_without_pieces_no_habit_can_be_said_to_have_stopped():
    assert asked(made("P1", (0, 2, 4))).stopped == ()


def test_pupils_who_are_not_on_roll_have_no_habits_here():
    assert habits(school_of(made("P9", (0, 2, 4))), term=TERM, standards=STANDARDS).empty


def test_only_as_many_habits_as_asked_for_are_given():
    errors = [*made("P1", (0, 2, 4), "a for b"), *made("P1", (0, 2, 4), "c for d")]

    found = habitual_errors(school_of(errors), term=TERM, standards=STANDARDS, count=1)

    assert len(found.habits) == 1


def test_a_school_that_keeps_no_errors_is_told_so():
    with pytest.raises(NoRecords, match="no writing_errors table"):
        asked([])
