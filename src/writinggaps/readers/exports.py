"""Exports of other programs: their sheets become ours by a map.

What comes out are sheets with our own headings, which are then read like any other: every row keeps
the number that Excel shows, so that an issue points to the export itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from writinggaps.readers.export_cells import cells_of
from writinggaps.readers.export_headings import Export, headings_of, open_export
from writinggaps.readers.schema import plain, tables
from writinggaps.readers.sheets import Cells, Sheet
from writinggaps.readers.years import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from writinggaps.readers.maps import ExportMap, TableMap
    from writinggaps.readers.reading import Log
    from writinggaps.readers.schema import Table

__all__ = ["fills", "fits", "unfold"]


def fits(sheet: Sheet, told: ExportMap) -> bool:
    """Say whether a sheet has the headings that give this export away.

    They are those that the map names, or two that its pattern for wide columns fits.
    """
    if told.recognise is None:
        return False
    found = headings_of(sheet, told.headings | {h: h for h in told.recognise})
    if found is None:
        return False
    if told.recognise:
        return set(told.recognise) <= {plain(text) for text in found.written}
    patterns = [t.wide for t in told.tables if t.wide is not None and t.wide.headings]
    return any(sum(w.filled(text) is not None for text in found.written) > 1 for w in patterns)


def fills(sheet: Sheet, told: ExportMap, table: Table) -> bool:
    """Say whether a sheet has a heading for every column that one of our tables must have."""
    found = headings_of(sheet, told.headings)
    maps = [of for of in told.tables if of.table == table.name and of.wide is None]
    if found is None or not maps:
        return False
    written = {plain(text) for text in found.written}
    return all(c in maps[0].columns and written & {*maps[0].columns[c].all} for c in table.required)


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
    export = open_export(sheet, told, log)
    if export is None:
        log.add("no_header", sheet.place, known=", ".join(sorted(told.headings)[:12]))
        return []
    log.add("mapped" if told.confirmed else "mapped_unconfirmed", sheet.place, title=told.title)
    made = [(t.table, _table(export, t, fixed, log)) for t in told.tables]
    unread = [heading for heading in export.written if plain(heading) and not _used(heading, told)]
    if unread:
        log.add("unmapped_column", sheet.place, n=len(unread), values=unread)
    found = [(table, long) for table, long in made if long is not None]
    if not found:
        log.add("nothing_mapped", sheet.place, tables=", ".join(t.table for t in told.tables))
    return found


def _used(heading: str, told: ExportMap) -> bool:
    """Say whether a map reads a column, or looks at it to see which rows count."""
    kept = {name for table in told.tables for name in table.keep}
    wide = [t.wide for t in told.tables if t.wide is not None]
    own = plain(heading) in told.headings or plain(heading) in kept
    return own or any(w.filled(heading) is not None for w in wide)


def _table(export: Export, told: TableMap, fixed: Mapping[str, str], log: Log) -> Sheet | None:
    columns = {n: c for n, s in told.columns.items() if (c := cells_of(export, s)) is not None}
    kept = _kept(export, told, log)
    own = tables()[told.table].columns
    same = dict(told.fixed) | {name: text for name, text in fixed.items() if name in own}
    if told.wide is None:
        if any(c.required and c.name not in {*columns, *same} for c in own.values()):
            return None
        columns |= {n: _same(t, len(export.body)) for n, t in same.items() if n not in columns}
        chosen = {name: Cells(c.codes[kept], c.texts) for name, c in columns.items()}
        return _sheet(export, chosen, export.body[kept])
    wide = [(number, _dated(filled, fixed)) for number, filled in _wide_columns(export, told)]
    if not wide:
        return None
    counted = _latest(export, wide, kept, log)
    pieces = [
        _piece(export, number, same | filled, columns, told.wide.cell, rows)
        for (number, filled), rows in zip(wide, counted, strict=True)
    ]
    rows = np.concatenate([rows for rows, _ in pieces])
    names = dict.fromkeys(name for _, piece in pieces for name in piece)
    long = {name: _stack([piece[name] for _, piece in pieces]) for name in names}
    return _sheet(export, long, export.body[rows])


def _piece(
    export: Export,
    number: int,
    told: Mapping[str, str],
    columns: Mapping[str, Cells],
    cell: str,
    counted: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], dict[str, Cells]]:
    """Give the rows that one column of a wide sheet becomes."""
    values, rows = export.cells(number), np.flatnonzero(counted)
    same = {name: _same(text, len(rows)) for name, text in told.items()}
    own = {name: Cells(c.codes[rows], c.texts) for name, c in columns.items()}
    return rows, same | own | {cell: Cells(values.codes[rows], values.texts)}


def _latest(
    export: Export, wide: Sequence[tuple[int, dict[str, str]]], kept: NDArray[np.bool_], log: Log
) -> list[NDArray[np.bool_]]:
    """Say which rows of each wide column count: those filled, and of one term the later column."""
    later: dict[object, NDArray[np.bool_]] = {}
    counted, lost = [], np.zeros(len(export.body), dtype=np.intp)
    for number, filled in reversed(wide):
        cells = export.cells(number)
        rows = kept & cells.where([text.strip() not in _NOTHING for text in cells.texts])
        term = filled.get("term", "")
        key = tuple(sorted({**filled, "term": term_text(term) or term}.items()))
        taken = later.get(key, np.zeros_like(rows))
        lost += rows & taken
        counted.append(rows & ~taken)
        later[key] = taken | rows
    if lost.any():
        where = export.sheet.numbers[export.body[lost > 0]]
        log.add("superseded", export.sheet.place, rows=where, n=int(lost.sum()))
    return counted[::-1]


def _dated(filled: dict[str, str], fixed: Mapping[str, str]) -> dict[str, str]:
    """Complete a term that a heading gives without its year."""
    term, year = filled.get("term", ""), fixed.get("year", "")
    if term and year and term_text(term) is None:
        return filled | {"term": f"{term} {year}"}
    return filled


_NOTHING = frozenset({"", "-", "--", ".", "N/A", "n/a", "#N/A"})


def _wide_columns(export: Export, told: TableMap) -> Iterable[tuple[int, dict[str, str]]]:
    used = {heading for source in told.columns.values() for heading in source.all} | set(told.keep)
    for number, name in enumerate(export.names):
        if name and name not in used and told.wide is not None:
            filled = told.wide.filled(export.written[number])
            if filled is not None:
                yield number, filled


def _kept(export: Export, told: TableMap, log: Log) -> NDArray[np.bool_]:
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


def _sheet(export: Export, columns: Mapping[str, Cells], rows: NDArray[np.intp]) -> Sheet:
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
