"""Every planted fault is found in one pass, and none is invented."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from writinggaps.readers import check_school

_found = importlib.util.spec_from_file_location("nasty", Path(__file__).with_name("nasty.py"))
nasty = importlib.util.module_from_spec(_found)
sys.modules["nasty"] = nasty
_found.loader.exec_module(nasty)

CASES = nasty.cases()
ALWAYS = {"absent_columns"}


def test_there_are_many_and_each_has_its_name():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_all_that_was_planted_is_found_and_nothing_else(case, tmp_path):
    reading = check_school(nasty.write(case, tmp_path / "school"))
    found = {(i.rule, i.rows, i.column) for i in reading.issues if i.rule not in ALWAYS}

    assert found == case.expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_pupil_is_named_and_every_row_is_accounted_for(case, tmp_path):
    reading = check_school(nasty.write(case, tmp_path / "school"))

    assert "Can" not in " ".join(f"{issue} {issue!r}" for issue in reading.issues)
    assert all(0 <= rows.kept <= rows.read for rows in reading.rows.values())
    assert all(issue.remedy or issue.rule == "not_a_table" for issue in reading.issues)
