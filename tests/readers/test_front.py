"""The front door: what a newcomer's folder or workbook becomes, and what is said about it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from writinggaps.problems import BadInput, HeldBack, MissingColumn, Unreadable
from writinggaps.readers import check_school, read_school
from writinggaps.readers.schema import tables

PUPILS = "pupil_id,name,year_group,sen_provision,joined\nP1,Null,R,None,2022-09-01\nP2,Zed,6,K,\n"


@pytest.fixture
def folder(tmp_path):
    def make(**files):
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name.replace("__", ".")).write_bytes(data)
        return tmp_path

    return make


def found(source, rule):
    return [issue for issue in check_school(source).issues if issue.rule == rule]


def test_a_folder_becomes_a_school_with_typed_tables(folder):
    settings = 'name = "Example Primary"\nurn = "100001"\nphase = "primary"\nages = [0, 6]\n'
    school = read_school(folder(pupils__csv=PUPILS, school__toml=settings))

    assert (school.key, school.name, school.phase, school.ages) == (
        "100001",
        "Example Primary",
        "primary",
        (0, 6),
    )
    assert school.pupils["year_group"].to_list() == [0, 6]
    assert school.pupils["sen_provision"].to_list() == ["N", "K"]
    assert str(school.pupils["joined"].dtype).startswith("datetime64")
    assert school.pupils["disadvantaged"].dtype == "boolean"


def test_a_pupil_called_null_stays(folder):
    assert read_school(folder(pupils__csv=PUPILS)).pupils["name"].to_list() == ["Null", "Zed"]


def test_every_column_of_a_table_is_there_and_blank_where_it_was_not_supplied(folder):
    pupils = read_school(folder(pupils__csv=PUPILS)).pupils

    assert list(pupils) == list(tables()["pupils"].columns)
    assert pupils["eal"].isna().all()


def test_a_workbook_gives_what_the_same_folder_gives(folder, tmp_path):
    school = read_school(folder(pupils__csv=PUPILS))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Pupils"
    for row in pd.read_csv(io.StringIO(PUPILS), keep_default_na=False).itertuples(index=False):
        if sheet.max_row == 1 and sheet["A1"].value is None:
            for column, name in enumerate(row._fields, start=1):
                sheet.cell(1, column, name)
        sheet.append(list(row))
    path = tmp_path / "other" / "school.xlsx"
    path.parent.mkdir()
    book.save(path)

    pd.testing.assert_frame_equal(read_school(path).pupils, school.pupils)


def test_the_digest_is_of_the_contents_not_of_the_place(folder, tmp_path):
    first = check_school(folder(pupils__csv=PUPILS)).digest
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pupils.csv").write_text(PUPILS)

    assert check_school(elsewhere).digest == first
    (elsewhere / "pupils.csv").write_text(PUPILS + "P3,A,1,N,\n")
    assert check_school(elsewhere).digest != first


def test_a_missing_pupils_table_says_which_file_to_add(folder):
    with pytest.raises(BadInput, match="There is no pupils table"):
        read_school(
            folder(judgements__csv="pupil_id,term,measure,value\nP1,2025-26-autumn,ta,EXS\n")
        )


def test_a_missing_column_names_the_nearest_heading(folder):
    with pytest.raises(MissingColumn) as problem:
        read_school(folder(pupils__csv="pupil_idd,name,year_group\nP1,A,1\n"))

    assert str(problem.value) == (
        "pupils.csv, column pupil_id: The column 'pupil_id' is missing.\n"
        "Did you mean 'pupil_idd'? Add it, or say in school.toml under which heading it stands."
    )


def test_an_empty_file_is_unreadable(folder):
    with pytest.raises(Unreadable, match="It is empty"):
        read_school(folder(pupils__csv=b""))


def test_all_reasons_to_stop_stand_in_one_problem(folder):
    with pytest.raises(BadInput) as problem:
        read_school(folder(pupils__csv="pupil_id,name\nP1,A\n", judgements__csv=b""))

    assert str(problem.value) == (
        "2 things keep this school's data from being used.\n"
        "- judgements.csv: it is empty. Export it again, or take it away.\n"
        "- pupils.csv, column year_group: the column 'year_group' is missing. "
        "Add it, or say in school.toml under which heading it stands."
    )


def test_rows_are_numbered_as_excel_shows_them(folder):
    text = "Report of pupils\n\n" + PUPILS + "\nP3,Ann,26,K,\n"

    assert found(folder(pupils__csv=text), "not_a_year_group")[0].rows == (7,)


def test_values_never_stand_in_messages(folder):
    text = "pupil_id,year_group,sen_provision,disadvantaged\nP1,canary1,canary2,canary3\n"
    reading = check_school(folder(pupils__csv=text))

    assert {v for issue in reading.issues for v in issue.values} >= {"canary1", "canary2"}
    assert "canary" not in " ".join(f"{issue} {issue!r}" for issue in reading.issues)


def test_a_pupil_with_one_bad_cell_is_kept_without_it(folder):
    text = "pupil_id,year_group,sen_provision\nP1,4,Q\nP2,4,K\n"
    school = read_school(folder(pupils__csv=text))

    assert school.pupils["pupil_id"].to_list() == ["P1", "P2"]
    assert school.pupils["sen_provision"].isna().to_list() == [True, False]


def test_a_row_without_what_it_needs_is_set_aside_and_counted(folder):
    rows = "".join(f"P{n},4,N\n" for n in range(9))
    school = read_school(folder(pupils__csv=f"pupil_id,year_group,sen_provision\n{rows},4,K\n"))

    assert (school.reading.rows["pupils"].read, school.reading.rows["pupils"].set_aside) == (10, 1)
    assert [issue.rows for issue in school.reading.of("error")] == [(11,)]


def test_a_school_that_loses_more_than_a_fifth_of_a_table_is_held(folder):
    rows = "".join(f"P{n},4\n" for n in range(7))
    with pytest.raises(HeldBack, match="3 rows of 10 could not be used"):
        read_school(folder(pupils__csv=f"pupil_id,year_group\n{rows},4\n,5\n,6\n"))


def test_a_file_that_ends_in_the_middle_of_a_row_holds_the_school(folder):
    with pytest.raises(HeldBack, match="ends in the middle of a row"):
        read_school(folder(pupils__csv=PUPILS.rstrip("\n,")[:-4]))


def test_the_schools_own_headings_are_read_by_its_settings(folder):
    settings = '[columns.pupils]\npupil_id = "Kennung"\n[tables]\npupils = "Roll 2025"\n'
    text = PUPILS.replace("pupil_id", "Kennung")
    (folder(school__toml=settings) / "Roll 2025.csv").write_text(text)

    assert len(read_school(folder()).pupils) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('nam = "x"', "the setting 'nam' is not known"),
        ("name = true", "the setting 'name' is not a text"),
        ('phase = "college"', "the setting 'phase' is not one of primary, secondary"),
        ("ages = [6, 0]", "the setting 'ages' is not two year groups"),
        ('[columns.pupil]\nx = "y"', "about a table that is not known"),
        ('[columns.pupils]\nx = "y"', "about a column that the pupils table does not have"),
        ("name = ", "it cannot be opened as TOML"),
    ],
)
def test_a_wrong_setting_stops_the_school(folder, line, message):
    source = folder(pupils__csv=PUPILS, school__toml=line)

    assert message in " ".join(issue.message for issue in check_school(source).stops)


def test_what_was_not_said_is_assumed_aloud(folder):
    issues = found(folder(pupils__csv=PUPILS), "assumed_setting")

    assert [issue.message for issue in issues] == [
        "the setting 'ages' was not given and was taken to be year groups 0 to 6",
        "the setting 'phase' was not given and was taken to be primary",
    ]


def test_a_table_supplied_twice_stops_the_school(folder):
    source = folder(pupils__csv=PUPILS, Pupils__txt=PUPILS)

    assert [issue.rule for issue in check_school(source).stops] == ["table_twice"]


def test_a_source_that_does_not_exist_is_said_in_one_sentence(tmp_path):
    with pytest.raises(Unreadable) as problem:
        read_school(tmp_path / "nowhere")

    assert str(problem.value) == (
        "nowhere: The source does not exist.\n"
        "Give a folder of CSV files, a workbook (.xlsx) or a database URL."
    )


def test_a_file_that_still_grows_holds_the_school(folder, monkeypatch):
    source = folder(pupils__csv=PUPILS)
    read = Path.read_bytes

    def slow(path):
        data = read(path)
        with path.open("a") as file:
            file.write("P9,Late,1,N,\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", slow)
    with pytest.raises(HeldBack, match="changed while it was being read"):
        read_school(source)


def test_what_stood_in_a_cell_is_told_in_private_only(folder):
    text = "pupil_id,year_group,sen_provision\nP1,4,Q\nP2,4,Q\nP3,4,K\n"
    issue = found(folder(pupils__csv=text), "unknown_code")[0]

    assert str(issue) == (
        "pupils.csv, rows 2 and 3, column sen_provision: 2 cells are not one of the codes. "
        "The codes are: N, K, E."
    )
    assert issue.private == f"{issue} Found: 'Q'."


def test_a_table_of_headings_only_is_said_and_is_no_error(folder):
    head = "pupil_id,date,sessions,kind,reason\n"
    school = read_school(folder(pupils__csv=PUPILS, suspensions__csv=head))

    assert [i.severity for i in school.reading.issues if i.rule == "no_rows"] == ["note"]
    assert school.tables["suspensions"].empty


@pytest.mark.parametrize(("told", "pounds"), [("74_620", 74_620.0), ('"£74,620.50"', 74_620.5)])
def test_a_notional_fund_is_a_number_of_pounds(tmp_path, told, pounds):
    (tmp_path / "pupils.csv").write_text("pupil_id,year_group\nP1,4\n")
    (tmp_path / "school.toml").write_text(f"notional_sen_pounds = {told}\n", encoding="utf-8")
    assert read_school(tmp_path).notional_sen_pounds == pounds


def test_a_notional_fund_in_words_is_refused(tmp_path):
    (tmp_path / "pupils.csv").write_text("pupil_id,year_group\nP1,4\n")
    (tmp_path / "school.toml").write_text('notional_sen_pounds = "much"\n')
    with pytest.raises(BadInput, match="'notional_sen_pounds' is not a number of pounds"):
        read_school(tmp_path)


def test_an_unfilled_sheet_of_pupils_stops_nobody_who_has_a_list_of_them(folder):
    book = openpyxl.Workbook()
    book.active.title = "pupils"
    book.active.append(["pupil_id", "year_group"])
    bytes_of = io.BytesIO()
    book.save(bytes_of)
    export = "Arbor Student ID,Year Group\n71001,Year 4\n"
    given = folder(my_school__xlsx=bytes_of.getvalue(), students__csv=export)

    assert read_school(given).pupils["pupil_id"].to_list() == ["71001"]
    (given / "students.csv").unlink()
    with pytest.raises(Unreadable, match="no rows\\.\nFill it in, or export it again"):
        read_school(given)


def test_a_file_of_another_kind_is_named_with_what_to_do(folder):
    given = folder(pupils__numbers=b"PK")
    (said,) = found(given, "not_read")
    assert str(said) == (
        "pupils.numbers: files of this kind are not read. "
        "If it holds a table, save it as CSV or as a workbook (.xlsx)."
    )
    with pytest.raises(Unreadable, match=r"pupils.numbers: Files of this kind are not read"):
        read_school(given / "pupils.numbers")


def test_a_file_that_another_program_holds_is_named(folder, monkeypatch):
    def held(_):
        raise PermissionError("sharing violation")

    given = folder(pupils__csv=PUPILS)
    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(Unreadable, match=r"pupils.csv: It cannot be opened: another program"):
        read_school(given)


def test_a_folder_of_folders_says_to_give_one_of_them(tmp_path):
    (tmp_path / "S1").mkdir()

    assert found(tmp_path, "table_missing")[0].remedy.endswith(
        "Or give one of the folders that it holds."
    )
