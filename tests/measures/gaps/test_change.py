import numpy as np
import pandas as pd
import pytest

from writinggaps.measures.gaps.change import gap_change, gap_direction
from writinggaps.problems import BadArgument, DifferentTests, NoRecords, TooFewPupils

NOW, THEN, BEFORE = "2025-26-autumn", "2024-25-autumn", "2023-24-autumn"


def changed(school, standards, **more):
    return gap_change(school, term=NOW, standards=standards, **{"by": "disadvantaged"} | more)


def test_the_same_pupils_a_year_later_by_hand(two_years, standards):
    found = changed(two_years(narrowed=20), standards)

    assert found.verdict == "closing"
    assert found.moved.before == pytest.approx(-30)
    assert found.estimate == pytest.approx(20)
    assert (found.n_group, found.n_others, found.since) == (20, 40, THEN)
    assert (found.joined, found.gone, found.failed) == (0, 0, ())
    assert found.level == pytest.approx(0.9875)
    assert found.unit == "points of the scale"


def test_a_direction_is_that_of_three_years_or_of_two_where_no_more_can_be_said(
    make_school, two_years, standards
):
    shorter = gap_direction(
        two_years(narrowed=20), by="disadvantaged", term=NOW, standards=standards
    )
    assert shorter == changed(two_years(narrowed=20), standards)

    group = np.arange(60) < 20
    first = 500 + 40 * np.tile(np.linspace(-1.5, 1.5, 20), 3) - 30 * group
    told = {
        (term, "cj_writing"): first + n * (25 + 10 * group) + n * np.tile([3.0, -3.0], 30)
        for n, term in enumerate((BEFORE, THEN, NOW))
    }
    school = make_school(told, disadvantaged=group)
    found = gap_direction(school, by="disadvantaged", term=NOW, standards=standards)
    assert found == changed(school, standards, since=BEFORE)
    assert (found.since, found.verdict) == (BEFORE, "closing")


def test_nothing_changed_is_never_no_gap(two_years, standards):
    found = changed(two_years(), standards)

    assert found.verdict == "no detectable change"
    assert found.moved.detectable > 0


def test_joiners_and_leavers_are_counted_and_too_many_stop_the_word(two_years, standards):
    some = changed(two_years(narrowed=20, kept=slice(2, None)), standards)
    assert (some.joined, some.verdict) == (2, "closing")

    many = changed(two_years(narrowed=20, kept=slice(3, None)), standards)
    assert (many.joined, many.verdict) == (3, "cannot be said")
    assert many.failed == ("same_pupils_or_trend",)


def test_year_groups_that_cannot_have_been_judged_twice_are_no_leavers(two_years, standards):
    school = two_years(narrowed=20)
    rows = school.tables["judgements"]
    older = rows[rows["term"] == THEN].head(5).assign(pupil_id=[f"Q{k}" for k in range(5)])
    pupils = school.tables["pupils"]
    gone = pupils.head(5).assign(pupil_id=[f"Q{k}" for k in range(5)], year_group=7)
    school.tables["judgements"] = pd.concat([rows, older], ignore_index=True)
    school.tables["pupils"] = pd.concat([pupils, gone], ignore_index=True)

    assert changed(school, standards).gone == 0


def test_a_report_with_more_statements_asks_for_more(two_years, standards):
    four = changed(two_years(narrowed=20), standards)
    many = changed(two_years(narrowed=20), standards, statements=100)

    assert many.low < four.low
    assert many.statements == 100


def test_teacher_judgements_are_compared_as_shares(make_school, standards):
    group = np.arange(120) < 40
    before = np.where(group, np.arange(120) % 4 == 0, np.arange(120) % 4 > 0)
    after = np.where(group, np.arange(120) % 4 > 0, np.arange(120) % 4 > 0)
    school = make_school(
        {(t, "writing"): np.where(v, "EXS", "WTS") for t, v in ((THEN, before), (NOW, after))},
        disadvantaged=group,
    )
    found = changed(school, standards)

    assert found.unit == "percentage points"
    assert (found.moved.before, found.moved.after) == pytest.approx((-50, 0))
    assert found.verdict == "closing"


def test_the_lowest_fifth_are_read_with_an_allowance_for_regression(make_school, standards):
    # nothing done: correlation .8; the plain gap of the lowest fifth "closes", the allowed one not
    random = np.random.default_rng(8)
    z = random.standard_normal(300)
    later = 0.8 * z + 0.6 * random.standard_normal(300)
    school = make_school(
        {(THEN, "cj_writing"): 500 + 40 * z, (NOW, "cj_writing"): 525 + 40 * later},
        disadvantaged=z <= np.quantile(z, 0.2),
    )
    plain = changed(school, standards)
    allowed = changed(school, standards, by="lowest_fifth")

    assert plain.verdict == "closing"
    assert allowed.verdict not in ("closing", "wider")
    assert allowed.low < 0 < allowed.high


def test_the_lowest_fifth_by_levels_never_closes(make_school, standards):
    # a share has no reliability to allow for
    values = np.tile(["WTS"] * 2 + ["EXS"] * 8, 12)
    school = make_school(
        {(THEN, "writing"): values, (NOW, "writing"): ["EXS"] * 120}, sex=["M"] * 120
    )
    found = changed(school, standards, by="lowest_fifth")

    assert found.verdict == "cannot be said"
    assert "not_chosen_by_score" in found.failed


def test_three_cohorts_make_a_trend_and_two_do_not(make_school, standards):
    # pupils of Year 6 in each of three years: 40 a year, half of them disadvantaged
    random = np.random.default_rng(6)
    cohort = np.repeat([8, 7, 6], 80)
    group = np.tile(np.arange(80) < 40, 3)
    scores = 560 - 60 * group + 25 * (8 - cohort) * group + 30 * random.standard_normal(240)
    judged = {}
    for term, year in ((BEFORE, 8), (THEN, 7), (NOW, 6)):
        judged[term, "cj_writing"] = list(np.where(cohort == year, scores, None))
    school = make_school(judged, disadvantaged=group, year_group=cohort)

    three = changed(school, standards, since=BEFORE, design="successive cohorts", year_group=6)
    assert (three.verdict, three.cohorts, three.n_group) == ("closing", 3, 120)

    two = changed(school, standards, design="successive cohorts", year_group=6)
    assert "same_pupils_or_trend" in two.failed
    assert two.verdict != "closing"


def test_different_tests_are_refused(make_school, standards):
    scores = list(range(60))
    group = np.arange(60) < 20
    mixed = make_school({(THEN, "gps"): scores, (NOW, "cj_writing"): scores}, disadvantaged=group)
    with pytest.raises(DifferentTests, match="not used in autumn 2024"):
        changed(mixed, standards, measure="cj_writing")
    papers = make_school({(THEN, "gps"): scores, (NOW, "gps"): scores}, disadvantaged=group)
    with pytest.raises(DifferentTests, match="differ from test to test"):
        changed(papers, standards, measure="gps")


def test_what_cannot_be_asked_is_refused(two_years, standards):
    school = two_years()
    with pytest.raises(BadArgument, match="earlier term first"):
        changed(school, standards, since=NOW)
    with pytest.raises(BadArgument, match="same part of different school years"):
        changed(school, standards, since="2024-25-spring", design="successive cohorts")
    with pytest.raises(NoRecords):
        changed(school, standards, since=BEFORE, measure="cj_writing")
    with pytest.raises(TooFewPupils, match="only 9"):
        changed(two_years(kept=slice(11, None)), standards)
