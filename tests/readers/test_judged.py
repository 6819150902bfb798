from dataclasses import replace

import pandas as pd
import pytest

from writinggaps.problems import BadArgument, NoRecords
from writinggaps.readers.judged import judged, measure_of, year_groups
from writinggaps.readers.school import School
from writinggaps.standards import load_standards

STANDARDS = load_standards()
PUPILS = pd.DataFrame(
    {
        "pupil_id": ["now", "leaver", "moved"],
        "year_group": pd.array([6, 6, 4], dtype="Int64"),
        "left": pd.to_datetime([None, "2025-07-21", "2025-10-03"]),
    }
)


def school(**values):
    rows = pd.DataFrame(
        [
            {"pupil_id": pupil, "term": term, "measure": "writing", "value": value,
             "date": pd.Timestamp("2025-12-12" if "2025-26" in term else "2024-12-12"),
             "kind": "summative"}
            for term, marks in {"2025-26-autumn": values, "2024-25-autumn": values}.items()
            for pupil, value in marks.items()
        ]
    )  # fmt: skip
    tables = {"pupils": PUPILS, "judgements": rows}
    return School(key="1", name="Specimen Primary", phase="primary", tables=tables)


def test_year_groups_are_those_of_the_term_for_stayers_and_leavers():
    # the leaver of July 2025 was in Year 6 then; who left in October 2025 was in Year 4 then
    assert year_groups(school(now="EXS"), "2024-25-autumn").tolist() == [5, 6, 3]
    assert year_groups(school(now="EXS"), "2025-26-autumn").tolist() == [6, 7, 4]


def test_an_older_report_reads_later_data_as_they_were():
    assert year_groups(school(now="EXS"), "2023-24-summer").tolist() == [4, 5, 2]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("statements", {"date": pd.to_datetime(["2024-10-01", "2025-11-25"])}),
        ("attendance", {"period": ["2025-26-autumn", "2024-25", None]}),
        ("interventions", {"start": pd.to_datetime([None, "2025-09-09"])}),
    ],
)
def test_a_school_without_judgements_is_read_as_it_was_too(table, rows):
    tables = {"pupils": PUPILS, table: pd.DataFrame(rows)}
    found = School(key="1", name="Specimen Primary", phase="primary", tables=tables)

    assert year_groups(found, "2024-25-autumn").tolist() == [5, 6, 3]


def test_codes_have_their_place_in_the_order_and_others_none():
    found = judged(school(now="GDS", moved="A"), STANDARDS.measures["writing"],
                   term="2024-25-autumn")  # fmt: skip

    assert found["pupil_id"].tolist() == ["now", "moved"]
    assert found["score"].tolist()[0] == 9
    assert found["score"].isna().tolist() == [False, True]
    assert found["expected"].tolist() == [True, False]
    assert found["greater_depth"].tolist() == [True, False]


def test_pupils_who_had_left_are_left_out():
    found = judged(school(now="EXS", leaver="EXS", moved="EXS"), STANDARDS.measures["writing"],
                   term="2025-26-autumn")  # fmt: skip

    assert found["pupil_id"].tolist() == ["now"]


def test_scores_that_are_no_numbers_are_blank():
    measure = STANDARDS.measures["cj_writing"]
    given = school(now="5 1 2", moved="inf")
    given.tables["judgements"]["measure"] = "cj_writing"

    assert judged(given, measure, term="2024-25-autumn")["score"].isna().all()


def test_nobody_judged_and_unknown_measures_are_said():
    with pytest.raises(NoRecords, match="in spring 2025"):
        judged(school(now="EXS"), STANDARDS.measures["writing"], term="2024-25-spring")
    with pytest.raises(BadArgument, match="Did you mean 'writing'"):
        measure_of(STANDARDS, "wrting")


def test_codes_are_read_in_any_spelling_and_marks_of_ones_own_are_left_alone():
    writing = measure_of(STANDARDS, "writing")
    found = judged(school(now=" gds", leaver="3EXS", moved="x"), writing, term="2025-26-autumn")

    assert found.set_index("pupil_id")["value"].to_dict() == {"now": "GDS"}


def test_a_schools_own_words_win_over_what_they_mean_elsewhere():
    writing = measure_of(STANDARDS, "writing")
    own = replace(writing, order=("Below", "Expected", "Above"), names=(), expected=("Expected",))
    found = judged(school(now="expected"), own, term="2025-26-autumn")

    assert found[["value", "score", "expected"]].to_numpy().tolist() == [["Expected", 1.0, True]]
