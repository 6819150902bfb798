"""Exports of other programs: their sheets become ours by a map.

What comes out are sheets with our own headings, which are then read like any other: every row keeps
the number that Excel shows, so that an issue points to the export itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from writinggaps.readers.export_cells import Export, column_of, headings_of, open_export
from writinggaps.readers.maps import ExportMap, TableMap, Wide
from writinggaps.readers.reading import Log
from writinggaps.readers.schema import Table, plain, tables
from writinggaps.readers.sheets import Sheet
from writinggaps.readers.terms import term_text

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
    """Give the rows of one of our tables; None where the export cannot fill it."""
    table = tables()[told.table]
    read = {n: c for n, s in told.columns.items() if (c := column_of(export, s)) is not None}
    rows = pd.DataFrame(read, index=export.frame.index)[_kept(export, told, log)]
    same = {**told.fixed, **{n: text for n, text in fixed.items() if n in table.columns}}
    if told.wide is None:
        long = _filled(rows, same)
        return _sheet(export, long) if table.required <= set(long) else None
    wide = list(_wide_columns(export, told, told.wide, fixed.get("year", "")))
    pieces = [
        _filled(rows.loc[counted], same | filled).assign(**{told.wide.cell: export.frame[number]})
        for (number, filled), counted in zip(
            wide, _latest(export, wide, rows.index, log), strict=True
        )
    ]
    return _sheet(export, pd.concat(pieces).fillna("")) if pieces else None


def _filled(rows: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    """Give rows what is the same in all of them, where they do not say it themselves."""
    return rows.assign(**{name: text for name, text in same.items() if name not in rows})


def _wide_columns(
    export: Export, told: TableMap, wide: Wide, year: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Find the columns that become rows; a term given without its year is completed."""
    used = {heading for source in told.columns.values() for heading in source.all} | set(told.keep)
    for number, written in enumerate(export.written):
        filled = wide.filled(written) if plain(written) and plain(written) not in used else None
        if filled is not None:
            term = filled.get("term", "")
            completed = {"term": f"{term} {year}"} if term and year and not term_text(term) else {}
            yield number, filled | completed


def _latest(
    export: Export, wide: Sequence[tuple[int, dict[str, str]]], kept: pd.Index, log: Log
) -> list[pd.Index]:
    """Say which rows of each wide column count: those filled, and of one term the later column."""
    later: dict[object, pd.Series] = {}
    counted, lost = [], pd.Series(0, index=kept)
    for number, filled in reversed(wide):
        here = ~export.frame.loc[kept, number].str.strip().isin(_NOTHING)
        term = filled.get("term", "")
        key = tuple(sorted({**filled, "term": term_text(term) or term}.items()))
        taken = later.get(key, pd.Series(False, index=kept))
        lost += here & taken
        counted.append(kept[here & ~taken])
        later[key] = taken | here
    if lost.any():
        where = export.sheet.numbers[kept[lost > 0]]
        log.add("superseded", export.sheet.place, rows=where, n=int(lost.sum()))
    return counted[::-1]


_NOTHING = frozenset({"", "-", "--", ".", "N/A", "n/a", "#N/A"})


def _kept(export: Export, told: TableMap, log: Log) -> pd.Series:
    """Leave out rows that the official format marks as not counting, and say how many."""
    kept, place = pd.Series(True, index=export.frame.index), export.sheet.place
    for heading, values in told.keep.items():
        cells = export.column(heading)
        if cells is not None:
            kept &= cells.str.strip().isin(values)
    told_before = {(i.rule, i.file, i.sheet) for i in log.issues}
    if not kept.all() and ("not_counted", place.file, place.sheet) not in told_before:
        log.add("not_counted", place, rows=export.sheet.numbers[kept.index[~kept]])
    return kept


def _sheet(export: Export, long: pd.DataFrame) -> Sheet:
    """Give a sheet with our own headings in its first row."""
    seen = export.sheet
    return Sheet.of(
        seen.place,
        ([str(name), *long[name]] for name in long),
        origin=np.concatenate([[0], seen.numbers[long.index]]).astype(np.intp),
        merged=seen.merged,
        hidden=seen.hidden,
    )
