"""Every sentence on the attendance of pupils with SEN, in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import breakdown
from writinggaps.estimates.rates import Rate
from writinggaps.measures.send.attendance import AttendanceYear, RateRow, SenAttendance
from writinggaps.measures.send.changes import AttendanceChange
from writinggaps.measures.send.influence import SenInfluence
from writinggaps.measures.send.yardsticks import ByStatus, Yardsticks
from writinggaps.official import official
from writinggaps.report.words import send_attendance as words
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
NOTHING = Withheld(reason="not_published", found="No official figure is carried")
UNKNOWN = Yardsticks(england=NOTHING, authority=NOTHING)
KNOWN = Yardsticks(
    england=official("absence_rate", year_ending=2025),
    authority=official("absence_rate", year_ending=2025, la_code="850"),
)
ENGLAND = ByStatus(
    **{
        group: official("absence_rate_two_terms", group=group, phase="all", year_ending=2023)
        for group in ("ehcp", "sen_support", "no_sen")
    }
)


def rates(**told):
    names = {"plan": "EHCP", "support": "SEN Support", "none": "no SEN"}
    return tuple(
        RateRow(label=names.get(k, k), rate=Rate(estimate=e, low=lo, high=hi, n=n))
        for k, (e, lo, hi, n) in told.items()
    )


ROWS = rates(
    plan=(84.4, 78.0, 90.8, 12), support=(93.0, 90.2, 95.8, 29), none=(95.3, 94.3, 96.3, 147)
)
NEEDS = rates(asd=(83.9, 71.0, 96.7, 7), slcn=(94.3, 91.0, 97.6, 11), mld=(60.0, 0.0, 100.0, 1))
PERSISTENT = breakdown("SEN", {"EHCP": (2, 12), "SEN Support": (7, 29), "no SEN": (16, 147)})
NOBODY = breakdown("SEN", {"EHCP": (0, 12), "SEN Support": (0, 29), "no SEN": (0, 147)})
FOUND = SenAttendance(
    period=TERM,
    years=(AttendanceYear(period="2025-26", rows=ROWS),),
    needs=NEEDS,
    apart=(),
    persistent=PERSISTENT,
    persistent_needs=NOTHING,
    severe=NOBODY,
    part_time=Withheld(reason="no_records", found="Part-time timetables are not recorded"),
    absence=KNOWN,
    absence_by_status=ENGLAND,
    beside_minimum=10,
    often=0.1,
    half=0.5,
)


def staff(**changed):
    return release(replace(FOUND, **changed), "staff")


def governors(**changed):
    return release(replace(FOUND, **changed), "governors")


def test_gaps_beyond_and_within_chance():
    assert words.gap(staff()) == (
        "Pupils with an EHCP attended **10.9 points less** than pupils without SEN (likely 4.4 to "
        "17.4). Pupils on SEN Support attended 2.3 points less (within chance)."
    )
    assert words.gap(governors()) == (
        "Pupils with an EHCP attended **about 11 points less** than pupils without SEN. Pupils on "
        "SEN Support attended about 2 points less (within chance)."
    )


def test_a_gap_that_rounds_to_nothing_and_one_the_other_way():
    rows = (*rates(plan=(95.2, 90.0, 99.0, 12), support=(97.0, 96.6, 97.4, 29)), ROWS[-1])
    years = (AttendanceYear(period="2025-26", rows=rows),)
    assert words.gap(staff(years=years)) == (
        "Pupils with an EHCP attended 0.1 points less than pupils without SEN (within chance). "
        "Pupils on SEN Support attended **1.7 points more** (likely 0.6 to 2.8)."
    )
    assert words.gap(governors(years=years)).startswith(
        "Pupils with an EHCP attended as much as pupils without SEN, to within a point or so. "
    )


def test_without_pupils_without_sen_there_is_no_gap():
    years = (AttendanceYear(period="2025-26", rows=ROWS[:2]),)
    assert words.gap(staff(years=years)) == (
        "This cannot be said. There are no pupils without SEN, or fewer than four; there is no "
        "group to set beside the others."
    )
    assert words.needs(staff(years=years, needs=())) == ""
    assert words.gap(governors(years=years)) == (
        "How far pupils with SEN are from other pupils is not shown or cannot be said."
    )


def test_gaps_beside_englands():
    told = (
        "In England the gap was 5.9 points for pupils with an EHCP and 3.5 points for pupils on "
        "SEN Support (autumn and spring of 2022-23, all phases). "
    )
    every = (
        " All pupils in primary schools attended 94.8% in England (2024-25) and 95.33% in "
        "Hampshire (2024-25)."
    )
    assert words.beside_england(staff()) == (
        f"{told}The school's gaps are not known to differ from those.{every}"
    )
    rows = (*rates(plan=(60.0, 55.0, 65.0, 12), support=(95.3, 95.0, 95.6, 29)), ROWS[-1])
    sure = staff(years=(AttendanceYear(period="2025-26", rows=rows),), absence=UNKNOWN)
    assert words.beside_england(sure) == (
        f"{told}That of pupils with an EHCP is wider here and that of pupils on SEN Support is "
        "narrower here by more than chance gives."
    )
    assert words.beside_england(staff(absence_by_status=NOTHING)) == (
        f"No official attendance by SEN status is carried to set this beside.{every}"
    )
    so_far = replace(KNOWN.england, measure="absence_rate_to_date", year_ending=2026)
    now = staff(absence=Yardsticks(england=so_far, authority=NOTHING))
    assert words.beside_england(now).endswith(
        " All pupils in primary schools attended 94.8% in England (2025-26 so far)."
    )


def test_the_lowest_need_is_of_several_pupils():
    lowest = (
        "Of the primary needs, attendance is lowest in asd: 83.9% for 7 pupils (likely 71 to 97%)."
    )
    assert words.needs(staff()) == (
        f"{lowest} With groups of this size no need is known to be below the others."
    )
    assert words.needs(staff(apart=("asd",))) == (
        f"{lowest} **That is below the others by more than chance gives.**"
    )
    assert words.needs(staff(apart=("asd", "slcn"))) == (
        f"{lowest} **Below the others by more than chance gives:** asd and slcn."
    )
    assert words.needs(staff(needs=NEEDS[2:])) == (
        "No primary need has enough pupils to look at its attendance by itself."
    )


def test_severe_absence_and_part_time_are_counted_and_persistent_absence_is_kept_for_the_plan():
    said = words.missing(staff())
    assert said == (
        "Nobody missed half or more of their sessions. Part-time timetables are not recorded."
    )
    kept = [(f.group, f.n) for f in said.findings if f.measure == "persistent absence"]
    assert kept == [
        ("pupils with an EHCP", 12),
        ("pupils on SEN Support", 29),
        ("pupils without SEN", 147),
    ]
    assert words.missing(governors(severe=PERSISTENT, part_time=NOBODY)) == (
        "About 5 of 30 pupils on SEN Support and about 15 of 145 pupils without SEN "
        "(one in ten) missed half or more of their sessions. Nobody, or very few, had a part-time "
        "timetable."
    )


CHANGE = AttendanceChange(
    since="2024-25-autumn",
    period=TERM,
    verdict="closing",
    failed=(),
    estimate=3.2,
    low=1.1,
    high=5.3,
    before=-6.0,
    after=-2.8,
    detectable=2.6,
    margin=0.7,
    n_group=31,
    n_others=120,
    level=0.95,
)
WHO = (
    "between pupils with and without SEN, for 31 pupils with SEN and 120 pupils without who were "
    "there both times,"
)


@pytest.mark.parametrize(
    ("verdict", "changed", "said"),
    [
        (
            "closing",
            {},
            (
                f"The attendance gap {WHO} **is closing**: about 1.1 to 5.3 "
                "points less than in the "
                "same part of the year to autumn 2024. It was 6.0 points behind "
                "and is now 2.8 points "
                "behind."
            ),
        ),
        (
            "smaller, within chance",
            {},
            (
                f"The attendance gap {WHO} **was 3.2 points smaller** than in the same part of the "
                "year to autumn 2024, **within chance**. A change of less than "
                "2.6 points could not "
                "have been seen with these numbers."
            ),
        ),
        (
            "no detectable change",
            {"estimate": -0.4},
            (
                "**No change could be detected** in the attendance gap between "
                "pupils with and without "
                "SEN since the same part of the year to autumn 2024: it was 0.4 "
                "points wider, within "
                "chance. A change of less than 2.6 points could not have been "
                "seen with these numbers."
            ),
        ),
        (
            "unchanged",
            {},
            (
                f"The attendance gap {WHO} **has not changed by more than 0.7 points either way** "
                "since the same part of the year to autumn 2024."
            ),
        ),
        (
            "wider",
            {"estimate": -3.2, "low": -5.3, "high": -1.1, "before": 0.4},
            (
                f"The attendance gap {WHO} **is wider**: about 1.1 to 5.3 points "
                "more than in the same "
                "part of the year to autumn 2024. It was 0.4 points ahead and is now 2.8 points "
                "behind."
            ),
        ),
        (
            "cannot be said",
            {"failed": ("same_pupils_or_trend", "beyond_chance", "not_two_pupils")},
            (
                f"The attendance gap {WHO} was 3.2 points smaller than in the "
                "same part of the year to "
                "autumn 2024, but whether that means anything **cannot be said**: too few of the "
                "pupils were there both times and it rests on one or two pupils."
            ),
        ),
    ],
)
def test_a_change_stands_on_the_ladder(verdict, changed, said):
    found = replace(CHANGE, verdict=verdict, **changed)
    assert words.change(release(found, "staff")) == said


def test_a_change_in_a_shared_edition_is_in_whole_points():
    found = replace(CHANGE, verdict="smaller, within chance", estimate=0.3)
    assert words.change(release(found, "governors")) == (
        "The attendance gap between pupils with and without SEN, for about 30 pupils with SEN and "
        "about 120 pupils without who were there both times, **was less than a point smaller** "
        "than in the same part of the year to autumn 2024, **within chance**. A change of less "
        "than 3 points could not have been seen with these numbers."
    )


TWO = SenInfluence(
    question="attendance",
    unit="percentage points",
    period=TERM,
    behind=True,
    estimate=-4.0,
    without=-0.4,
    typical_without=-3.3,
    chance=0.001,
    most_goes=True,
    carried=True,
    n_group=40,
    n_others=140,
    pupils=("p1", "p2"),
)


def test_one_or_two_pupils_are_set_beside_typical_groups():
    assert words.influence(release(TWO, "staff")) == (
        "**The gap in attendance to pupils without SEN is down to one or two pupils:** it is 4.0 "
        "points, and would be 0.4 without those who count most. In a typical group of this size it "
        "would then be 3.3; in hardly any such groups one or two pupils count "
        "for as much. Talk about "
        "them, not about a group."
    )
    often = replace(TWO, carried=False, chance=0.35)
    assert words.influence(release(often, "staff")) == (
        "**One or two pupils make most of the gap in attendance to pupils without SEN, as they "
        "often do in groups of this size:** it is 4.0 points, and would be 0.4 without those who "
        "count most. In a typical group of this size it would then be 3.3; in 35% of such groups "
        "one or two pupils count for as much."
    )


def test_page_one_is_told_only_whether_it_is_one_or_two():
    assert words.influence(release(TWO, "staff"), short=True) == (
        "**The gap in attendance is down to one or two pupils.**"
    )


def test_shared_editions_are_not_told_what_one_or_two_pupils_did():
    assert words.influence(release(TWO, "governors")) == (
        "**The gap in attendance to pupils without SEN is down to one or two pupils.**"
    )
    more = replace(TWO, carried=False, most_goes=False)
    assert words.influence(release(more, "public")) == (
        "**The gap in attendance to pupils without SEN is not only one or two pupils.**"
    )


def test_what_one_or_two_pupils_did_is_in_no_finding_of_a_shared_edition():
    told = release(TWO, "public").value
    assert (told.estimate, told.without, told.typical_without) == (None, None, None)


def test_suspensions_are_for_every_hundred_pupils_and_no_gap_needs_no_pupils():
    found = replace(TWO, question="suspensions", estimate=7.0, without=3.5, typical_without=5.0)
    found = replace(found, carried=False, most_goes=False, chance=0.06)
    assert words.influence(release(found, "staff")) == (
        "**The gap in suspensions to pupils without SEN is not only one or two pupils:** it is 7.0 "
        "for every hundred pupils, and would be 3.5 without those who count most. In a typical "
        "group of this size it would then be 5.0; in 6% of such groups one or two pupils count for "
        "as much."
    )
    assert words.influence(release(replace(found, behind=False, estimate=-1.0), "staff")) == (
        "Pupils with SEN are not suspended more often than others, so no one or two pupils "
        "explain it."
    )
    assert words.influence(release(replace(TWO, behind=False, estimate=1.0), "staff")) == (
        "Pupils with SEN are not away more often than others, so no one or two pupils explain it."
    )
