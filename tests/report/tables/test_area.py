"""Tables of an area stand alone, and hold what the result holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.area.changes import area_changes
from writinggaps.measures.area.gap import area_gap
from writinggaps.measures.area.place import area_of
from writinggaps.measures.area.schools import area_schools
from writinggaps.measures.area.whole import area_checks, area_shares
from writinggaps.readers.ks2_tables import read_ks2_tables
from writinggaps.report.tables import area as tables

INVENTED = Path(__file__).parents[2] / "readers" / "data" / "ks2_tables"


@pytest.fixture(scope="module")
def area():
    return area_of(read_ks2_tables(INVENTED))


def shown(face, value, *args):
    return face(release(value, "public"), *args)


def test_years_lie_beside_what_was_published(area):
    table = shown(tables.years, area_shares(area))
    assert (
        table.caption == "Pupils at the expected standard in writing, Example Shire, by school year"
    )
    assert table.rows[-1] == (
        "2018-19", "7", "419", "72.1", "67 to 76", "71", "72", "framework of 2017/18",
    )  # fmt: skip


def test_a_year_without_a_published_row_shows_none(area):
    shares = area_shares(area)
    alone = replace(shares.latest, published=None, england=None)
    assert shown(tables.years, replace(shares, years=(alone,))).rows[0][5:7] == ("–", "–")


def test_schools_that_stand_out_are_in_order_of_their_names(area):
    table = shown(tables.standing_out, area_schools(area), "above")
    assert [row[0] for row in table.rows] == [
        "Gamma Example Primary School",
        "Zeta Example Academy",
    ]
    assert table.rows[0] == ("Gamma Example Primary School", "90", "94", "88 to 98")
    assert table.note == "In order of their names: the intervals overlap, so this is no ranking."
    assert table.caption == (
        "Schools clearly above what chance would give, the expected standard in writing, "
        "2016-17 to 2018-19 together"
    )


def test_where_no_school_stands_out_the_table_says_so(area):
    table = shown(tables.standing_out, area_schools(area, "greater_depth"), "below")
    assert (table.rows, table.note) == ((), "There is none.")


def test_schools_outside_are_told_with_their_side(area):
    table = shown(tables.outside, area_schools(area))
    assert {row[0]: row[-1] for row in table.rows} == {
        "Beta Example Junior School": "below",
        "Gamma Example Primary School": "above",
        "Zeta Example Academy": "above",
    }


def test_every_school_has_a_row_and_gaps_in_the_figures_are_shown(area):
    rows = {row[0]: row[1:] for row in shown(tables.all_schools, area_schools(area)).rows}
    assert len(rows) == 9
    assert rows["Epsilon Example Primary School"] == ("Mainstream", *["–"] * 8)
    assert rows["Delta Example Village School"] == (
        "Mainstream", "82", "82", "91", "85", "69 to 93", "33", "–", "–",
    )  # fmt: skip
    assert rows["Theta Example Special School"][0] == "Special"
    assert rows["Alpha Example Primary School"][-2:] == ("−25", "−41 to −9")


def test_one_year_has_one_column_and_is_named_once():
    alone = area_of(read_ks2_tables(INVENTED / "2018-999-ks2.csv"))
    schools = area_schools(alone)
    assert shown(tables.all_schools, schools).columns[2:4] == ("2018-19, %", "Together, %")
    assert shown(tables.standing_out, schools, "above").caption.endswith("2018-19 together")


def test_sizes_of_year_groups_are_told_in_words(area):
    table = shown(tables.changes, area_changes(area))
    assert [row[0] for row in table.rows] == ["up to 15", "16 to 30", "31 to 60", "61 or more"]
    assert table.columns[-1] == "Moved by 10 points or more"
    assert table.rows[2][1:] == ("2", "19.9", "8.3", "1")


def test_the_gap_of_each_year_lies_beside_englands(area):
    table = shown(tables.gap, area_gap(area))
    assert table.rows[-1] == (
        "2018-19", "52", "85", "76", "338", "−24", "−36 to −13", "−20", "6 of 8",
    )  # fmt: skip


def test_a_year_without_englands_row_shows_none(area):
    gap = area_gap(area)
    alone = replace(gap.latest, england_others=None)
    assert shown(tables.gap, replace(gap, years=(alone,))).rows[0][7] == "–"


def test_the_checks_account_for_schools_without_a_figure(area):
    table = shown(tables.checks, area_checks(area))
    assert table.rows[-1][:7] == ("2018-999-ks2.csv", "2018-19", "12", "12", "1", "9", "1")
    assert table.rows[-1][7] == (
        "1 suppressed because very few pupils are behind it; "
        "1 not given (the row ends before its column)"
    )
    assert table.rows[-1][8] == "4"
    assert table.note == (
        "A short line ends before the last column; what it lacks counts as not given. "
        "Passed over, because they are no such tables: meta_2018.csv."
    )


def test_files_without_missing_figures_say_none():
    checks = area_checks(area_of(read_ks2_tables(INVENTED / "2018-999-ks2.csv")))
    complete = replace(checks.files[0], missing=())
    table = shown(tables.checks, replace(checks, files=(complete,)))
    assert table.rows[0][7] == "none"
    assert (
        table.note == "A short line ends before the last column; what it lacks counts as not given."
    )
