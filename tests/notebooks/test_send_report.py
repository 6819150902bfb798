"""The SENDCO's report runs by plain papermill, for every sort of school, and hides what it must."""

import json
import re
from pathlib import Path

import papermill
import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "schools"
TERM = "2025-26-autumn"

pytestmark = [
    pytest.mark.slow,
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
    assert not re.search(r"\bnan\b|None(?! or)|Withheld|pupil_id", page)
    return page


@pytest.mark.parametrize("key", ["S01/S01.xlsx", "S02", "S05"])
def test_the_staff_edition_tells_every_question(tmp_path, key):
    page = sound(run(SAMPLE / key, tmp_path, "staff"))
    assert page.startswith("- In autumn 2025, **")
    assert "Invented note: a new quiet room opened" in page
    assert page.count("private lists of this report") >= 1


def test_the_governors_edition_has_their_note_and_no_exact_figure(tmp_path):
    page = sound(run(SAMPLE / "S03", tmp_path, "governors"))
    assert "Invented note: we ring home" in page
    assert "quiet room" not in page
    assert "private lists" not in page
    assert "**about 70 of 525 pupils (one in ten)** were on SEN Support" in page


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
        ("primary", "N" * 60, "In autumn 2025 none of the school's 60 pupils was on SEN Support"),
        ("primary", "K" * 2 + "E" + "N" * 57, "**2 of 60 pupils (3%)** were on SEN Support"),
        ("special", "E" * 40, "**40 of 40 pupils (100%)** had an EHCP."),
    ],
)
def test_a_school_that_gave_only_its_pupils_gets_a_sensible_page(tmp_path, phase, provisions, said):
    page = sound(run(folder(tmp_path, "X1", phase, provisions), tmp_path, "staff"))
    assert said in page
    assert "The school's data have no attendance table" in page
    assert "The school's data have no suspensions table" in page
