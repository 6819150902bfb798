"""The development plan: a school's and a trust's, both editions, on three sheets of paper."""

import re
from pathlib import Path
from runpy import run_path

import pytest

_MADE = run_path(str(Path(__file__).with_name("plan_pages.py")))
SAMPLE, MOST = _MADE["SAMPLE"], _MADE["MOST"]
findings, page, pages, find_browser = (
    _MADE[n] for n in ("findings", "page", "pages", "find_browser")
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return findings(SAMPLE / "S03", tmp_path_factory.mktemp("plan") / "S03.json")


@pytest.fixture(scope="module")
def staff(records):
    return page(SAMPLE / "S03", records, "staff", "S03")


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_planted_priority_reached_its_target_by_more_than_chance(staff):
    said = "one can be measured. It reached its target, by more than chance gives."
    assert said in text(staff)


def test_what_is_planted_is_suggested_first(staff):
    told = text(staff)
    assert "What surely concerns most pupils is Sentence control" in told
    assert "most of them in Year 4" in told


def test_the_schools_own_words_stand_in_both_editions_and_governors_see_rounded_figures(records):
    shared = text(page(SAMPLE / "S03", records, "governors", "S03"))
    assert "Invented note: we chose three priorities" in shared
    assert "about 295 of 450" in shared
    assert "294 of 450" not in shared


@pytest.mark.browser
@pytest.mark.skipif(not find_browser(), reason="No browser is installed")
def test_the_plan_of_the_largest_school_is_three_sheets_of_paper_at_most(staff):
    assert 1 <= pages(staff) <= MOST


def test_a_trust_plans_from_its_own_workbook_and_all_schools_findings(records, tmp_path):
    head = "priority,measure,baseline,target,owner,by,status\n"
    line = (
        "Sentences in every school,secure: Sentence control,60,75,Trust lead,2026-07-17,started\n"
    )
    (tmp_path / "priorities.csv").write_text(head + line, encoding="utf-8")
    told = text(page(tmp_path, records, "staff", "trust"))
    assert "Sentences in every school 294 of 450 (65%) 60% 75%" in told
    assert "The school's data have no pupils table" in told
