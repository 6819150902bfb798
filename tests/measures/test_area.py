"""An area's published figures, rebuilt with what rounding hides and what chance does."""

from dataclasses import fields, is_dataclass
from math import comb, sqrt
from pathlib import Path
from shutil import copytree

import pytest
from scipy.stats import norm

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.funnel import limits
from writinggaps.measures.area.changes import area_changes
from writinggaps.measures.area.gap import area_gap, area_gap_change
from writinggaps.measures.area.place import area_of, published_share, together
from writinggaps.measures.area.schools import area_schools
from writinggaps.measures.area.whole import area_checks, area_shares
from writinggaps.official import official
from writinggaps.problems import BadArgument, DifferentTests, NotPublished
from writinggaps.readers.ks2_tables import read_ks2_tables
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld, attempt

INVENTED = Path(__file__).parents[1] / "readers" / "data" / "ks2_tables"
REAL = Path(__file__).parents[3] / "shared" / "data" / "ks2"
RULES = load_standards().gap
EXPECTED, FSM6 = "PTWRITTA_EXP", "PTWRITTA_EXP_FSM6CLA1A"
OTHERS = "PTWRITTA_EXP_NotFSM6CLA1A"
TABLES = "KS2 performance tables, final"


@pytest.fixture(scope="module")
def area():
    return area_of(read_ks2_tables(INVENTED))


@pytest.fixture(scope="module")
def county():
    if not REAL.exists():
        pytest.skip(f"the downloaded tables are not in reach ({REAL})")
    return area_of(read_ks2_tables(REAL))


@pytest.fixture
def folder(tmp_path):
    return copytree(INVENTED, tmp_path / "tables")


def edit(folder, year, start, cells):
    """Change cells of the row that begins so, in the file of one year."""
    path = folder / f"{year}-999-ks2.csv"
    rows = path.read_bytes().decode("utf-8-sig").split("\r\n")
    heads = rows[0].split(",")
    place = next(i for i, row in enumerate(rows) if row.startswith(start))
    found = dict(zip(heads, rows[place].split(","), strict=True)) | cells
    rows[place] = ",".join(found[head] for head in heads)
    path.write_bytes("\r\n".join(rows).encode())


def school(schools, name):
    return next(row for row in schools.rows if row.name.startswith(name))


# --- what a published percentage can stand for ---


@pytest.mark.parametrize("n", range(1, 260, 7))
def test_the_true_count_is_always_among_those_that_a_percentage_can_stand_for(n):
    for count in range(n + 1):
        rebuilt = published_share(int(100 * count / n + 0.5), n)
        assert rebuilt.fewest <= count <= rebuilt.most


def test_a_percentage_of_few_pupils_stands_for_one_count():
    rebuilt = published_share(82, 60)
    assert (rebuilt.fewest, rebuilt.most, rebuilt.count) == (49, 49, 49)
    assert (rebuilt.low, rebuilt.high) == pytest.approx(
        (share(49, 60).low, share(49, 60).high), abs=1e-12
    )


def test_a_percentage_of_many_pupils_stands_for_several_and_the_interval_covers_each():
    rebuilt = published_share(81, 1000)
    assert (rebuilt.fewest, rebuilt.most) == (805, 815)
    assert rebuilt.low == share(805, 1000).low
    assert rebuilt.high == share(815, 1000).high


def test_a_percentage_that_no_count_gives_takes_the_counts_on_both_sides():
    # 16 of 31 is 51.6% and 17 of 31 is 54.8%: 53% was of other pupils, but nearly these
    rebuilt = published_share(53, 31)
    assert (rebuilt.fewest, rebuilt.most) == (16, 17)


def test_none_and_all_stay_within_the_group():
    assert (published_share(0, 300).fewest, published_share(100, 300).most) == (0, 300)


def test_one_decimal_stands_for_fewer_counts():
    assert (published_share(81.2, 1000).fewest, published_share(81.2, 1000).most) == (812, 812)


def test_schools_weigh_as_many_as_they_have_pupils():
    gone = Withheld(reason="not_published", found="The figure is suppressed")
    both = together([published_share(50, 10), gone, published_share(80, 20)])
    assert (both.percent, both.fewest, both.most, both.n) == (70, 21, 21, 30)


def test_nothing_published_cannot_be_put_together():
    with pytest.raises(NotPublished):
        together([Withheld(reason="not_published", found="The figure is suppressed")])


# --- the area as a whole ---


def test_the_schools_add_up_to_the_hand_calculation(area):
    latest = area_shares(area).latest
    by_hand = 97 * 118 + 58 * 120 + 50 * 60 + 5 * 20 + 91 * 11 + 80 * 60 + 97 * 30
    assert latest.rebuilt.percent == pytest.approx(by_hand / 419)
    assert (latest.rebuilt.n, latest.eligible, latest.published_eligible) == (419, 423, 423)
    assert (latest.published, latest.england, latest.schools) == (71, 72, 7)


def test_years_are_pooled_by_pupils(area):
    shares = area_shares(area)
    n = [year.rebuilt.n for year in shares.years]
    total = sum(year.rebuilt.percent * k for year, k in zip(shares.years, n, strict=True))
    assert shares.pooled.percent == pytest.approx(total / sum(n))
    assert shares.pooled.n == sum(n)


def test_the_framework_of_each_year_is_told(area):
    assert area_shares(area).frameworks == ("interim framework of 2015/16", "framework of 2017/18")


def test_the_rebuilt_county_agrees_with_the_known_figures(county):
    years = area_shares(county).years
    assert [round(y.rebuilt.percent, 6) for y in years] == [80.632014, 82.032081, 81.506332]
    assert [y.eligible for y in years] == [14040, 14463, 14855]
    assert [y.published_eligible for y in years] == [14040, 14463, 14855]
    assert [y.published for y in years] == [81, 82, 81]


def test_the_published_county_lies_within_what_its_schools_can_stand_for(county):
    for standard in ("expected", "greater_depth"):
        for year in area_shares(county, standard).years:
            suppressed = year.eligible - year.rebuilt.n
            low = 100 * year.rebuilt.fewest / year.eligible
            high = 100 * (year.rebuilt.most + suppressed) / year.eligible
            assert low - 0.5 <= year.published <= high + 0.5


@pytest.mark.parametrize("measure", [area_shares, area_schools, area_changes, area_gap])
def test_an_unknown_standard_gives_the_nearest_name(area, measure):
    with pytest.raises(BadArgument, match="Did you mean 'expected'"):
        measure(area, "expekted")


# --- schools ---


def test_every_school_stands_once_however_it_changed_its_urn(area):
    schools = area_schools(area)
    assert len(schools.rows) == 9
    assert len(school(schools, "Zeta").years) == 3


def test_a_school_without_a_figure_says_why_and_has_no_standing(area):
    suppressed = school(area_schools(area), "Epsilon")
    assert isinstance(suppressed.pooled, Withheld)
    assert suppressed.standing == ""
    assert suppressed.years[0].share.found == (
        "The figure is suppressed because very few pupils are behind it"
    )


def test_special_schools_are_shown_and_not_judged_by_what_mainstream_schools_have(area):
    special = school(area_schools(area), "Theta")
    assert special.pooled.n == 54
    assert special.standing == ""


def test_schools_stand_out_only_where_chance_would_put_one_in_five_hundred(area):
    schools = area_schools(area)
    assert [row.name for row in schools.standing("below")] == ["Beta Example Junior School"]
    assert [row.name for row in schools.standing("above")] == [
        "Gamma Example Primary School",
        "Zeta Example Academy",
    ]
    assert schools.by_chance == pytest.approx(6 * 0.002)
    p, beta = schools.common.estimate, school(schools, "Beta").pooled
    below = sum(comb(beta.n, k) * p**k * (1 - p) ** (beta.n - k) for k in range(beta.most + 1))
    assert below < 0.001


def test_limits_hold_at_least_the_share_that_they_promise():
    low, high = limits(0.8, 50, 0.95)
    inside = sum(comb(50, k) * 0.8**k * 0.2 ** (50 - k) for k in range(51) if low <= k / 50 <= high)
    assert inside >= 0.95


def test_a_school_gap_is_newcombes_where_one_count_stands_behind_each_percentage(area):
    gap = school(area_schools(area), "Gamma").gap
    by_hand = share_difference(share(5 + 6 + 6, 19), share(23 + 22 + 23, 71))
    assert (gap.disadvantaged.fewest, gap.disadvantaged.most, gap.disadvantaged.n) == (17, 17, 19)
    assert gap.low == pytest.approx(by_hand.low, abs=0.01)
    assert gap.high == pytest.approx(by_hand.high, abs=0.01)


def test_a_suppressed_gap_is_withheld(area):
    assert school(area_schools(area), "Delta").gap.reason == "not_published"


# --- changes ---


def test_a_clear_change_is_named_and_nothing_else(area):
    changes = area_changes(area)
    assert (changes.schools, changes.beyond, changes.periods) == (6, 1, ("2017-18", "2018-19"))
    assert [c.name for c in changes.clear] == ["Eta Example Primary School"]
    assert changes.clear[0].estimate == pytest.approx(-0.28)
    # 47 and 30 of 60: z = 17/60 / sqrt(p (1 - p) 2/60) with p = 77/120, six schools looked at
    p = 77 / 120
    z = (17 / 60) / sqrt(p * (1 - p) * 2 / 60)
    assert 2 * norm.sf(z) * 6 < 0.05


def test_a_change_that_rounding_may_have_made_is_not_counted(folder):
    # 50% to 55% of 1,000 pupils: z is 2.2, but 1.8 for 505 and 545, which round to the same
    edit(folder, 2017, "1,1,999,2002", {"TELIG": "1000", EXPECTED: "50%"})
    edit(folder, 2018, "1,1,999,2002", {"TELIG": "1000", EXPECTED: "55%"})
    assert area_changes(area_of(read_ks2_tables(folder))).beyond == 1
    edit(folder, 2018, "1,1,999,2002", {EXPECTED: "56%"})
    assert area_changes(area_of(read_ks2_tables(folder))).beyond == 2


def test_schools_are_grouped_by_size_and_none_is_lost(area):
    bands = area_changes(area).bands
    assert [(b.smallest, b.largest, b.schools) for b in bands] == [
        (1, 15, 1),
        (16, 30, 1),
        (31, 60, 2),
        (61, None, 2),
    ]


def test_small_schools_of_the_county_move_as_chance_moves_them(county):
    changes = area_changes(county)
    assert sum(band.schools for band in changes.bands) == changes.schools == 304
    assert (changes.beyond, round(changes.expected_beyond), changes.clear) == (13, 15, ())
    for band in changes.bands:
        assert 0.8 < band.spread / band.by_chance < 1.2


def test_years_of_two_frameworks_are_not_compared(folder):
    (folder / "2018-999-ks2.csv").unlink()
    with pytest.raises(DifferentTests, match="judged by a new framework"):
        area_changes(area_of(read_ks2_tables(folder)))


def test_one_year_has_no_change():
    with pytest.raises(NotPublished, match="a single school year"):
        area_changes(area_of(read_ks2_tables(INVENTED / "2018-999-ks2.csv")))


# --- the gap ---


def test_the_gap_is_that_of_the_authoritys_own_row(area):
    gap = area_gap(area)
    assert gap.estimate == pytest.approx(0.52 - 0.76)
    assert gap.pupils_short == round(0.24 * 85)
    assert gap.latest.england == -20
    assert (gap.latest.schools, gap.latest.of_schools) == (6, 8)


def test_the_gaps_interval_contains_newcombes_for_every_count_that_the_row_can_stand_for(area):
    latest = area_gap(area).latest.gap
    d, o = latest.disadvantaged, latest.others
    for low in range(d.fewest, d.most + 1):
        for high in range(o.fewest, o.most + 1):
            found = share_difference(share(low, d.n), share(high, o.n))
            assert latest.low <= found.low + 0.02
            assert latest.high >= found.high - 0.02


def test_two_years_of_one_framework_never_pass_the_gate(area):
    change = area_gap_change(area, RULES)
    assert (change.first_ending, change.last_ending, change.cohorts) == (2018, 2019, 2)
    assert change.verdict == "smaller, within chance"


def test_a_large_closing_over_three_years_of_one_framework_passes_the_gate(folder):
    path = folder / "2016-999-ks2.csv"
    text = path.read_bytes().decode("utf-8-sig").replace("PTRWM_EXP_16", "PTRWM_EXP_19")
    path.unlink()
    (folder / "2019-999-ks2.csv").write_bytes(text.encode())
    for year, percent in ((2017, "30%"), (2018, "52%"), (2019, "75%")):
        edit(folder, year, "3,", {FSM6: percent, OTHERS: "80%"})
    change = area_gap_change(area_of(read_ks2_tables(folder)), RULES)
    assert (change.cohorts, change.verdict, change.failed) == (3, "closing", ())
    assert change.low > 0


def test_the_same_closing_over_two_years_is_no_trend(folder):
    edit(folder, 2017, "3,", {FSM6: "30%", OTHERS: "80%"})
    edit(folder, 2018, "3,", {FSM6: "75%", OTHERS: "80%"})
    change = area_gap_change(area_of(read_ks2_tables(folder)), RULES)
    assert (change.verdict, change.failed) == ("cannot be said", ("same_pupils_or_trend",))


def test_what_rounding_hides_is_in_the_interval_of_a_change(folder):
    # four whole percentages, each within half a point: two points either way, however many pupils
    for year in (2017, 2018):
        numbers = {"TFSM6CLA1A": "85000", "TNotFSM6CLA1A": "338000"}
        edit(folder, year, "3,", {FSM6: "60%", OTHERS: "80%", **numbers})
    change = area_gap_change(area_of(read_ks2_tables(folder)), RULES)
    assert change.low < -0.02
    assert change.high > 0.02


def test_a_single_year_of_a_framework_has_no_change(folder):
    (folder / "2018-999-ks2.csv").unlink()
    withheld = attempt(area_gap_change, area_of(read_ks2_tables(folder)), RULES)
    assert withheld.reason == "different_tests"


def test_without_the_authoritys_row_the_gap_is_withheld(folder):
    for path in folder.glob("20*.csv"):
        rows = path.read_bytes().decode("utf-8-sig").split("\r\n")
        path.write_bytes("\r\n".join(r for r in rows if not r.startswith("3,")).encode())
    area = area_of(read_ks2_tables(folder))
    assert attempt(area_gap, area).reason == "not_published"
    assert area_shares(area).latest.published is None
    assert area.name == "999"


# --- the place, the checks, the editions ---


@pytest.mark.parametrize("name", ["", "999", "Example Shire", "example shire"])
def test_an_area_is_known_by_its_number_or_its_name(name):
    assert area_of(read_ks2_tables(INVENTED), name).la_code == "999"


def test_an_area_that_is_not_in_the_files_is_refused(area):
    with pytest.raises(BadArgument, match="'850' is not one of the 1 in the files"):
        area_of(area.tables, "850")


def test_several_areas_must_be_told_apart(folder):
    path = folder / "2018-999-ks2.csv"
    text = path.read_bytes().decode("utf-8-sig").replace("1,0,999,2001", "1,0,998,2001")
    path.write_bytes(text.encode())
    with pytest.raises(BadArgument, match="The files hold 2 areas and none was named"):
        area_of(read_ks2_tables(folder))


def test_the_checks_account_for_every_school(area):
    checks = area_checks(area)
    for file in checks.files:
        figures = len([row for row in area.each(file.year_ending) if not row.expected_reason])
        assert file.lines == file.kept == 12
        assert figures + sum(m.schools for m in file.missing) == file.schools == 9
    assert checks.renumbered == 1
    assert checks.files[-1].left_out == 4


@pytest.mark.parametrize("edition", ["staff", "governors", "public"])
@pytest.mark.parametrize(
    "measure", [area_shares, area_schools, area_changes, area_gap, area_checks]
)
def test_published_figures_are_the_same_in_every_edition(area, measure, edition):
    assert flat(release(measure(area), edition).value) == flat(measure(area))


def flat(value):
    if isinstance(value, tuple):
        return [flat(v) for v in value]
    if isinstance(value, Withheld):
        return value.reason
    if is_dataclass(value):
        return [flat(getattr(value, f.name)) for f in fields(value)]
    return value


def test_englands_row_of_the_files_is_the_official_figure_of_that_release(county):
    pairs = {"expected": "ks2_writing_expected", "greater_depth": "ks2_writing_greater_depth"}
    for standard, measure in pairs.items():
        for year in area_shares(county, standard).years:
            found = official(measure, year_ending=year.year_ending, version=TABLES)
            assert year.england == found.value
        for year in area_gap(county, standard).years:
            pair = [
                official(measure, group=group, year_ending=year.year_ending, version=TABLES).value
                for group in ("disadvantaged", "not_disadvantaged")
            ]
            assert pair == [year.england_disadvantaged, year.england_others]
