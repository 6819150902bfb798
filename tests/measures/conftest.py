"""Small invented schools for tests of measures."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.readers.school import School
from writinggaps.standards import load_standards

THEN, NOW = "2024-25-autumn", "2025-26-autumn"
DAYS = {"2023-24-autumn": "2023-12-12", THEN: "2024-12-12", NOW: "2025-12-12"}


@pytest.fixture(scope="session")
def standards():
    return load_standards()


@pytest.fixture
def make_school():
    """Make a school of pupils (a column each) with judgements (term, measure) -> values."""

    def make(judgements, **columns):
        n = len(next(iter(columns.values())))
        columns.setdefault("year_group", [5] * n)
        pupils = pd.DataFrame({"pupil_id": [f"P{k:03d}" for k in range(n)], **columns})
        rows = [
            pd.DataFrame(
                {
                    "pupil_id": pupils["pupil_id"],
                    "date": pd.Timestamp(DAYS[term]),
                    "term": term,
                    "measure": measure,
                    "kind": "summative",
                    "value": [None if v is None else str(v) for v in values],
                }
            ).dropna(subset="value")
            for (term, measure), values in judgements.items()
        ]
        tables = {"pupils": pupils, "judgements": pd.concat(rows, ignore_index=True)}
        return School(key="1", name="Specimen Primary", phase="primary", tables=tables)

    return make


@pytest.fixture
def two_years(make_school):
    """A school of 60, a third disadvantaged and 30 points behind, scored in two autumns."""

    def make(narrowed=0.0, *, kept=slice(None), **more):
        group = np.arange(60) < 20
        before = 500 + 40 * np.tile(np.linspace(-1.5, 1.5, 20), 3) - 30 * group
        after = before + 25 + 12 * np.tile([1.0, -1.0, 0.5, -0.5], 15) + narrowed * group
        then, now = [None] * 60, list(after)
        then[kept] = list(before)[kept]
        return make_school(
            {(THEN, "cj_writing"): then, (NOW, "cj_writing"): now}, disadvantaged=group, **more
        )

    return make
