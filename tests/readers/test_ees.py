"""Tidy official files: no figure is lost without its reason, no row without a word."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from writinggaps.problems import BadInput, UnknownCode, Unreadable
from writinggaps.readers.delimited import read_delimited
from writinggaps.readers.official_files import read_ees
from writinggaps.readers.reading import Log, Place

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEAD = "time_period,old_la_code,school_name,percent\n"


def tidy(folder, rows):
    file = folder / "tidy.csv"
    file.write_text(HEAD + rows)
    return read_ees(file)


def test_symbols_become_reasons_beside_the_number(tmp_path):
    found = tidy(tmp_path, "".join(f"2,8,S,{t}\n" for t in ["72.5", "c", "z", "x", "low", "u", ""]))

    assert found["percent"].notna().sum() == 1
    assert found["percent_reason"].to_list() == ["", "c", "z", "x", "low", "u", "blank"]


def test_obsolete_symbols_are_read_as_those_that_took_their_place(tmp_path):
    found = tidy(tmp_path, "2,8,S,1\n2,8,S,:\n2,8,S,~\n2,8,S,k\n")

    assert found["percent_reason"].to_list() == ["", "x", "low", "low"]


def test_codes_stay_text_with_their_zeros(tmp_path):
    assert tidy(tmp_path, "202425,085,S,1\n")["old_la_code"].to_list() == ["085"]


def test_a_strange_text_among_figures_is_an_error_with_its_place(tmp_path):
    rows = "".join("2,8,S,1\n" for _ in range(20))
    with pytest.raises(UnknownCode, match=r"tidy.csv, row 22, column percent"):
        tidy(tmp_path, rows + "2,8,S,about 5\n")


def test_a_row_with_a_stray_comma_is_an_error_and_not_shifted(tmp_path):
    with pytest.raises(BadInput, match="row 3"):
        tidy(tmp_path, "2,8,S,1\n2,8,Saint, Example,1\n")


def test_an_empty_or_absent_file_is_unreadable(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(Unreadable):
        read_ees(tmp_path / "empty.csv")
    with pytest.raises(Unreadable):
        read_ees(tmp_path / "absent.csv")


def test_a_parquet_file_is_named_as_such(tmp_path):
    (tmp_path / "tidy.parquet").write_bytes(b"PAR1\x15\x04PAR1")
    with pytest.raises(Unreadable, match="It is a Parquet file, which is not read") as problem:
        read_ees(tmp_path / "tidy.parquet")
    assert "to_csv" in problem.value.remedy


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/data is not on this machine")
def test_the_attendance_file_is_read_as_downloaded():
    found = read_ees(SHARED / "ees" / "attendance_year_to_date_2025_26.csv")

    assert len(found) == 647
    assert (found["attendance_perc_reason"] == "c").sum() == 4
    assert found.loc[found["attendance_perc_reason"] == "c", "attendance_perc"].isna().all()
    assert found["old_la_code"].str.fullmatch(r"\d{3}|").all()
    parts = found["present_sessions"].astype(float) + found["overall_absence"].astype(float)
    assert np.isfinite(parts).sum() == 643


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/data is not on this machine")
def test_the_figures_of_the_interactive_tool_have_to_be_saved_as_csv_and_say_so():
    with pytest.raises(Unreadable, match=r"bds_long_0\.parquet: It is a Parquet file"):
        read_ees(SHARED / "lait" / "bds_long_0.parquet")


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/data is not on this machine")
def test_the_data_dictionary_of_the_interactive_tool_is_no_tidy_file_and_no_line_of_it_is_lost():
    place = SHARED / "lait" / "lait_data_dictionary.csv"
    with place.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = list(csv.reader(file))
    log = Log()
    sheet = read_delimited(place.read_bytes(), Place(place.name), log)

    assert len(sheet.widths) == len(rows) == 449
    assert [issue.rule for issue in log.issues] in ([], ["encoding"])
    with pytest.raises(UnknownCode, match="row 50, column Last Update"):
        read_ees(place)
