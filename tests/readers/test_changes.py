"""What a corrected import changed, told without keeping what stood in it."""

from __future__ import annotations

import json

from writinggaps.problems import HeldBack
from writinggaps.readers import read_school
from writinggaps.readers.changes import fewer_rows, imprint, in_two_schools, what_changed

PUPILS = ["pupil_id,name,year_group,upn", "P1,Canary,4,B801200005001", "P2,Zed,4,", "P3,Ann,5,"]
JUDGED = ["pupil_id,date,measure,value", "P1,2025-12-01,writing,EXS", "P2,2025-12-01,writing,WTS"]
ERRORS = ["pupil_id,date,kind,item", *["P1,2025-12-01,spelling,becos"] * 2]


def read(folder, **tables):
    folder.mkdir(exist_ok=True)
    for name, lines in ({"pupils": PUPILS, "judgements": JUDGED} | tables).items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return imprint(read_school(folder))


def test_rows_that_are_new_gone_or_say_something_else_are_told_apart(tmp_path):
    before = read(tmp_path)
    again = [*JUDGED[:2], "P2,2025-12-01,writing,EXS", "P1,2025-10-01,writing,GDS"]
    changes = what_changed(before, read(tmp_path, pupils=PUPILS[:-1], judgements=again))

    assert [str(change) for change in changes] == ["pupils 1 gone", "judgements 1 new, 1 changed"]


def test_the_order_of_rows_changes_nothing(tmp_path):
    before = read(tmp_path)
    turned = [JUDGED[0], *reversed(JUDGED[1:])]

    assert what_changed(before, read(tmp_path, judgements=turned)) == ()


def test_an_imprint_that_was_made_in_another_way_is_not_compared(tmp_path):
    now = read(tmp_path)

    assert what_changed(read(tmp_path, pupils=PUPILS[:-1]) | {"form": 1}, now) == ()


def test_rows_without_a_name_of_their_own_are_counted_with_their_repeats(tmp_path):
    before = read(tmp_path, writing_errors=ERRORS)
    fewer = [*ERRORS[:2], "P1,2025-12-01,spelling,wos"]
    changes = what_changed(before, read(tmp_path, writing_errors=fewer))

    assert [str(change) for change in changes] == ["writing_errors 1 new, 1 gone"]


def test_a_table_that_is_gone_is_told_and_held(tmp_path):
    before, now = read(tmp_path), read(tmp_path)
    del now["judgements"]
    changes = what_changed(before, now)

    assert [str(change) for change in changes] == ["judgements 2 gone"]
    assert "it has 0 rows; the last time it had 2" in fewer_rows(changes).found.lower()


def test_a_fifth_fewer_rows_than_last_time_holds_the_school(tmp_path):
    def rows(n):
        return read(tmp_path, pupils=[PUPILS[0], *(f"P{i},,4," for i in range(1, n + 1))])

    ten, eight, seven = rows(10), rows(8), rows(7)

    assert fewer_rows(what_changed(ten, eight)) is None
    held = fewer_rows(what_changed(ten, seven))
    assert isinstance(held, HeldBack)
    assert str(held).startswith("pupils: It has 7 rows; the last time it had 10.")


def test_what_is_kept_holds_no_value(tmp_path):
    kept = json.dumps(read(tmp_path))

    assert json.loads(kept)["pupils"]["read"] == 3
    assert not any(word in kept for word in ("Canary", "P1", "EXS", "B8012"))


def test_pupils_in_the_data_of_two_schools_are_told_by_how_they_came_there(tmp_path):
    head = "pupil_id,upn,name,year_group,joined,left"
    one = [head, "P1,B801200005001,A,4,2022-09-01,2025-10-20", "P2,P207000016049,B,4,2022-09-01,"]
    two = [head, "Q1,B801200005001,A,4,2025-10-21,", "Q2,P207000016049,B,4,2025-10-01,"]
    first = read(tmp_path / "one", pupils=one, judgements=JUDGED[:1])
    second = read(tmp_path / "two", pupils=two, judgements=JUDGED[:1])

    assert in_two_schools({"1": first, "2": second}) == (
        "2 pupils stand in the data of more than one school, by UPN: 1 moved, and 1 is on roll at "
        "two at once and counted at both."
    )
    assert in_two_schools({"1": first}) == ""
