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


ODD = pd.DataFrame(
    {
        "pupil_id": ["P1", "P2", "P3", "P4", "P5", "P6", "P7"],
        "upn": ["U1", "U2", "U3", None, None, "U1", None],
        "year_group": pd.array([4, 4, 4, 4, None, 4, 4], dtype="Int64"),
        "sen_provision": ["N", "K", "N", "N", "N", None, "N"],
        "disadvantaged": pd.array([True, False, True, True, None, False, False], dtype="boolean"),
        "joined": pd.to_datetime(
            ["2022-09-01", "2025-10-01", "2022-09-01", None, None, None, "2026-02-01"]
        ),
        "left": pd.to_datetime([None, None, "2025-11-01", "2024-07-20", None, None, None]),
    }
)


def test_each_kind_of_pupil_is_counted_with_what_it_counts_in():
    judged = pd.DataFrame({"pupil_id": ["P1", "P2", "P6", "P5"], "term": ["2025-26-autumn"] * 4})
    judged.loc[3, "term"] = "2024-25-autumn"
    tables = {"pupils": ODD, "judgements": judged}
    odd = School(key="T1", name="Test School", phase="primary", tables=tables)

    assert [(row.label, row.n) for row in data_checks(odd, term="2025-26-autumn").counted] == [
        ("on roll at the end of the term", 4),
        ("of these, joined since the school year began", 1),
        ("left since the school year began", 1),
        ("left in an earlier school year", 1),
        ("on roll without a judgement this term", 1),
        ("on roll with no year group recorded", 1),
        ("on roll, disadvantage not recorded", 1),
        ("on roll, SEN provision not recorded", 1),
        ("listed again under a UPN that another pupil has", 1),
    ]


def test_where_nothing_is_odd_only_the_roll_is_told():
    pupils = ODD.iloc[[0]]
    judged = pd.DataFrame({"pupil_id": ["P1"], "term": ["2025-26-autumn"]})
    tables = {"pupils": pupils, "judgements": judged}
    even = School(key="T1", name="Test School", phase="primary", tables=tables)

    assert [row.counted for row in data_checks(even, term="2025-26-autumn").counted] == [
        "in everything about this term"
    ]


def test_says_what_was_set_aside_and_what_can_be_mended_but_not_mere_notes():
    found = data_checks(school(), term="2025-26-autumn")

    assert [(t.label, t.read, t.set_aside) for t in found.tables] == [
        ("pupils", 6, 1),
        ("judgements", 1, 0),
    ]
    assert (found.errors, found.warnings) == (1, 0)
    assert found.found == ("row 7: One date is not a date.",)


def test_a_sheet_that_nobody_filled_in_is_no_table():
    blank = School(
        key="T1",
        name="Test School",
        phase="primary",
        tables={"pupils": PUPILS, "judgements": JUDGEMENTS.iloc[:0]},
    )

    assert [t.label for t in data_checks(blank, term="2025-26-autumn").tables] == ["pupils"]


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
