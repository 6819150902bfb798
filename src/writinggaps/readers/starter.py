"""A starter for staff who have nothing but Excel: a workbook with headings and drop-downs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from writinggaps.problems import BadArgument
from writinggaps.readers.schema import Column, Table, code_table, default, limits, tables
from writinggaps.readers.settings import PHASES
from writinggaps.readers.terms import Term

__all__ = ["WORKBOOK", "write_starter"]

WORKBOOK = "my-school.xlsx"
_ROWS = 5000


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
        If the folder holds a plan or a workbook of these names already or cannot be written, or the
        term is none.
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
    try:
        target.mkdir(parents=True, exist_ok=True)
        plan.write_text(default("starter.toml")["plan"].format(term=chosen), encoding="utf-8")
        _workbook(workbook)
    except OSError as why:
        raise BadArgument(
            f"The folder '{target}' cannot be written ({why.strerror})",
            "it must be a folder of your own",
            remedy="Name another folder.",
        ) from None
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
        told = default("starter.toml")
        guide = book.add_worksheet("guide")
        guide.set_column(0, 0, 90)
        guide.write_column(0, 0, told["guide"])
        _settings(book.add_worksheet("school"), told["settings"], formats)
        for row, table in enumerate(tables().values(), start=len(told["guide"]) + 1):
            line = f"{table.name}: {table.meaning} (one row per {table.row})"
            guide.write_url(row, 0, f"internal:'{table.name}'!A1", None, line)
            _sheet(book.add_worksheet(table.name), table, formats)


def _settings(sheet: Any, told: list[dict[str, str]], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 40, formats["text"])
    sheet.write_row(0, 0, ["setting", "value"], formats["heading"])
    for row, setting in enumerate(told, start=1):
        sheet.write(row, 0, setting["name"], formats["heading"])
        sheet.write(row, 1, setting["value"], formats["text"])
        sheet.write_comment(row, 0, setting["meaning"])
        if setting["name"] == "phase":
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
    codes = list(code_table(column.codes).means) if column.codes else []
    low, high = (
        10.0**9 * sign if b is None else b for sign, b in ((-1, column.low), (1, column.high))
    )
    lists = {"code": codes, "boolean": ["y", "n"], "year_group": ["R", *map(str, range(1, 15))]}
    spans = {"date": ("date", limits().earliest, limits().latest), "number": ("decimal", low, high)}
    told: dict[str, Any] = {"error_title": "Not one of the values", "error_type": "warning"}
    if column.type in lists:
        return told | {"validate": "list", "source": lists[column.type]}
    if column.type in spans:
        kind, least, most = spans[column.type]
        return told | {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
    return {}
