from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from writinggaps.disclosure.private import PRIVATE_MIME
from writinggaps.findings import MIME
from writinggaps.run.gate import refused
from writinggaps.run.jobs import Job
from writinggaps.run.limits import limits

JOB = Job(
    key="100001",
    name="St Example's",
    report="school_report",
    edition="governors",
    term="2025-26-autumn",
    notebook="",
    parameters={},
    inputs=(),
    strangers=("St Sample's", "100002", "S03"),
)
SCHOOL = {"key": "100001", "urn": "", "name": "Another name"}


def page(words="Sound."):
    return f'<html lang="en-GB"><title>T</title><h1>St Example\'s</h1><p>{words}</p>'


def book(*outputs, schools=(SCHOOL,)):
    cells = [new_code_cell("1", outputs=[new_output("display_data", data=o) for o in outputs])]
    return new_notebook(cells=cells, metadata={"schools": list(schools)})


def test_a_sound_page_passes():
    assert refused(JOB, book({MIME: {}, "text/plain": "a"}), page()) is None


@pytest.mark.parametrize(
    ("key", "urn", "name", "passes"),
    [
        ("100001", "", "Another name", True),
        ("folder", "100001", "Another name", True),
        ("folder", "", "ST EXAMPLE'S", True),
        ("folder", "", "Another name", False),
        ("100002", "", "St Example's", False),
        ("folder", "100002", "St Example's", False),
    ],
)
def test_numbers_decide_whose_data_they_are_and_names_only_where_a_number_is_missing(
    key, urn, name, passes
):
    read = {"key": key, "urn": urn, "name": name}
    assert (refused(JOB, book(schools=[read]), page()) is None) is passes


def test_a_page_made_from_another_schools_data_is_refused():
    other = {"key": "100002", "urn": "", "name": "St Sample's"}
    failure = refused(JOB, book(schools=[SCHOOL, other]), page())
    assert failure.code == "wrong_school"
    assert failure.words == (
        "The page was held back: its data are of another school than 100001, by their own "
        "settings; mend one."
    )


@pytest.mark.parametrize(
    "words",
    [
        "as at ST SAMPLE'S, where",
        "number 100002.",
        "St\n Sample's",
        "(S03)",
        '<img src="data:image/png;x" alt="St Sample\'s">',
    ],
)
def test_a_page_that_names_another_school_of_the_plan_is_refused(words):
    failure = refused(JOB, book(), page(words))
    assert failure.code == "wrong_school"
    assert "Sample" not in failure.words
    assert failure.page == page(words)


@pytest.mark.parametrize("words", ["1000021 pupils", "S035", "St Sample"])
def test_words_that_only_contain_another_schools_key_pass(words):
    assert refused(JOB, book(), page(words)) is None


def test_a_trust_report_may_name_every_school():
    trust = replace(JOB, key="trust", strangers=())
    other = {"key": "100002", "urn": "", "name": "St Sample's"}
    assert refused(trust, book(schools=[SCHOOL, other]), page("St Sample's")) is None


def test_shared_editions_show_only_what_disclosure_has_passed():
    frame = {"text/plain": "name  score", "text/html": "<table>"}
    failure = refused(JOB, book(frame), page())
    assert failure.code == "undisclosed"
    assert "cell 0 shows something that disclosure has not passed" in failure.words
    assert refused(replace(JOB, edition="staff"), book(frame), page()) is None


def test_an_output_that_shows_nothing_passes_and_a_list_of_pupils_does_not():
    assert refused(JOB, book({"text/plain": ""}), page()) is None
    listed = {"text/plain": "", MIME: {}, PRIVATE_MIME: {"rows": [["p1"]]}}
    assert refused(JOB, book(listed), page()).code == "undisclosed"
    assert refused(replace(JOB, edition="staff"), book(listed), page()) is None


def test_a_page_that_not_everyone_can_read_is_refused():
    assert refused(JOB, book(), page("<img src='data:image/png;x'>")).code == "inaccessible"


def test_a_page_that_is_far_too_large_is_refused():
    failure = refused(JOB, book(), page("x" * 1024 * (limits().page_kilobytes + 1)))
    assert failure.code == "too_large"


def test_every_fault_is_kept_and_the_first_is_told():
    failure = refused(JOB, book({"text/plain": "a"}), page("S03<script></script>"))
    assert failure.words.endswith("stands in it (and 2 more).")
    assert [line.split(":")[0] for line in failure.private.splitlines()] == [
        "wrong_school",
        "undisclosed",
        "inaccessible",
    ]
