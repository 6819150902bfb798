"""From a sheet of cells to a table: headings matched, rows accounted for, cells read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from writinggaps.problems import hint
from writinggaps.readers.drafts import Draft, Typed, typed
from writinggaps.readers.reading import Log, rules
from writinggaps.readers.schema import Column, Table, code_table, limits, plain
from writinggaps.readers.sheets import Cells, Sheet, body_rows, find_header, headings, ragged

__all__ = ["draft"]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a sheet has its headings, and which column means what."""

    header: int
    names: list[str]
    own: dict[str, int]
    extra: dict[str, int]


def draft(sheet: Sheet, table: Table, renamed: Mapping[str, str], log: Log) -> Draft | None:
    """Read a sheet as one of the tables; None where that cannot be done, the log saying why.

    Parameters
    ----------
    sheet : Sheet
        The cells as found.
    table : Table
        What the sheet should hold.
    renamed : mapping of str to str
        The school's own headings, in plain letters, with the columns they mean.
    log : Log
        Where issues go.
    """
    known = table.headings | dict(renamed)
    header = find_header(sheet, known)
    if header is None:
        log.add("no_header", sheet.place, known=", ".join(table.columns))
        return None
    layout = _layout(sheet, table, header, known, log)
    if not _complete(sheet, table, layout, log):
        return None
    body = body_rows(sheet, header, header, list(layout.own.values()), log)
    if not len(body) and table.name != "pupils" and not sheet.place.sheet:
        log.add("no_rows", sheet.place)
    made = _draft(sheet, table, layout, body, log)
    _notes(sheet, made, body)
    for name, rows in ragged(sheet, body, len(layout.names)).items():
        made.flag(name, rows)
    _cells(made)
    return made


def _layout(sheet: Sheet, table: Table, header: int, known: Mapping[str, str], log: Log) -> _Layout:
    names = headings(sheet, header)
    own: dict[str, int] = {}
    extra: dict[str, int] = {}
    exact = {plain(name) for name in table.columns}
    for number in sorted(range(len(names)), key=lambda i: plain(names[i]) not in exact):
        column = known.get(plain(names[number]))
        if column is None and names[number]:
            extra.setdefault(names[number], number)
        elif column is not None and column not in own:
            own[column] = number
            if plain(names[number]) != plain(column):
                log.add("renamed_column", sheet.place, column=column, values=[names[number]])
        elif column is not None and plain(names[number]) == plain(names[own[column]]):
            same = _alike(sheet.columns[number], sheet.columns[own[column]], header)
            twice = "same_column_twice" if same else "duplicate_column"
            log.add(twice, sheet.place, column=column)
        elif column is not None:
            extra.setdefault(names[number], number)
    return _Layout(header, names, own, extra)


def _alike(one: Cells, other: Cells, header: int) -> bool:
    mine, theirs = (np.array(c.texts, dtype=object)[c.codes][header:] for c in (one, other))
    return bool((mine == theirs).all())


def _complete(sheet: Sheet, table: Table, layout: _Layout, log: Log) -> bool:
    absent = [c for c in table.columns.values() if c.name not in layout.own]
    for column in absent:
        if column.required:
            log.add("missing_column", sheet.place, column=column.name, hint=_near(column, layout))
    names = [column.name for column in absent if not column.required]
    if names:
        log.add("absent_columns", sheet.place, n=len(names), names=", ".join(names))
    if layout.extra:
        log.add("extra_column", sheet.place, n=len(layout.extra), values=list(layout.extra))
    nameless = [
        cells
        for number, cells in enumerate(sheet.columns)
        if (number >= len(layout.names) or not layout.names[number])
        and cells.where([bool(t.strip()) for t in cells.texts])[layout.header + 1 :].any()
    ]
    if nameless and (sheet.widths == sheet.widths[0]).all():
        log.add("column_without_heading", sheet.place, n=len(nameless))
    return not any(column.required for column in absent)


def _near(column: Column, layout: _Layout) -> str:
    """Suggest a heading that is spelt much like the column; name no others: they may be data."""
    found = hint(column.name, layout.extra) if layout.extra else ""
    return f"{found} " if found.startswith("Did") else ""


def _draft(sheet: Sheet, table: Table, layout: _Layout, body: NDArray[np.intp], log: Log) -> Draft:
    def cells(number: int) -> Cells:
        found = sheet.columns[number]
        return Cells(found.codes[body], found.texts)

    nothing = Typed(np.zeros(len(body), dtype=np.intp), ())
    own = {
        name: typed(cells(layout.own[name]), column) if name in layout.own else nothing
        for name, column in table.columns.items()
    }
    text = Column(name="", type="text", meaning="")
    extra = {name: typed(cells(number), text) for name, number in layout.extra.items()}
    return Draft(table, sheet.place, sheet.numbers[body], own, extra, log)


def _notes(sheet: Sheet, made: Draft, body: NDArray[np.intp]) -> None:
    for name, seen in (("merged_cells", sheet.merged), ("hidden_rows", sheet.hidden)):
        made.flag(name, np.isin(made.rows, list(seen)))
    for name, sign in (("nul_bytes", "\0"), ("bad_encoding", "\ufffd")):
        rows = np.zeros(len(body), dtype=bool)
        for cells in sheet.columns:
            wanted = [sign in text for text in cells.texts]
            if any(wanted):
                rows |= cells.where(wanted)[body]
        made.flag(name, rows)


def _cells(made: Draft) -> None:
    """Say which cells were not read as written, and which rows lack what they need."""
    for name, column in made.table.columns.items():
        found = made.columns[name]
        for broken in dict.fromkeys(told for told in found.rules if told):
            rows = found.where([told == broken for told in found.rules])
            lost = column.required == "row" and broken in _unread()
            made.flag(broken, rows, name, aside=lost, **_facts(column))
        if column.required:
            needed = "blank_needed" if column.required == "row" else "blank_wanted"
            unread = found.where([told in _unread() for told in found.rules or [""]])
            made.flag(needed, found.blank() & ~unread, name)


@cache
def _unread() -> frozenset[str]:
    """Give the rules for cells that could not be read, in which a value is lost."""
    return frozenset(name for name, told in rules().items() if told.unread)


def _facts(column: Column) -> dict[str, object]:
    """Give what the sentence of a rule may say of the column."""
    codes = code_table(column.codes) if column.codes else None
    bounds = {"below": column.low, "above": column.high}
    told = " or ".join(f"{side} {end:g}" for side, end in bounds.items() if end is not None)
    now = dict.fromkeys(codes.retired.values()) if codes else ()
    return {
        "known": ", ".join(codes.means if codes else ()),
        "now": ", ".join(now),
        "low": limits().earliest,
        "high": limits().latest,
        "bounds": told or "too large",
    }
