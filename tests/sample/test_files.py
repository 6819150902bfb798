from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from writinggaps.readers import check_school
from writinggaps.standards import load_standards

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
MEGABYTE = 1_000_000
TABLES = [
    "pupils",
    "judgements",
    "pieces",
    "statements",
    "taught",
    "writing_errors",
    "interventions",
    "attendance",
    "suspensions",
    "census",
    "consultations",
    "requests",
    "reference",
    "surveys",
    "priorities",
    "notes",
]
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.fixture(scope="module")
def made_again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    command = [sys.executable, str(SAMPLE / "make_sample.py"), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def files_in(folder):
    kinds = (".csv", ".xlsx", ".toml")
    return sorted(p.relative_to(folder) for p in folder.rglob("*") if p.suffix in kinds)


def test_the_generator_makes_the_committed_files(made_again):
    assert files_in(made_again) == files_in(SAMPLE)


def test_the_generator_makes_the_same_bytes(made_again):
    plain = [name for name in files_in(SAMPLE) if name.suffix != ".xlsx"]

    changed = [n for n in plain if (made_again / n).read_bytes() != (SAMPLE / n).read_bytes()]

    assert changed == []


def test_the_generator_makes_the_same_workbook(made_again):
    name = "schools/S01/S01.xlsx"
    with zipfile.ZipFile(made_again / name) as again, zipfile.ZipFile(SAMPLE / name) as committed:
        assert [i.date_time for i in again.infolist()] == [
            i.date_time for i in committed.infolist()
        ]
        assert again.namelist() == committed.namelist()
        for part in committed.namelist():
            assert again.read(part) == committed.read(part), part


def test_the_sample_stays_small_enough_to_be_committed():
    assert sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file()) < 6.5 * MEGABYTE


def test_every_school_reads_without_anything_set_aside_or_doubted(plan):
    for school in plan["school"]:
        assert check_school(SAMPLE / school["data"]).issues == (), school["key"]


def test_the_trust_is_at_least_six_schools_of_the_kinds_asked_for(trust):
    on_roll = {key: int(s.pupils["left"].isna().sum()) for key, s in trust.items()}

    assert on_roll["S01"] == 45
    assert on_roll["S03"] == 525
    assert on_roll["S05"] == 300
    assert trust["S04"].ages == (3, 6)
    assert trust["S05"].phase == "secondary"
    assert len(trust) == 7


def test_every_school_has_every_table(trust):
    for school in trust.values():
        assert [name for name in TABLES if school.table(name).empty] == []


def test_three_years_of_terms_are_judged(trust):
    terms = trust["S03"].table("judgements")["term"].unique()

    assert sorted(terms) == sorted(
        [f"{y}-{p}" for y in ("2023-24", "2024-25") for p in ("autumn", "spring", "summer")]
        + ["2025-26-autumn"]
    )


def test_names_are_plainly_invented(pupils):
    assert pupils["name"].map(lambda name: bool(re.fullmatch(r"Pupil [A-G]\d{4}", name))).all()


def test_numbers_are_of_an_authority_that_does_not_exist_and_their_letters_are_right(pupils):
    # the letter is that of sum(character x position), positions 2 to 13, modulo 23
    assert LETTERS[sum(int(d) * i for i, d in enumerate("801200005001", 2)) % 23] == "B"
    for upn in pupils["upn"]:
        assert re.fullmatch(r"[A-Z]000\d{9}", upn), upn
        assert LETTERS[sum(int(d) * i for i, d in enumerate(upn[1:], 2)) % 23] == upn[0], upn


def test_pupil_numbers_are_unique_in_the_trust_and_pieces_in_a_school(trust, pupils):
    assert pupils["pupil_id"].is_unique
    for school in trust.values():
        assert school.table("pieces")["piece"].is_unique


def test_pupils_who_move_keep_their_upn_and_are_never_at_two_schools_at_once(pupils):
    stays = pupils[pupils.duplicated("upn", keep=False)].sort_values(["upn", "joined"])
    pairs = stays.groupby("upn")

    assert (pairs.size() == 2).all()
    assert (pairs["left"].first() < pairs["joined"].last()).all()
    assert (pairs["name"].nunique() == 1).all()
    assert (pairs["school"].nunique() == 2).all()
    ways = pairs["school"].agg("-".join).value_counts()
    assert ways["S03-S05"] >= 40  # Year 6 leavers who go on to the secondary school
    assert ways[["S06-S02", "S06-S03", "S06-S04"]].sum() >= 30


def test_the_four_flags_of_disadvantage_are_four(pupils):
    flags = pupils[["disadvantaged", "fsm", "fsm6", "pupil_premium"]].astype(bool)

    assert not flags.T.duplicated().any()
    assert (flags["fsm6"] <= flags["disadvantaged"]).all()
    assert (flags["fsm"] <= flags["fsm6"]).all()


def test_every_statement_that_was_judged_or_taught_is_in_the_standards(trust):
    known = set(load_standards().statements)
    for school in trust.values():
        assert set(school.table("statements")["statement"]) <= known
        assert set(school.table("taught")["statement"]) <= known
        assert set(school.table("interventions")["targets"]) <= known


def test_every_measure_is_in_the_standards_and_ordinal_codes_are_in_its_order(trust):
    measures = load_standards().measures
    for school in trust.values():
        told = school.table("judgements")
        assert set(told["measure"]) <= set(measures)
        for name, values in told.groupby("measure")["value"]:
            if measures[name].kind == "ordinal":
                assert set(values) <= set(measures[name].order)


def test_sessions_lost_to_suspension_agree_with_the_events(trust):
    for school in trust.values():
        events = school.table("suspensions")["sessions"].sum()
        assert school.table("attendance")["suspended"].sum() == events


def test_the_plan_names_every_school_and_a_term_of_the_data(plan):
    assert plan["term"] == "2025-26-autumn"
    assert plan["editions"] == ["staff", "governors"]
    assert [s["key"] for s in plan["school"]] == [f"S0{n}" for n in range(1, 8)]
    assert all((SAMPLE / s["data"]).exists() for s in plan["school"])
