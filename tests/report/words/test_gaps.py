from dataclasses import replace

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.samples import Summary
from writinggaps.measures.gaps.gap import Gap
from writinggaps.measures.gaps.history import GapHistory, GapRow, Gaps, GapYear
from writinggaps.official import official
from writinggaps.report.words import gaps as words
from writinggaps.withheld import Withheld

NONE = Withheld(reason="no_records", found="No measure on one scale was used")
FEW = Withheld(reason="too_few_pupils", found="There are only 4 boys")


def points(group, others, names=("disadvantaged pupils", "other pupils")):
    return share_difference(
        share(*group), share(*others), group_name=names[0], others_name=names[1]
    )


def gap_of(group, others, sizes=NONE, **names):
    return Gap(
        by="disadvantaged",
        measure="Writing (teacher assessment)",
        period="2025-26-autumn",
        points=points(group, others, **names),
        sizes=sizes,
        ranks=NONE,
    )


def history(pooled, *years, names=("disadvantaged pupils", "other pupils")):
    return GapHistory(
        by="disadvantaged",
        measure="Writing (teacher assessment)",
        period="2025-26-autumn",
        group_name=names[0],
        others_name=names[1],
        pooled=pooled,
        years=tuple(
            GapYear(period=f"202{3 + k}-2{4 + k}", points=year) for k, year in enumerate(years)
        ),
    )


def gaps_of(*histories):
    return Gaps(
        behind_level=0.98,
        measure="Writing (teacher assessment)",
        period="2025-26-autumn",
        rows=tuple(GapRow(label=getattr(h, "group_name", "boys"), history=h) for h in histories),
    )


def staff(value, **more):
    return words.gap(release(value, "staff"), **more)


def test_behind():
    assert staff(gap_of((7, 23), (31, 50))) == (
        "In autumn 2025, 7 of 23 disadvantaged pupils (30%) and 31 of 50 other pupils (62%) were "
        "at the expected standard: a gap of **32 points** (7 to 51). Eight more disadvantaged "
        "pupils at the standard would close it."
    )


def test_behind_within_chance_and_one_pupil():
    value = gap_of((12, 23), (14, 25), names=("boys", "girls"))
    assert staff(value) == (
        "In autumn 2025, 12 of 23 boys (52%) and 14 of 25 girls (56%) were at the expected "
        "standard: a gap of **4 points** (−23 to 30). Chance alone often gives such a difference "
        "between groups of this size. One more boy at the standard would close it."
    )


def test_ahead():
    assert staff(gap_of((45, 50), (30, 60))) == (
        "In autumn 2025, 45 of 50 disadvantaged pupils (90%) and 30 of 60 other pupils (50%) were "
        "at the expected standard: disadvantaged pupils were **ahead by 40 points** (23 to 54)."
    )


def test_level():
    assert staff(gap_of((10, 20), (25, 50))) == (
        "In autumn 2025, 10 of 20 disadvantaged pupils (50%) and 25 of 50 other pupils (50%) were "
        "at the expected standard: **level to within a point** (−24 to 24). Chance alone often "
        "gives such a difference between groups of this size."
    )


def test_with_standard_deviations_and_england():
    sizes = replace(
        hedges_g(Summary(23, 95.0, 10.0), Summary(50, 100.0, 10.0)),
        measure="Writing (comparative judgement)",
    )
    england = (
        replace(official("ks2_writing_expected"), value=59.0),
        replace(official("ks2_writing_expected"), value=78.0),
    )
    assert staff(gap_of((7, 23), (31, 50), sizes), england=england).endswith(
        "would close it. Measured by writing (comparative judgement), disadvantaged pupils were "
        "0.5 standard deviations behind (0.0 to 1.0). In England it was 59% and 78% in 2024-25."
    )
    level = replace(sizes, estimate=0.01, low=-0.5, high=0.52)
    assert staff(gap_of((7, 23), (31, 50), level)).endswith(
        "Measured by writing (comparative judgement), the groups were less than a tenth of a "
        "standard deviation apart (−0.5 to 0.5)."
    )
    ahead = replace(sizes, estimate=0.5, low=0.0, high=1.0)
    assert staff(gap_of((7, 23), (31, 50), ahead)).endswith(
        "disadvantaged pupils were 0.5 standard deviations ahead (0.0 to 1.0)."
    )


def test_in_a_shared_edition_numbers_are_said_roughly():
    assert words.gap(release(gap_of((27, 63), (71, 104)), "public")) == (
        "In autumn 2025, about 25 of 65 disadvantaged pupils (two fifths) and about 70 "
        "of 105 other pupils (two thirds) were at the expected standard: a gap of "
        "**about 28 points** (13 to 42). About 19 more disadvantaged pupils at the standard would "
        "close it."
    )


def test_in_a_shared_edition_no_gap_is_made_up_from_bands():
    assert words.gap(release(gap_of((10, 12), (25, 27)), "public")) == (
        "In autumn 2025, all or nearly all of about 10 disadvantaged pupils and all or nearly all "
        "of about 25 other pupils were at the expected standard. The numbers are too small to say "
        "here how far apart they are."
    )


def test_the_widest_gap_and_those_behind_it():
    years = [FEW, FEW, FEW]
    one = history(points((30, 70), (100, 150)), *years)
    two = history(points((20, 50), (120, 170), ("pupils with SEN", "pupils without SEN")),
                  *years,
                  names=("pupils with SEN", "pupils without SEN"))  # fmt: skip
    level = history(points((50, 80), (50, 80), ("boys", "girls")), names=("boys", "girls"))
    assert words.widest(release(gaps_of(one, two, level), "staff")) == (
        "Three years together, the widest gap is that of **pupils with SEN**: 31 points behind "
        "pupils without SEN (15 to 45). Also behind are disadvantaged pupils (24 points)."
    )
    assert words.widest(release(gaps_of(level), "staff")) == (
        "No group is known to be behind: every difference could be chance."
    )


def test_a_group_that_is_only_just_behind_is_not_named_when_four_are_compared():
    close = points((40, 80), (100, 155))
    assert close.high < 0
    value = gaps_of(history(close), *(history(FEW) for _ in range(3)))
    assert words.widest(release(value, "staff")).startswith("No group is known to be behind")


def test_a_picture_says_in_its_title_who_was_behind_in_every_year():
    behind = history(points((30, 70), (100, 150)), points((9, 23), (33, 50)))
    mixed = history(points((30, 70), (100, 150)), points((9, 23), (33, 50)),
                    points((13, 24), (25, 50)), names=("boys", "girls"))  # fmt: skip
    released = release(gaps_of(behind, mixed), "staff")

    assert words.title(released.value, released) == (
        "Disadvantaged pupils were behind in every year shown"
    )
    assert words.described(released.value, released) == (
        "Gaps, all years together. Disadvantaged pupils: 24 points behind (10 to 37); boys: 24 "
        "points behind (10 to 37)."
    )
    nobody = release(gaps_of(mixed), "staff")
    assert words.title(nobody.value, nobody) == "No group was behind in every year shown"


def test_a_picture_of_gaps_that_may_all_be_chance_names_nobody():
    small = history(points((9, 23), (13, 30)), points((9, 23), (13, 30)))
    released = release(gaps_of(small), "staff")

    assert words.title(released.value, released) == "Every gap shown could be chance"
