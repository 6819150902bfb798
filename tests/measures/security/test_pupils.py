"""Every pupil, every statement expected of them, and its state."""

import pandas as pd
import pytest

from writinggaps.measures.security.pupils import pupil_security
from writinggaps.problems import NoRecords

TERM = "2025-26-autumn"


def test_each_pupil_has_a_row_for_each_statement_of_their_own_and_of_earlier_years(
    school_of, rows, maths
):
    found = pupil_security(school_of(rows), term=TERM, standards=maths)

    assert len(found) == 7 * 5
    layers = found.drop_duplicates("statement").set_index("statement").layer
    assert layers.to_dict() == {
        "Y3-N1": "earlier years",
        "Y3-N2": "earlier years",
        "Y3-S1": "earlier years",
        "Y4-N1": "this year",
        "Y4-S1": "this year",
    }


def test_states_follow_from_what_each_pupil_has_shown(school_of, rows, maths):
    found = pupil_security(school_of(rows), term=TERM, standards=maths)
    angles = found[found.statement.eq("Y3-S1")].set_index("pupil_id").state

    assert angles.to_dict() == {
        "A1": "retained",
        "A2": "secured",
        "A3": "not yet",
        "A4": "not yet",
        "B1": "only with support",
        "B2": "not yet",
        "B3": "too little evidence",
    }


def test_evidence_after_the_term_does_not_count(school_of, rows, maths):
    before = pupil_security(school_of(rows), term="2024-25-summer", standards=maths)

    assert set(before.state) == {"too little evidence"}


def test_pupils_who_left_or_had_not_joined_are_not_there(school_of, rows, maths):
    left = pd.to_datetime(["2025-11-01"] + [None] * 6)
    joined = pd.to_datetime([None, "2026-01-10"] + [None] * 5)

    found = pupil_security(school_of(rows, left=left, joined=joined), term=TERM, standards=maths)

    assert sorted(set(found.pupil_id)) == ["A3", "A4", "B1", "B2", "B3"]


def test_writing_with_help_is_no_independent_evidence_whatever_the_row_says(school_of, rows, maths):
    school = school_of(rows)
    pieces = school.tables["statements"][["piece", "pupil_id"]].drop_duplicates()
    school.tables["pieces"] = pieces.assign(independent=False)

    found = pupil_security(school, term=TERM, standards=maths)

    assert not found.state.isin(["secured", "retained"]).any()


def test_a_school_without_statements_is_told_so(school_of, maths):
    with pytest.raises(NoRecords, match="no statements table"):
        pupil_security(school_of([]), term=TERM, standards=maths)


def test_a_school_of_other_year_groups_is_told_that_nothing_is_expected(school_of, rows, maths):
    with pytest.raises(NoRecords, match="expect nothing of this school's year groups"):
        pupil_security(school_of(rows, year_group=1), term=TERM, standards=maths)
