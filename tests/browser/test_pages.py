"""Pages of the sample trust in a real browser, and the same figures in every shape.

`make long-pages` checks every page of the sample trust in every view; here are a few of each sort.
"""

import json
import re
import sys
from html import unescape
from pathlib import Path

import pytest

from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).parents[2]

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python.sync_playwright")
pypdf = pytest.importorskip("pypdf")
import page_checks  # noqa: E402 - after its tools are known to be there
import shapes  # noqa: E402 - as above
from reading import reading_age  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(page_checks.CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]
PLAN = """
term = "2025-26-autumn"
name = "Sample Trust"
editions = ["staff", "public"]
shapes = ["pdf", "xlsx"]
reports = [
  "school_report", "intervention_evaluation", "inclusion_school", "parents_summary", "trust_report",
]
[[school]]
key = "S02"
data = '{}'
"""
SEEN = [
    ("index.html", "phone"),
    ("S02/school_report.staff.html", "phone"),
    ("S02/school_report.public.html", "print"),
    ("S02/intervention_evaluation.staff.html", "laptop"),
    ("S02/parents_summary.public.html", "phone"),
    ("trust/trust_report.public.html", "laptop"),
    ("_private/pupils/S02/school_report.staff.html", "phone"),
]
SHARED = [
    "S02/school_report.public",
    "S02/intervention_evaluation.public",
    "S02/inclusion_school.public",
    "S02/parents_summary.public",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The reports of one sample school and its trust, as a run makes them."""
    place = tmp_path_factory.mktemp("trust")
    plan = place / "plan.toml"
    plan.write_text(PLAN.format(ROOT / "data" / "sample" / "schools" / "S02"), encoding="utf-8")
    ran = run(read_plan(plan), Settings(jobs=2))
    assert ran.code == 0, [o.failure for o in ran.failed]
    return ran.index.parent


@pytest.fixture(scope="module")
def browser():
    with page_checks.chromium() as found:
        yield found


@pytest.mark.parametrize(("name", "view"), SEEN)
def test_a_page_is_accessible_self_contained_small_and_fits(name, view, folder, browser):
    assert page_checks.faults(browser, folder / name, [view]) == []


@pytest.mark.parametrize("name", SHARED)
def test_page_pdf_and_workbook_carry_the_same_figures(name, folder):
    found = json.loads((folder / f"{name}.findings.json").read_text(encoding="utf-8"))

    assert len({f["sentence"] for f in found if f["sentence"]}) >= 3
    assert shapes.differences(folder / name) == []


@pytest.mark.parametrize(
    "name", ["parents_summary.public", "inclusion_school.staff", "inclusion_school.public"]
)
def test_parents_get_one_page_and_so_does_a_school_of_its_index(name, folder):
    assert len(pypdf.PdfReader(folder / f"S02/{name}.pdf").pages) == 1


@pytest.mark.parametrize("name", [name for name, _ in SEEN if "report" in name and name[0] != "_"])
def test_page_one_can_be_read_by_a_child_of_thirteen(name, folder):
    html = (folder / name).read_text(encoding="utf-8")
    brief = re.search(r'<section aria-labelledby="in-brief">.*?<ul>(.*?)</ul>', html, re.DOTALL)
    said = [unescape(re.sub("<[^>]+>", "", li)).strip() for li in brief[1].split("</li>")]

    assert 3 <= len([s for s in said if s]) <= 5
    assert reading_age(" ".join(said)) <= 13.5
