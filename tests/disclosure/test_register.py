import json
import stat
from dataclasses import replace

import pytest

from writinggaps.disclosure.audit import Cell
from writinggaps.disclosure.facts import Fact, Roster
from writinggaps.disclosure.register import (
    Register,
    as_rows,
    from_rows,
    key_place,
    oldest_kept,
    read_register,
)
from writinggaps.problems import BadArgument, HeldBack

AUTUMN = "2025-26-autumn"
CLASS = [f"p{i}" for i in range(28)]


def rows(pupils, *, counted=(), term=AUTUMN):
    """What a run proposes: one figure."""
    roster = Roster()
    cell = Cell(low=5, high=7, cap=len(pupils), sensitive=False)
    bits = {"group": roster.bits(pupils), "counted": roster.bits(counted)}
    fact = Fact(name=f"{term} school_report.public 0", about="secure", cell=cell, **bits)
    return json.loads(json.dumps(as_rows([fact], roster)))


@pytest.fixture
def register(tmp_path):
    return read_register(tmp_path / "reports" / "_private" / "100001.json", tmp_path / "key")


def sizes(register):
    return [fact.group.bit_count() for fact in register.facts]


def test_the_register_holds_no_pupil(register):
    register.record_release([rows(["CANARY-7"], counted=["CANARY-7"])])

    text = register.path.read_text()
    assert "CANARY" not in text
    assert register.key.hex() not in text


def test_what_was_recorded_is_read_again(register, tmp_path):
    wrote = register.record_release([rows(CLASS, counted=CLASS[:6])])
    again = read_register(register.path, tmp_path / "key")

    assert again.facts == wrote.facts
    assert again.roster.places == wrote.roster.places


def test_a_release_recorded_twice_is_recorded_once(register):
    assert sizes(register.record_release([rows(CLASS)]).record_release([rows(CLASS)])) == [28]


def test_pupils_of_two_proposals_are_the_same_pupils():
    roster = Roster()
    one, two = (from_rows(rows(p), roster)[0] for p in (CLASS, ["new", *CLASS[:-1]]))

    assert (one.group ^ two.group).bit_count() == 2
    assert roster.pupils(one.group & ~two.group) == ["p27"]


def test_hashes_of_two_keys_have_nothing_in_common(tmp_path):
    one, two = (Register(path=tmp_path, key=bytes([i]) * 32, roster=Roster()) for i in (1, 2))

    assert not {one.hashed(p) for p in CLASS} & {two.hashed(p) for p in CLASS}


def test_the_key_may_not_stand_beside_the_register(tmp_path):
    with pytest.raises(BadArgument, match="beside it"):
        read_register(tmp_path / "100001.json", tmp_path / "deep" / "key")


@pytest.mark.parametrize("other", [b"1" * 32, None])
def test_another_key_or_none_is_noticed(register, tmp_path, other):
    register.record_release([])
    (tmp_path / "key").unlink()
    if other:
        (tmp_path / "key").write_bytes(other)

    with pytest.raises(HeldBack, match="another key"):
        read_register(register.path, tmp_path / "key")
    assert (tmp_path / "key").exists() == bool(other)


def test_register_and_key_are_for_their_owner_only(register, tmp_path):
    register.record_release([])

    for path in (register.path, tmp_path / "key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(register.path.parent.iterdir()) == [register.path]


def test_the_key_is_in_the_home_folder_unless_another_place_is_set(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    monkeypatch.delenv("WRITINGGAPS_KEY", raising=False)
    assert key_place() == tmp_path / ".writinggaps" / "register.key"

    monkeypatch.setenv("WRITINGGAPS_KEY", str(tmp_path / "k"))
    assert key_place() == tmp_path / "k"


def test_a_purged_pupil_is_gone_from_every_group_but_the_difference_stays(register, tmp_path):
    register = register.record_release([rows(CLASS), rows(CLASS[:9])])

    register = register.purge(pupils=["p3"])

    assert register.hashed("p3") not in register.path.read_text()
    assert sizes(register) == [28, 9]
    again = read_register(register.path, tmp_path / "key")
    (without,) = from_rows(rows(CLASS[:3] + CLASS[4:]), again.roster, again.hashed)
    assert (without.group ^ again.facts[0].group).bit_count() == 1


def test_what_is_older_than_the_retention_period_is_forgotten(register):
    old, new = (rows(CLASS, term=f"2022-23-{part}") for part in ("spring", "summer"))

    register = register.record_release([old, new]).purge(before="2022-23-summer")

    assert [f.name.split()[0] for f in register.facts] == ["2022-23-summer"]
    assert oldest_kept("2025-26-summer") == "2022-23-summer"
    assert len(json.loads(register.path.read_text())["figures"]) == 1


def test_bounds_are_kept_as_they_were_printed(register):
    (fact,) = register.record_release([rows(CLASS)]).facts

    assert fact.cell == replace(fact.cell, low=5, high=7, cap=28, hideable=False)
