"""The sample's schemes side by side, and drawn."""

from pathlib import Path

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.evaluation.schemes import schemes
from writinggaps.readers import read_school
from writinggaps.report.figures import evaluation as figures
from writinggaps.report.tables import evaluation as tables
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "schools"
STANDARDS = load_standards()


@pytest.fixture(scope="module")
def found():
    return {
        key: schemes(read_school(SAMPLE / key), term="2025-26-autumn", standards=STANDARDS)
        for key in ("S03", "S04")
    }


def test_a_scheme_without_comparison_has_no_effect_in_its_row(found):
    rows = {row[0]: row for row in tables.schemes(release(found["S03"], "staff")).rows}
    assert rows["Example Spelling Scheme"][3:] == (
        "nobody to compare with",
        "Cannot tell whether it helped",
    )
    assert rows["Specimen Paragraph Scheme"][3:] == (
        "0.77 (0.44 to 1.12)",
        "Strong evidence that it helped",
    )


def test_a_scheme_with_too_few_pupils_is_a_row_of_symbols(found):
    rows = {row[0]: row for row in tables.schemes(release(found["S04"], "public")).rows}
    assert rows["Sample Sentence Scheme"][1:] == ("c",) * 6


def test_the_allowance_is_shown_for_every_reliability(found):
    ages = tables.reliability(release(found["S04"], "staff"))
    assert ages.columns[3:] == ("0.70", "0.75", "0.80", "0.85", "0.90", "0.95")
    assert ages.rows[0][1:3] == ("ratio gain", "2.2")
    points = tables.reliability(release(found["S03"], "staff")).rows
    assert len(points) == 4
    assert points[0] == (
        "Example Spelling Scheme", "points", "2.6", "−2.0", "−1.2", "−0.5", "0.3", "1.1", "1.8",
    )  # fmt: skip


def test_staff_see_a_line_a_pupil_and_others_only_averages(found):
    staff = figures.pairs(release(found["S03"], "staff"))
    public = figures.pairs(release(found["S03"], "public"))
    assert "each thin line is a pupil" in staff.subtitle
    assert "pupil" not in public.subtitle
    assert staff.svg.count("<path") > public.svg.count("<path") + 90
    assert public.alt.startswith("Example Spelling Scheme: the average went from 85 to 87, about ")
    assert staff.data.rows[-1] == ("Specimen Paragraph Scheme", "comparison", "34", "93.2", "95.5")
    assert public.data.rows[-1] == (
        "Specimen Paragraph Scheme", "comparison", "about 35", "93", "95",
    )  # fmt: skip


def test_no_single_score_reaches_a_shared_edition(found):
    rows = [row.scheme for row in release(found["S03"], "governors").value.rows]
    shown = [s.pairs for s in rows if not isinstance(s, Withheld)]
    assert len(shown) == 4
    assert {pairs.scores for pairs in shown} == {()}


def test_the_picture_names_what_helped_and_what_has_no_effect_to_show(found):
    figure = figures.schemes(release(found["S03"], "staff"))
    assert figure.title == "There is evidence that Specimen Paragraph Scheme helped"
    assert figure.alt.endswith("Specimen Paragraph Scheme: 0.77 (0.44 to 1.12).")
    assert "Example Spelling Scheme: no effect to show" in figure.alt
    assert figures.schemes(release(found["S04"], "staff")) == ""
