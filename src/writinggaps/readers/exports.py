"""Exports of other programs: their sheets become ours by a map.

What comes out are sheets with our own headings, which are then read like any other: every row keeps
the number that Excel shows, so that an issue points to the export itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from writinggaps.readers.bodies import body_rows, ragged
from writinggaps.readers.schema import code_table, plain, spelling, tables
from writinggaps.readers.sheets import Cells, Sheet, find_header
from writinggaps.readers.years import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from writinggaps.readers.maps import ExportMap, Source, TableMap
    from writinggaps.readers.reading import Log

__all__ = ["fits", "unfold"]


@dataclass(frozen=True, slots=True)
class _Export:
    """An export with its headings found: where they end, and what each column is called."""

    sheet: Sheet
    body: NDArray[np.intp]
    names: list[str]
    written: list[str] = field(repr=False)

    def column(self, heading: str) -> int | None:
        return self.names.index(heading) if heading in self.names else None

    def cells(self, number: int) -> Cells:
        found = self.sheet.columns[number]
        return Cells(found.codes[self.body], found.texts)


def fits(sheet: Sheet, told: ExportMap) -> bool:
    """Say whether a sheet has the headings that give this export away.

    They are those that the map names, or two that its pattern for wide columns fits.
    """
    found = _headings(sheet, told.headings | {h: h for h in told.recognise})
    if found is None:
        return False
    if told.recognise:
        return set(told.recognise) <= {plain(text) for text in found.written}
    patterns = [t.wide for t in told.tables if t.wide is not None and t.wide.headings]
    return any(sum(w.filled(text) is not None for text in found.written) > 1 for w in patterns)


def unfold(
    sheet: Sheet, told: ExportMap, fixed: Mapping[str, str], log: Log
) -> list[tuple[str, Sheet]]:
    """Turn an export into sheets of our own tables.

    Parameters
    ----------
    sheet : Sheet
        The export as found.
    told : ExportMap
        What its headings mean.
    fixed : mapping of str to str
        What the school says of the whole file, such as its term; `year` completes terms that the
        headings give without their year.
    log : Log
        Where issues go.
    """
    export = _export(sheet, told, log)
    if export is None:
        log.add("no_header", sheet.place, known=", ".join(sorted(told.headings)[:12]))
        return []
    log.add("mapped" if told.confirmed else "mapped_unconfirmed", sheet.place, title=told.title)
    made = [(t.table, _table(export, t, fixed, log)) for t in told.tables]
    found = [(table, long) for table, long in made if long is not None]
    if not found:
        log.add("nothing_mapped", sheet.place, tables=", ".join(t.table for t in told.tables))
    return found


@dataclass(frozen=True, slots=True)
class _Headings:
    """First and last row of the headings, the columns that are known, and every heading whole."""

    top: int
    bottom: int
    own: list[int]
    written: list[str]


def _headings(sheet: Sheet, known: Mapping[str, str]) -> _Headings | None:
    header = find_header(sheet, known)
    if header is None:
        return None
    row = sheet.row(header)
    own = [number for number, text in enumerate(row) if plain(text) in known]
    top, bottom = _two_rows(sheet, header, own)
    written = _joined(sheet.row(top), sheet.row(bottom), own) if top < bottom else row
    return _Headings(top, bottom, own, written)


def _export(sheet: Sheet, told: ExportMap, log: Log) -> _Export | None:
    found = _headings(sheet, told.headings)
    if found is None:
        return None
    body = body_rows(sheet, found.top, found.bottom, found.own, log)
    width = max((n + 1 for n, text in enumerate(found.written) if text.strip()), default=0)
    lost = np.zeros(len(body), dtype=bool)
    for name, rows in ragged(sheet, body, width).items():
        if rows.any():
            log.add(name, sheet.place, rows=sheet.numbers[body[rows]])
        lost |= rows
    return _Export(sheet, body[~lost], [plain(text) for text in found.written], found.written)


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


def _table(export: _Export, told: TableMap, fixed: Mapping[str, str], log: Log) -> Sheet | None:
    columns = {n: c for n, s in told.columns.items() if (c := _cells(export, s)) is not None}
    kept = _kept(export, told, log)
    own = tables()[told.table].columns
    same = dict(told.fixed) | {name: text for name, text in fixed.items() if name in own}
    if told.wide is None:
        if any(c.required and c.name not in {*columns, *same} for c in own.values()):
            return None
        columns |= {n: _same(t, len(export.body)) for n, t in same.items() if n not in columns}
        chosen = {name: Cells(c.codes[kept], c.texts) for name, c in columns.items()}
        return _sheet(export, chosen, export.body[kept])
    pieces = [
        _piece(export, number, same | _dated(filled, fixed), columns, told.wide.cell, kept)
        for number, filled in _wide_columns(export, told)
    ]
    if not pieces:
        return None
    rows = np.concatenate([rows for rows, _ in pieces])
    names = dict.fromkeys(name for _, piece in pieces for name in piece)
    long = {name: _stack([piece[name] for _, piece in pieces]) for name in names}
    return _sheet(export, long, export.body[rows])


def _piece(
    export: _Export,
    number: int,
    told: Mapping[str, str],
    columns: Mapping[str, Cells],
    cell: str,
    kept: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], dict[str, Cells]]:
    """Give the rows that one column of a wide sheet becomes: one for each cell that is filled."""
    values = export.cells(number)
    filled = values.where([text.strip() not in _NOTHING for text in values.texts])
    rows = np.flatnonzero(filled & kept)
    same = {name: _same(text, len(rows)) for name, text in told.items()}
    own = {name: Cells(c.codes[rows], c.texts) for name, c in columns.items()}
    return rows, same | own | {cell: Cells(values.codes[rows], values.texts)}


def _dated(filled: dict[str, str], fixed: Mapping[str, str]) -> dict[str, str]:
    """Complete a term that a heading gives without its year."""
    term, year = filled.get("term", ""), fixed.get("year", "")
    if term and year and term_text(term) is None:
        return filled | {"term": f"{term} {year}"}
    return filled


_NOTHING = frozenset({"", "-", "--", ".", "N/A", "n/a", "#N/A"})


def _wide_columns(export: _Export, told: TableMap) -> Iterable[tuple[int, dict[str, str]]]:
    used = {heading for source in told.columns.values() for heading in source.all} | set(told.keep)
    for number, name in enumerate(export.names):
        if name and name not in used and told.wide is not None:
            filled = told.wide.filled(export.written[number])
            if filled is not None:
                yield number, filled


def _cells(export: _Export, source: Source) -> Cells | None:
    for heading in source.headings:
        number = export.column(heading)
        if number is not None:
            return _decoded(export.cells(number), source)
    numbers = [export.column(heading) for heading in source.join + source.add]
    parts = [export.cells(number) for number in numbers if number is not None]
    if not parts:
        return None
    rows = range(len(export.body))
    texts = [[part.at(row).strip() for part in parts] for row in rows]
    return Cells.of([_sum(t) if source.add else ", ".join(filter(None, t)) for t in texts])


def _sum(texts: list[str]) -> str:
    try:
        return str(sum(float(text.replace(",", "") or 0) for text in texts))
    except ValueError:
        return " + ".join(texts)


def _decoded(cells: Cells, source: Source) -> Cells:
    """Turn codes into yes and no: one that is neither stays blank, one not known stays."""
    if source.text:
        told = [source.text.format(text.strip()) if text.strip() else "" for text in cells.texts]
        return replace(cells, texts=told)
    if not source.codes:
        return cells
    codes = code_table(source.codes)
    texts = []
    for text in cells.texts:
        code = codes.spelt.get(spelling(text.strip()))
        group = codes.group.get(code or "", "")
        said = "y" if group in source.yes else "n" if group in source.no else ""
        texts.append(said if code else text)
    return replace(cells, texts=texts)


def _kept(export: _Export, told: TableMap, log: Log) -> NDArray[np.bool_]:
    """Leave out rows that the official format marks as not counting, and say how many."""
    kept = np.ones(len(export.body), dtype=bool)
    for heading, values in told.keep.items():
        number = export.column(heading)
        if number is not None:
            cells = export.cells(number)
            kept &= cells.where([text.strip() in values for text in cells.texts])
    place = export.sheet.place
    told_before = {(i.rule, i.file, i.sheet) for i in log.issues}
    if not kept.all() and ("not_counted", place.file, place.sheet) not in told_before:
        log.add("not_counted", place, rows=export.sheet.numbers[export.body[~kept]])
    return kept


def _same(text: str, rows: int) -> Cells:
    return Cells(np.zeros(rows, dtype=np.intp), [text])


def _stack(parts: Sequence[Cells]) -> Cells:
    """Put columns under each other."""
    texts: list[str] = []
    codes = []
    for part in parts:
        codes.append(part.codes + len(texts))
        texts.extend(part.texts)
    return Cells(np.concatenate(codes), texts)


def _sheet(export: _Export, columns: Mapping[str, Cells], rows: NDArray[np.intp]) -> Sheet:
    """Give a sheet with our own headings in its first row."""
    headed = [_stack([_same(name, 1), cells]) for name, cells in columns.items()]
    numbers = np.concatenate([[0], export.sheet.numbers[rows]]).astype(np.intp)
    return Sheet(
        place=export.sheet.place,
        columns=headed,
        widths=np.full(len(numbers), len(headed), dtype=np.intp),
        origin=numbers,
        merged=export.sheet.merged,
        hidden=export.sheet.hidden,
    )
