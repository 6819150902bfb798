"""Workbooks (.xlsx): every sheet, with what Excel hides from the eye."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from writinggaps.readers.reading import Log, Place
from writinggaps.readers.sheets import Sheet, cell_text

__all__ = ["read_workbook"]

_MOST_BYTES = 500_000_000
_MOST_CELLS = 20_000_000
_REFERENCE = re.compile(rb"<c\b[^>]*?\br=[\"']([A-Z]+)(\d+)")
_FAR = re.compile(rb"\br=[\"'](?:[A-Z]{4,}\d|[A-Z]+\d{7})|<row\b[^>]*\br=[\"']\d{7}[^>]*[^>/]>")
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_HIDDEN = re.compile(rb"<row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d+)\"")
_VALUE = re.compile(rb"<v[^>/]*>([^<]+)</v>|<is>")
_AT = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMULA = "#FORMULA!"


@dataclass(frozen=True, slots=True)
class _Beneath:
    """What the cells' values do not show: errors and formulas without a result; hidden rows."""

    cells: dict[tuple[int, int], str]
    hidden: frozenset[int]


_OLD, _ENCRYPTED = b"\xd0\xcf", "EncryptedPackage".encode("utf-16-le")
_FAULTS = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    KeyError,
    EOFError,
    NotImplementedError,
    ElementTree.ParseError,
)


class _TooLarge(Exception):
    """A sheet has a cell so far away that all between would fill the memory."""


def read_workbook(data: bytes, file: str, log: Log) -> list[Sheet]:
    """Read every sheet of a workbook; none where it cannot be read, the log saying why."""
    place = Place(file)
    if not data:
        log.add("empty", place)
        return []
    try:
        return list(_sheets(data, file, log))
    except _TooLarge as why:
        log.add("too_spread", Place(file, str(why)))
    except _FAULTS:
        old = "locked" if _ENCRYPTED in data else "old_workbook"
        kind = old if data.startswith(_OLD) else "unreadable"
        log.add(kind, place, kind="a workbook (.xlsx)")
    return []


def _sheets(data: bytes, file: str, log: Log) -> Iterator[Sheet]:
    beneath = _beneath(data) if data.startswith(b"PK") else {}
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for told in book.sheets_metadata:
        place = Place(file, told.name)
        if told.visible != SheetVisibleEnum.Visible:
            log.add("hidden_sheet", place)
        sheet = book.get_sheet_by_name(told.name)
        rows = sheet.to_python(skip_empty_area=False)
        if not rows:
            continue
        seen = beneath.get(told.name, _Beneath({}, frozenset()))
        yield _sheet(place, rows, seen, sheet.merged_cell_ranges or [])


def _sheet(place: Place, rows: list[list[Any]], seen: _Beneath, merged: Sequence[Any]) -> Sheet:
    for (row, column), text in seen.cells.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    spread: set[int] = set()
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(rows))):
            width = min(right + 1, len(rows[row]))
            if left < width:
                rows[row][left:width] = [rows[top][left]] * (width - left)
                spread.add(row + 1)
    texts = ([cell_text(value) for value in column] for column in zip(*rows, strict=True))
    return Sheet.of(place, texts, merged=frozenset(spread), hidden=seen.hidden)


def _beneath(data: bytes) -> dict[str, _Beneath]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
            raise ValueError("too large")
        if "xl/workbook.xml" not in parts.namelist():
            return {}
        found = {}
        for name, path in _paths(parts).items():
            xml = parts.read(path) if path in parts.namelist() else b""
            if _cells_between(xml) > _MOST_CELLS:
                raise _TooLarge(name)
            odd = dict(_odd_cells(xml)) if b"<f" in xml or b't="e"' in xml else {}
            found[name] = _Beneath(odd, frozenset(map(int, _HIDDEN.findall(xml))))
        return found


def _cells_between(xml: bytes) -> int:
    """Count the cells of the smallest rectangle that holds all, at least roughly.

    The reader below allocates that rectangle at once, and ends the whole process where it cannot.
    Most sheets have columns A to Z and fewer than 100,000 rows, which is seen without reading
    every reference.
    """
    signs = np.frombuffer(xml + bytes(16), dtype=np.uint8)
    starts = np.flatnonzero((signs[:-2] == ord("r")) & (signs[1:-1] == ord("=")))
    starts = starts[(signs[starts + 2] == ord('"')) & (signs[starts - 1] != ord(":"))] + 3
    ended = np.zeros(len(starts), dtype=bool)
    for length in range(1, 7):
        ended |= signs[starts + length] == ord('"')
    if ended.all() and not (signs[starts + 1] >= ord("A")).any() and b"r='" not in xml:
        return 26 * 99_999
    if _FAR.search(xml):
        return _MOST_CELLS + 1
    places = _REFERENCE.findall(xml)
    wide = max((_number(letters) + 1 for letters in {letters for letters, _ in places}), default=0)
    return wide * max(map(int, {row for _, row in places}), default=0)


def _paths(parts: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    target = {link.get("Id"): str(link.get("Target")) for link in links}
    sheets = [node for node in book.iter() if node.tag.endswith("}sheet")]
    paths = {str(node.get("name")): target.get(node.get(_REL), "") for node in sheets}
    return {n: p.lstrip("/") if p.startswith("/") else f"xl/{p}" for n, p in paths.items()}


def _odd_cells(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _CELL.finditer(xml):
        told, inside = match[1], match[2] or b""
        value = _VALUE.search(inside)
        text = ""
        if b't="e"' in told:
            text = value[1].decode("utf-8", "replace") if value and value[1] else "#VALUE!"
        elif b"<f" in inside and value is None and b't="str"' not in told:
            text = FORMULA
        at = _AT.search(told) if text else None
        if at is not None:
            yield (int(at[2]) - 1, _number(at[1])), text


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
