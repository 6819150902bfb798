"""Tables and drawings of the SENDCO's report, from the sample."""

from pathlib import Path

import pytest

import writinggaps as wg
from writinggaps.disclosure import shown_to
from writinggaps.readers import read_school
from writinggaps.report import figures, tables
from writinggaps.standards import load_standards

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "schools"
TERM = "2025-26-autumn"
RULES = load_standards()


@pytest.fixture(scope="module")
def school():
    return read_school(SAMPLE / "S02")


def rows(table):
    return {row[0]: row[1:] for row in table.rows}


def test_three_years_stand_beside_england_with_its_source(school):
    table = tables.send_context.three_years(
        shown_to("staff")(wg.send_context, school, term=TERM, standards=RULES)
    )
    assert table.columns == (
        "status", "2023-24", "2024-25", "2025-26", "England, 2024-25", "local authority"
    )  # fmt: skip
    assert rows(table)["SEN Support"][2:] == ("29 of 182 (16%)", "14.8%", "x")
    assert "release LAIT April 2026" in table.note
    assert table.note.endswith("No figure is carried for the school's local authority (x).")


def test_needs_add_up_to_the_pupils_with_sen(school):
    table = tables.send_context.needs(
        shown_to("staff")(wg.send_context, school, term=TERM, standards=RULES)
    )
    assert sum(int(row[1].split()[0]) for row in table.rows) == 35


def test_attendance_has_a_row_for_each_status_and_need(school):
    shown = shown_to("staff")(wg.send_attendance, school, term=TERM, standards=RULES)
    found = rows(tables.send_attendance.attendance(shown))
    assert list(found)[:3] == ["EHCP", "SEN Support", "No SEN"]
    assert found["Autistic spectrum disorder"][0] == "7"
    assert found["Other difficulty or disability"][2] == ""
    three = tables.send_attendance.three_years(shown)
    assert "autumn and spring terms only, not the whole year" in three.note
    assert rows(three)["gap: SEN Support"][2].startswith("−2")


def test_shared_editions_round_and_hide(school):
    shown = shown_to("governors")(wg.send_attendance, school, term=TERM, standards=RULES)
    found = rows(tables.send_attendance.attendance(shown))
    assert found["SEN Support"][:2] == ("about 30", "about 93%")
    assert found["Other difficulty or disability"][:3] == ("c", "c", "c")
    assert rows(tables.send_attendance.three_years(shown))["EHCP"][1] == "c"
    assert rows(tables.send_attendance.three_years(shown))["gap: EHCP"][1] == "not shown"


def test_the_year_that_is_not_over_says_so(school):
    table = tables.send_attendance.behaviour(
        shown_to("staff")(wg.send_behaviour, school, term=TERM, standards=RULES)
    )
    assert [row[0] for row in table.rows] == ["2023-24", "2024-25", "2025-26 so far"]
    assert [row[1] for row in table.rows] == ["5", "5", "1"]


def test_outcomes_say_why_there_is_no_official_figure(school):
    table = tables.send_outcomes.outcomes(
        shown_to("staff")(wg.send_outcomes, school, term=TERM, standards=RULES, edition="staff")
    )
    found = rows(table)
    assert found["Phonics screening check, Year 1"][-1] == (
        "EHCP 20%, SEN Support 52%, no SEN 88% (2024-25)"
    )
    assert found["Writing (teacher assessment), Year 6"][-1] == "all pupils 73% (2024-25)"
    assert found["Writing (teacher assessment)"][-1] == "x"
    assert "release LAIT April 2026" in table.note
    assert table.note.endswith("Where there is an x, no official figure is carried.")


def test_classes_are_listed_for_staff_alone(school):
    told = {"term": TERM, "standards": RULES}
    staff, governors = (
        rows(tables.send_outcomes.parts(shown_to(e)(wg.send_outcomes, school, edition=e, **told)))
        for e in ("staff", "governors")
    )
    assert staff["3A"][0].endswith("%)")
    assert not any(name in governors for name in ("3A", "4A", "5A"))


def test_the_provision_map_has_what_governors_ask_for(school):
    shown = shown_to("staff")(wg.provision_map, school, term=TERM)
    table = tables.send_outcomes.provision(shown)
    first = table.rows[0]
    assert first[0] == "Sample Sentence Scheme"
    assert first[5] == "not recorded"
    assert first[6].startswith("120 (")
    few = tables.send_outcomes.provision(shown_to("public")(wg.provision_map, school, term=TERM))
    assert rows(few)["Specimen Handwriting Scheme"][0] == "c"


@pytest.mark.parametrize("edition", ["staff", "governors", "public"])
def test_drawings_are_told_in_words_too(school, edition):
    show = shown_to(edition)
    context = figures.send_context.three_years(
        show(wg.send_context, school, term=TERM, standards=RULES)
    )
    attendance = figures.send_attendance.attendance(
        show(wg.send_attendance, school, term=TERM, standards=RULES)
    )
    assert context.title == "Chance may explain how the share on SEN Support differs from England's"
    assert attendance.title == "No primary need is known to be below the others in attendance"
    for figure in (context, attendance):
        assert figure.svg.startswith("<svg")
        assert figure.alt
    assert "Speech, language" in attendance.svg


def test_a_need_that_attends_less_is_the_title():
    there = read_school(SAMPLE / "S03")
    figure = figures.send_attendance.attendance(
        shown_to("staff")(wg.send_attendance, there, term=TERM, standards=RULES)
    )
    assert figure.title == "Attendance is lower by need: social, emotional and mental health"
