"""The inclusion report runs by plain papermill, with and without an authority's figures."""

import json
import re
import shutil
from pathlib import Path

import papermill
import pytest

ROOT = Path(__file__).parents[2]
SCHOOLS = ROOT / "data" / "sample" / "schools"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
RATES = {"access": 0.035, "welcome": 0.7, "stay": 0.05, "present": 0.09, "included": 0.05}


def run(out, **parameters):
    papermill.execute_notebook(
        ROOT / "notebooks" / "inclusion_index.ipynb",
        out / "report.ipynb",
        parameters={"term": "2025-26-autumn", **parameters},
        kernel_name="python3",
        progress_bar=False,
    )
    book = json.loads((out / "report.ipynb").read_text(encoding="utf-8"))
    outputs = [o for cell in book["cells"] for o in cell.get("outputs", ())]
    shown = [o["data"] for o in outputs if "data" in o]
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in shown]


@pytest.fixture
def with_reference(tmp_path):
    folder = tmp_path / "S02"
    shutil.copytree(SCHOOLS / "S02", folder)
    rows = [
        f"000,{name},{year},{round(rate * 2_000_000)},2000000,invented"
        for name, rate in RATES.items()
        for year in ("2023-24", "2024-25", "2025-26")
    ]
    text = "\n".join(["la_code,component,year,count,total,source", *rows])
    (folder / "reference.csv").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_a_school_is_told_beside_unnamed_peers(tmp_path, with_reference, edition):
    shown = run(tmp_path, data=str(with_reference), peers=str(SCHOOLS), edition=edition)
    page = "\n".join(shown)
    assert shown[0].startswith("Sample One-Form Primary's inclusion index is **")
    assert "another school" in page
    assert "Specimen Three-Form Primary" not in page
    assert page.count("<svg") == 1
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL).casefold()
