"""Pupils who moved inside a trust."""

from __future__ import annotations

from writinggaps.readers import movers, read_school

TERM = "2025-26-autumn"
HEAD = "pupil_id,upn,year_group,sen_provision,disadvantaged,joined,left\n"
PUPILS = HEAD + (
    "P1,B801200005001,4,N,y,2022-09-01,\n"
    "P2,P207000016049,4,K,n,2025-10-01,\n"  # joined this year
    "P3,R674123101121,4,N,y,2022-09-01,2025-11-01\n"  # left this term
    "P4,,4,N,y,2022-09-01,2024-07-20\n"  # left before
    "P5,,,N,,2022-09-01,\n"  # no year group, disadvantage not recorded
    "P6,B801200005001,4,,n,,\n"  # SEN not recorded, UPN of P1
    "P7,,4,N,n,2026-02-01,\n"  # comes later
)
JUDGED = (
    "pupil_id,date,term,measure,value\n"
    f"P1,2025-12-01,{TERM},writing,EXS\nP2,2025-12-01,{TERM},writing,WTS\n"
    f"P6,2025-12-01,{TERM},writing,EXS\n"
)


def school(folder, pupils=PUPILS, judged=JUDGED, key="S1"):
    folder.mkdir(exist_ok=True)
    (folder / "pupils.csv").write_text(pupils)
    (folder / "judgements.csv").write_text(judged)
    return read_school(folder, key=key)


def test_a_pupil_who_moved_inside_the_trust_is_found_by_upn(tmp_path):
    one = school(tmp_path / "one", key="S1")
    later = HEAD + "Q1,R674123101121,4,N,y,2025-11-03,\nQ2,,4,N,y,2025-11-03,\n"
    two = school(tmp_path / "two", later, JUDGED.replace("P", "Q"), key="S2")
    found = movers([two, one])

    assert found[["from_school", "from_id", "to_school", "to_id"]].to_numpy().tolist() == [
        ["S1", "P3", "S2", "Q1"]
    ]
    assert found["at_once"].to_list() == [False]


def test_a_dual_registration_is_told_from_a_move(tmp_path):
    one = school(tmp_path / "one", key="S1")
    both = HEAD + "Q1,P207000016049,4,N,y,2025-11-03,\n"
    two = school(tmp_path / "two", both, JUDGED.replace("P1", "Q1"), key="S2")

    assert movers([one, two])["at_once"].to_list() == [True]


def test_schools_that_share_nobody_have_no_movers(tmp_path):
    assert movers([school(tmp_path)]).empty
    assert movers([]).empty
