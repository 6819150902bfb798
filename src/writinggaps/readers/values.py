"""One cell at a time: what a text means as a date, a number, yes or no, a code.

Each reader takes a text without blanks round it and gives what it means with the name of the rule
by which it was read: empty where it was written as it should be. A cell that cannot be read gives
None and the rule that it breaks. Columns hold few different texts, so each text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from writinggaps.readers.schema import Column, code_table, default, limits, spelling
from writinggaps.readers.terms import term_text, year_text

__all__ = ["MIXED", "Read", "reader"]

Read = tuple[object, str]

_SAID = default("cells.toml")
MIXED = "#MIXED!"
"""What stands for a percentage that may be a proportion."""
_ERRORS = dict.fromkeys(_SAID["errors"], "excel_error") | {
    "#FORMULA!": "formula_without_value",
    MIXED: "share_or_percentage",
}
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DATES = {
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME: "",
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d\d)" + _TIME: "day_first",
    r"(?P<day>\d\d?)(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3})[a-z]*[ -](?P<year>\d{4}|\d\d)": (
        "day_first"
    ),
}
"""How dates are written, and the rule by which each is read."""
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.0)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][-+]?\d{1,3})?", re.ASCII)
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+", re.ASCII)
_YEAR = re.compile(r"(?:y(?:ea)?r? ?)?(\d{1,2})(?:\.0)?", re.ASCII)


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
    said = _SAID["yes_or_no"].get(text.casefold())
    return _blank_or(text, "not_yes_or_no") if said is None else (said, "")


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
    if low in _SAID["early_years"]:
        return _SAID["early_years"][low], "" if low == "r" else "decoded"
    match = _YEAR.fullmatch(low)
    if match is None or int(match[1]) > 14:
        return _blank_or(text, "not_a_year_group")
    return int(match[1]), "" if low == str(int(match[1])) else "decoded"


def _term(text: str, column: Column) -> Read:
    found = term_text(text) or (year_text(text) if column.type == "period" else None)
    if found is None:
        return _blank_or(text, "not_a_term")
    return found, "" if found == text else "decoded"


def _date(text: str, _: Column) -> Read:
    if _SERIAL.fullmatch(text):
        return _in_range(date(1899, 12, 30) + timedelta(days=int(float(text))), "serial_date")
    for pattern, rule in _DATES.items():
        match = re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)
        if match is not None:
            return _day(match["year"], match["month"].casefold(), match["day"], rule)
    return _blank_or(text, "not_a_date")


def _day(year: str, month: str, day: str, rule: str) -> Read:
    short = len(year) == 2
    try:
        number = int(month) if month.isdigit() else _SAID["months"].index(month) + 1
        found = date(int(year) + (2000 if short else 0), number, int(day))
    except ValueError:
        return None, "not_a_date"
    return _in_range(found, "short_year" if short else rule)


def _in_range(day: date, rule: str) -> Read:
    inside = limits().earliest <= day <= limits().latest
    return (day, rule) if inside else (None, "date_out_of_range")


def _blank_or(text: str, rule: str) -> Read:
    return None, "read_as_blank" if text.casefold() in _SAID["blank"] else rule


_READERS: dict[str, Callable[[str, Column], Read]] = {
    "id": _id,
    "text": _text,
    "code": _code,
    "boolean": _boolean,
    "number": _number,
    "year_group": _year_group,
    "term": _term,
    "period": _term,
    "date": _date,
}
