"""Hostile texts in a school's files, through one real report (hostile.py makes all of them)."""

import sys
from pathlib import Path

import pytest

from writinggaps.run.execute import execute, findings_in
from writinggaps.run.page import Heading, render
from writinggaps.run.workbook import workbook

sys.path.insert(0, str(Path(__file__).parent))

import hostile

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "intervention_evaluation.ipynb"


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:Glyph")  # of control characters, in drawings
def test_hostile_texts_in_a_schools_files_are_texts_on_its_pages_and_in_its_workbook(tmp_path):
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("no browser is installed")
    school = hostile.hostile_school(tmp_path / "school")
    asked = {"data": str(school), "term": hostile.TERM, "edition": "staff"}
    ran = execute(NOTEBOOK, asked)
    heading = Heading(ran.metadata["schools"][0]["name"], hostile.TERM, "staff")
    page = tmp_path / "page.html"
    page.write_text(render(ran, heading), encoding="utf-8")
    found = hostile.browsed([page])
    tables, run = hostile.taken_away(page.read_text(encoding="utf-8"))

    assert len(hostile.PAYLOADS) == len(set(hostile.PAYLOADS)) == 200
    assert found.pop("read") > 3
    assert set(found.values()) == {0}
    assert tables
    assert run == []
    assert hostile.formulas_in(workbook(ran, heading, findings_in(ran))) == []
