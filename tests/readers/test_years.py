"""School years in every spelling that exports use."""

from __future__ import annotations

import pytest

from writinggaps.readers.terms import year_text


@pytest.mark.parametrize(
    "text", ["202425", "2024/2025", "2024-25", "2024/25", "2024–25", "2024 25", "2024_25", "24/25"]
)
def test_all_spellings_of_one_year_are_one_year(text):
    assert year_text(text) == "2024-25"


def test_a_single_year_means_what_its_file_says():
    assert year_text("2025", single="end") == "2024-25"
    assert year_text("2025", single="start") == "2025-26"
    assert year_text("2025") is None


def test_the_turn_of_the_century_is_a_year():
    assert year_text("2099/2100") is None
    assert year_text("2009/10") == "2009-10"


@pytest.mark.parametrize("text", ["2024/26", "2024-24", "", "autumn", "1999-00"])
def test_what_is_not_a_school_year(text):
    assert year_text(text) is None
