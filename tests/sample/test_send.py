"""What the sample plants for the SENDCO is found, and nothing else is claimed."""

from __future__ import annotations

import pytest

from writinggaps.measures.send.attendance import send_attendance
from writinggaps.measures.send.behaviour import send_behaviour
from writinggaps.measures.send.changes import attendance_change
from writinggaps.measures.send.influence import send_influence
from writinggaps.measures.send.notes import own_words
from writinggaps.measures.send.outcomes import send_outcomes
from writinggaps.readers.schema import code_table
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld, attempt

TERM = "2025-26-autumn"
STANDARDS = load_standards()


def test_only_the_planted_need_is_said_to_attend_less(trust, planted):
    [truth] = planted["need_away"]
    found = {
        key: send_attendance(school, term=TERM, standards=STANDARDS).apart
        for key, school in trust.items()
    }
    need = code_table("sen_need").means[truth["need"]]

    assert {key: apart for key, apart in found.items() if apart} == {truth["school"]: (need,)}


def test_only_the_planted_attendance_gap_is_one_or_two_pupils(trust, planted):
    [truth] = planted["two_away"]
    found = {
        key: attempt(send_influence, school, "attendance", term=TERM, standards=STANDARDS)
        for key, school in trust.items()
    }
    carried = {k: f for k, f in found.items() if not isinstance(f, Withheld) and f.carried}

    assert list(carried) == [truth["school"]]
    assert sorted(carried[truth["school"]].pupils) == truth["pupils"]


@pytest.mark.parametrize("term", ["2024-25-autumn", "2024-25-summer", TERM])
def test_no_attendance_gap_is_said_to_move(trust, term):
    for school in trust.values():
        found = attempt(attendance_change, school, term=term, standards=STANDARDS)
        assert isinstance(found, Withheld) or found.verdict not in ("closing", "wider")


def test_the_planted_rate_of_suspensions_is_in_its_interval(trust, planted):
    [truth] = planted["suspended_more"]
    found = send_behaviour(trust[truth["school"]], term=TERM, standards=STANDARDS).relative

    assert 1 < found.low < truth["times"] < found.high


def test_suspensions_do_not_fall_to_sen_where_nothing_was_planted(trust):
    found = send_behaviour(trust["S07"], term=TERM, standards=STANDARDS).relative

    assert isinstance(found, Withheld) or found.low < 1 < found.high


def test_internal_sanctions_are_kept_where_that_is_planted_and_nowhere_else(trust, planted):
    [truth] = planted["internal_sanctions"]
    found = {
        key: send_behaviour(school, term=truth["term"], standards=STANDARDS)
        for key, school in trust.items()
    }

    assert [key for key, told in found.items() if told.internal_kept] == [truth["school"]]
    assert found[truth["school"]].years[-1].events.internal == truth["events"]


def test_reading_maths_and_their_tests_are_where_they_are_planted(trust, planted):
    [truth] = planted["reading_and_maths"]
    subjects = {*truth["measures"], *truth["tests"]}
    told = {key: school.table("judgements") for key, school in trust.items()}
    assert [k for k, t in told.items() if subjects & set(t["measure"])] == [truth["school"]]
    here = told[truth["school"]]
    for measure in truth["measures"]:
        assert sorted(here.loc[here["measure"].eq(measure), "term"].unique()) == truth["terms"]

    school = trust[truth["school"]]
    found = send_outcomes(school, term=TERM, standards=STANDARDS, edition="staff")
    assert {"Reading", "Maths"} <= {row.measure.split(" (")[0] for row in found.latest}
    ends = {row.measure: row.who for row in found.rows if row.who}
    labels = [STANDARDS.measures[test].label for test in truth["tests"]]
    assert {ends[label] for label in labels} == {f"Year {truth['year_group']}"}


def test_one_note_is_for_governors_and_one_for_staff_alone(trust):
    asked = {"report": "send_report", "term": TERM}
    counts = [
        len(own_words(trust["S02"], section=section, edition=edition, **asked).notes)
        for section in ("attendance", "story")
        for edition in ("staff", "governors", "public")
    ]

    assert counts == [1, 1, 0, 1, 0, 0]
