"""Drawings of an area say what they show, in words that follow from the data."""

from dataclasses import replace
from pathlib import Path

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.area.changes import area_changes
from writinggaps.measures.area.gap import area_gap
from writinggaps.measures.area.place import area_of
from writinggaps.measures.area.schools import area_schools
from writinggaps.readers.ks2_tables import read_ks2_tables
from writinggaps.report.figures import area as figures
from writinggaps.withheld import Withheld

INVENTED = Path(__file__).parents[2] / "readers" / "data" / "ks2_tables"


@pytest.fixture(scope="module")
def area():
    return area_of(read_ks2_tables(INVENTED))


def shown(face, value):
    return face(release(value, "public"))


def test_the_funnel_says_how_many_schools_stand_outside(area):
    figure = shown(figures.funnel, area_schools(area))
    assert figure.title == "3 of 6 schools stand clearly outside what chance would give"
    assert figure.subtitle == (
        "Pupils at the expected standard in writing, mainstream schools of Example Shire, 3 years "
        "together; lines: where 95% and 99.8% of schools would be by chance"
    )
    assert figure.alt == (
        "Each school is a mark by its number of pupils and its share at the expected standard. The "
        "smaller the school, the wider the range that chance gives round 77%. 2 of 6 schools stand "
        "above the outer range and 1 below it."
    )
    assert len(figure.data.rows) == 3
    assert all(f">{row[0]}</text>" in figure.svg for row in figure.data.rows)


def test_a_funnel_without_schools_outside_says_so(area):
    figure = shown(figures.funnel, area_schools(area, "greater_depth"))
    assert figure.title == "All 6 schools stand within what chance would give"


def test_the_headline_of_changes_follows_from_the_data(area):
    changes = area_changes(area)
    titles = [
        shown(figures.changes, changed).title
        for changed in (
            changes,
            replace(changes, clear=(), beyond=0),
            replace(changes, clear=(), beyond=4),
        )
    ]
    assert titles == [
        "1 school's figure changed by more than chance explains",
        "Schools' figures moved about as much as chance alone moves them",
        "Some schools' figures moved more than chance alone moves them",
    ]


def test_changes_are_told_to_those_who_cannot_see_them(area):
    assert shown(figures.changes, area_changes(area)).alt == (
        "For each size of year group, how much schools' figures moved and how much they would move "
        "by chance alone. In the smallest schools (up to 15 pupils) they moved by 9.0 points; "
        "chance alone gives 14.6."
    )


def test_the_gap_is_told_with_its_interval(area):
    figure = shown(figures.gap, area_gap(area))
    assert figure.title == "Disadvantaged pupils were behind the others in every one of these years"
    assert figure.alt == (
        "The gap of each school year with its interval. In 2018-19 disadvantaged pupils were 24 "
        "points behind (13 to 36)."
    )


def test_a_gap_that_may_be_none_has_no_such_headline(area):
    figure = shown(figures.gap, area_gap(area, "greater_depth"))
    assert figure.title == "How far disadvantaged pupils were behind the others"


def test_the_same_data_give_the_same_drawing(area):
    gap = area_gap(area)
    assert shown(figures.gap, gap).svg == shown(figures.gap, gap).svg
    assert shown(figures.gap, gap).svg.startswith("<svg")


@pytest.mark.parametrize("face", [figures.funnel, figures.changes, figures.gap])
def test_what_cannot_be_said_is_not_drawn(face):
    assert shown(face, Withheld(reason="not_published", found="No figure was published")) == ""
