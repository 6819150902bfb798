"""An invented school whose pupils explain mathematics in writing."""

from pathlib import Path

import pandas as pd
import pytest

from writinggaps.readers.school import School
from writinggaps.standards import load_standards

ALL = ("Y3-N1", "Y3-N2", "Y3-S1")


def showing(pupil, statements, dates, *, secure=True, support="independent"):
    """Rows of the statements table: each statement on each date, a piece a day."""
    return [
        {
            "pupil_id": pupil,
            "statement": statement,
            "date": pd.Timestamp(date),
            "piece": f"{pupil} {date}",
            "secure": secure,
            "support": support,
        }
        for statement in statements
        for date in dates
    ]


TWICE = ("2025-09-15", "2025-10-06")
LATER = ("2025-12-01",)


@pytest.fixture
def maths():
    return load_standards(Path(__file__).parents[2] / "standards" / "maths_vocabulary.toml")


@pytest.fixture
def rows():
    """Year 4, two classes: what each of seven pupils has shown of Year 3.

    A1 has kept everything, A2 has secured everything, A3 all but right angles, A4 nothing but
    remainders; B1 needs support, B2 failed twice in everything, B3 has never been looked at.
    """
    return [
        *showing("A1", ALL, TWICE + LATER),
        *showing("A2", ALL, TWICE),
        *showing("A3", ALL[:2], TWICE),
        *showing("A3", ALL[2:], TWICE, secure=False),
        *showing("A4", ALL[1:2], TWICE),
        *showing("A4", (ALL[0], ALL[2]), TWICE, secure=False),
        *showing("B1", ALL, TWICE, support="scaffolded"),
        *showing("B2", ALL, TWICE, secure=False),
    ]


@pytest.fixture
def school_of():
    def make(rows, taught=(), **columns):
        pupils = pd.DataFrame(
            {
                "pupil_id": ["A1", "A2", "A3", "A4", "B1", "B2", "B3"],
                "class": ["4A"] * 4 + ["4B"] * 3,
                "year_group": 4,
                "disadvantaged": [False, False, True, True, True, True, None],
                **columns,
            }
        )
        tables = {"pupils": pupils}
        if rows:
            tables["statements"] = pd.DataFrame(rows)
        if taught:
            lessons = pd.DataFrame(taught, columns=["class", "statement", "date"])
            tables["taught"] = lessons.assign(date=pd.to_datetime(lessons["date"]))
        return School(key="oak", name="Example", phase="primary", tables=tables)

    return make


@pytest.fixture
def show():
    return showing
