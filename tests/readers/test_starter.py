"""What a newcomer who has nothing but Excel is given."""

from __future__ import annotations

import tomllib

import openpyxl
import pytest

from writinggaps.problems import BadArgument
from writinggaps.readers import check_school, read_school, write_starter
from writinggaps.readers.schema import code_table, tables


@pytest.fixture
def starter(tmp_path):
    return write_starter(tmp_path / "new", term="2025-26-autumn")


def test_it_has_a_sheet_with_headings_for_every_table(starter):
    book = openpyxl.load_workbook(starter)

    assert book.sheetnames == ["guide", "school", *tables()]
    for name, table in tables().items():
        assert [cell.value for cell in book[name][1]] == list(table.columns)


def test_every_heading_says_what_it_holds(starter):
    pupils = openpyxl.load_workbook(starter)["pupils"]

    assert "Needed in every row." in pupils["A1"].comment.text
    assert all(cell.comment for cell in pupils[1])


def test_codes_are_chosen_from_a_list(starter):
    book = openpyxl.load_workbook(starter)
    offered = {
        str(v.sqref).split(":")[0].rstrip("0123456789"): v.formula1
        for v in book["pupils"].data_validations.dataValidation
    }
    columns = list(tables()["pupils"].columns)

    assert offered["ABCDEFGHIJKLMNO"[columns.index("sen_provision")]] == '"N,K,E"'
    assert offered["ABCDEFGHIJKLMNO"[columns.index("eal")]] == '"y,n"'


def test_lists_fit_into_what_excel_allows():
    # a list typed into a rule may have at most 255 signs
    columns = [c for table in tables().values() for c in table.columns.values() if c.codes]

    assert all(len(",".join(code_table(c.codes).means)) <= 255 for c in columns)


def test_unfilled_it_says_what_is_missing_and_no_more(starter):
    found = check_school(starter)

    assert [issue.rule for issue in found.stops] == ["no_pupils"]
    assert not found.of("warning")


def test_filled_in_it_is_read_as_a_school(starter):
    book = openpyxl.load_workbook(starter)
    book["pupils"].append(["0001", None, None, "R", "RB", "F", "K", "SLCN", "y"])
    book["school"]["B3"], book["school"]["B4"] = "Example Infants", "100001"
    book.save(starter)
    school = read_school(starter)

    assert (school.name, school.phase, school.ages) == ("Example Infants", "primary", (0, 6))
    assert (school.key, school.urn) == ("my-school", "100001")
    assert school.pupils[["pupil_id", "year_group", "disadvantaged"]].to_numpy().tolist() == [
        ["0001", 0, True]
    ]
    assert not school.reading.of("error") + school.reading.of("warning")


def test_its_plan_names_the_workbook(starter):
    plan = tomllib.loads((starter.parent / "plan.toml").read_text())

    assert plan["term"] == "2025-26-autumn"
    assert plan["school"] == [{"key": "my-school", "data": starter.name}]


def test_nothing_is_ever_written_over(starter):
    with pytest.raises(BadArgument, match="nothing is written over"):
        write_starter(starter.parent)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("")
    for place in (tmp_path / "taken", tmp_path / "taken" / "inside"):
        with pytest.raises(BadArgument, match=r"cannot be written .*\nName another folder"):
            write_starter(place)
