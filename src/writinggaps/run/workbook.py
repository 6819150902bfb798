"""The tables of a report as a workbook that everybody can use.

By the rules that the Government Analysis Function sets for spreadsheets: a list of contents, notes,
one table a sheet that begins in the first column, headings marked as such, no merged or empty
cells, no formulas, and words where a figure is not shown. It is made from the same executed
notebook as the page, so that its figures are the page's, and its last sheet holds them as numbers.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from writinggaps.findings import MIME
from writinggaps.run.page import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nbformat import NotebookNode

    from writinggaps.findings import Finding
    from writinggaps.run.page import Heading

__all__ = ["workbook"]

_CREATED = datetime(2000, 1, 1)
"""Fixed, so that equal figures give equal files."""
_WIDEST, _ROWS_ABOVE = 60, 3
_FOUND = (
    "question",
    "sentence",
    "measure",
    "group",
    "period",
    "estimate",
    "low",
    "high",
    "level",
    "unit",
    "n",
    "method",
    "status",
    "reason",
    "source",
)
_NOTES = (
    ("Whom it is for", "{edition}"),
    ("Where figures come from", "From the report of the same name, with the same figures."),
    ("What a range means", "Where the figure may well be, given how few or many pupils there are."),
    ("Where a figure is not shown", "The cell says so in words: few, most, suppressed, not known."),
    ("As numbers", "The last sheet holds every figure that the report states, with its interval."),
    ("Empty in the last sheet", "The word none stands where a statement has no such figure."),
    ("Made by", "writinggaps {version}"),
)


def workbook(notebook: NotebookNode, heading: Heading, found: Iterable[Finding]) -> bytes:
    """Write the workbook of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs; of a shared edition they hold released figures only.
    heading : Heading
        Of whom, of when, for whom.
    found : iterable of Finding
        The records of the report.

    Returns
    -------
    bytes
        An .xlsx file; equal for equal outputs.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    about = title(notebook)
    book.set_properties({"title": f"{about} – {heading.title}", "created": _CREATED})
    writer = _Writer(book)
    told = f"{heading.title}. {heading.whom}."
    tables = _tables(notebook)
    names = [f"Table {number}" for number in range(1, len(tables) + 1)]
    listed = [("Notes", "Notes on this workbook"), *zip(names, (t["caption"] for t in tables))]  # noqa: B905 - made from each other
    listed.append(("Findings", "Every statement of the report, with its figures as numbers"))
    writer.sheet("Contents", about, told, ("sheet", "what it shows"), listed, links=True)
    values = {"edition": heading.whom, "version": version("writinggaps")}
    notes = [(what, words.format(**values)) for what, words in _NOTES]
    writer.sheet("Notes", "Notes on this workbook", told, ("about", "note"), notes)
    for name, table in zip(names, tables, strict=True):
        said = f"This sheet has one table. {table['note']}".strip()
        writer.sheet(name, table["caption"], said, table["columns"], table["rows"])
    rows = [[getattr(f, name) for name in _FOUND] for f in found]
    writer.sheet("Findings", listed[-1][1], "This sheet has one table.", _FOUND, rows)
    book.close()
    return out.getvalue()


class _Writer:
    """Writes sheets that all look alike."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})
        self.numbers: dict[str, Any] = {}
        self.link = book.add_format({"font_color": "#12436D", "underline": 1, "valign": "top"})

    def sheet(
        self,
        name: str,
        title: str,
        said: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        *,
        links: bool = False,
    ) -> None:
        """Write a sheet: its title, what there is to know, and one table."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, said)
        kept = rows or [["none"] * len(columns)]
        heads = [{"header": head, "header_format": self.head} for head in _once(columns)]
        sheet.add_table(
            _ROWS_ABOVE - 1, 0, _ROWS_ABOVE - 1 + len(kept), len(columns) - 1,
            {"columns": heads, "name": name.replace(" ", "_"), "autofilter": False, "style": None},
        )  # fmt: skip
        for down, row in enumerate(kept, start=_ROWS_ABOVE):
            for across, value in enumerate(row):
                self._put(sheet, down, across, value)
            if links:
                sheet.write_url(down, 0, f"internal:'{row[0]}'!A1", self.link, row[0])
        for across, head in enumerate(columns):
            widest = max([len(str(head)), *(len(str(row[across])) for row in kept)])
            sheet.set_column(across, across, min(widest + 2, _WIDEST))

    def _put(self, sheet: Any, down: int, across: int, value: Any) -> None:
        number, looks = _number(value)
        if number is None:
            sheet.write_string(down, across, str(value or "none"), self.cell)
            return
        if looks not in self.numbers:
            told = {"num_format": looks, "align": "left", "valign": "top"}
            self.numbers[looks] = self.book.add_format(told)
        sheet.write_number(down, across, number, self.numbers[looks])


def _tables(notebook: NotebookNode) -> list[NotebookNode]:
    """Give each table that is shown, and the figures behind each chart, once."""
    outputs = (out for cell in notebook.cells for out in cell.get("outputs", ()))
    blocks = [out.data[MIME] for out in outputs if MIME in out.get("data", {})]
    shown = {str((b["caption"], b["columns"], b["rows"])): b for b in blocks if "rows" in b}
    return list(shown.values())


def _number(value: Any) -> tuple[float | None, str]:
    """Read a cell that holds nothing but a number, and say how to write it as the page does."""
    if isinstance(value, int | float):
        return float(value), "General"
    found = re.fullmatch(r"([-\N{MINUS SIGN}]?\d+(?:\.(\d+))?)(%?)", str(value))
    if not found:
        return None, ""
    number = float(found[1].replace("\N{MINUS SIGN}", "-"))
    looks = "0." + "0" * len(found[2]) if found[2] else "0"
    return (number / 100 if found[3] else number), looks + found[3]


def _once(columns: Sequence[str]) -> list[str]:
    """Tell headings of the same name apart, as a table of a workbook must."""
    before = [columns[:place].count(column) for place, column in enumerate(columns)]
    return [f"{c} ({n + 1})" if n else c for c, n in zip(columns, before, strict=True)]
