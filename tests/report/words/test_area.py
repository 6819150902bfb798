"""Every sentence about an area, in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.area.changes import AreaChanges, SchoolChange, SizeBand
from writinggaps.measures.area.gap import AreaGap, AreaGapChange, GapYear
from writinggaps.measures.area.place import published_share
from writinggaps.measures.area.schools import AreaSchool, AreaSchools, SchoolGap
from writinggaps.measures.area.whole import AreaChecks, AreaShares, AreaYear, FileChecks
from writinggaps.report.words import area as words
from writinggaps.withheld import Withheld

NEW, OLD = "framework of 2017/18", "interim framework of 2015/16"
NOWHERE = Withheld(reason="not_published", found="The figure is suppressed")


def year(ending, framework=NEW, **other):
    facts = {
        "schools": 3,
        "rebuilt": published_share(80, 200),
        "eligible": 1200,
        "published": 81.0,
        "published_eligible": 1200,
        "england": 78.0,
    }
    return AreaYear(year_ending=ending, framework=framework, **{**facts, **other})


SHARES = AreaShares(
    place="Example *Shire*",
    standard="the expected standard",
    years=(year(2018), year(2019)),
    pooled=published_share(80, 400),
)


def said(face, value):
    return face(release(value, "public"))


# --- the area as a whole ---


def test_level_beside_england():
    assert said(words.level, SHARES) == (
        "In 2018-19, **81%** of Example \\*Shire\\*'s 1,200 pupils in Year 6 reached the expected "
        "standard in writing; in England's state-funded schools 78% did."
    )


def test_level_without_englands_row():
    assert said(words.level, replace(SHARES, years=(year(2019, england=None),))) == (
        "In 2018-19, **81%** of Example \\*Shire\\*'s 1,200 pupils in Year 6 reached the expected "
        "standard in writing."
    )


def test_level_at_greater_depth_without_the_areas_row():
    deep = replace(SHARES, standard="greater depth", years=(year(2019, published=None),))
    assert said(words.level, deep) == (
        "In 2018-19, **about 80%** of Example \\*Shire\\*'s 1,200 pupils in Year 6 worked at "
        "greater depth in writing; no figure for the whole area was published."
    )


def test_years_of_one_framework():
    assert said(words.years, SHARES) == (
        "Over the two years to 2018-19, about 320 of 400 pupils (80.0%) reached the expected "
        "standard in writing."
    )


def test_years_of_two_frameworks_are_not_a_trend():
    mixed = replace(SHARES, years=(year(2017, OLD), year(2018), year(2019)))
    assert said(words.years, mixed) == (
        "Over the three years to 2018-19, about 320 of 400 pupils (80.0%) reached the expected "
        "standard in writing. Writing was judged by a new framework from 2017-18, so earlier years "
        "must not be compared with later ones."
    )


def test_one_year_alone():
    assert said(words.years, replace(SHARES, years=(year(2019),))) == (
        "In 2018-19, about 320 of 400 pupils (80.0%) reached the expected standard in writing."
    )


# --- schools ---


def school(name, standing):
    return AreaSchool(
        name=name,
        school_type="mainstream",
        standing=standing,
        years=(),
        pooled=published_share(80, 50),
        gap=NOWHERE,
    )


def schools(*standings):
    return AreaSchools(
        place="Example Shire",
        standard="the expected standard",
        years=(2018, 2019),
        rows=tuple(school(str(i), standing) for i, standing in enumerate(standings)),
        common=published_share(80, 500),
    )


def test_no_school_stands_out():
    assert said(words.schools, schools("within", "within", "")) == (
        "**No school stands out**: the figures of all 2 mainstream schools are such as chance "
        "would give if all had the 80% that they have together."
    )


def test_schools_stand_out_on_both_sides():
    many = schools("above", "below", "below", *["within"] * 597)
    assert said(words.schools, many) == (
        "**3 of 600 mainstream schools stand out**: 1 clearly above and 2 below what chance would "
        "give if all had the 80% that they have together. Chance alone would put about one there. "
        "The figures do not say why: they know nothing of the pupils whom a school admits."
    )


@pytest.mark.parametrize("side", ["above", "below"])
def test_one_school_stands_out_on_one_side(side):
    assert said(words.schools, schools(side, "within")) == (
        f"**1 of 2 mainstream schools stands out**: 1 clearly {side} what chance would give if all "
        "had the 80% that they have together. Chance alone would put fewer than one there. The "
        "figures do not say why: they know nothing of the pupils whom a school admits."
    )


# --- changes ---

BAND = SizeBand(smallest=1, largest=15, schools=40, large=9, spread=14.0, by_chance=14.5)
CHANGES = AreaChanges(
    place="Example Shire",
    standard="the expected standard",
    before_ending=2018,
    after_ending=2019,
    schools=40,
    bands=(BAND,),
    beyond=2,
    clear=(),
)
FELL = SchoolChange(
    name="Alpha [School]", before=published_share(80, 60), after=published_share(50, 60)
)
ROSE = replace(FELL, name="Beta School", before=FELL.after, after=FELL.before)
MOVED = (
    "Nine of 40 schools moved by 10 percentage points or more between 2017-18 and 2018-19, as "
    "small cohorts often do. "
)


def test_no_change_can_be_told_from_chance():
    assert said(words.changes, CHANGES) == (
        f"**No school's change can be told from chance.** {MOVED}Taken one by one, two changed by "
        "more than chance often gives; chance alone would give about two."
    )


def test_nothing_moved():
    still = replace(CHANGES, bands=(replace(BAND, large=0),), beyond=0, schools=12)
    assert said(words.changes, still) == (
        "**No school's change can be told from chance.** None of 12 schools moved by 10 percentage "
        "points or more between 2017-18 and 2018-19, as small cohorts often do. Taken one by one, "
        "none changed by more than chance often gives; chance alone would give fewer than one."
    )


def test_more_schools_moved_than_chance_moves_but_none_is_clear():
    assert said(words.changes, replace(CHANGES, beyond=9)) == (
        f"**Some schools changed, but nobody can say which.** {MOVED}Taken one by one, nine "
        "changed by more than chance often gives; chance alone would give about two. No single "
        "change is clear once all 40 schools have been looked at."
    )


def test_one_clear_change_is_named():
    assert said(words.changes, replace(CHANGES, clear=(FELL,))) == (
        "**One change is more than chance**, all 40 schools having been looked at: "
        f"Alpha \\[School\\] (80% to 50%). {MOVED}Taken one by one, two changed by more than "
        "chance often gives; chance alone would give about two."
    )


def test_several_clear_changes_are_named():
    assert said(words.changes, replace(CHANGES, clear=(FELL, ROSE))) == (
        "**Two changes are more than chance**, all 40 schools having been looked at: "
        f"Alpha \\[School\\] (80% to 50%) and Beta School (50% to 80%). {MOVED}Taken one by one, "
        "two changed by more than chance often gives; chance alone would give about two."
    )


# --- the gap ---


def gap_of(disadvantaged, others, england=(60.0, 78.0)):
    found = SchoolGap(
        disadvantaged=published_share(disadvantaged, 100),
        others=published_share(others, 1100),
        years=1,
    )
    latest = GapYear(
        year_ending=2019,
        gap=found,
        england_disadvantaged=england[0],
        england_others=england[1],
        schools=30,
        of_schools=50,
    )
    return AreaGap(place="Example Shire", standard="the expected standard", years=(latest,))


GROUPS = (
    "In 2018-19, {}% of 100 disadvantaged pupils and {}% of 1,100 others reached the expected "
    "standard in writing"
)


def test_a_gap_in_points_and_in_pupils():
    assert said(words.gap, gap_of(60, 80)) == GROUPS.format(60, 80) + (
        ": a gap of **20 percentage points** (10 to 30); in England it was 18. "
        "20 more disadvantaged pupils at the standard, in the whole area, would have closed it."
    )


def test_a_gap_without_england():
    assert said(words.gap, gap_of(60, 80, (None, None))) == GROUPS.format(60, 80) + (
        ": a gap of **20 percentage points** (10 to 30). "
        "20 more disadvantaged pupils at the standard, in the whole area, would have closed it."
    )


def test_a_gap_that_chance_often_gives():
    assert said(words.gap, gap_of(76, 80)) == GROUPS.format(76, 80) + (
        ": 4 percentage points less (−4 to 14); in England it was 18, a difference that chance "
        "often gives with so few pupils."
    )


def test_no_gap():
    assert said(words.gap, gap_of(82, 80)) == GROUPS.format(82, 80) + (
        ": disadvantaged pupils were **not behind**."
    )


def test_schools_without_a_published_gap():
    assert said(words.gap_schools, gap_of(60, 80)) == (
        "For 30 of 50 schools the figures of both groups were published in 2018-19; for the others "
        "they are suppressed, because few disadvantaged pupils stand behind them. What is "
        "published leaves out small groups, so schools with a figure are not typical of those "
        "without."
    )


CHANGE = AreaGapChange(
    place="Example Shire",
    standard="the expected standard",
    first_ending=2018,
    last_ending=2020,
    cohorts=3,
    first_gap=-0.25,
    last_gap=-0.19,
    verdict="closing",
    failed=(),
    needed_cohorts=3,
    estimate=0.06,
    low=0.02,
    high=0.1,
    detectable=0.05,
    level=0.95,
)
GAPS = "25 percentage points in 2017-18 and 19 in 2019-20"


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "closing",
            (
                "The gap **is closing**: from 2017-18 to 2019-20 it became smaller by 6 percentage "
                "points (2 to 10)."
            ),
        ),
        (
            "smaller, within chance",
            (
                f"The gap was **smaller, within chance**: {GAPS}. A change of less than 5 points "
                "could not have been seen with these numbers."
            ),
        ),
        (
            "no detectable change",
            (
                f"**No detectable change** in the gap: {GAPS}. A change of less than 5 points "
                "could not have been seen with these numbers."
            ),
        ),
        ("unchanged", f"The gap **has not changed by more than 10 points** either way: {GAPS}."),
    ],
)
def test_each_rung_of_the_ladder(verdict, text):
    assert said(words.gap_change, replace(CHANGE, verdict=verdict)) == text


def test_a_wider_gap_is_said_in_points_that_it_grew():
    wider = replace(CHANGE, verdict="wider", estimate=-0.06, low=-0.1, high=-0.02)
    assert said(words.gap_change, wider) == (
        "The gap **is wider**: from 2017-18 to 2019-20 it grew by 6 percentage points (2 to 10)."
    )


def test_a_change_that_chance_seldom_gives_is_not_a_claim_until_the_gate_is_passed():
    two = replace(CHANGE, verdict="cannot be said", cohorts=2, failed=("same_pupils_or_trend",))
    assert said(words.gap_change, two) == (
        f"Whether the gap is moving **cannot be said**: it was {GAPS}, a difference that chance "
        "seldom gives, but a trend takes three years judged by one framework, and these are two."
    )


def test_failed_checks_are_told():
    failed = replace(CHANGE, verdict="cannot be said", failed=("own_level_rose", "worth_having"))
    assert said(words.gap_change, failed) == (
        f"Whether the gap is moving **cannot be said**: it was {GAPS}, a difference that chance "
        "seldom gives, but disadvantaged pupils themselves did not do better and that is less "
        "than the smallest change that matters."
    )


def test_two_frameworks_cannot_be_compared():
    why = Withheld(
        reason="different_tests",
        found="In the last year of these files writing was judged by a new framework",
        needed="years judged by the same framework",
    )
    assert said(words.gap_change, why) == (
        "This cannot be said. In the last year of these files writing was judged by a new "
        "framework; years judged by the same framework."
    )


# --- checks ---

FILE = FileChecks(
    name="2018-999-ks2.csv",
    year_ending=2019,
    lines=1012,
    kept=1012,
    short_lines=1,
    schools=9,
    special=1,
    missing=(),
    eligible=1200,
    published_eligible=1200,
    left_out=4,
)
CHECKS = AreaChecks(place="Example Shire", files=(FILE,), ignored=(), renumbered=0)


def test_every_line_is_accounted_for():
    assert said(words.checks, CHECKS) == (
        "1 file with 1,012 lines was read and 1,012 rows came out, of which 9 are of schools in "
        "Example Shire. Their eligible pupils add up to the area's own published row in every year "
        "(1,200)."
    )


def test_schools_that_changed_their_number_are_followed():
    two = replace(CHECKS, files=(FILE, replace(FILE, eligible=1300, published_eligible=1300)))
    assert said(words.checks, replace(two, renumbered=2)) == (
        "2 files with 2,024 lines were read and 2,024 rows came out, of which 18 are of schools in "
        "Example Shire. Their eligible pupils add up to the area's own published row in every year "
        "(1,200 and 1,300). 2 schools changed URN on the way, and are followed by the number "
        "within the authority."
    )


def test_one_school_that_changed_its_number():
    assert said(words.checks, replace(CHECKS, renumbered=1)).endswith(
        "1 school changed URN on the way, and is followed by the number within the authority."
    )


def test_schools_that_do_not_add_up_are_told():
    off = replace(CHECKS, files=(replace(FILE, eligible=1190),))
    assert said(words.checks, off).endswith(
        "Their eligible pupils **do not add up** to the area's own published row: 1,190 beside "
        "1,200 in 2018-999-ks2.csv."
    )


def test_without_a_published_row_nothing_is_compared():
    alone = replace(CHECKS, files=(replace(FILE, published_eligible=None),))
    assert said(words.checks, alone).endswith(
        "No row for the whole area was published, so the schools' sum cannot be compared."
    )
