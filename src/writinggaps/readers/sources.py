"""Where a school's data lie: a folder or a workbook, read once into memory and hashed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from writinggaps.readers.database import is_address, read_database
from writinggaps.readers.reading import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.readers.reading import Log
    from writinggaps.readers.sheets import Sheet

__all__ = ["DELIMITED", "SETTINGS", "TRANSFER", "WORKBOOKS", "Source", "gather"]

DELIMITED = frozenset({".csv", ".tsv", ".txt", ".parquet"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
TRANSFER = ".xml"
SETTINGS = "school.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of a school's files.

    Parameters
    ----------
    name : str
        Name of the folder or file, without its ending.
    files : mapping of str to bytes
        By file name, in alphabetical order.
    folder : Path
        Where the files are.
    sheets : tuple of Sheet
        The tables of a database.
    """

    name: str
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
        return Source(name=name, folder=Path(), files={}, sheets=sheets)
    path = Path(source)
    if path.is_dir():
        found = sorted(f for f in path.iterdir() if f.is_file() and _wanted(f, log))
    elif path.is_file():
        beside = path.with_name(SETTINGS)
        found = sorted({path, *path.parent.glob("*.toml")}) if beside.is_file() else [path]
    else:
        log.add("source_missing", Place(path.name))
        found = []
    folder = path if path.is_dir() else path.parent
    name = path.resolve().name if path.is_dir() else path.stem
    return Source(name=name, folder=folder, files={f.name: _bytes(f, log) for f in found})


def _wanted(file: Path, log: Log) -> bool:
    if file.name.startswith((".", "~$")):
        return False
    wanted = file.suffix.lower() in DELIMITED | WORKBOOKS | {TRANSFER, ".toml"}
    if not wanted and file.suffix.lower() not in _PASSED_OVER:
        log.add("not_a_table", Place(file.name))
    return wanted


_PASSED_OVER = frozenset({".png", ".jpg", ".jpeg", ".svg", ".md", ".pdf", ".docx"})


def _bytes(file: Path, log: Log) -> bytes:
    before = file.stat()
    data = file.read_bytes()
    after = file.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        log.add("changed_while_read", Place(file.name))
    return data
