"""A trust's answers are its schools' own, and claim no more than the run as a whole allows."""

import sys
from pathlib import Path

import pytest
from scipy.stats import binomtest

from writinggaps.disclosure import release, shown_to
from writinggaps.estimates import share_difference
from writinggaps.measures import judging
from writinggaps.measures.trust import records
from writinggaps.measures.trust.gaps import trust_gaps
from writinggaps.measures.trust.judging import trust_judging
from writinggaps.measures.trust.schools import trust_schools
from writinggaps.measures.trust.secured import trust_secured
from writinggaps.problems import NoRecords
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

sys.path.insert(0, str(Path(__file__).parent))
from said import TERM, at_expected, by_year, change, in_groups, moderated, secure

RULES = load_standards()
ABOUT = {"term": TERM, "standards": RULES}
LIKE = {
    name: {"Year 5": (20 + k, 28), "Year 6": (21 - k, 29)} for k, name in enumerate(["A", "B", "C"])
}


def found(schools):
    return [record for name, years in schools.items() for record in at_expected(name, years)]


def where(schools):
    return {row.name: row.where for row in trust_schools(found(schools), **ABOUT).standing}


def test_the_words_that_are_looked_for_are_those_that_moderation_writes():
    assert (judging.SAME, judging.HIGHER, judging.LOWER) == (
        records.SAME,
        records.HIGHER,
        records.LOWER,
    )


def test_a_trusts_figure_is_its_schools_to_the_last_digit():
    said = found(LIKE)
    value = trust_schools(said, **ABOUT)

    for record in said:
        year = {y.label: y.schools for y in value.years}.get(record.group, value.schools)
        assert year.shares[record.school].estimate == record.estimate
        assert (year.shares[record.school].low, year.shares[record.school].high) == (
            record.low,
            record.high,
        )
    assert value.schools.whole.count == sum(c for years in LIKE.values() for c, _ in years.values())


def test_alike_schools_do_not_stand_out_and_have_no_places_of_their_own():
    value = trust_schools(found(LIKE), **ABOUT)

    assert set(where(LIKE).values()) == {"within"}
    assert [(row.best, row.worst) for row in value.rows] == [(1, 3)] * 3


def test_a_school_far_above_stands_out_and_has_the_first_place():
    schools = {**LIKE, "D": {"Year 5": (60, 60), "Year 6": (59, 60)}}
    value = trust_schools(found(schools), **ABOUT)

    assert value.standing_out("above") == ("D",)
    assert next((r.best, r.worst) for r in value.rows if r.name == "D") == (1, 1)


def test_a_school_alone_with_its_year_groups_is_not_compared():
    schools = {**LIKE, "Upper": {"Year 9": (3, 60)}}
    value = trust_schools(found(schools), **ABOUT)

    assert where(schools)["Upper"] == ""
    assert {row.name for row in value.rows} == {"A", "B", "C"}


def test_younger_year_groups_are_no_reason_to_stand_out():
    young = {"Year 1": (12, 60), "Year 6": (18, 20)}
    old = {"Year 1": (4, 20), "Year 6": (54, 60)}
    assert set(where({"A": young, "B": old, "C": young}).values()) == {"within"}


def test_small_schools_are_drawn_further():
    schools = {
        "Small": {"Year 6": (2, 10)},
        "Large": {"Year 6": (20, 100)},
        "C": {"Year 6": (70, 100)},
        "D": {"Year 6": (80, 100)},
    }
    rows = {r.name: r for r in trust_schools(found(schools), **ABOUT).rows}
    assert rows["Small"].share.estimate == rows["Large"].share.estimate
    assert rows["Small"].drawn > rows["Large"].drawn


def test_without_attainment_nothing_is_said():
    with pytest.raises(NoRecords):
        trust_schools([], **ABOUT)


def test_a_shared_edition_hides_small_year_groups_and_what_would_give_them_away():
    schools = {**LIKE, "Tiny": {"Year 5": (3, 4), "Year 6": (6, 7)}}
    value = shown_to("governors")(trust_schools, found(schools), **ABOUT).value

    for year in value.years:
        assert isinstance(year.schools.shares["Tiny"], Withheld)
    shown = [
        s for y in value.years for s in y.schools.shares.values() if not isinstance(s, Withheld)
    ]
    assert shown
    assert all(s.n % 5 == 0 for s in shown)


def test_teachers_who_always_judge_higher_are_found_by_the_exact_test():
    said = moderated("A", 20, 12, 0) + moderated("B", 30, 3, 3) + moderated("C", 10, 0, 0)
    rows = {row.name: row for row in trust_judging(said, standards=RULES).rows}

    assert binomtest(12, 12).pvalue < 0.05 / 3  # so it is claimed whatever else is asked
    assert [rows[name].where for name in "ABC"] == ["higher", "", ""]
    assert rows["A"].leniency[0] == 12 / 32
    assert rows["B"].leniency[0] == 0


def test_judging_lower_is_told_from_judging_higher():
    said = moderated("A", 20, 0, 12) + moderated("B", 30, 3, 3)
    assert [r.where for r in trust_judging(said, standards=RULES).rows] == ["lower", ""]


def test_gaps_are_the_schools_own_and_pooled_between_them():
    said = in_groups("A", (12, 30), (50, 70)) + in_groups("B", (20, 40), (60, 80))
    said += in_groups("C", (15, 30), (40, 60))
    row = trust_gaps(said, **ABOUT).rows[0]
    points = [school.points for school in row.schools]

    assert points[0] == share_difference(
        points[0].group, points[0].others, group_name="disadvantaged pupils",
        others_name="other pupils",
    )  # fmt: skip
    assert points[0].estimate == 12 / 30 - 50 / 70
    assert min(p.estimate for p in points) < row.pooled.estimate / 100
    assert row.pooled.estimate / 100 < max(p.estimate for p in points)
    assert row.pooled.further_low <= row.pooled.low


def test_a_clear_closing_holds_and_one_at_the_edge_among_many_does_not():
    names = [f"S{k:02d}" for k in range(30)]
    said = [r for name in names for r in in_groups(name, (20, 40), (50, 80))]
    said += change("S00", 24, 8, "closing") + change("S01", 9, 8.9, "closing")
    for name in names[2:]:
        said += change(name, 1, 10, "no detectable change")
    value = trust_gaps(said, **ABOUT)

    assert value.moved("closing") == (("S00", "disadvantaged pupils"),)
    assert value.rows[0].schools[1].change.verdict == "closing"


def test_a_year_group_that_differs_from_the_last_is_found():
    said = found(LIKE) + by_year("A", (5, 60), (20, 60), (55, 60)) + by_year("B", (6, 9), (7, 9))
    rows = {c.name: c for c in trust_schools(said, **ABOUT).cohorts}

    assert (rows["A"].moved, rows["B"].moved) == ("up", "")
    assert (rows["A"].before_period, rows["A"].after_period) == ("2024-25", "2025-26")


def test_a_block_is_secured_everywhere_only_where_every_school_surely_is_above():
    said = []
    for name in "ABC":
        said += secure(name, "Vocabulary", 90, 100) + secure(name, "Sentences", 20, 100)
        said += secure(name, "Spelling", 61, 100)
    value = trust_secured(said, **ABOUT)

    assert {b.label: b.where for b in value.blocks} == {
        "Vocabulary": "everywhere",
        "Sentences": "nowhere",
        "Spelling": "",
    }


def test_released_answers_hold_no_exact_figure_of_the_pooled_gap():
    said = in_groups("A", (12, 30), (50, 70)) + in_groups("B", (20, 40), (60, 80))
    pooled = release(trust_gaps(said, **ABOUT), "public").value.rows[0].pooled
    assert all(end % 5 == 0 for end in (pooled.estimate, pooled.low, pooled.high))
