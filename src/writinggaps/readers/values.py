"""One cell at a time: what a text means as a date, a number, yes or no, a code.

Each reader takes a text without blanks round it and gives what it means with the name of the rule
by which it was read: empty where it was written as it should be. A cell that cannot be read gives
None and the rule that it breaks. Columns hold few different texts, so each text is read once.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from writinggaps.readers.schema import Column, code_table, limits, spelling
from writinggaps.readers.terms import term_text, year_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MIXED", "Read", "reader"]

Read = tuple[object, str]

_YES = frozenset({"y", "yes", "true", "t", "1", "1.0"})
_NO = frozenset({"n", "no", "false", "f", "0", "0.0"})
_BLANK = frozenset(
    {"", "-", "--", ".", "n/a", "na", "nan", "null", "none", "nil", "?", "not known"}
)
_EXCEL = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")
MIXED = "#MIXED!"
"""What stands for a percentage that may be a proportion."""
_ERRORS = {
    **dict.fromkeys(_EXCEL, "excel_error"),
    "#FORMULA!": "formula_without_value",
    MIXED: "share_or_percentage",
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d{2})", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.0)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][-+]?\d{1,3})?", re.ASCII)
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+", re.ASCII)
_YEAR = re.compile(r"(?:y(?:ea)?r? ?)?(\d{1,2})(?:\.0)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLY_YEARS = {
    **dict.fromkeys(("r", "rec", "reception", "yr", "year r"), 0),
    **dict.fromkeys(("n", "n2", "nursery", "nursery 2"), -1),
    **dict.fromkeys(("n1", "nursery 1"), -2),
}


def reader(column: Column) -> Callable[[str], Read]:
    """Give the function that reads the cells of a column.

    Examples
    --------
    >>> sen = Column(name="sen_provision", type="code", codes="sen_provision", meaning="")
    >>> reader(sen)("EHC plan"), reader(sen)("None"), reader(sen)("Q")
    (('E', 'decoded'), ('N', 'decoded'), (None, 'unknown_code'))
    """
    read = _READERS[column.type]

    def cell(text: str) -> Read:
        bare = text.strip(" \t\r\n\xa0\ufeff")
        if not bare:
            return None, "tidied" if text else ""
        if bare.startswith("#") and bare in _ERRORS:
            return None, _ERRORS[bare]
        value, rule = read(bare, column)
        return value, rule or ("tidied" if bare != text else "")

    return cell


def _text(text: str, _: Column) -> Read:
    return text, ""


def _id(text: str, column: Column) -> Read:
    bare = text.lstrip("'").strip()
    if column.check == "upn":
        bare = "".join(bare.split()).upper()
    if "+" in bare and _ROUNDED.fullmatch(bare):
        return bare, "digits_lost"
    if bare.endswith(".0") and bare[:-2].isdigit():
        bare = bare[:-2]
    return (bare or None), ("tidied" if bare != text else "")


def _code(text: str, column: Column) -> Read:
    codes = code_table(column.codes)
    if text in codes.means:
        return text, ""
    key = spelling(text)
    if key in codes.spelt:
        return codes.spelt[key], "decoded"
    if key in codes.retired:
        return codes.retired[key], "not_current"
    return _blank_or(text, "unknown_code")


def _boolean(text: str, _: Column) -> Read:
    low = text.casefold()
    if low in _YES:
        return True, ""
    return (False, "") if low in _NO else _blank_or(text, "not_yes_or_no")


def _number(text: str, column: Column) -> Read:
    if not _NUMBER.fullmatch(text) or not any(sign.isdigit() for sign in text):
        return _blank_or(text, "not_a_number")
    value = float(text.replace(",", ""))
    low = float("-inf") if column.low is None else column.low
    high = 1e12 if column.high is None else column.high
    if not low <= value <= high:
        return None, "out_of_range"
    return value, "tidied" if "," in text else ""


def _year_group(text: str, _: Column) -> Read:
    low = " ".join(text.casefold().split())
    if low in _EARLY_YEARS:
        return _EARLY_YEARS[low], "" if low == "r" else "decoded"
    match = _YEAR.fullmatch(low)
    if match is None or int(match[1]) > 14:
        return _blank_or(text, "not_a_year_group")
    return int(match[1]), "" if low == str(int(match[1])) else "decoded"


def _term(text: str, _: Column) -> Read:
    found = term_text(text)
    if found is None:
        return _blank_or(text, "not_a_term")
    return found, "" if found == text else "decoded"


def _period(text: str, _: Column) -> Read:
    found = term_text(text) or year_text(text)
    if found is None:
        return _blank_or(text, "not_a_term")
    return found, "" if found == text else "decoded"


def _date(text: str, _: Column) -> Read:
    for pattern, read in _DATES:
        match = pattern.fullmatch(text)
        if match is not None:
            return _in_range(*read(match))
    return _blank_or(text, "not_a_date")


def _iso(match: re.Match[str]) -> tuple[date | None, str]:
    return _day(match[1], match[2], match[3], "")


def _day_first(match: re.Match[str]) -> tuple[date | None, str]:
    return _day(match[3], match[2], match[1], "day_first")


def _named(match: re.Match[str]) -> tuple[date | None, str]:
    name = match[2].casefold()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
    return _day(match[3], str(month), match[1], "day_first")


def _serial(match: re.Match[str]) -> tuple[date | None, str]:
    return date(1899, 12, 30) + timedelta(days=int(float(match[0]))), "serial_date"


_DATES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[date | None, str]]], ...] = (
    (_ISO, _iso),
    (_DAY_FIRST, _day_first),
    (_NAMED, _named),
    (_SERIAL, _serial),
)


def _day(year: str, month: str, day: str, rule: str) -> tuple[date | None, str]:
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, int(month), int(day)), "short_year" if len(year) == 2 else rule
    except ValueError:
        return None, "not_a_date"


def _in_range(day: date | None, rule: str) -> Read:
    if day is not None and not limits().earliest <= day <= limits().latest:
        return None, "date_out_of_range"
    return day, rule


def _blank_or(text: str, rule: str) -> Read:
    return None, "read_as_blank" if text.casefold() in _BLANK else rule


_READERS: dict[str, Callable[[str, Column], Read]] = {
    "id": _id,
    "text": _text,
    "code": _code,
    "boolean": _boolean,
    "number": _number,
    "year_group": _year_group,
    "term": _term,
    "period": _period,
    "date": _date,
}
