"""The UPN's check letter, against numbers published with their letters."""

from __future__ import annotations

import pytest

from writinggaps.readers.checks import upn_fault


@pytest.mark.parametrize("upn", ["B801200005001", "P207000016049", "R674123101121"])
def test_published_upns_fit_their_letters(upn):
    assert upn_fault(upn) == ""


def test_any_other_letter_does_not_fit():
    wrong = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if letter != "B"]

    assert {upn_fault(f"{letter}801200005001") for letter in wrong} == {"upn_letter"}


def test_new_authorities_are_not_refused():
    # 838, 839 and 940 to 943 exist; the letter is worked out by hand:
    # 8*2 + 3*3 + 8*4 + 2*5 + 1*13 = 80, and 80 mod 23 = 11, the letter M
    assert upn_fault("M838200000001") == ""


def test_the_last_letter_of_a_temporary_upn_counts_as_its_index():
    # 8*2 + 0*3 + 1*4 + 2*5 + 5*10 = 80 and A is 0 at place 13: 80 mod 23 = 11, the letter M
    assert upn_fault("M80120000500A") == ""


@pytest.mark.parametrize(
    "upn", ["", "801200005001", "B8012000050011", "B80120000500I", "b801200005001"]
)
def test_what_is_not_written_like_a_upn_is_told_apart(upn):
    assert upn_fault(upn) == "upn_form"
