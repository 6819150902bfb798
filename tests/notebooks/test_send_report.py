"""The SENDCO's report runs by plain papermill, for every sort of school, and hides what it must."""

import json
import re
from pathlib import Path
from runpy import run_path

import papermill
import pytest

from writinggaps.official import lines

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "schools"
TERM = "2025-26-autumn"
_MADE = run_path(str(Path(__file__).with_name("plan_pages.py")))
MOST = _MADE["MOST"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run(data, out, edition):
    papermill.execute_notebook(
        ROOT / "notebooks" / "send_report.ipynb",
        out / "report.ipynb",
        parameters={"data": str(data), "term": TERM, "edition": edition},
        kernel_name="python3",
        progress_bar=False,
    )
    book = json.loads((out / "report.ipynb").read_text(encoding="utf-8"))
    shown = [o["data"] for cell in book["cells"] for o in cell.get("outputs", ()) if "data" in o]
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in shown]


def sound(shown):
    page = re.sub(r"<svg.*?</svg>", "", "\n".join(shown), flags=re.DOTALL)
    assert not re.search(r"\bnan\b|None(?! (?:or|of))|Withheld|pupil_id", page)
    return page


ASKED = (
    ("Who are our pupils with SEN?", "Three years, and the latest official figures"),
    ("Who are our pupils with SEN?", "By SEN status and primary need"),
    ("Who are our pupils with SEN?", "an assessment for a plan was requested for"),
    ("Who attends", "**Is it one or two pupils?**"),
    ("Who is suspended", "**Is there a gap, and is it moving?**"),
    ("How do pupils with SEN do", "At the expected standard, and mean scores"),
    ("What do we provide", "Provision from spring 2025 to autumn 2025"),
    ("what do we work on?", "This year's priorities: "),
)
"""What governors ask of a SENCO: where it is answered, and by what."""


def sections(book):
    """Give what is shown under each heading of a run."""
    found, heading = {}, ""
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            heading = source.splitlines()[0]
        said = [o["data"] for o in cell.get("outputs", ()) if "data" in o]
        told = ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in said]
        found[heading] = "\n".join([found.get(heading, ""), *told])
    return found


def officials(page):
    """Give each figure that a page shows with a school year in brackets, and that year's end."""
    plain = page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    for cell in re.findall(r"<td>([^<]*) \((\d{4}-\d{2})\)</td>", plain):
        for value in re.findall(r"-?\d+(?:\.\d+)?(?=%|,|$)", cell[0]):
            yield float(value), int(cell[1][:4]) + 1


@pytest.mark.parametrize("key", ["S03", "S05"])
def test_every_official_figure_is_a_row_with_its_year_whose_source_is_named(tmp_path, key):
    page = sound(run(SAMPLE / key, tmp_path, "governors"))
    rows = {
        (float(value), int(year)): (measure, version)
        for measure, _, _, _, _, year, value, version, *_ in lines("england.csv")
        if value
    }
    named = {(of, version): source for of, version, _, _, source, _ in lines("series.csv")}
    shown = list(officials(page))
    assert len(shown) >= 5
    for figure in shown:
        measure, version = rows[figure]
        assert f"{named[measure, version].split(' (')[0]}, release {version}" in page


@pytest.mark.parametrize("key", ["S01/S01.xlsx", "S02", "S05"])
def test_the_staff_edition_tells_every_question(tmp_path, key):
    page = sound(run(SAMPLE / key, tmp_path, "staff"))
    assert page.startswith("- In autumn 2025, **")
    assert "Invented note: a new quiet room opened" in page
    assert page.count("private lists of this report") >= 1


def test_the_governors_edition_answers_what_governors_ask_section_by_section(tmp_path):
    page = sound(run(SAMPLE / "S03", tmp_path, "governors"))
    told = sections(json.loads((tmp_path / "report.ipynb").read_text(encoding="utf-8")))
    for heading, answer in ASKED:
        [section] = [text for name, text in told.items() if heading in name]
        assert answer in section, (heading, answer)
    for heading in ("Who attends", "Who is suspended", "How do pupils with SEN do"):
        [section] = [text for name, text in told.items() if heading in name]
        assert section.count("- **") == 4
    brief = told["## In brief"]
    assert 3 <= brief.count("\n- ") <= 5
    assert "one or two pupils" in brief
    assert "schemes were given" in brief
    assert "Invented note: we ring home" in page
    assert "quiet room" not in page
    assert "private lists" not in page
    assert "**about 70 of 525 pupils (one in ten)** were on SEN Support" in page


@pytest.mark.browser
@pytest.mark.skipif(not _MADE["find_browser"](), reason="No browser is installed")
def test_the_report_of_the_largest_school_is_three_sheets_of_paper_at_most():
    assert 1 <= _MADE["pages"](_MADE["send_page"](SAMPLE / "S03", "staff", "S03")) <= MOST


def folder(out, key, phase, provisions):
    """Write a school of which only the pupils are known."""
    home = out / key
    home.mkdir()
    told = ["pupil_id,year_group,class,sex,sen_provision,sen_need,disadvantaged"]
    for n, provision in enumerate(provisions):
        need = "SLD" if provision != "N" else ""
        told.append(f"P{n:03d},{n % 6 + 1},{n % 6 + 1}A,{'MF'[n % 2]},{provision},{need},n")
    (home / "pupils.csv").write_text("\n".join(told) + "\n", encoding="utf-8")
    settings = f'name = "Example"\nkey = "{key}"\nphase = "{phase}"\nages = [0, 6]\n'
    (home / "school.toml").write_text(settings, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("phase", "provisions", "said"),
    [
        ("secondary", "K" * 9 + "N" * 51, "**9 of 60 pupils (15%)** were on SEN Support"),
        ("primary", "N" * 60, "In autumn 2025 none of the school's 60 pupils was on SEN Support"),
        ("primary", "K" * 2 + "E" + "N" * 57, "**2 of 60 pupils (3%)** were on SEN Support"),
        ("special", "E" * 40, "and **40** had a plan (EHCP)."),
    ],
)
def test_a_school_that_gave_only_its_pupils_gets_a_sensible_page(tmp_path, phase, provisions, said):
    page = sound(run(folder(tmp_path, "X1", phase, provisions), tmp_path, "staff"))
    assert said in page
    assert "The school's data have no attendance table" in page
    assert "The school's data have no suspensions table" in page
