"""Official figures are told with their unit, place, year, coverage and release."""

import csv
from dataclasses import replace
from importlib.resources import files

import pytest

from writinggaps.disclosure import release, shown_to
from writinggaps.official import official
from writinggaps.report.words import official as words

show = shown_to("public")


def test_a_figure_for_all_pupils():
    england = show(official, "ks2_writing_expected", year_ending=2025)
    assert words.figure(england) == (
        "Writing at the expected standard, Key Stage 2: **73% of pupils** in England in 2024-25."
    )


def test_a_figure_for_a_group_of_a_phase():
    england = show(
        official, "attainment8", group="sen_support", phase="secondary", year_ending=2025
    )
    assert words.figure(england) == (
        "Attainment 8 (pupils on SEN Support, secondary schools): **a score of 33.8** in England "
        "in 2024-25."
    )


def test_a_figure_by_need():
    england = show(official, "ehc_plans_by_need", group="need_asd", phase="all")
    assert words.figure(england) == (
        "EHC plans by primary need (need ASD, all phases): **31.5% of EHC plans** in England in "
        "2024-25."
    )


def test_a_figure_of_a_local_authority():
    place = show(official, "ks2_writing_expected", la_code="850", year_ending=2025)
    assert words.figure(place).endswith(" in Hampshire in 2024-25.")


@pytest.mark.parametrize(
    ("measure", "facts", "text"),
    [
        ("ks2_gps_scaled_score", {}, "a scaled score of"),
        (
            "ks2_writing_progress",
            {"group": "ehcp", "year_ending": 2023},
            "a progress score of −4.41",
        ),
        ("suspension_rate", {"year_ending": 2024}, "2.27 suspensions per 100 pupils"),
        ("ks2_writing_expected_sex_gap", {"group": "boys"}, "12 percentage points"),
        ("suspensions", {"group": "ehcp", "phase": "all"}, "101,381 suspensions"),
    ],
)
def test_every_kind_of_unit(measure, facts, text):
    assert words.value_of(official(measure, **facts)).startswith(text)


def test_where_a_figure_comes_from():
    england = show(official, "ks2_writing_expected", group="disadvantaged", year_ending=2019)
    assert words.citation(england) == (
        "Writing at the expected standard, Key Stage 2 (disadvantaged pupils), England 2018-19: "
        "Key Stage 2 performance tables, final data of each year \\(Department for Education\\). "
        "State-funded schools, England row of the tables. "
        "Release: KS2 performance tables, final."
    )


def test_what_is_not_published_says_why():
    england = show(official, "ks2_writing_progress", year_ending=2025)
    assert words.figure(england).startswith("This cannot be said.")


def test_every_group_with_a_figure_has_words():
    text = files("writinggaps.defaults").joinpath("official", "england.csv").read_text("utf-8")
    groups = {row["group"] for row in csv.DictReader(text.splitlines()) if row["value"]}
    for group in groups - {"all"}:
        facts = official("ks2_writing_expected", year_ending=2025)
        assert " (" in words.figure(release(replace(facts, group=group), "public")), group
