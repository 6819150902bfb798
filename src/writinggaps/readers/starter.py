"""A starter for staff who have nothing but Excel: a workbook with headings and drop-downs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writinggaps.problems import BadArgument
from writinggaps.readers.schema import code_table, limits, tables
from writinggaps.readers.settings import PHASES
from writinggaps.readers.terms import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.readers.schema import Column, Table

__all__ = ["WORKBOOK", "write_starter"]

WORKBOOK = "my-school.xlsx"
_ROWS = 5000
_PLAN = """\
# What a run makes. Paths start from this file.
term = "{term}"
editions = ["staff", "governors"]
reports = ["school_report"]
out = "reports"

[[school]]
key = "{key}"
data = "{workbook}"
"""
_KEY = "my-school"
_GUIDE = (
    "Fill in the sheet 'school', then 'pupils'. Every other sheet is optional:",
    "a question that needs an empty sheet is answered by a sentence that says so.",
    "Point at a heading to read what the column holds. Bold headings must be filled in.",
    "Keep names out of every sheet but 'pupils'.",
)
_SETTINGS = (
    ("key", _KEY, "What the plan calls the school: the same there and here"),
    ("name", "", "What the school calls itself"),
    ("urn", "", "Unique reference number"),
    ("la_code", "", "Number of the local authority, such as 850"),
    ("phase", "primary", "One of " + ", ".join(PHASES)),
    ("ages", "R-6", "Lowest and highest year group, Reception being R"),
)


def write_starter(folder: str | Path, *, term: str = "") -> Path:
    """Write a starter plan and a workbook to fill in.

    Parameters
    ----------
    folder : str or Path
        Where to; made if it does not exist.
    term : str, optional
        The term of the plan, such as `2025-26-autumn`; otherwise the present one.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    BadArgument
        If the folder holds a plan or a workbook of these names already, or the term is none.
    """
    target = Path(folder)
    plan, workbook = target / "plan.toml", target / WORKBOOK
    if plan.exists() or workbook.exists():
        raise BadArgument(
            "The folder holds a plan or a workbook already",
            "nothing is written over",
            remedy="Name another folder.",
        )
    chosen = Term.parse(term) if term else Term.of(date.today())
    target.mkdir(parents=True, exist_ok=True)
    plan.write_text(_PLAN.format(term=chosen, key=_KEY, workbook=WORKBOOK), encoding="utf-8")
    _workbook(workbook)
    return workbook


def _workbook(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Data for writinggaps", "created": datetime(2025, 1, 1)})
        formats = {
            "required": book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1}),
            "heading": book.add_format({"bg_color": "#EEF2F5", "border": 1}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        guide = book.add_worksheet("guide")
        guide.set_column(0, 0, 90)
        for row, text in enumerate(_GUIDE):
            guide.write(row, 0, text)
        _settings(book.add_worksheet("school"), formats)
        for table in tables().values():
            guide_row = len(_GUIDE) + 1 + list(tables()).index(table.name)
            guide.write_url(guide_row, 0, f"internal:'{table.name}'!A1", None, _line(table))
            _sheet(book.add_worksheet(table.name), table, formats)


def _line(table: Table) -> str:
    return f"{table.name}: {table.meaning} (one row per {table.row})"


def _settings(sheet: Any, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 40, formats["text"])
    for row, (name, value, meaning) in enumerate((("setting", "value", ""), *_SETTINGS)):
        sheet.write(row, 0, name, formats["heading"])
        sheet.write(row, 1, value, formats["heading"] if row == 0 else formats["text"])
        if meaning:
            sheet.write_comment(row, 0, meaning)
        if name == "phase":
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(PHASES)})


def _sheet(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(table.columns.values()):
        heading = formats["required" if column.required else "heading"]
        sheet.write(0, number, column.name, heading)
        sheet.write_comment(0, number, _comment(column))
        sheet.set_column(number, number, max(11, len(column.name) + 2), _format(column, formats))
        allowed = _allowed(column)
        if allowed:
            sheet.data_validation(1, number, _ROWS, number, allowed)


def _comment(column: Column) -> str:
    needed = {"row": "Needed in every row. ", "column": "Needed. "}.get(column.required, "")
    example = f" For example {column.example}." if column.example else ""
    return f"{needed}{column.meaning}.{example}"


def _format(column: Column, formats: Mapping[str, Any]) -> Any:
    if column.type in {"id", "text", "term", "period"}:
        return formats["text"]
    return formats["date"] if column.type == "date" else None


def _allowed(column: Column) -> dict[str, Any]:
    """Say what Excel lets in; the codes themselves rather than their meanings."""
    if column.type == "date":
        first, last = limits().earliest, limits().latest
        return _told({"validate": "date", "criteria": "between", "minimum": first, "maximum": last})
    if column.type == "code":
        return _told({"validate": "list", "source": list(code_table(column.codes).means)})
    lists = {"boolean": ["y", "n"], "year_group": ["R", *map(str, range(1, 15))]}
    if column.type in lists:
        return _told({"validate": "list", "source": lists[column.type]})
    if column.type == "number":
        low = -1e9 if column.low is None else column.low
        high = 1e9 if column.high is None else column.high
        return _told(
            {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        )
    return {}


def _told(allowed: dict[str, Any]) -> dict[str, Any]:
    return allowed | {"error_title": "Not one of the values", "error_type": "warning"}
