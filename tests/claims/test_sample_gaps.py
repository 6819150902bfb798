"""What was planted in the sample trust is found where it can be seen; nothing else is claimed."""

import tomllib
from pathlib import Path

import pytest

from writinggaps.measures.gaps.change import gap_change
from writinggaps.measures.gaps.groups import GROUPS
from writinggaps.measures.gaps.history import gaps
from writinggaps.measures.gaps.influence import influence
from writinggaps.readers import read_school
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld, attempt

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
NOW, STANDARDS = "2025-26-autumn", load_standards()
CLAIMS = {"closing", "wider"}


def planted(what):
    truth = tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))
    return {(row["school"], row.get("group")): row for row in truth["planted"]
            if row["what"] == what}  # fmt: skip


@pytest.fixture(scope="module")
def schools():
    folders = sorted((SAMPLE / "schools").iterdir())
    return {
        f.name: read_school(f / f"{f.name}.xlsx" if (f / f"{f.name}.xlsx").exists() else f)
        for f in folders
    }


@pytest.fixture(scope="module")
def changes(schools):
    return {
        (key, by): attempt(gap_change, school, by=by, term=NOW, standards=STANDARDS)
        for key, school in schools.items()
        for by in GROUPS
    }


def given(found):
    return {place: value for place, value in found.items() if not isinstance(value, Withheld)}


def test_only_planted_gaps_are_said_to_be_closing_or_wider(changes):
    claimed = {place for place, change in given(changes).items() if change.verdict in CLAIMS}

    assert claimed == set(planted("closing_gap"))


def test_the_planted_narrowing_lies_in_the_interval(changes):
    for place, truth in planted("closing_gap").items():
        assert changes[place].low < truth["narrowed_points"] < changes[place].high


def test_a_steady_gap_is_told_with_what_could_have_been_seen(changes):
    for place in planted("steady_gap"):
        assert changes[place].verdict == "no detectable change"
        assert changes[place].moved.detectable > 0


def test_where_rolls_change_the_pupils_are_not_the_same(changes):
    for place in planted("changing_rolls"):
        assert "same_pupils_or_trend" in changes[place].failed


def test_only_planted_pupils_carry_a_gap(schools):
    found = given({
        (key, by): attempt(influence, school, by=by, term=NOW, standards=STANDARDS)
        for key, school in schools.items()
        for by in GROUPS
    })  # fmt: skip
    carried = {place: value.pupils for place, value in found.items() if value.carried}

    truth = planted("two_pupils")
    assert carried == {place: tuple(sorted(row["pupils"])) for place, row in truth.items()}


def test_where_no_group_differs_none_is_known_to_be_behind(schools):
    for school, _ in planted("nothing"):
        assert gaps(schools[school], term=NOW, standards=STANDARDS).behind == ()
