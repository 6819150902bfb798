"""Official figures as downloaded: tidy files, and the Local Authority Interactive Tool.

The tool's data file is long: a row for each measure, place and year. It comes as Parquet, which
needs the package pyarrow, or saved as CSV with the same headings. Of the tidy files of Explore
Education Statistics, attendance of the school year so far is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from writinggaps.official import Row, Series, lines, measures_published, series_of
from writinggaps.problems import BadInput, UnknownCode
from writinggaps.readers.flat import figures, first, need, texts
from writinggaps.readers.schema import code_table, spelling

__all__ = ["read_ees", "read_official"]

_FIGURE = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_NO_FIGURE = re.compile(r"(.*_)?(code|urn|laestab|ukprn)|time_period|.*_name|(.*_)?id")
_MOSTLY = 0.9
_LAIT = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
_ENGLAND, _PLACES = 970, 960
"""The tool's number of England, and the first of its numbers that are no authorities."""
_YEARS = 3
"""Of local authorities the latest years are kept, as in the figures that are shipped."""
_YEAR = re.compile(r"(\d{4})(?:[/-](\d{2}))?(?: \((Rev|Final|prov)\))?")
_PHASES = {"Primary": "primary", "Secondary": "secondary", "Total": "all"}
_TO_DATE = {column: Series(*told) for column, *told in lines("ees_columns.csv")}
"""Figures of the school year so far, by the column of a tidy file that holds them."""
_PLACE_COLUMNS = ("time_period", "geographic_level", "old_la_code", "education_phase")


def read_ees(path: str | Path) -> pd.DataFrame:
    r"""Read a tidy file of official statistics without losing why a figure is missing.

    Parameters
    ----------
    path : str or Path
        A CSV file of Explore Education Statistics, as downloaded.

    Returns
    -------
    DataFrame
        A row for each row of the file. Filters, codes and names are text. A figure is a float; if
        any of a column's figures is missing, `<column>_reason` beside it holds the symbol that
        stood there (`c` confidential, `z` not applicable, `x` not available, `low` rounds to
        nought, `u` of low reliability), `blank` for an empty cell, and nothing for a number.

    Raises
    ------
    Unreadable
        If the file is empty or no text.
    UnknownCode
        If something stands among figures that is neither a number nor a known symbol.
    BadInput
        If a row has more or fewer fields than the headings.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "tidy.csv"
    ...     _ = file.write_text("time_period,old_la_code,percent\n202425,850,72.5\n202425,851,c\n")
    ...     found = read_ees(file)
    >>> found["percent_reason"].to_list(), found["old_la_code"].to_list()
    (['', 'c'], ['850', '851'])
    """
    return _tidy(texts(path), Path(path).name)


def _tidy(found: pd.DataFrame, where: str) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for name in map(str, found):
        cells = found[name].str.strip()
        columns[name] = cells
        values, reasons = figures(cells, _reason)
        unknown, given = reasons.isna(), reasons.eq("").sum()
        if _NO_FIGURE.fullmatch(name) or given <= _MOSTLY * (given + unknown.sum()):
            continue
        if unknown.any():
            raise UnknownCode(
                "Something stands among figures that is neither a number nor a known symbol",
                f"known symbols are {', '.join(code_table('reasons').means)}",
                f"{where}, row {first(unknown)}, column {name}",
            )
        columns[name] = values
        if values.isna().any():
            columns[f"{name}_reason"] = reasons
    return pd.DataFrame(columns).reset_index(drop=True)


def _reason(text: str) -> str | None:
    """Say why there is no number: empty for a number, None for what is not known."""
    if not text or _FIGURE.fullmatch(text):
        return "" if text else "blank"
    codes = code_table("reasons")
    return codes.spelt.get(spelling(text)) or codes.retired.get(spelling(text))


def read_official(path: str | Path) -> tuple[list[Row], list[Series]]:
    """Read a download of official figures.

    Parameters
    ----------
    path : str or Path
        A file of the Local Authority Interactive Tool (`.parquet` or `.csv`) or a tidy CSV file of
        Explore Education Statistics.

    Returns
    -------
    list of Row, list of Series
        Figures of England and of local authorities, and what is true of each measure; symbols that
        stand for a missing figure are left out.

    Raises
    ------
    Unreadable
        If the file cannot be read.
    BadInput
        If it is a table of another kind, or holds no figure that is known here.
    """
    found, name = _whole(Path(path)), Path(path).name
    if found.columns[0] == _LAIT[0]:
        return _lait(found, name)
    return _to_date(_tidy(found, name), name)


def _whole(path: Path) -> pd.DataFrame:
    """Read every cell as text; a Parquet file that pandas cannot read here is refused as such."""
    if path.suffix.lower() == ".parquet":
        try:
            return pd.read_parquet(path).astype(str)
        except (ImportError, OSError, ValueError):
            pass
    elif path.is_file():
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline()
        if _LAIT[0] not in first and not all(c in first for c in (*_PLACE_COLUMNS, *_TO_DATE)):
            raise BadInput(
                "This is no file of official figures that is known here",
                "known are the data file of the Local Authority Interactive Tool (bds_long) and "
                "attendance of the year to date (Explore Education Statistics)",
                path.name,
            )
    return texts(path, "a download of official figures")


def _lait(table: pd.DataFrame, name: str) -> tuple[list[Row], list[Series]]:
    need(table, _LAIT, name)
    known = {short: told for short, *told in lines("lait_columns.csv")}
    table = table[table["Short Desc"].isin(known)]
    latest = max((y for y, _ in map(_year, table["Years"].unique())), default=0)
    version = f"LAIT, figures to {latest}"
    every = _lait_rows(table, known, version)
    rows = [row for row in every if not row.la_code or int(row.year_ending) > latest - _YEARS]
    if not rows:
        raise BadInput("None of the file's measures is known here", "", name)
    told = sorted({row.measure for row in rows} & set(measures_published()))
    return rows, [series_of(measure)._replace(version=version) for measure in told]


def _lait_rows(table: pd.DataFrame, known: dict[str, list[str]], version: str) -> Iterator[Row]:
    table = table.assign(
        value=pd.to_numeric(table["Values"], errors="coerce"),
        number=pd.to_numeric(table["LA Number"], errors="coerce"),
    )
    here = table["value"].notna() & ((table["number"] < _PLACES) | (table["number"] == _ENGLAND))
    columns = ["Short Desc", "Years", "LA and Regions", "value", "number"]
    for short, years, place, value, number in table.loc[here, columns].itertuples(index=False):
        year, mark = _year(years)
        if year:
            code = "" if number == _ENGLAND else f"{number:03.0f}"
            told = "provisional" if mark == "prov" else ""
            figure = f"{value:.10g}"
            measure, group, phase = known[short]
            yield Row(measure, group, phase, code, place, str(year), figure, version, told, "")


def _year(text: str) -> tuple[int, str]:
    """Give the year in which a school year ends, and what stands beside it; 0 for other spans."""
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        return 0, ""
    first, last, mark = found.groups()
    if last and int(last) != (int(first) + 1) % 100:
        return 0, ""  # a span of several years
    return int(first) + bool(last), mark or ""


def _to_date(found: pd.DataFrame, name: str) -> tuple[list[Row], list[Series]]:
    rows, version = [], ""
    places = found[found["geographic_level"].isin(["National", "Local authority"])]
    for line in places[places["education_phase"].isin(_PHASES)].to_dict("records"):
        year = int(line["time_period"][:2] + line["time_period"][4:])
        version = f"EES attendance {year - 1}/{year % 100:02d}, year to date"
        national = line["geographic_level"] == "National"
        code, place = ("", "England") if national else (line["old_la_code"], line["la_name"])
        phase = _PHASES[line["education_phase"]]
        for column, told in _TO_DATE.items():
            if line[column] == line[column]:
                value = f"{line[column]:.4g}"
                measured = (told.measure, "all", phase, code, place, str(year))
                rows.append(Row(*measured, value, version, "", ""))
    if not rows:
        raise BadInput("The file holds no figure of England or an authority", "", name)
    return rows, [told._replace(version=version) for told in _TO_DATE.values()]
