"""The school-level Key Stage 2 performance tables of the Department for Education, as downloaded.

One file holds one year: schools (RECTYPE 1 mainstream, 2 special) and, among them, summary rows for
the local authority (3), England (4) and England's state-funded schools (5). Percentages are texts,
and where a figure is missing a code stands in its place; both are kept. Columns differ from year
to year, so they are found by name (`defaults/official/ks2_columns.csv`).

No line is lost silently: `Ks2File.lines` counts what the file holds, and `kept` what came out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from writinggaps.official import lines
from writinggaps.problems import BadInput, UnknownCode, Unreadable
from writinggaps.readers.delimited import decode
from writinggaps.readers.flat import figures, first, need, texts

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
_KINDS = {
    "percent": (re.compile(r"(100(\.0+)?|\d\d?(\.\d+)?)%?"), "a percentage such as 81%"),
    "count": (re.compile(r"\d+(\.0)?"), "a whole number"),
}
_AGAIN = "Download the table again without changing it."


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
    short_lines : int
        Rows that end before the last heading; their missing cells have the reason `row ends`.
    """

    name: str
    year_ending: int
    lines: int
    kept: int
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
            "it takes a folder of Key Stage 2 performance tables as downloaded",
        )
    found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    tables = [file for file in found if decode(file.read_bytes())[0].startswith("RECTYPE,")]
    if not tables:
        raise Unreadable(
            f"None of the {len(found)} CSV files is a Key Stage 2 performance table",
            "they begin with the heading RECTYPE",
            str(path),
        )
    read = sorted(map(_table, tables), key=lambda r: r[0].year_ending)
    years = [file.year_ending for file, _ in read]
    for year in years:
        if years.count(year) > 1:
            both = [file.name for file, _ in read if file.year_ending == year]
            raise BadInput(
                f"{' and '.join(both)} are both of the school year ending {year}",
                "each year has one file",
                remedy="Take one of them out of the folder.",
            )
    return Ks2Tables(
        rows=pd.concat([rows for _, rows in read], ignore_index=True),
        files=tuple(file for file, _ in read),
        ignored=tuple(p.name for p in found if p not in tables),
    )


@cache
def _codes() -> dict[str, str]:
    return dict(lines("ks2_codes.csv"))


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
    begun = [name for year, name, _ in lines("ks2_frameworks.csv") if int(year) <= year_ending]
    return begun[-1] if begun else "no framework of this kind"


def _table(path: Path) -> tuple[Ks2File, pd.DataFrame]:
    name, raw = path.name, texts(path, ends=True)
    year, told = _year_ending(name, map(str, raw)), lines("ks2_columns.csv")
    need(raw, [heading for _, heading, _, required, _ in told if required == "yes"], name)
    found: dict[str, object] = {}
    for own, heading, kind, *_ in told:
        if kind not in _KINDS:
            found[own] = raw[heading].fillna("").str.strip()
        elif heading in raw:
            found[own], found[f"{own}_reason"] = _figures(raw[heading], kind, name)
        else:
            found[own], found[f"{own}_reason"] = float("nan"), "no column"
    rows = _placed(pd.DataFrame(found), name).assign(year_ending=year, file=name)
    short = int(raw.iloc[:, -1].isna().sum())
    return Ks2File(
        name=name, year_ending=year, lines=len(raw), kept=len(rows), short_lines=short
    ), rows


def _figures(cells: pd.Series, kind: str, where: str) -> tuple[pd.Series, pd.Series]:
    """Read one column: the numbers, and the reasons that stand in their places."""
    pattern, needed = _KINDS[kind]

    def reason(text: str) -> str | None:
        bare = text.strip()
        if not bare:
            return "not applicable" if text else "blank"
        return "" if pattern.fullmatch(bare) else bare if bare in _codes() else None

    values, reasons = figures(cells, reason)
    reasons = reasons.mask(cells.isna(), "row ends")
    if reasons.isna().any():
        row = first(reasons.isna())
        raise UnknownCode(
            f"'{cells[row].strip()}' stands in a column of figures",
            f"it takes {needed} or a known code ({', '.join(c for c in _codes() if c.isupper())})",
            f"{where}, row {row}, column {cells.name}",
            _AGAIN,
        )
    return values, reasons


def _placed(rows: pd.DataFrame, where: str) -> pd.DataFrame:
    """Say which rows are schools, and give each the number that stays with it."""
    kinds = rows["rectype"]
    if (odd := ~kinds.isin(_LEVELS)).any():
        row = first(odd)
        raise UnknownCode(
            f"RECTYPE is '{kinds[row]}'",
            f"it must be one of {', '.join(_LEVELS)}",
            f"{where}, row {row}, column RECTYPE",
        )
    level, school_type = (kinds.map({k: v[i] for k, v in _LEVELS.items()}) for i in (0, 1))
    number = (rows["la_code"] + "/" + rows["estab"]).where(level == "school", "")
    if (twice := number.duplicated() & number.ne("")).any():
        raise BadInput(
            f"The school {number[first(twice)]} stands in the file twice",
            "each school has one row",
            where,
            _AGAIN,
        )
    found = rows.drop(columns=["rectype", "estab"])
    return found.assign(level=level, school_type=school_type, laestab=number)


def _year_ending(name: str, headings: Iterable[str]) -> int:
    """Tell the year: the tables repeat their last two years' figures in columns named for them.

    Downloads are named for the year in which the school year begins; where both are there they
    must agree.
    """
    repeated = [int(match[1]) for h in headings if (match := _HISTORY.fullmatch(h))]
    by_column = 2001 + max(repeated) if repeated else None
    named = [int(year) for year in _YEAR.findall(name)]
    by_name = named[0] + 1 if named else None
    if by_column and by_name and by_column != by_name:
        raise BadInput(
            f"The file is named for the school year ending {by_name}, "
            f"but its columns are of the school year ending {by_column}",
            "its name must begin with the year in which the school year begins",
            name,
            "Rename the file, or download it again.",
        )
    year = by_column or by_name
    if year is None:
        raise BadInput(
            "Nothing says which school year the file is of",
            "its name must begin with the year in which the school year begins",
            name,
        )
    return year
