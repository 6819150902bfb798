"""A school is read with those beside it, and never twice."""

from pathlib import Path

from writinggaps.readers.peers import read_peers

SCHOOLS = Path(__file__).parents[2] / "data" / "sample" / "schools"


def test_the_school_comes_first_and_only_once():
    found = read_peers(str(SCHOOLS / "S02"), str(SCHOOLS))
    assert [s.key for s in found] == ["S02", "S01", "S03", "S04", "S05", "S06", "S07"]


def test_a_school_may_stand_alone():
    assert [s.key for s in read_peers(str(SCHOOLS / "S07"))] == ["S07"]
