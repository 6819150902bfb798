"""What a school may supply: tables, columns and codes, read from `defaults/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "Codes",
    "Column",
    "Limits",
    "Table",
    "code_table",
    "default",
    "limits",
    "plain",
    "spelling",
    "tables",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name, meaning, example : str
        As in the codebook.
    type : str
        `id`, `text`, `code`, `boolean`, `date`, `term`, `period` (a term or a school year),
        `year_group` or `number`.
    required : str
        `row`: a row without it is set aside; `column`: the column must be there; or empty.
    codes : str
        Name of a code table, for codes.
    check : str
        `upn` where the check letter is looked at.
    low, high : float, optional
        What a number may be.
    also : sequence of str
        Other headings under which schools have it.
    """

    name: str
    type: str
    meaning: str
    example: str = ""
    required: str = ""
    codes: str = ""
    check: str = ""
    low: float | None = None
    high: float | None = None
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: what a row is about, its columns, and what must hold between them.

    `marks` names the codes in which the values of a measure are usually given.
    """

    name: str
    meaning: str
    row: str
    columns: Mapping[str, Column] = field(repr=False)
    unique: Sequence[str] = ()
    order: Sequence[tuple[str, str]] = ()
    within: Sequence[tuple[str, str]] = ()
    listed: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def required(self) -> set[str]:
        """Names of the columns that must be there."""
        return {column.name for column in self.columns.values() if column.required}

    @property
    def headings(self) -> dict[str, str]:
        """Every heading that is known, in plain letters, with the column it means."""
        also = {plain(a): c.name for c in self.columns.values() for a in c.also}
        return also | {plain(name): name for name in self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """One code table: what each code means, and which spellings stand for it.

    Parameters
    ----------
    title, source : str
        What the codes are for and who set them.
    unconfirmed : frozenset of str
        Codes that nobody has checked at their source.
    means : mapping of str to str
        Each code with its meaning.
    group : mapping of str to str
        Each code with the group it counts in, where codes are grouped.
    ladder : tuple of str
        Codes from lowest to highest, where they have an order.
    spelt : mapping of str to str
        Each known spelling, in plain letters, with its code.
    retired : mapping of str to str
        Spellings that are no longer in use, with the code that they are read as.
    """

    title: str
    source: str
    means: Mapping[str, str]
    group: Mapping[str, str] = field(repr=False)
    ladder: tuple[str, ...] = ()
    spelt: Mapping[str, str] = field(repr=False)
    retired: Mapping[str, str] = field(repr=False)
    unconfirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that hold for every table."""

    earliest: date
    latest: date
    set_aside_share: float
    fewer_rows_share: float
    source: str


def default(name: str) -> dict[str, Any]:
    """Read one file of `defaults/`."""
    text = files("writinggaps.defaults").joinpath(*name.split("/")).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def limits() -> Limits:
    """Give the bounds that hold for every table."""
    return Limits(**default("tables.toml")["limits"])


@cache
def tables() -> Mapping[str, Table]:
    """Give every table that a school may supply, by name.

    Examples
    --------
    >>> tables()["attendance"].columns["possible"].required
    'row'
    """
    found = {name: t for name, t in default("tables.toml").items() if name != "limits"}
    return {name: _table(name, told) for name, told in found.items()}


@cache
def code_table(name: str) -> Codes:
    """Give a code table by name.

    Examples
    --------
    >>> code_table("sen_provision").spelt["ehc plan"]
    'E'
    """
    told = default(f"codes/{name}.toml")
    codes, old = told["codes"], told.get("retired", {})
    spelt = {
        spelling(text): code for code, c in codes.items() for text in (code, *c.get("also", ()))
    }
    return Codes(
        title=told["title"],
        source=told["source"],
        means={code: c["means"] for code, c in codes.items()},
        group={code: c["group"] for code, c in codes.items() if "group" in c},
        ladder=tuple(told.get("ladder", ())),
        unconfirmed=frozenset(code for code, c in codes.items() if not _sure(told, c)),
        spelt=spelt,
        retired={spelling(text): c["now"] for text, c in old.items()},
    )


def spelling(text: str) -> str:
    """Write a code so that its spellings are equal; signs stay where there is nothing else."""
    return plain(text) or text


def plain(text: str) -> str:
    """Write a heading or a code in small letters, digits and single spaces.

    Examples
    --------
    >>> plain("  EVERFSM_6 ")
    'everfsm 6'
    """
    return _SIGNS.sub(" ", text).strip().casefold()


_SIGNS = re.compile(r"[\s_.,:*'’\"()/&-]+")


def _sure(told: dict[str, Any], code: dict[str, Any]) -> bool:
    return bool(code.get("confirmed", told.get("confirmed", True)))


def _table(name: str, told: dict[str, Any]) -> Table:
    columns = {c: Column(name=c, **facts) for c, facts in told["columns"].items()}
    return Table(**{**told, "name": name, "columns": columns})
