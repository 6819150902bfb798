from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from writinggaps.readers import read_school
from writinggaps.readers.terms import Term

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
NOW = Term.parse("2025-26-autumn")


@pytest.fixture(scope="session")
def plan():
    return tomllib.loads((SAMPLE / "plan.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def trust(plan):
    """Every school of the plan by its key."""
    return {s["key"]: read_school(SAMPLE / s["data"]) for s in plan["school"]}


@pytest.fixture(scope="session")
def pupils(trust):
    """Every pupil of the trust, with the year in which each was in Reception."""
    every = pd.concat([s.pupils.assign(school=key) for key, s in trust.items()])
    last = every["left"].fillna(pd.Timestamp(NOW.end))
    year = last.dt.year - (last.dt.month < 9)
    return every.assign(cohort=year - every["year_group"].astype(int)).reset_index(drop=True)


@pytest.fixture(scope="session")
def planted():
    """What was planted, by kind."""
    told = tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))["planted"]
    kinds = {entry["what"] for entry in told}
    return {kind: [e for e in told if e["what"] == kind] for kind in kinds}


@pytest.fixture(scope="session")
def scores(trust, pupils):
    """Comparative-judgement scores: a row a pupil, a column a term, with the pupil's groups."""
    found = []
    for key, school in trust.items():
        told = school.table("judgements")
        told = told[told["measure"] == "cj_writing"]
        wide = told.assign(value=told["value"].astype(float)).pivot_table(
            index="pupil_id", columns="term", values="value"
        )
        found.append(wide.reset_index().assign(school=key))
    return pd.concat(found).merge(pupils, on=["school", "pupil_id"])
