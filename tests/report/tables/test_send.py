"""Tables and drawings of the SENDCO's report, from the sample."""

from pathlib import Path

import pytest

import writinggaps as wg
from writinggaps.disclosure import shown_to
from writinggaps.readers import read_school
from writinggaps.report import figures, tables, words
from writinggaps.standards import load_standards

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "schools"
TERM = "2025-26-autumn"
RULES = load_standards()


@pytest.fixture(scope="module")
def school():
    return read_school(SAMPLE / "S02")


@pytest.fixture(scope="module", params=["staff", "governors"])
def told(request, school):
    show, about = shown_to(request.param), {"school": school, "term": TERM, "standards": RULES}
    measures = (wg.send_context, wg.send_attendance, wg.send_behaviour)
    found = [show(measure, **about) for measure in measures]
    return request.param, [*found, show(wg.send_outcomes, edition=request.param, **about)]


def line(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_three_years_stand_beside_england_and_an_authority_that_is_not_carried_is_no_column(told):
    edition, found = told
    table = tables.send.three_years(*found[:3])
    three = {line(name): [line(cell) for cell in cells] for name, *cells in table.rows}
    assert table.columns == ("of the school", "2023-24", "2024-25", "2025-26", "England")
    staff = edition == "staff"
    assert three["SEN Support"][2:] == [
        "29 (16%)" if staff else "about 30 (17%)", "14.8% (2024-25)"
    ]  # fmt: skip
    assert three["Attended: no SEN"][3] == "93.46%"
    assert three["Attended: EHCP"][1] == ("85.5%" if staff else "c")
    assert three["Gap: SEN Support"][2].startswith("−2")
    assert three["Gap: EHCP"][3] == "−5.9"
    assert three["Suspensions"][0] == ("5" if staff else "about 5")
    assert three["Pupils suspended"][3] == "0.99% (2023-24)"
    assert "Internal sanctions" not in three
    assert "autumn and spring of 2022-23, all phases" in table.note
    assert table.note.endswith("2025-26 are those so far. The authority's are not carried.")


def test_every_need_stands_once_and_those_that_show_nothing_are_named_in_a_note(told):
    edition, found = told
    table = tables.send.by_need(*found)
    needs = {name: [line(cell) for cell in cells] for name, *cells in table.rows}
    assert table.columns == (
        "status or need", "pupils", "attended", "missed 10%+",
        "suspended", "writing",
    )  # fmt: skip
    assert list(needs)[:3] == ["EHCP", "SEN Support", "No SEN"]
    assert not any(set(cells[1:]) <= {"c", "x", "–", "none"} for cells in needs.values())
    assert "specific learning difficulty" in table.note.lower()
    if edition == "staff":
        assert needs["Autistic spectrum disorder"][0] == "7 (4%)"
        assert table.note.startswith("Of fewer than four pupils: ")
    else:
        assert needs["SEN Support"][:2] == ["about 30 (17%)", "about 93%"]
        assert table.note.startswith("Attended, and missed: since September. Suspended: in three")
        assert "expected standard. No pupils, or too few to show: " in table.note


def test_internal_sanctions_have_rows_where_they_are_kept():
    there = read_school(SAMPLE / "S05")
    about = {"term": TERM, "standards": RULES}
    show = shown_to("staff")
    found = [show(m, there, **about) for m in (wg.send_context, wg.send_attendance)]
    table = tables.send.three_years(*found, show(wg.send_behaviour, there, **about))
    assert "Internal sanctions" in [row[0] for row in table.rows]


def test_outcomes_stand_beside_england_with_its_year(told):
    edition, found = told
    table = tables.send.outcomes(found[3])
    assert table.columns == ("measure", "EHCP", "SEN Support", "no SEN", "England")
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Writing, autumn 2025"][-1] == "x"
    phonics = "Phonics screening check, Year 1"
    said = "With a year group: summer 2025."
    assert said in table.note
    if edition == "staff":
        assert table.note == f"England, by SEN status: EHCP / SEN Support / no SEN. {said}"
        assert line(rows["Writing, Year 6"][-1]) == "all pupils 73% (2024-25)"
        assert line(rows[phonics][-1]) == "20% / 52% / 88% (2024-25)"
    else:
        assert phonics in table.note


def test_classes_are_listed_for_staff_alone(told):
    edition, found = told
    listed = words.send_outcomes.parts(found[3])
    assert ("Writing by class:" in listed) == (edition == "staff")


def test_the_provision_map_has_what_governors_ask_for(school):
    shown = shown_to("staff")(wg.provision_map, school, term=TERM)
    table = tables.send.provision(shown)
    first = table.rows[0]
    assert first[0] == "Sample Sentence Scheme"
    assert first[5].startswith("120 (")
    assert "pounds" not in table.columns
    assert "Costs are not recorded." in table.note
    few = tables.send.provision(shown_to("public")(wg.provision_map, school, term=TERM))
    assert few == "Provision from spring 2025 to autumn 2025: none, or too few pupils to show."


@pytest.mark.parametrize("edition", ["staff", "governors", "public"])
def test_drawings_are_told_in_words_too(school, edition):
    show = shown_to(edition)
    figure = figures.send_attendance.attendance(
        show(wg.send_attendance, school, term=TERM, standards=RULES)
    )
    assert figure.title == "No primary need is known to be below the others in attendance"
    assert figure.svg.startswith("<svg")
    assert figure.alt.startswith("Pupils ")
    assert "than pupils without SEN" in figure.alt
    assert "Speech, language" in figure.svg


def test_a_need_that_attends_less_is_the_title():
    there = read_school(SAMPLE / "S03")
    figure = figures.send_attendance.attendance(
        shown_to("staff")(wg.send_attendance, there, term=TERM, standards=RULES)
    )
    assert figure.title == "Attendance is lower by need: social, emotional and mental health"
