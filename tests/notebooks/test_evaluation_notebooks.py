"""The evaluation notebooks run by plain papermill, for staff and for the public."""

import json
from pathlib import Path

import papermill
import pytest

from writinggaps.disclosure.private import PRIVATE_MIME
from writinggaps.run.execute import HERE

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "schools"
TRIAL = Path(__file__).parent / "data" / "invented_trial.csv"
COLUMNS = "pupil_id=id, group=arm, taught=T, pre=before, post=after, school=site"
TERM = "2025-26-autumn"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run(name, out, **parameters):
    papermill.execute_notebook(
        ROOT / "notebooks" / f"{name}.ipynb",
        out / "report.ipynb",
        parameters=parameters,
        engine_name=HERE,
        progress_bar=False,
    )
    book = json.loads((out / "report.ipynb").read_text(encoding="utf-8"))
    outputs = [o for cell in book["cells"] for o in cell.get("outputs", ())]
    return [o["data"] for o in outputs if "data" in o]


def texts(shown):
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in shown]


def test_staff_are_told_what_helped_and_who_did_not_gain(tmp_path):
    shown = run("intervention_evaluation", tmp_path, data=str(SAMPLE / "S03"), term=TERM,
                edition="staff")  # fmt: skip
    page = texts(shown)
    assert page[0].startswith(
        "- Up to autumn 2025, four schemes had been run. **Specimen Paragraph Scheme**: strong "
        "evidence that it helped. Nobody can tell whether the other three helped."
    )
    assert "No trial was given" not in page[0]
    assert "0.77 standard deviations (0.44 to 1.12)" in page[1]
    assert sum(PRIVATE_MIME in data for data in shown) == 1


def test_the_public_sees_no_exact_count_and_no_list(tmp_path):
    shown = run("intervention_evaluation", tmp_path, data=str(SAMPLE / "S04"), term=TERM)
    page = "\n".join(texts(shown))
    assert not any(PRIVATE_MIME in data for data in shown)
    assert "28 of 28" not in page
    assert "all or nearly all of about 30 pupils" in page
    assert "**no effect at all would have shown 2.2**" in page
    assert "### Sample Sentence Scheme: not shown" in page


def test_a_trial_is_told_without_a_school(tmp_path):
    page = texts(
        run("intervention_evaluation", tmp_path, trial=str(TRIAL), columns=COLUMNS, edition="staff")
    )
    assert page[0] == (
        "- There is **strong evidence that the scheme helped**: pupils taught scored 0.61 standard "
        "deviations higher (0.29 to 0.92), as much as 7 months of progress. This model counts "
        "because whole schools were drawn, so schools are what was compared."
    )
    assert any("Mixed model, schools as a level" in text for text in page)


def test_without_school_and_trial_nothing_is_told(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError):
        run("intervention_evaluation", tmp_path, term=TERM)


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_published_figures_are_the_same_in_every_edition(tmp_path, edition):
    page = texts(run("published_evaluations", tmp_path, edition=edition))
    assert page[0].startswith("- 10 schemes are listed here. **None has an effect")
    assert sum("Write Away Together" in text for text in page) >= 3
    assert any("0.671" in text for text in page)
