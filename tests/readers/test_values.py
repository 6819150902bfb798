"""Single cells: what each text means, and by which rule it was read."""

from __future__ import annotations

from datetime import date

import pytest

from writinggaps.readers.schema import Column
from writinggaps.readers.values import reader


def read(kind, text, **facts):
    return reader(Column(name="x", type=kind, meaning="", **facts))(text)


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("2025-09-01", date(2025, 9, 1), ""),
        ("2025-09-01 00:00:00", date(2025, 9, 1), ""),
        ("01/09/2025", date(2025, 9, 1), "day_first"),
        ("1.9.2025", date(2025, 9, 1), "day_first"),
        ("1st September 2025", date(2025, 9, 1), "day_first"),
        ("01-Sep-2025", date(2025, 9, 1), "day_first"),
        ("1/9/25", date(2025, 9, 1), "short_year"),
        ("45901", date(2025, 9, 1), "serial_date"),
        ("45901.0", date(2025, 9, 1), "serial_date"),
        (" 2025-09-01 ", date(2025, 9, 1), "tidied"),
        ("09/13/2025", None, "not_a_date"),
        ("31/02/2025", None, "not_a_date"),
        ("01/09/1925", None, "date_out_of_range"),
        ("9999-12-31", None, "date_out_of_range"),
        ("autumn", None, "not_a_date"),
        ("N/A", None, "read_as_blank"),
        ("", None, ""),
        ("#REF!", None, "excel_error"),
        ("#FORMULA!", None, "formula_without_value"),
    ],
)
def test_dates(text, value, rule):
    assert read("date", text) == (value, rule)


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("12", 12.0, ""),
        ("-3.5", -3.5, ""),
        ("1,234", 1234.0, "tidied"),
        ("95%", None, "not_a_number"),
        ("1e3", 1000.0, ""),
        ("1e308", None, "out_of_range"),
        ("inf", None, "not_a_number"),
        (".", None, "read_as_blank"),
        ("١٢", None, "not_a_number"),
        ("-", None, "read_as_blank"),
        ("twelve", None, "not_a_number"),
    ],
)
def test_numbers(text, value, rule):
    assert read("number", text) == (value, rule)


def test_numbers_keep_their_bounds():
    assert read("number", "-1", low=0) == (None, "out_of_range")
    assert read("number", "0", low=0) == (0.0, "")
    assert read("number", "91", high=90) == (None, "out_of_range")


@pytest.mark.parametrize(
    ("text", "value"),
    [("Y", True), ("yes", True), ("TRUE", True), ("1", True), ("n", False), ("0", False)],
)
def test_yes_and_no_in_every_spelling(text, value):
    assert read("boolean", text) == (value, "")


def test_maybe_is_neither_yes_nor_no():
    assert read("boolean", "maybe") == (None, "not_yes_or_no")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("R", 0),
        ("Reception", 0),
        ("0", 0),
        ("Year 6", 6),
        ("Y6", 6),
        ("06", 6),
        ("6.0", 6),
        ("N2", -1),
    ],
)
def test_year_groups_in_every_spelling(text, value):
    assert read("year_group", text)[0] == value


@pytest.mark.parametrize("text", ["6B", "15", "2025", "X", "-1"])
def test_what_is_not_a_year_group(text):
    assert read("year_group", text) == (None, "not_a_year_group")


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("K", "K", ""),
        ("None", "N", "decoded"),
        ("Education, Health and Care Plan", "E", "decoded"),
        ("SEN Support", "K", "decoded"),
        ("A", "K", "not_current"),
        ("S", "E", "not_current"),
        ("Y", None, "unknown_code"),
        ("?", None, "read_as_blank"),
    ],
)
def test_sen_provision(text, value, rule):
    assert read("code", text, codes="sen_provision") == (value, rule)


def test_the_same_letter_means_what_its_column_says():
    assert read("code", "S", codes="support") == ("scaffolded", "decoded")
    assert read("code", "S", codes="judgement_kind") == ("summative", "decoded")


def test_ids_lose_what_excel_puts_round_them():
    assert read("id", "'00123") == ("00123", "tidied")
    assert read("id", "123.0") == ("123", "tidied")
    assert read("id", "00123") == ("00123", "")
    assert read("id", "b801 2000 05001", check="upn") == ("B801200005001", "tidied")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-26-autumn", "2025-26-autumn"),
        ("Autumn 2025/26", "2025-26-autumn"),
        ("Aut1 2025-2026", "2025-26-autumn"),
        ("202526 Spring 2", "2025-26-spring"),
        ("Autumn 2025", "2025-26-autumn"),
        ("Spring 2026", "2025-26-spring"),
        ("Summer term 25/26", "2025-26-summer"),
        ("2025_26_Summer", "2025-26-summer"),
        ("Autumn", None),
        ("2025-27-autumn", None),
        ("Term 3 2025-26", None),
    ],
)
def test_terms_in_every_spelling(text, value):
    assert read("term", text)[0] == value
