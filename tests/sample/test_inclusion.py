"""What the sample plants for inclusion is found, and no other school stands out."""

from __future__ import annotations

import pandas as pd
import pytest

from writinggaps.measures.inclusion.beside import appearances
from writinggaps.measures.inclusion.counts import counted
from writinggaps.measures.inclusion.index import inclusion_index

TERM = "2025-26-autumn"


@pytest.fixture(scope="module")
def found(trust):
    told = inclusion_index(list(trust.values()), term=TERM, named=True)
    return {key: told.of(school.name) for key, school in trust.items()}


def test_only_the_planted_school_lies_below_the_average_and_by_the_planted_part(found, planted):
    [truth] = planted["pupils_with_sen_leave"]
    assert [key for key, index in found.items() if index.high < 50] == [truth["school"]]
    assert [key for key, index in found.items() if index.low > 50] == []
    parts = {row.label: row.part.added for row in found[truth["school"]].parts}
    assert min(parts, key=parts.__getitem__) == truth["component"]


def test_pupils_with_sen_leave_the_planted_school_as_often_as_planted(trust, planted):
    [truth] = planted["pupils_with_sen_leave"]
    rows = pd.DataFrame(counted(trust[truth["school"]], "stay", term=TERM, years=3))
    assert truth["usual"] * 2 < rows["part"].sum() / rows["whole"].sum() < truth["leave_in_a_year"]


def test_no_school_moved_met_the_mark_or_flatters_itself(trust, found):
    assert all(index.change.low < 0 < index.change.high for index in found.values())
    assert {index.mark for index in found.values()} <= {"not met", "working towards"}
    beside = appearances(list(trust.values()), term=TERM, named=True).schools
    assert not any(row.on_paper or row.few or row.grew for row in beside)


def test_only_the_planted_pupils_hold_resourced_places(trust, planted):
    [truth] = planted["resourced_places"]
    for key, school in trust.items():
        rows = school.table("census")
        told = sorted(rows.loc[rows["resourced_place"].astype(bool), "pupil_id"].unique())
        assert told == (truth["pupils"] if key == truth["school"] else [])


def test_the_authority_counts_more_than_its_schools(trust):
    for school in trust.values():
        rows = school.table("reference")
        rows = rows[rows["la_code"].eq(school.la_code)]
        for part in ("access", "welcome"):
            found = pd.DataFrame(counted(school, part, term=TERM, years=3))
            own = found.groupby("year")["whole"].sum()
            whole = rows[rows["component"].eq(f"{part}.{school.phase}")].set_index("year")["total"]
            assert all(whole[year] > 20 * own.get(year, 0) for year in ("2023-24", "2024-25"))
