from __future__ import annotations

import pandas as pd
import pytest

from writinggaps.readers.school import School

DAYS = ("start", "end", "pre_date", "post_date")


@pytest.fixture
def school():
    """Make an invented school whose interventions are the rows given, the rest filled in."""

    def made(rows):
        blank = {
            "pupil_id": "", "scheme": "Sample Scheme", "targets": None, "place": "in class",
            "missed_subject": None, "start": "2025-04-22", "end": "2025-07-01", "sessions": 20.0,
            "minutes": 30.0, "cost": float("nan"), "exit": None, "test": "Sample Test",
            "scale": "standard", "pre": float("nan"), "post": float("nan"),
            "pre_date": "2025-04-22", "post_date": "2025-07-01", "group": "taught", "school": "S1",
        }  # fmt: skip
        table = pd.DataFrame([{**blank, "pupil_id": f"p{n}", **row} for n, row in enumerate(rows)])
        table = table.assign(**{day: pd.to_datetime(table[day]) for day in DAYS})
        pupils = pd.DataFrame({"pupil_id": sorted(set(table["pupil_id"])), "year_group": 4})
        tables = {"pupils": pupils, "interventions": table}
        return School(key="S1", name="Invented School", phase="primary", tables=tables)

    return made
