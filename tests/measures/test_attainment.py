import pandas as pd
import pytest

from writinggaps.measures.attainment import attainment, attainment_history
from writinggaps.problems import BadArgument, NoRecords, NotPublished

NOW, THEN = "2025-26-autumn", "2024-25-autumn"
VALUES = ["EXS", "GDS", "WTS", "A", "L", "EXS", "PK3", "EM"]


@pytest.fixture
def school(make_school):
    return make_school({(NOW, "writing"): VALUES}, year_group=[5, 5, 5, 5, 6, 6, 6, 6])


def test_shares_are_of_judged_pupils_by_year_group(school, standards):
    found = attainment(school, term=NOW, standards=standards)

    assert (found.expected.whole.count, found.expected.whole.n) == (3, 6)
    assert {k: (s.count, s.n) for k, s in found.expected.shares.items()} == {
        "Year 5": (2, 3), "Year 6": (1, 3)
    }  # fmt: skip
    assert found.greater_depth.whole.count == 1


def test_absent_pupils_count_in_the_dfes_denominator_and_left_ones_in_none(school, standards):
    # NPD dictionary: A counts against the share; L is in neither denominator
    found = attainment(school, term=NOW, standards=standards)

    assert (found.of_eligible.whole.count, found.of_eligible.whole.n) == (3, 7)


def test_the_latest_judgement_counts_and_the_summative_one_of_a_day(school, standards):
    rows = school.tables["judgements"]
    later = rows.assign(date=pd.Timestamp("2025-12-15"), value="WTS").iloc[[0]]
    formative = rows.assign(kind="formative", value="WTS").iloc[[1]]
    school.tables["judgements"] = pd.concat([rows, later, formative], ignore_index=True)

    found = attainment(school, term=NOW, standards=standards)
    assert found.expected.shares["Year 5"].count == 1


def test_pupils_who_had_left_when_others_were_judged_do_not_count(school, standards):
    school.tables["pupils"]["left"] = pd.NaT
    school.tables["pupils"].loc[0, "left"] = pd.Timestamp("2025-11-30")

    assert attainment(school, term=NOW, standards=standards).expected.whole.n == 5


def test_history_reads_one_year_group_as_it_was_in_each_year(make_school, standards):
    # today's Year 6 were Year 5 a year ago; last year's Year 6 left in July, still marked Year 6
    school = make_school(
        {
            (THEN, "writing"): ["EXS", "WTS", "GDS", "EXS"],
            (NOW, "writing"): ["WTS", "EXS", None, None],
        },
        year_group=[6, 6, 6, 6],
        left=pd.to_datetime([None, None, "2025-07-21", "2025-07-21"]),
    )
    found = attainment_history(school, term=NOW, standards=standards)

    assert found.who == "Year 6"
    assert {k: (s.count, s.n) for k, s in found.expected.shares.items()} == {
        "2024-25": (2, 2), "2025-26": (1, 2)
    }  # fmt: skip
    assert (found.expected.whole.count, found.expected.whole.n) == (3, 4)


def test_nobody_judged_and_no_standard_are_said(school, standards):
    with pytest.raises(NoRecords, match="Nobody was judged"):
        attainment(school, term=THEN, standards=standards)
    with pytest.raises(NoRecords):
        attainment_history(school, term=NOW, standards=standards, year_group=3)
    with pytest.raises(NotPublished, match="no expected standard"):
        attainment(school, term=NOW, standards=standards, measure="cj_writing")
    with pytest.raises(BadArgument, match="no measure 'wrting'"):
        attainment(school, term=NOW, standards=standards, measure="wrting")
