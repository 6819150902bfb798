"""Pages of the sample trust in a real browser: accessible, self-contained, and fit for a phone."""

import shutil
from pathlib import Path

import pytest

from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = {"phone": 390, "laptop": 1280}

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The index and the reports of one sample school, as a run makes them."""
    out = tmp_path_factory.mktemp("reports")
    plan = read_plan(ROOT / "data" / "sample" / "plan.toml", out=out)
    ran = run(plan, Settings(only="S02", jobs=2))
    assert ran.code == 0, [o.failure for o in ran.failed]
    folder = ran.index.parent
    return {page.relative_to(folder).as_posix(): page for page in folder.rglob("*.html")}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as tools:
        found = tools.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield found
        found.close()


NAMES = [
    "index.html",
    "S02/school_report.staff.html",
    "S02/school_report.governors.html",
    "S02/send_report.staff.html",
    "S02/intervention_evaluation.governors.html",
    "_private/pupils/S02/school_report.staff.html",
]


@pytest.mark.parametrize("width", WIDTHS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_self_contained_and_fits(name, width, pages, browser):
    outside, said = [], []
    page = browser.new_page(viewport={"width": WIDTHS[width], "height": 900})
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith("file:") else None)
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())

    found = axe.Axe().run(page).response["violations"]
    too_wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    page.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert outside == []
    assert said == []
    assert not too_wide


def test_every_chart_has_its_own_alt_text(pages, browser):
    page = browser.new_page()
    page.goto(pages["S02/school_report.staff.html"].as_uri())
    alts = page.eval_on_selector_all("[role=img]", "all => all.map(e => e.ariaLabel)")
    page.close()

    assert len(alts) >= 3
    assert len(set(alts)) == len(alts)
    assert all(any(c.isdigit() for c in alt) for alt in alts), "each says its main figure"


def test_no_page_runs_a_script(pages, browser):
    page = browser.new_page()
    for place in pages.values():
        page.goto(place.as_uri())
        assert page.locator("script").count() == 0
    page.close()
