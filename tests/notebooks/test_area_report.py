"""The area report runs by plain papermill and tells what the published files hold."""

import json
import re
from pathlib import Path

import papermill
import pytest

from writinggaps.run.execute import HERE

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "tests" / "readers" / "data" / "ks2_tables"
REAL = ROOT.parent / "shared" / "data" / "ks2"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run(folder, out, **parameters):
    papermill.execute_notebook(
        ROOT / "notebooks" / "area_report.ipynb",
        out / "report.ipynb",
        parameters={"data": str(folder), **parameters},
        engine_name=HERE,
        progress_bar=False,
    )
    return json.loads((out / "report.ipynb").read_text(encoding="utf-8"))


def texts(book):
    """Everything that the page shows, in order: sentences, tables and drawings as text."""
    outputs = [o for cell in book["cells"] for o in cell.get("outputs", ())]
    shown = [o["data"] for o in outputs if "data" in o]
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in shown]


def test_the_invented_area_is_told_from_first_to_last(tmp_path):
    shown = texts(run(INVENTED, tmp_path, area="Example Shire"))
    assert shown[0].startswith("- In 2018-19, **71%** of Example Shire's 423 pupils in Year 6")
    page = "\n".join(shown)
    for name in ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota"):
        assert f"{name} Example" in page
    assert page.count("<svg") == 3
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL).casefold()


def test_one_year_is_told_without_changes(tmp_path):
    shown = texts(run(INVENTED / "2018-999-ks2.csv", tmp_path))
    lines = shown[0].splitlines()
    assert lines[2].startswith("- This cannot be said. In the last year of these files")
    assert lines[4].startswith("- This cannot be said. The files hold a single school year")
    assert "\n".join(shown).count("<svg") == 2


def test_without_a_folder_nothing_is_told(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError, match="There is no file or folder ''"):
        run("", tmp_path)


def test_the_downloaded_county_is_told(tmp_path):
    if not REAL.exists():
        pytest.skip(f"the downloaded tables are not in reach ({REAL})")
    shown = texts(run(REAL, tmp_path))
    lines = shown[0].splitlines()
    assert lines[0] == (
        "- In 2018-19, **81%** of Hampshire's 14,855 pupils in Year 6 reached the expected "
        "standard in writing; in England's state-funded schools 78% did."
    )
    assert lines[4].startswith("- **No school's change can be told from chance.**")
    assert any("(14,040, 14,463 and 14,855)" in text for text in shown)
