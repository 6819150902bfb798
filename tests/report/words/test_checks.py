from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.checks import CountedPupils, DataChecks, TableRows
from writinggaps.report.tables import checks as tables
from writinggaps.report.words import checks as words

PUPILS = TableRows(label="pupils", read=212, set_aside=0, latest="")
ERRORS = TableRows(label="writing_errors", read=1508, set_aside=2, latest="2025-12-09")
CLEAN = DataChecks(
    school="Test *School*",
    period="2025-26-autumn",
    as_at="2025-12-09",
    n=211,
    joined=12,
    left=7,
    counted=(
        CountedPupils(label="on roll", n=211, counted="in everything", not_counted=""),
        CountedPupils(label="left", n=3, counted="in earlier terms", not_counted="in this one"),
    ),
    tables=(PUPILS,),
    errors=0,
    warnings=0,
    found=(),
)
QUERIED = replace(CLEAN, tables=(PUPILS, ERRORS), errors=1, warnings=2, found=("Row 7: a.", "b."))


def test_clean_data():
    assert words.data_checks(release(CLEAN, "staff")) == (
        "This report counts 211 pupils on roll at the end of the term at Test \\*School\\*, "
        "from 1 table of data, up to 9 December 2025. Since September 12 joined and 7 left. "
        "Nothing in the data had to be set aside or queried."
    )
    still = release(replace(CLEAN, joined=0), "staff")
    assert "Since September nobody joined and 7 left." in words.data_checks(still)


def test_shared_editions_say_about():
    assert words.data_checks(release(replace(QUERIED, left=2), "governors")) == (
        "This report counts about 210 pupils on roll at the end of the term at Test \\*School\\*, "
        "from 2 tables of data, up to 9 December 2025. Since September about 10 joined and "
        "fewer than 5 left. Reading the data turned up 3 things to look at (one led to rows being "
        "set aside); the staff edition says where."
    )


def test_staff_are_told_where_to_look():
    assert words.data_checks(release(QUERIED, "staff")).endswith("the table below says where.")


def test_nothing_lost_is_said():
    lossless = replace(CLEAN, warnings=1, as_at="")
    assert words.data_checks(release(lossless, "staff")) == (
        "This report counts 211 pupils on roll at the end of the term at Test \\*School\\*, "
        "from 1 table of data. Since September 12 joined and 7 left. Reading the data turned up "
        "1 thing to look at (no row was lost); the table below says where."
    )


@pytest.mark.parametrize(
    ("edition", "on_roll", "left", "note"),
    [
        (
            "staff",
            "211",
            "3",
            (
                "Read for this report: pupils (212 rows); writing errors (1,508 rows, 2 set aside, "
                "up to 9 December 2025). Row 7: a. b."
            ),
        ),
        (
            "public",
            "about 210",
            "fewer than 5",
            (
                "Read for this report: pupils (about 210 rows); writing errors (about 1,510 rows, "
                "2 set aside, up to 9 December 2025)."
            ),
        ),
    ],
)
def test_who_counts_where_is_told_as_exactly_as_the_edition_allows(edition, on_roll, left, note):
    found = tables.data_checks(release(QUERIED, edition))

    assert found.note == note
    assert found.rows == (
        ("On roll", on_roll, "in everything", "–"),
        ("Left", left, "in earlier terms", "in this one"),
    )
