import pandas as pd
import pytest

from writinggaps.disclosure import release
from writinggaps.measures.checks import data_checks
from writinggaps.problems import NoRecords
from writinggaps.readers.reading import Issue, Reading, Rows
from writinggaps.readers.school import School

PUPILS = pd.DataFrame(
    {
        "pupil_id": ["p1", "p2", "p3", "p4", "p5"],
        "joined": pd.to_datetime(["2023-09-01", "2025-09-03", "2026-01-06", None, "2024-09-01"]),
        "left": pd.to_datetime([None, None, None, "2025-10-20", "2025-07-20"]),
    }
)
JUDGEMENTS = pd.DataFrame({"pupil_id": ["p1"], "date": pd.to_datetime(["2025-12-09"])})
READING = Reading(
    digest="",
    issues=(
        Issue(rule="a", severity="error", message="One date is not a date", remedy="", rows=(7,)),
        Issue(rule="b", severity="note", message="Noted", remedy=""),
    ),
    rows={"pupils": Rows(read=6, kept=5), "judgements": Rows(read=1, kept=1)},
)


def school(pupils=PUPILS, reading=READING):
    tables = {"pupils": pupils, "judgements": JUDGEMENTS}
    return School(key="T1", name="Test School", phase="primary", tables=tables, reading=reading)


def test_counts_who_was_on_roll_who_joined_and_who_left_this_school_year():
    found = data_checks(school(), term="2025-26-autumn")

    assert (found.n, found.joined, found.left) == (2, 1, 1)  # p1 and p2; p2; p4
    assert found.as_at == "2025-12-09"


def test_says_what_was_set_aside_and_what_can_be_mended_but_not_mere_notes():
    found = data_checks(school(), term="2025-26-autumn")

    assert [(t.label, t.read, t.set_aside) for t in found.tables] == [
        ("pupils", 6, 1),
        ("judgements", 1, 0),
    ]
    assert (found.errors, found.warnings) == (1, 0)
    assert found.found == ("row 7: One date is not a date.",)


def test_what_was_found_in_rows_is_for_staff_only():
    many = pd.DataFrame({"pupil_id": [f"p{i}" for i in range(40)]})
    exact = data_checks(school(pupils=many), term="2025-26-autumn")

    assert release(exact, "staff").value.found == exact.found
    assert release(exact, "governors").value.found == ()
    assert release(exact, "public").value.errors == 1


def test_a_school_made_by_hand_was_read_without_issues():
    found = data_checks(school(reading=None), term="2025-26-autumn")

    assert (found.tables[0].read, found.errors, found.found) == (5, 0, ())


def test_nobody_on_roll_cannot_be_reported():
    with pytest.raises(NoRecords):
        data_checks(school(pupils=PUPILS.iloc[[3]]), term="2025-26-spring")
