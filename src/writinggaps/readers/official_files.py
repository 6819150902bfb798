"""Newer official figures, as downloaded: the Local Authority Interactive Tool and tidy files.

The tool's data file is long: a row for each measure, place and year. It comes as Parquet, which
needs the package pyarrow, or saved as CSV with the same headings. Of the tidy files of Explore
Education Statistics, attendance of the school year so far is known.
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.official import Row, Series, measures_published, series_of
from writinggaps.problems import BadInput, Unreadable
from writinggaps.readers.ees import read_ees

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_official"]

_LAIT = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
_ENGLAND, _PLACES = 970, 960
"""The tool's number of England, and the first of its numbers that are no authorities."""
_YEARS = 3
"""Of local authorities the latest years are kept, as in the figures that are shipped."""
_YEAR = re.compile(r"(\d{4})(?:[/-](\d{2}))?(?: \((Rev|Final|prov)\))?")
_PHASES = {"Primary": "primary", "Secondary": "secondary", "Total": "all"}
_TO_DATE = {
    "overall_absence_perc": ("absence_rate_to_date", "Overall absence, school year to date"),
    "pa_perc": ("persistent_absence_to_date", "Persistent absence, school year to date"),
}
_PLACE_COLUMNS = ("time_period", "geographic_level", "old_la_code", "education_phase")


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
    place = Path(path)
    if place.suffix.lower() == ".parquet" or _heading(place)[:1] == ["Short Desc"]:
        return _lait(_long(place), place.name)
    found = read_ees(place)
    if not {*_PLACE_COLUMNS, *_TO_DATE} <= set(found.columns):
        raise BadInput(
            "This is no file of official figures that is known here",
            "the tool's long file, or attendance of the year to date",
            place.name,
        )
    return _to_date(found, place.name)


def _heading(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError):
        return []


def _long(path: Path) -> pd.DataFrame:
    """Read the tool's file with every cell as text."""
    try:
        if path.suffix.lower() != ".parquet":
            return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        return pd.read_parquet(path).astype(str)
    except ImportError:
        raise Unreadable(
            "A Parquet file is read with the package pyarrow, which is not installed",
            where=path.name,
            remedy="Install it (pip install pyarrow), or save the file as CSV.",
        ) from None
    except (OSError, ValueError) as why:
        raise Unreadable("The file cannot be read", where=path.name) from why


def _lait(table: pd.DataFrame, name: str) -> tuple[list[Row], list[Series]]:
    if missing := [column for column in _LAIT if column not in table]:
        raise BadInput(f"The column '{missing[0]}' is missing", ", ".join(_LAIT), name)
    text = files("writinggaps.defaults").joinpath("official", "lait_columns.csv").read_text("utf-8")
    known = {line[0]: line[1:] for line in list(csv.reader(text.splitlines()))[1:]}
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
    values = pd.to_numeric(table["Values"], errors="coerce")
    numbers = pd.to_numeric(table["LA Number"], errors="coerce")
    here = values.notna() & ((numbers < _PLACES) | (numbers == _ENGLAND))
    for (short, years, place), value, number in zip(
        table.loc[here, ["Short Desc", "Years", "LA and Regions"]].itertuples(index=False),
        values[here],
        numbers[here],
        strict=True,
    ):
        year, mark = _year(years)
        if year:
            code = "" if number == _ENGLAND else f"{number:03.0f}"
            measure, group, phase = known[short]
            told = "provisional" if mark == "prov" else ""
            figure = f"{value:.10g}"
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
    source = "Pupil attendance in schools, Explore Education Statistics (Department for Education)"
    rows, version = [], ""
    places = found[found["geographic_level"].isin(["National", "Local authority"])]
    for line in places[places["education_phase"].isin(_PHASES)].to_dict("records"):
        year = int(str(line["time_period"])[:2] + str(line["time_period"])[4:])
        version = f"EES attendance {year - 1}/{year % 100:02d}, year to date"
        national = line["geographic_level"] == "National"
        code = "" if national else str(line["old_la_code"])
        where = "England" if national else str(line["la_name"])
        for column, (measure, _) in _TO_DATE.items():
            if line[column] == line[column]:
                phase, value = _PHASES[str(line["education_phase"])], f"{line[column]:.4g}"
                rows.append(
                    Row(measure, "all", phase, code, where, str(year), value, version, "", "")
                )
    if not rows:
        raise BadInput("The file holds no figure of England or an authority", "", name)
    units = ("% of possible sessions", "% of pupils")
    coverage = "state-funded schools; the school year so far, and not the whole of it"
    return rows, [
        Series(measure, version, label, unit, source, coverage)
        for (measure, label), unit in zip(_TO_DATE.values(), units, strict=True)
    ]
