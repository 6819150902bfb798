"""Official figures say where they come from, and two releases never meet in one comparison."""

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from writinggaps.official import measures_published, official, official_series, one_release
from writinggaps.problems import BadArgument, MixedReleases
from writinggaps.withheld import attempt

FACTS = Path(__file__).parents[2] / "shared" / "facts"
LAIT = "LAIT April 2026"
TABLES = "KS2 performance tables, final"


def lines(name):
    text = files("writinggaps.defaults").joinpath("official", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


EVERY_LINE = [row for name in ("england.csv", "local_authorities.csv") for row in lines(name)]


def test_every_figure_says_its_source_coverage_and_release():
    series = {(s["measure"], s["version"]): s for s in lines("series.csv")}
    for row in EVERY_LINE:
        release = series.get((row["measure"], row["version"]))
        if row["value"]:
            assert release["source"], row
            assert release["coverage"], row
            assert release["unit"], row


def test_a_line_has_a_figure_or_a_reason_and_never_both():
    for row in EVERY_LINE:
        assert bool(row["value"]) != bool(row["reason"]), row


def test_no_figure_stands_twice_in_one_release():
    keys = ("measure", "group", "phase", "la_code", "year_ending", "version")
    counts = Counter(tuple(row[k] for k in keys) for row in EVERY_LINE)
    assert [key for key, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("name", ["england.csv", "local_authorities.csv"])
def test_the_table_carries_every_figure_of_the_file_it_was_made_from(name):
    if not (FACTS / name).exists():
        pytest.skip(f"{FACTS / name} is not in reach")
    with (FACTS / name).open(encoding="utf-8-sig", newline="") as file:
        wanted = list(csv.DictReader(file))
    for row in wanted:
        year = int(row["academic_year_ending"])
        found = official(
            row["measure"],
            group=row["group"],
            phase=row["phase"],
            year_ending=year,
            la_code=row.get("la_code", ""),
            version=LAIT,
        )
        assert found.value == float(row["value"])
        assert found.place == row.get("place", "England")
        assert found.unit == row.get("unit", found.unit)


def test_the_latest_year_is_given_when_none_is_asked_for():
    found = official("ks2_writing_expected")
    assert (found.year_ending, found.period, found.estimate) == (2025, "2024-25", 73.0)


def test_the_same_measure_differs_by_release_and_says_so():
    # 79 in the interactive tool, 78 in the performance tables of the same year
    tool = official("ks2_writing_expected", year_ending=2019)
    tables = official("ks2_writing_expected", year_ending=2019, version=TABLES)
    assert (tool.value, tool.version) == (79, LAIT)
    assert (tables.value, tables.version) == (78, TABLES)
    with pytest.raises(MixedReleases) as caught:
        one_release([tool, tables])
    assert str(caught.value) == (
        "Figures from two releases would be compared: "
        "KS2 performance tables, final and LAIT April 2026; "
        "the same measure can differ by a point between releases.\n"
        "Ask for both figures with the same version."
    )


def test_a_series_stays_in_one_release():
    series = official_series("ks2_writing_expected")
    assert [f.year_ending for f in series] == [2016, 2017, 2018, 2019, 2022, 2023, 2024, 2025]
    assert [f.value for f in series] == [75, 77, 79, 79, 70, 72, 72, 73]
    assert {f.version for f in series} == {LAIT}


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
@pytest.mark.parametrize("group", ["sen_support", "ehcp", "eal", "disadvantaged"])
def test_writing_by_group_since_2022_is_empty_with_a_reason(group, year):
    withheld = attempt(official, "ks2_writing_expected", group=group, year_ending=year)
    assert withheld.reason == "not_published"
    assert withheld.found == (
        "The Department for Education publishes it in its national attainment files, "
        "which this table was not made from"
    )


def test_consultations_have_no_national_figure_in_any_year():
    for year in (None, 2025):
        withheld = attempt(official, "ehcp_consultations", year_ending=year)
        assert withheld.found == (
            "No national dataset holds schools' answers to EHCP consultations"
        )


def test_a_figure_that_nobody_carries_is_named():
    withheld = attempt(official, "ks2_writing_expected", la_code="850", year_ending=2011)
    assert withheld.found == (
        "Writing at the expected standard, Key Stage 2: no official figure of all pupils in "
        "primary schools is carried for local authority 850 in 2010-11"
    )
    assert attempt(official_series, "ks2_writing_expected", group="ehcp").reason == "not_published"


def test_an_unknown_measure_is_an_error_with_the_nearest_name():
    with pytest.raises(BadArgument, match="Did you mean 'ks2_writing_expected'"):
        official("ks2_writing_expcted")


def test_a_provisional_figure_says_so():
    assert official("phonics_year1_expected", year_ending=2025).coverage.endswith("provisional")
    assert "provisional" not in official("phonics_year1_expected", year_ending=2024).coverage


def test_measures_are_listed_once():
    assert list(measures_published()) == sorted(set(measures_published()))
