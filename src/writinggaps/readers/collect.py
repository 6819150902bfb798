"""From files to tables: our own by their names, other programs' exports by maps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from writinggaps.problems import BadInput, hint
from writinggaps.readers.ctf import read_ctf
from writinggaps.readers.database import is_address, read_database
from writinggaps.readers.delimited import read_delimited
from writinggaps.readers.drafts import Draft
from writinggaps.readers.export_cells import headings_of
from writinggaps.readers.exports import fills, fits, unfold
from writinggaps.readers.maps import ExportMap, parse_map, shipped_maps
from writinggaps.readers.reading import Log, Place
from writinggaps.readers.schema import Table, plain, tables
from writinggaps.readers.settings import Settings, from_sheet, from_toml
from writinggaps.readers.sheets import Sheet
from writinggaps.readers.tables import draft
from writinggaps.readers.workbooks import read_workbook

__all__ = ["READ", "Source", "collect", "gather"]

_DELIMITED = frozenset({".csv", ".tsv", ".txt", ".parquet"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
_TRANSFER = ".xml"
_SETTINGS = "school.toml"
READ = _DELIMITED | _WORKBOOKS | {_TRANSFER, ".toml"}
"""Endings of the files that are read."""
_PASSED_OVER = frozenset({".png", ".jpg", ".jpeg", ".svg", ".md", ".pdf", ".docx"})
_NOT_TABLES = {"school": "school", "guide": "guide"}
_ANY = "mis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of a school's files.

    Parameters
    ----------
    name, place : str and Place
        Name of the folder or file, without its ending; and as people see it.
    files : mapping of str to bytes
        By file name, in alphabetical order.
    folder : Path
        Where the files are.
    sheets : tuple of Sheet
        The tables of a database.
    """

    name: str
    place: Place
    folder: Path
    files: Mapping[str, bytes] = field(repr=False)
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents."""
        whole = hashlib.sha256()
        for name, data in self.files.items():
            whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
        for sheet in self.sheets:
            whole.update(sheet.place.sheet.encode())
            for number in range(len(sheet.widths)):
                whole.update("\0".join([*sheet.row(number), "\n"]).encode())
        return whole.hexdigest()


def gather(source: str | Path, key: str, log: Log) -> Source:
    """Read everything of a school once: every file, or every table of a database."""
    if is_address(source):
        name, sheets = read_database(str(source), key, log)
        return Source(name=name, place=Place(name), folder=Path(), files={}, sheets=sheets)
    path = Path(source).resolve()
    place, found = Place(path.name), []
    if path.is_dir():
        found = sorted(f for f in path.iterdir() if f.is_file() and _wanted(f, log))
    elif path.is_file():
        with_settings = path.with_name(_SETTINGS).is_file()
        found = sorted({path, *(path.parent.glob("*.toml") if with_settings else ())})
        if path.suffix.lower() not in READ:
            log.add("source_not_read", place)
    else:
        log.add("source_missing", place)
    return Source(
        name=path.name if path.is_dir() else path.stem,
        place=place,
        folder=path if path.is_dir() else path.parent,
        files={f.name: data for f in found if (data := _bytes(f, log)) is not None},
    )


def _wanted(file: Path, log: Log) -> bool:
    if file.name.startswith((".", "~$")):
        return False
    kind = file.suffix.lower()
    if kind not in READ | _PASSED_OVER:
        log.add("not_read", Place(file.name))
    return kind in READ


def _bytes(file: Path, log: Log) -> bytes | None:
    try:
        before = file.stat()
        data = file.read_bytes()
        after = file.stat()
    except OSError:
        log.add("cannot_open", Place(file.name))
        return None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        log.add("changed_while_read", Place(file.name))
    return data


def collect(found: Source, log: Log) -> tuple[Settings, list[Draft]]:
    """Read every table that a source holds; our own tables come before exports."""
    settings = from_toml(found.files.get(_SETTINGS), Place(_SETTINGS), log)
    own: list[tuple[str, Sheet]] = []
    others: list[tuple[str, Sheet]] = []
    known = {plain(table): table for table in tables()} | _NOT_TABLES | settings.tables
    for name, sheet in _sheets(found, known, log):
        if name not in known or name in settings.exports:
            others.append((name, sheet))
        elif known[name] == "guide":
            continue
        elif known[name] == "school":
            settings = settings if _SETTINGS in found.files else from_sheet(sheet, log)
        elif _only_named_so(sheet, tables()[known[name]], settings):
            others.append((name, sheet))
        else:
            own.append((known[name], sheet))
    own = _once(own, log)
    for file, data in found.files.items():
        if Path(file).suffix.lower() == _TRANSFER:
            own.extend(read_ctf(data, Place(file), log))
    for name, sheet in others:
        own.extend(_mapped(name, sheet, settings, found, log))
    read = (draft(s, tables()[name], settings.columns.get(name, {}), log) for name, s in own)
    made = [table for table in read if table is not None]
    _pupils_needed({name for name, _ in own}, made, found, log)
    return settings, made


def _sheets(found: Source, known: Mapping[str, str], log: Log) -> Iterator[tuple[str, Sheet]]:
    """Give every sheet of every file with its name in plain letters."""
    for sheet in found.sheets:
        yield plain(sheet.place.sheet), sheet
    for file, data in found.files.items():
        path = Path(file)
        name = plain(path.stem)
        if path.suffix.lower() in _WORKBOOKS:
            for sheet in read_workbook(data, file, log):
                yield plain(sheet.place.sheet), sheet
        elif path.suffix.lower() in _DELIMITED:
            tried = log if name in known else Log()
            sheet_found = read_delimited(data, Place(file), tried)
            if sheet_found is not None:
                yield name, replace(sheet_found, said=() if name in known else tuple(tried.issues))
            elif name not in known:
                log.add("not_a_table", Place(file))


def _only_named_so(sheet: Sheet, table: Table, settings: Settings) -> bool:
    """Say whether a sheet has one of our names, but the headings of another program."""
    known = table.headings | settings.columns.get(table.name, {})
    found = headings_of(sheet, known)
    has = set() if found is None else {known.get(plain(text)) for text in found.written}
    return not table.required <= has and _found_map(sheet, table) is not None


def _once(own: list[tuple[str, Sheet]], log: Log) -> list[tuple[str, Sheet]]:
    first: dict[str, Sheet] = {}
    for name, sheet in own:
        if name in first:
            log.add("table_twice", sheet.place, table=name)
        first.setdefault(name, sheet)
    return list(first.items())


def _mapped(
    name: str, sheet: Sheet, settings: Settings, found: Source, log: Log
) -> list[tuple[str, Sheet]]:
    """Read an export by the map that the school names, or by the one that it gives away."""
    named = settings.exports.get(name, {})
    fixed = {key: text for key, text in named.items() if key != "map"}
    try:
        told = _map(named.get("map", ""), name, sheet, found)
    except BadInput as why:
        log.add("bad_map", sheet.place, hint=f"{why.where}: {why.found}. {why.remedy}".strip())
        return []
    if told is None:
        log.add("not_a_table", sheet.place, hint=_hint(name))
        return []
    log.issues.extend(sheet.said)
    return unfold(sheet, told, fixed, log)


def _hint(name: str) -> str:
    near = hint(name, tables())
    return (
        near if near.startswith("Did") else "Name it after a table, or name its map in school.toml."
    )


def _map(name: str, of: str, sheet: Sheet, found: Source) -> ExportMap | None:
    if name in found.files:
        return parse_map(name, found.files[name].decode("utf-8-sig", errors="replace"))
    if name and name not in shipped_maps():
        raise BadInput("There is no such map", "", name, hint(name, shipped_maps()))
    if name:
        return shipped_maps()[name]
    return _found_map(sheet, tables().get(of))


def _found_map(sheet: Sheet, table: Table | None) -> ExportMap | None:
    """Give the map that a sheet gives away, or for one of our names any that fills the table."""
    fitting = [told for told in shipped_maps().values() if fits(sheet, told)]
    if not fitting and table is not None and fills(sheet, shipped_maps()[_ANY], table):
        return shipped_maps()[_ANY]
    return max(fitting, key=lambda told: len(told.recognise or ()), default=None)


def _pupils_needed(supplied: set[str], made: list[Draft], found: Source, log: Log) -> None:
    pupils = [table for table in made if table.name == "pupils"]
    trusts_own = bool(supplied) and supplied <= {"priorities", "notes"}
    if pupils and not any(len(table.rows) for table in pupils):
        log.add("no_pupils", pupils[0].place)
    elif "pupils" not in supplied and not trusts_own and not log.stopped:
        folders = not found.files and any(f.is_dir() for f in found.folder.iterdir())
        said = "Or give one of the folders that it holds." if folders else ""
        log.add("table_missing", found.place, hint=said)
