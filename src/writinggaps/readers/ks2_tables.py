"""The school-level Key Stage 2 performance tables of the Department for Education, as downloaded.

One file holds one year: schools (RECTYPE 1 mainstream, 2 special) and, among them, summary rows for
the local authority (3), England (4) and England's state-funded schools (5). Percentages are texts,
and where a figure is missing a code stands in its place; both are kept. Columns differ from year
to year, so they are found by name (`defaults/official/ks2_columns.csv`).

No line is lost silently: `Ks2File.lines` counts what the file holds, and `kept` what came out.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pandas as pd

from writinggaps.problems import BadInput, MissingColumn, UnknownCode, Unreadable, hint
from writinggaps.readers.delimited import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Ks2File", "Ks2Tables", "framework", "read_ks2_tables", "why_missing"]

_LEVELS = {
    "1": ("school", "mainstream"),
    "2": ("school", "special"),
    "3": ("la", ""),
    "4": ("england_all", ""),
    "5": ("england", ""),
}
_HISTORY = re.compile(r"PTRWM_EXP_(\d\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NUMBER = {"percent": re.compile(r"(\d+(?:\.\d+)?)%?"), "count": re.compile(r"(\d+)(?:\.0)?")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ks2File:
    """What one file held.

    Parameters
    ----------
    name : str
        File name.
    year_ending : int
        The calendar year in which the school year ends.
    lines, kept : int
        Rows under the headings that are not empty, and rows that came out: always equal.
    empty_lines : int
        Rows without anything in them.
    short_lines : int
        Rows that end before the last heading; their missing cells have the reason `row ends`.
    """

    name: str
    year_ending: int
    lines: int
    kept: int
    empty_lines: int
    short_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ks2Tables:
    """Several years of the tables, tidy.

    Parameters
    ----------
    rows : DataFrame
        One row per school (or summary row) and year: `year_ending`, `level` (`school`, `la`,
        `england_all`, `england` for state-funded schools only), `school_type` (`mainstream`,
        `special`), `la_code`, `laestab` (`850/2001`: it stays when a school becomes an academy),
        `urn`, `name`, and the figures `eligible`, `disadvantaged`, `others` (pupils) and
        `expected`, `greater_depth`, ... (percentages between 0 and 100). Each figure has a column
        beside it, `expected_reason`, with the code that stood in its place: SUPP, LOWCOV, NE, NP,
        NA, NEW, `blank`, `not applicable` (a single space), `row ends`, `no column`.
    files : tuple of Ks2File
        What each file held, in order of years.
    ignored : tuple of str
        Names of CSV files in the folder that are not tables of this kind.
    """

    rows: pd.DataFrame
    files: tuple[Ks2File, ...]
    ignored: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which the school years end, oldest first."""
        return tuple(file.year_ending for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    name: str
    column: str
    kind: str
    required: bool


def read_ks2_tables(source: str | Path) -> Ks2Tables:
    """Read the tables of one or more years.

    Parameters
    ----------
    source : str or Path
        One file, or a folder of files as downloaded. Column dictionaries and other CSV files in
        the folder are passed over and named in `ignored`.

    Returns
    -------
    Ks2Tables
        With as many rows as the files have.

    Raises
    ------
    Unreadable
        If there is no such file or folder, or no table in it; names what was found.
    MissingColumn, UnknownCode, BadInput
        If a table is not what it should be; says file, row as Excel shows it, and column.
    """
    path = Path(source)
    if not str(source) or not path.exists():
        raise Unreadable(
            f"There is no file or folder '{source}'",
            "a folder of Key Stage 2 performance tables as downloaded",
        )
    found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    texts = {file: decode(file.read_bytes())[0] for file in found}
    tables = {p: text for p, text in texts.items() if text.partition(",")[0].strip() == "RECTYPE"}
    if not tables:
        raise Unreadable(
            f"None of the {len(texts)} CSV files is a Key Stage 2 performance table",
            "files that begin with the heading RECTYPE",
            str(path),
        )
    read = sorted((_table(p, text) for p, text in tables.items()), key=lambda r: r[0].year_ending)
    _no_year_twice([file for file, _ in read])
    return Ks2Tables(
        rows=pd.concat([rows for _, rows in read], ignore_index=True),
        files=tuple(file for file, _ in read),
        ignored=tuple(p.name for p in texts if p not in tables),
    )


def why_missing(code: str) -> str:
    """Say what a code in the place of a figure means.

    Examples
    --------
    >>> why_missing("SUPP")
    'suppressed because very few pupils are behind it'
    """
    return _codes()[code]


def framework(year_ending: int) -> str:
    """Name the framework by which writing was judged; years of two are not comparable.

    Examples
    --------
    >>> framework(2017), framework(2018)
    ('interim framework of 2015/16', 'framework of 2017/18')
    """
    begun = [
        row["name"]
        for row in _lines("ks2_frameworks.csv")
        if int(row["from_year_ending"]) <= year_ending
    ]
    return begun[-1] if begun else "no framework of this kind"


def _table(path: Path, text: str) -> tuple[Ks2File, pd.DataFrame]:
    headings, *lines = csv.reader(io.StringIO(text, newline=""))
    year = _year_ending(path.name, headings)
    places = _places(headings, path.name)
    filled = [(i, line) for i, line in enumerate(lines, start=2) if any(c.strip() for c in line)]
    _no_line_too_long(filled, len(headings), path.name)
    rows = [_row(line, places, f"{path.name}, row {i}") for i, line in filled]
    found = pd.DataFrame(rows).assign(year_ending=year, file=path.name)
    _no_school_twice(found, path.name)
    file = Ks2File(
        name=path.name,
        year_ending=year,
        lines=len(filled),
        kept=len(found),
        empty_lines=len(lines) - len(filled),
        short_lines=sum(len(line) < len(headings) for _, line in filled),
    )
    return file, found


def _row(line: list[str], places: Mapping[_Column, int | None], where: str) -> dict[str, object]:
    """Turn one line into a tidy row."""
    found: dict[str, object] = {}
    for column, place in places.items():
        if column.kind in ("percent", "count"):
            value, reason = _figure(line, column, place, where)
            found |= {column.name: value, f"{column.name}_reason": reason}
        else:
            found[column.name] = line[place].strip() if place is not None else ""
    rectype = str(found.pop("rectype"))
    if rectype not in _LEVELS:
        raise UnknownCode(
            f"RECTYPE is '{rectype}'", f"one of {', '.join(_LEVELS)}", f"{where}, column RECTYPE"
        )
    level, school_type = _LEVELS[rectype]
    school = level == "school"
    laestab = f"{found['la_code']}/{found.pop('estab')}" if school else ""
    return {"level": level, "school_type": school_type, "laestab": laestab, **found}


def _figure(
    line: list[str], column: _Column, place: int | None, where: str
) -> tuple[float | None, str]:
    """Read one cell: the number, or the reason that stands in its place."""
    if place is None:
        return None, "no column"
    if place >= len(line):
        return None, "row ends"
    text = line[place].strip()
    if not text:
        return None, "not applicable" if line[place] else "blank"
    if text in _codes():
        return None, text
    number = _NUMBER[column.kind].fullmatch(text)
    if number is None or (column.kind == "percent" and float(number[1]) > 100):
        _not_read(text, column, where)
    return float(number[1]), ""


def _not_read(text: str, column: _Column, where: str) -> NoReturn:
    needed = "a percentage such as 81%" if column.kind == "percent" else "a whole number"
    raise UnknownCode(
        f"'{text}' stands in a column of figures",
        f"{needed} or a known code ({', '.join(c for c in _codes() if c.isupper())})",
        f"{where}, column {column.column}",
        "Download the table again without changing it.",
    )


def _places(headings: list[str], name: str) -> dict[_Column, int | None]:
    bare = [heading.strip() for heading in headings]
    for column in _columns():
        if column.required and column.column not in bare:
            raise MissingColumn(
                f"There is no column {column.column}", "", name, hint(column.column, bare)
            )
    return {c: bare.index(c.column) if c.column in bare else None for c in _columns()}


def _year_ending(name: str, headings: list[str]) -> int:
    """Tell the year: the tables repeat their last two years' figures in columns named for them.

    Downloads are named for the year in which the school year begins; where both are there they
    must agree.
    """
    repeated = [int(match[1]) for h in headings if (match := _HISTORY.fullmatch(h.strip()))]
    by_column = 2001 + max(repeated) if repeated else None
    named = [int(year) for year in _YEAR.findall(name)]
    by_name = named[0] + 1 if named else None
    if by_column and by_name and by_column != by_name:
        raise BadInput(
            f"The file is named for the school year ending {by_name}, "
            f"but its columns are of the school year ending {by_column}",
            "a name that begins with the year in which the school year begins",
            name,
            "Rename the file, or download it again.",
        )
    year = by_column or by_name
    if year is None:
        raise BadInput(
            "Nothing says which school year the file is of",
            "a name that begins with the year in which the school year begins",
            name,
        )
    return year


def _no_line_too_long(lines: list[tuple[int, list[str]]], width: int, name: str) -> None:
    for number, line in lines:
        if len(line) > width:
            raise BadInput(
                f"The line has {len(line)} fields and there are {width} headings",
                "a comma inside a name would move every figure into the next column",
                f"{name}, row {number}",
                "Download the table again without changing it.",
            )


def _no_year_twice(found: list[Ks2File]) -> None:
    for before, after in pairwise(found):
        if before.year_ending == after.year_ending:
            raise BadInput(
                f"{before.name} and {after.name} are both of the school year ending "
                f"{after.year_ending}",
                "one file for each year",
                remedy="Take one of them out of the folder.",
            )


def _no_school_twice(rows: pd.DataFrame, name: str) -> None:
    schools = rows[rows["level"] == "school"]
    twice = schools.loc[schools["laestab"].duplicated(), "laestab"]
    if len(twice):
        raise BadInput(
            f"The school {twice.iloc[0]} stands in the file twice",
            "one row for each school",
            name,
            "Download the table again without changing it.",
        )


@cache
def _columns() -> tuple[_Column, ...]:
    return tuple(
        _Column(
            name=row["name"],
            column=row["column"],
            kind=row["kind"],
            required=row["required"] == "yes",
        )
        for row in _lines("ks2_columns.csv")
    )


@cache
def _codes() -> dict[str, str]:
    return {row["code"]: row["meaning"] for row in _lines("ks2_codes.csv")}


def _lines(name: str) -> list[dict[str, str]]:
    text = files("writinggaps.defaults").joinpath("official", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
