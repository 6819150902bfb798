"""Pages of the sample trust in a real browser, and the same figures in every shape.

`make long-pages` checks every page of the sample trust in every view; here are a few of each sort.
"""

import io
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
openpyxl = pytest.importorskip("openpyxl")
import page_checks  # noqa: E402 - after its tools are known to be there
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


def words_in(html):
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("name", SHARED)
def test_page_pdf_and_workbook_carry_the_same_figures(name, folder):
    """What each says is compared with the findings of the report."""
    found = json.loads((folder / f"{name}.findings.json").read_text(encoding="utf-8"))
    page = words_in((folder / f"{name}.html").read_text(encoding="utf-8"))
    made = pypdf.PdfReader(io.BytesIO((folder / f"{name}.pdf").read_bytes()))
    printed = re.sub(r"\s+", "", "".join(p.extract_text() for p in made.pages))
    foot = r"Page\d+of\d+|SampleOne-FormPrimary–Autumnterm2025-26"
    printed = re.sub(foot, "", printed)
    said = {re.sub(r"\s", "", f["sentence"]) for f in found if f["sentence"]}

    assert len(said) >= 3
    assert [s for s in said if s not in page] == []
    assert [s for s in said if s not in printed] == []
    assert [cell for cell in cells_of(folder / f"{name}.xlsx") if cell not in page] == []
    assert numbers_of(folder / f"{name}.xlsx") == [
        tuple(f[part] for part in ("estimate", "low", "high", "n")) for f in found
    ]


def numbers_of(path):
    """The figures of the last sheet of a workbook, as findings have them."""
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(path)["Findings"].iter_rows()]
    places = [rows[2].index(part) for part in ("estimate", "low", "high", "n")]
    return [
        tuple(pytest.approx(row[p]) if row[p] != "none" else None for p in places)
        for row in rows[3:]
    ]


def cells_of(path):
    """What the tables of a workbook say in words and in figures, as the page writes them."""
    book = openpyxl.load_workbook(path)
    tables = [book[sheet] for sheet in book.sheetnames if sheet.startswith("Table ")]
    cells = [cell for table in tables for row in table.iter_rows(min_row=3) for cell in row]
    return {written(cell) for cell in cells if cell.value is not None} - {"none"}


def written(cell):
    if isinstance(cell.value, str):
        return re.sub(r"\s|\(\d\)$", "", cell.value)
    share = cell.number_format.endswith("%")
    places = len(cell.number_format.rstrip("%").partition(".")[2])
    shown = f"{cell.value * (100 if share else 1):.{places}f}{'%' * share}"
    return shown.replace("-", "\N{MINUS SIGN}")


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
