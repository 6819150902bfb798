"""What a school says about itself in `school.toml`, or on a sheet called `school`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from writinggaps.problems import hint
from writinggaps.readers.reading import Log, Place
from writinggaps.readers.schema import plain, tables
from writinggaps.readers.sheets import Sheet

__all__ = ["Settings", "from_sheet", "from_toml"]

PHASES = ("primary", "secondary", "special", "all-through")


@dataclass(slots=True, kw_only=True)
class Settings:
    """A school's own settings; empty where it did not say.

    Parameters
    ----------
    name, key, urn, la_code, phase, logo, accent : str
        As in `School`.
    ages : tuple of int, optional
        Lowest and highest year group taught.
    notional_sen_pounds : float
        As in `School`.
    columns : dict of str to dict
        By table, the school's own headings in plain letters with the columns they mean.
    tables : dict of str to str
        The school's own file and sheet names in plain letters, with the tables they mean.
    exports : dict of str to dict
        By file or sheet name in plain letters: the map that reads the export, and what is the same
        in all its rows.
    """

    name: str = ""
    key: str = ""
    urn: str = ""
    la_code: str = ""
    phase: str = ""
    ages: tuple[int, int] | None = None
    notional_sen_pounds: float = 0.0
    logo: str = ""
    accent: str = ""
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    exports: dict[str, dict[str, str]] = field(default_factory=dict)


def from_toml(data: bytes | None, place: Place, log: Log) -> Settings:
    """Read `school.toml`; empty settings where there is none."""
    if data is None:
        return Settings()
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        log.add("unreadable", place, kind="TOML")
        return Settings()
    return _settings(told, place, log)


def from_sheet(sheet: Sheet, log: Log) -> Settings:
    """Read a sheet whose first column names settings and whose second gives them."""
    pairs = [sheet.row(number)[:2] for number in range(len(sheet.widths))]
    told: dict[str, Any] = {}
    for name, text in (pair for pair in pairs if len(pair) == 2 and pair[1].strip()):
        key = plain(name).replace(" ", "_")
        if key in {"setting", "school"}:
            continue
        told[key] = _years(text) if key == "ages" else text.strip()
    return _settings(told, sheet.place, log)


def _years(text: str) -> list[int] | str:
    parts = text.replace("to", "-").split("-")
    bare = [part.strip().upper().replace("R", "0") for part in parts]
    return [int(part) for part in bare] if all(p.isdigit() for p in bare) else text


def _settings(told: Mapping[str, Any], place: Place, log: Log) -> Settings:
    made = Settings()
    for key, value in told.items():
        try:
            if key not in _READ:
                raise ValueError("not known")
            setattr(made, "exports" if key == "export" else key, _READ[key](value))
        except ValueError as why:
            remedy = "" if key in _READ else hint(key, _READ)
            setting = key[:40] if key.isidentifier() else "?"
            log.add("bad_setting", place, setting=setting, fault=why, hint=remedy)
    return made


def _text(value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("not a text")
    return str(value)


def _phase(value: Any) -> str:
    if value not in PHASES:
        raise ValueError(f"not one of {', '.join(PHASES)}")
    return str(value)


def _ages(value: Any) -> tuple[int, int]:
    whole = isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value)
    if not whole or not -2 <= value[0] <= value[1] <= 14:
        raise ValueError("not two year groups such as [0, 6], Reception being 0")
    return value[0], value[1]


def _pounds(value: Any) -> float:
    bare = str(value).replace(",", "").removeprefix("£").strip()
    if not bare.replace(".", "", 1).isdecimal():
        raise ValueError("not a number of pounds")
    return float(bare)


def _columns(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise ValueError("not a table of tables")
    for table, names in value.items():
        if table not in tables() or not isinstance(names, dict):
            raise ValueError("about a table that is not known")
        for column, heading in names.items():
            if column not in tables()[table].columns or not isinstance(heading, str):
                raise ValueError(f"about a column that the {table} table does not have")
    return {t: {plain(h): column for column, h in names.items()} for t, names in value.items()}


def _tables(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError("not a table of file or sheet names")
    if not set(value) <= set(tables()):
        raise ValueError("about a table that is not known")
    return {plain(name): table for table, name in value.items()}


def _exports(value: Any) -> dict[str, dict[str, str]]:
    known = {"name", "map", "year", *(c for table in tables().values() for c in table.columns)}
    made = {}
    for told in value if isinstance(value, list) else [value]:
        if not isinstance(told, dict) or "name" not in told:
            raise ValueError("without the name of a file or sheet")
        for key in told.keys() - known:
            raise ValueError(f"about something that is not known: {hint(key, known)}")
        made[plain(str(told["name"]))] = {k: str(v) for k, v in told.items() if k != "name"}
    return made


_READ: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("name", "key", "urn", "la_code", "logo", "accent"), _text),
    "phase": _phase,
    "ages": _ages,
    "notional_sen_pounds": _pounds,
    "columns": _columns,
    "tables": _tables,
    "export": _exports,
}
