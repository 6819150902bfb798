"""Who was on roll, and what the parts of a school are called."""

import pandas as pd
import pytest

from writinggaps.problems import BadArgument, NoRecords
from writinggaps.readers.roll import group_labels, on_roll
from writinggaps.readers.school import School

PUPILS = pd.DataFrame(
    {
        "pupil_id": ["stays", "left", "last day", "joins", "joined"],
        "joined": pd.to_datetime([None, None, None, "2026-01-05", "2025-12-31"]),
        "left": pd.to_datetime([None, "2025-10-20", "2025-12-31", None, None]),
        "year_group": [4, 4, 0, 4, 12],
        "sen_provision": ["N", "K", "E", None, "N"],
    }
)


def school(pupils):
    return School(key="oak", name="Example", phase="primary", tables={"pupils": pupils})


def test_on_roll_are_those_who_had_joined_and_not_left_by_the_end_of_the_term():
    assert on_roll(school(PUPILS), "2025-26-autumn").pupil_id.tolist() == [
        "stays",
        "last day",
        "joined",
    ]
    assert on_roll(school(PUPILS), "2025-26-spring").pupil_id.tolist() == [
        "stays",
        "joins",
        "joined",
    ]


def test_without_dates_everybody_is_on_roll():
    assert len(on_roll(school(PUPILS[["pupil_id"]]), "2025-26-autumn")) == len(PUPILS)


def test_nobody_on_roll_is_said():
    with pytest.raises(NoRecords, match="Nobody was on roll at the end of autumn 2025"):
        on_roll(school(PUPILS.iloc[[1]]), "2025-26-autumn")


def test_parts_come_in_the_order_for_reading():
    years = group_labels(PUPILS, "year_group")
    provision = group_labels(PUPILS, "sen")

    assert list(years.cat.categories) == ["Reception", "Year 4", "Year 12", "not recorded"]
    assert provision.tolist() == ["no SEN", "SEN Support", "EHCP", "not recorded", "no SEN"]


def test_a_group_that_is_not_known_is_named_with_a_hint():
    with pytest.raises(BadArgument, match="Did you mean 'disadvantaged'"):
        group_labels(PUPILS, "disadvantage")


def test_year_six_leaving_in_july_was_on_roll_in_the_summer_term():
    pupils = pd.DataFrame(
        {
            "pupil_id": ["stayed", "July", "May"],
            "year_group": [6, 6, 6],
            "left": pd.to_datetime([None, "2025-07-21", "2025-05-30"]),
        }
    )
    school = School(key="1", name="A", phase="primary", tables={"pupils": pupils})

    assert on_roll(school, "2024-25-summer")["pupil_id"].tolist() == ["stayed", "July"]
    assert on_roll(school, "2025-26-autumn")["pupil_id"].tolist() == ["stayed"]
