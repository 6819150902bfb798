"""The performance tables come out as they went in: every line, every code."""

from pathlib import Path
from shutil import copytree

import pytest

from writinggaps.problems import BadInput, MissingColumn, UnknownCode, Unreadable
from writinggaps.readers.ks2_tables import read_ks2_tables

INVENTED = Path(__file__).parent / "data" / "ks2_tables"
REAL = Path(__file__).parents[3] / "shared" / "data" / "ks2"


@pytest.fixture(scope="module")
def tables():
    return read_ks2_tables(INVENTED)


@pytest.fixture(scope="module")
def real():
    if not REAL.exists():
        pytest.skip(f"the downloaded tables are not in reach ({REAL})")
    return read_ks2_tables(REAL)


@pytest.fixture
def folder(tmp_path):
    return copytree(INVENTED, tmp_path / "tables")


def changed(folder, old, new, name="2018-999-ks2.csv"):
    path = folder / name
    text = path.read_bytes().decode("utf-8-sig")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    return folder


def cell(tables, year, name, figure):
    rows = tables.rows
    row = rows[(rows["year_ending"] == year) & (rows["name"] == name)].iloc[0]
    return row[figure], row[f"{figure}_reason"]


def test_every_line_of_every_file_comes_out(tables):
    assert tables.years == (2017, 2018, 2019)
    assert [f.lines for f in tables.files] == [12, 12, 12]
    assert [f.kept for f in tables.files] == [12, 12, 12]
    assert [f.short_lines for f in tables.files] == [1, 1, 1]
    assert len(tables.rows) == 36


def test_other_csv_files_of_the_folder_are_named(tables):
    assert tables.ignored == ("meta_2018.csv",)


def test_one_file_may_be_read_by_itself():
    assert read_ks2_tables(INVENTED / "2017-999-ks2.csv").years == (2018,)


def test_summary_rows_stand_apart_from_schools(tables):
    assert tables.rows["level"].value_counts().to_dict() == {
        "school": 27,
        "la": 3,
        "england": 3,
        "england_all": 3,
    }
    assert set(tables.rows.loc[tables.rows["school_type"] == "special", "name"]) == {
        "Theta Example Special School"
    }


def test_percentages_and_counts_are_numbers(tables):
    assert cell(tables, 2019, "Alpha Example Primary School", "expected") == (80, "")
    assert cell(tables, 2019, "Alpha Example Primary School", "eligible") == (60, "")


@pytest.mark.parametrize(
    ("name", "figure", "reason"),
    [
        ("Epsilon Example Primary School", "expected", "SUPP"),
        ("Delta Example Village School", "expected_disadvantaged", "SUPP"),
        ("Iota Example Infant School", "eligible", "blank"),
        ("Iota Example Infant School", "expected", "row ends"),
    ],
)
def test_a_missing_figure_keeps_its_reason(tables, name, figure, reason):
    value, why = cell(tables, 2019, name, figure)
    assert why == reason
    assert value != value  # nan


def test_a_stray_comma_is_an_error_and_never_moves_a_figure(folder):
    changed(folder, "Beta Example Junior School", "Beta, Example Junior School")
    with pytest.raises(BadInput, match=r"row 3: The line has 23 fields and there are 22 headings"):
        read_ks2_tables(folder)


def test_a_space_is_told_from_a_blank(folder):
    changed(folder, ",120,29,91,", ",120, ,91,")
    value = cell(read_ks2_tables(folder), 2019, "Beta Example Junior School", "disadvantaged")
    assert value[1] == "not applicable"


def test_a_school_that_became_an_academy_keeps_its_number_within_the_authority(tables):
    rows = tables.rows[tables.rows["name"] == "Zeta Example Academy"]
    assert rows["urn"].nunique() == 2
    assert set(rows["laestab"]) == {"999/2006"}


def test_a_year_without_a_column_says_so(folder):
    changed(folder, "PTWRITTA_HIGH_FSM6CLA1A", "PTWRITTA_SOMETHING")
    tables = read_ks2_tables(folder)
    figure = "greater_depth_disadvantaged"
    assert cell(tables, 2019, "Alpha Example Primary School", figure)[1] == "no column"
    assert cell(tables, 2018, "Alpha Example Primary School", figure)[1] == ""


def test_windows_letters_are_read(folder):
    path = folder / "2018-999-ks2.csv"
    text = path.read_bytes().decode("utf-8-sig").replace("Alpha Example", "Alph\xe9 Example")
    path.write_bytes(text.encode("cp1252"))
    assert "Alph\xe9 Example Primary School" in set(read_ks2_tables(folder).rows["name"])


def test_an_unknown_code_names_file_row_and_column(folder):
    changed(folder, "Alpha Example Primary School,240,60,13,47,70%,70%,0.4,98%,80%",
            "Alpha Example Primary School,240,60,13,47,70%,70%,0.4,98%,about 80")  # fmt: skip
    with pytest.raises(UnknownCode) as caught:
        read_ks2_tables(folder)
    assert str(caught.value).startswith("2018-999-ks2.csv, row ")
    assert "column PTWRITTA_EXP: 'about 80' stands in a column of figures" in str(caught.value)


def test_a_percentage_over_a_hundred_is_refused(folder):
    changed(folder, "0.4,98%,80%", "0.4,98%,180%")
    with pytest.raises(UnknownCode, match="'180%' stands in a column of figures"):
        read_ks2_tables(folder)


def test_an_unknown_kind_of_row_is_refused(folder):
    changed(folder, "\r\n3,", "\r\n9,")
    with pytest.raises(UnknownCode, match="RECTYPE is '9'; it must be one of 1, 2, 3, 4, 5"):
        read_ks2_tables(folder)


def test_a_missing_column_gives_the_nearest_name(folder):
    changed(folder, "PTWRITTA_EXP,", "PTWRITTA_EXPECTED,")
    with pytest.raises(MissingColumn, match=r"There is no column 'PTWRITTA_EXP'\.\nDid you mean"):
        read_ks2_tables(folder)


def test_a_file_whose_name_and_columns_disagree_is_refused(folder):
    (folder / "2018-999-ks2.csv").rename(folder / "2015-999-ks2.csv")
    with pytest.raises(BadInput, match="named for the school year ending 2016"):
        read_ks2_tables(folder)


def test_a_file_that_says_nothing_of_its_year_is_refused(folder):
    text = (folder / "2016-999-ks2.csv").read_bytes().replace(b"PTRWM_EXP_16", b"OTHER")
    (folder / "2016-999-ks2.csv").unlink()
    (folder / "tables.csv").write_bytes(text)
    with pytest.raises(BadInput, match="Nothing says which school year"):
        read_ks2_tables(folder)


def test_the_same_year_twice_is_refused(folder):
    (folder / "copy of 2018.csv").write_bytes((folder / "2018-999-ks2.csv").read_bytes())
    with pytest.raises(BadInput, match="are both of the school year ending 2019"):
        read_ks2_tables(folder)


def test_a_school_twice_in_a_file_is_refused(folder):
    changed(folder, "999,2002,902002", "999,2001,902002")
    with pytest.raises(BadInput, match="The school 999/2001 stands in the file twice"):
        read_ks2_tables(folder)


@pytest.mark.parametrize("source", ["", "no such folder"])
def test_no_folder_is_an_error(source):
    with pytest.raises(Unreadable, match=f"There is no file or folder '{source}'"):
        read_ks2_tables(source)


def test_a_folder_without_tables_is_an_error(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="None of the 1 CSV files is"):
        read_ks2_tables(tmp_path)


def test_the_downloaded_tables_lose_no_line(real):
    assert [(f.year_ending, f.lines, f.kept) for f in real.files] == [
        (2017, 331, 331),
        (2018, 331, 331),
        (2019, 334, 334),
    ]
    assert [f.short_lines for f in real.files] == [18, 4, 5]


def test_the_schools_of_the_downloaded_tables_sum_to_the_authority(real):
    rows = real.rows
    schools = rows[rows["level"] == "school"].groupby("year_ending")["eligible"].sum()
    published = rows[rows["level"] == "la"].set_index("year_ending")["eligible"]
    assert schools.tolist() == published.tolist() == [14040, 14463, 14855]
