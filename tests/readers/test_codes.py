"""Code tables: each says where it is from, and no spelling stands for two codes."""

from __future__ import annotations

from importlib.resources import files

import pytest

from writinggaps.readers.schema import code_table, default, spelling, tables
from writinggaps.standards import load_standards

NAMES = sorted(
    f.name.removesuffix(".toml") for f in files("writinggaps.defaults").joinpath("codes").iterdir()
)


@pytest.mark.parametrize("name", NAMES)
def test_each_table_cites_its_source(name):
    assert code_table(name).source
    assert code_table(name).title


@pytest.mark.parametrize("name", NAMES)
def test_no_spelling_stands_for_two_codes(name):
    told = default(f"codes/{name}.toml")
    sets = [{spelling(t) for t in (code, *c.get("also", ()))} for code, c in told["codes"].items()]
    sets += [{spelling(text)} for text in told.get("retired", {})]

    assert sum(map(len, sets)) == len(set().union(*sets))


@pytest.mark.parametrize("name", NAMES)
def test_codes_that_are_no_longer_used_are_read_as_one_that_is(name):
    codes = code_table(name)

    assert set(codes.retired.values()) <= set(codes.means)
    assert set(codes.ladder) <= set(codes.means)


def test_there_is_one_ladder_of_writing_and_the_standards_have_the_same():
    codes, writing = code_table("writing_ta"), load_standards().measures["writing"]
    left_out = {code for code, group in codes.group.items() if group == "left out"}
    counted = {code for code, group in codes.group.items() if group == "not assessed"}

    assert codes.ladder == writing.order
    assert codes.ladder == ("EM", *(f"PK{n}" for n in range(1, 7)), "WTS", "EXS", "GDS")
    assert (counted, left_out) == (set(writing.no_judgement), set(writing.not_counted))


def test_a_letter_means_what_its_column_says():
    # N: no SEN, but no teacher assessment; A: absent, School Action, authorised by nobody
    assert code_table("sen_provision").spelt["n"] == "N"
    assert "n" not in code_table("writing_ta").spelt
    assert code_table("writing_ta").means["A"] == "absent"
    assert code_table("sen_provision").retired["a"] == "K"
    assert "A" not in code_table("attendance").means


def test_every_column_of_codes_has_its_table():
    named = {c.codes for table in tables().values() for c in table.columns.values() if c.codes}

    assert named <= set(NAMES)


def test_attendance_codes_after_august_2024_are_all_grouped():
    codes = code_table("attendance")

    assert set(codes.group) == set(codes.means)
    assert codes.group["C2"] == "authorised"
    assert codes.group["P"] == "off site"
    assert codes.retired["h"] == "C"


def test_the_letters_of_suspension_reasons_are_marked_unconfirmed():
    codes = code_table("suspension_reason")

    assert codes.unconfirmed == set(codes.means)


def test_down_syndrome_is_a_need_and_besd_is_no_longer_one():
    needs = code_table("sen_need")

    assert "DS" in needs.means
    assert "besd" not in needs.spelt | needs.retired


def test_a_language_that_is_not_known_is_not_taken_for_another_language():
    codes = code_table("first_language")

    assert [codes.group[c] for c in ("ENB", "OTB", "REF", "ZZZ")] == [
        "english",
        "other",
        "unknown",
        "unknown",
    ]
