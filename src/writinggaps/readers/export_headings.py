"""The headings of an export: often in two rows, terms standing over subjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from writinggaps.readers.bodies import body_rows, ragged
from writinggaps.readers.schema import plain
from writinggaps.readers.sheets import Cells, Sheet, find_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from writinggaps.readers.maps import ExportMap
    from writinggaps.readers.reading import Log

__all__ = ["Export", "Headings", "headings_of", "open_export"]


@dataclass(frozen=True, slots=True)
class Export:
    """An export with its headings found: where they end, and what each column is called."""

    sheet: Sheet
    body: NDArray[np.intp]
    names: list[str]
    written: list[str] = field(repr=False)

    def column(self, heading: str) -> int | None:
        """Give the number of the column under a heading, in plain letters."""
        return self.names.index(heading) if heading in self.names else None

    def cells(self, number: int) -> Cells:
        """Give the cells of a column below the headings."""
        found = self.sheet.columns[number]
        return Cells(found.codes[self.body], found.texts)


@dataclass(frozen=True, slots=True)
class Headings:
    """First and last row of the headings, the columns that are known, and every heading whole."""

    top: int
    bottom: int
    own: list[int]
    written: list[str]


def headings_of(sheet: Sheet, known: Mapping[str, str]) -> Headings | None:
    """Find the headings of an export; None where none of those known is there."""
    header = find_header(sheet, known)
    if header is None:
        return None
    row = sheet.row(header)
    own = [number for number, text in enumerate(row) if plain(text) in known]
    top, bottom = _two_rows(sheet, header, own)
    written = _joined(sheet.row(top), sheet.row(bottom), own) if top < bottom else row
    return Headings(top, bottom, own, written)


def open_export(sheet: Sheet, told: ExportMap, log: Log) -> Export | None:
    """Find the headings and the rows of an export; rows too short or too long are said."""
    found = headings_of(sheet, told.headings)
    if found is None:
        return None
    body = body_rows(sheet, found.top, found.bottom, found.own, log)
    width = max((n + 1 for n, text in enumerate(found.written) if text.strip()), default=0)
    lost = np.zeros(len(body), dtype=bool)
    for name, rows in ragged(sheet, body, width).items():
        if rows.any():
            log.add(name, sheet.place, rows=sheet.numbers[body[rows]])
        lost |= rows
    return Export(sheet, body[~lost], [plain(text) for text in found.written], found.written)


def _two_rows(sheet: Sheet, header: int, own: Sequence[int]) -> tuple[int, int]:
    """Say in which rows the headings begin and end: often terms stand over subjects."""
    row = sheet.row(header)
    rest = [n for n in range(len(row)) if n not in own]
    if header + 1 < len(sheet.widths):
        below = sheet.row(header + 1)
        under = all(not below[n].strip() or below[n] == row[n] for n in own)
        if under and sum(bool(below[n].strip()) for n in rest) >= 1:
            return header, header + 1
    if header > 0:
        above = sheet.row(header - 1)
        over = sum(bool(above[n].strip()) for n in rest)
        alone = sum(bool(text.strip()) for text in above) == 1 and bool(above[0].strip())
        if over and not alone:
            return header - 1, header
    return header, header


def _joined(top: list[str], bottom: list[str], own: Sequence[int]) -> list[str]:
    """Join two rows of headings; a heading above is carried to the right until the next one."""
    names, carried = [], ""
    for number, (over, under) in enumerate(zip(top, bottom, strict=True)):
        if number in own:
            names.append(over if plain(over) and not plain(under) else under or over)
            carried = ""
            continue
        carried = over.strip() or (carried if under.strip() else "")
        same = plain(carried) == plain(under)
        names.append(under.strip() if same else f"{carried} {under.strip()}".strip())
    return names
