"""The inclusion reports run in every edition, and name nobody who was not to be named."""

import json
import re
import shutil
from pathlib import Path

import papermill
import pytest

from writinggaps.run.execute import HERE, execute

ROOT = Path(__file__).parents[2]
SCHOOLS = ROOT / "data" / "sample" / "schools"
TERM = "2025-26-autumn"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run(name, **parameters):
    return execute(
        ROOT / "notebooks" / f"{name}.ipynb", {"term": TERM, "standards": "", **parameters}
    )


def page(book):
    outputs = [o["data"] for cell in book["cells"] for o in cell.get("outputs", ()) if "data" in o]
    return "\n".join("".join(d.get("text/markdown", d.get("text/html", ""))) for d in outputs)


def said(text):
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", text, flags=re.DOTALL)


@pytest.mark.parametrize("edition", ["staff", "governors"])
def test_a_trust_may_name_its_schools(edition):
    text = page(run("inclusion_index", data=str(SCHOOLS), named=True, edition=edition))
    assert "below it Changing Rolls Primary (most of all through keeping pupils with SEN)" in text
    assert "another school" not in text
    assert "nan" not in said(text).casefold().split()


def test_otherwise_only_the_schools_own_figures_tell_more_than_its_index():
    text = page(run("inclusion_index", data=str(SCHOOLS), own="S06", edition="public"))
    others = ("Sample One-Form", "Specimen", "Pattern", "Illustration", "Nothing Planted")
    assert not any(name in text for name in others)
    tables = re.findall(r"<table>.*?</table>", text, flags=re.DOTALL)
    told = [t for t in tables if "another school" in t]
    assert len(tables) - len(told) >= 4
    assert all("The inclusion index, autumn 2025" in t for t in told)


@pytest.mark.parametrize(
    ("edition", "index"), [("staff", "54"), ("governors", "about 50"), ("public", "about 50")]
)
def test_a_school_is_told_what_its_index_is_made_of(edition, index):
    text = page(run("inclusion_school", data=str(SCHOOLS / "S02"), edition=edition))
    assert f"Sample One-Form Primary's inclusion index is **{index}**" in text
    assert "Since last year" in text
    assert "nan" not in said(text).casefold().split()


def test_without_the_authoritys_figures_the_parts_are_counted_and_not_scored(tmp_path):
    shutil.copytree(SCHOOLS / "S02", tmp_path / "S02")
    (tmp_path / "S02" / "reference.csv").unlink()
    given = {"data": str(tmp_path / "S02"), "edition": "staff", "term": TERM}
    papermill.execute_notebook(
        ROOT / "notebooks" / "inclusion_school.ipynb",
        tmp_path / "report.ipynb",
        parameters=given,
        engine_name=HERE,
        progress_bar=False,
    )
    text = page(json.loads((tmp_path / "report.ipynb").read_text(encoding="utf-8")))
    assert "This cannot be said. The authority's figures do not say" in text
    assert "17 of 546" in text
    assert "What the index is made of" not in text
