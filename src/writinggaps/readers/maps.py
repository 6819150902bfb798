"""Maps: how another program's export becomes our tables. A map is TOML, not code.

```toml
title = "What the export is called"
source = "Who says that it looks like this"
confirmed = false
recognise = ["upn", "registration form"]     # headings that together give the export away
like = "mis"                                 # a shipped map whose tables it takes over

[pupils.columns]                             # our column = headings under which it stands
pupil_id = ["UPN", "Student ID"]
name = { join = ["Surname", "Forename"] }    # several cells become one
eal = { from = ["First Language"], codes = "first_language", yes = ["other"], no = ["english"] }

[judgements.columns]
pupil_id = ["UPN", "Student ID"]
[judgements.wide]                            # every heading that fits becomes rows
heading = "(?P<term>(autumn|spring|summer).*) writing"
cell = "value"
[judgements.fixed]                           # the same in every row
measure = "teacher_assessment"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from writinggaps.problems import BadInput, hint
from writinggaps.readers.schema import code_table, plain, spelling, tables

__all__ = ["ExportMap", "Source", "TableMap", "Wide", "parse_map", "shipped_maps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the cells of one of our columns come from.

    Parameters
    ----------
    headings : tuple of str
        In plain letters; the first that is found is used.
    join : tuple of str
        Headings whose cells are joined by a comma.
    add : tuple of str
        Headings whose numbers are added up.
    present, of : tuple of str
        Percentages of sessions attended, and the possible sessions, from which those missed are
        worked out.
    text : str
        What a cell becomes, `{}` being what stands in it.
    values : mapping of str to str
        What stands in the cells, in plain letters, and what it becomes; "" is a blank cell.
    codes, yes, no : str and sequences of str
        A code table, and the groups of its codes that mean yes and no.
    """

    headings: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    codes: str = ""
    yes: Sequence[str] = ()
    no: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every heading it may use."""
        return self.headings + self.join + self.add + self.present + self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """Columns that become rows: a pattern for their headings, and the column of their cells.

    Parameters
    ----------
    headings : tuple of re.Pattern
        The named groups of the first that fits fill the columns of the same names; compared in
        small letters with single spaces.
    others : str
        Instead of patterns: every heading that nothing else uses fills this column.
    cell : str
        Our column for what stands in the cells.
    names : mapping of str to str
        What the headings call it, and what we do.
    """

    headings: tuple[re.Pattern[str], ...]
    others: str
    cell: str
    names: Mapping[str, str]

    def filled(self, written: str) -> dict[str, str] | None:
        """Give what a heading says of its cells; None where it is none of these columns."""
        if self.others:
            return {self.others: written.strip()}
        low = " ".join(written.casefold().split())
        match = next((m for pattern in self.headings if (m := pattern.fullmatch(low))), None)
        if match is None:
            return None
        told = {group: text.strip() for group, text in match.groupdict("").items()}
        return {group: self.names.get(text, text) for group, text in told.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMap:
    """How one of our tables is filled from an export."""

    table: str
    columns: Mapping[str, Source]
    wide: Wide | None
    fixed: Mapping[str, str]
    keep: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMap:
    """One kind of export.

    Parameters
    ----------
    name, title, source : str
        What it is called, and who says what it looks like.
    confirmed : bool
        Whether anybody has compared it with a real export.
    recognise : tuple of str, optional
        Headings that together give it away; if empty, its pattern for wide columns does; without
        them it is used only where a school names it.
    tables : tuple of TableMap
        What it fills.
    """

    name: str
    title: str
    source: str
    confirmed: bool
    recognise: tuple[str, ...] | None
    tables: tuple[TableMap, ...] = field(repr=False)

    @property
    def headings(self) -> dict[str, str]:
        """Every heading that a column of ours may come from."""
        sources = [s for table in self.tables for s in table.columns.values()]
        return {heading: heading for s in sources for heading in s.all}


@cache
def shipped_maps() -> Mapping[str, ExportMap]:
    """Give the maps that are shipped, by name.

    Examples
    --------
    >>> shipped_maps()["bromcom"].confirmed
    True
    """
    return {name: parse_map(name, text) for name, text in sorted(_texts().items())}


@cache
def _texts() -> dict[str, str]:
    folder = files("writinggaps.defaults").joinpath("maps")
    return {f.name.removesuffix(".toml"): f.read_text("utf-8") for f in folder.iterdir()}


def parse_map(name: str, text: str) -> ExportMap:
    """Read a map.

    Raises
    ------
    BadInput
        If it is not TOML, or names something that is not known.
    """
    try:
        told = tomllib.loads(text)
        if "like" in told:
            told = _like(told.pop("like"), name) | told
        known = {"title", "source", "confirmed", "recognise", *tables()}
        _known(told, known, name)
        return ExportMap(
            name=name,
            title=told.get("title", name),
            source=told.get("source", ""),
            confirmed=told.get("confirmed", False),
            recognise=_plain(told["recognise"]) if "recognise" in told else None,
            tables=tuple(_table(t, told[t], name) for t in tables() if t in told),
        )
    except (tomllib.TOMLDecodeError, re.error, TypeError, AttributeError) as why:
        raise BadInput("The map cannot be read", str(why), f"map {name}") from why


def _like(like: str, name: str) -> dict[str, Any]:
    """Give the tables of the shipped map that a map takes over."""
    if like not in _texts():
        raise BadInput("There is no such map to be like", "", f"map {name}", hint(like, _texts()))
    return {key: told for key, told in tomllib.loads(_texts()[like]).items() if key in tables()}


def _table(table: str, told: dict[str, Any], name: str) -> TableMap:
    _known(told, {"columns", "wide", "fixed", "keep"}, f"{name}, {table}")
    own = tables()[table].columns
    columns = {column: _source(s, name) for column, s in told.get("columns", {}).items()}
    fixed = {column: str(value) for column, value in told.get("fixed", {}).items()}
    wide = _wide(told["wide"], name) if "wide" in told else None
    groups = {group for pattern in (wide.headings if wide else ()) for group in pattern.groupindex}
    filled = {wide.cell, wide.others} - {""} if wide else set()
    _known({*columns, *fixed, *groups, *filled}, own, f"{name}, {table}")
    keep = {plain(h): tuple(map(str, values)) for h, values in told.get("keep", {}).items()}
    return TableMap(table=table, columns=columns, wide=wide, fixed=fixed, keep=keep)


def _source(told: Any, name: str) -> Source:
    if isinstance(told, str | list):
        told = {"from": told}
    _known(told, {*_LISTS, *_SAME, "values"}, name)
    if "codes" in told:
        code_table(told["codes"])
    given: dict[str, Any] = {key: told[key] for key in _SAME if key in told}
    given |= {field: _plain(told[key]) for key, field in _LISTS.items() if key in told}
    values = {spelling(text): str(becomes) for text, becomes in told.get("values", {}).items()}
    return Source(**given, values=values)


_LISTS = {"from": "headings", "join": "join", "add": "add", "present": "present", "of": "of"}
"""What a map calls lists of headings, and what they are called here."""
_SAME = ("text", "codes", "yes", "no")


def _wide(told: dict[str, Any], name: str) -> Wide:
    _known(told, {"heading", "others", "cell", "names"}, name)
    patterns = told.get("heading", [])
    return Wide(
        headings=tuple(map(re.compile, [patterns] if isinstance(patterns, str) else patterns)),
        others=told.get("others", ""),
        cell=told.get("cell", ""),
        names=told.get("names", {}),
    )


def _plain(headings: Any) -> tuple[str, ...]:
    return tuple(plain(h) for h in ([headings] if isinstance(headings, str) else headings))


def _known(told: Any, known: Any, where: str) -> None:
    for key in told:
        if key not in known:
            raise BadInput(f"'{key}' is not known", "", f"map {where}", hint(key, known))
