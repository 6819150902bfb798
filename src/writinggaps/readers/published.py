"""Published studies of schemes: a small table, typed by hand, with a citation in every row."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pandas as pd

from writinggaps.problems import BadInput, MissingColumn, Unreadable

__all__ = ["read_gap_reductions", "read_studies"]

_NUMBERS = {
    "studies.csv": (
        "age_low", "age_high", "n", "n_comparison", "months_between", "weeks_between", "pre",
        "post", "gain_months", "published_ratio_gain", "effect",
    ),
    "gap_reductions.csv": ("row", "impact", "comparison_mean", "published_reduction"),
}  # fmt: skip

_REFUSED = "n/a"
_ANSWERS = ("published_ratio_gain",)
"""Columns in which a publication may say that there is no such figure."""


def read_studies(path: str | Path = "") -> pd.DataFrame:
    """Read published studies.

    Parameters
    ----------
    path : str or Path, optional
        A table of one's own in the columns of the table that comes with the library, which is
        read where nothing is given.

    Returns
    -------
    DataFrame
        A row for each group and outcome of a study. Numbers are floats, blank where the study does
        not give them; everything else is text. `published_ratio_gain_refused` is true where the
        publication says "n/a". `gain_months` stands only where the scale is ages;
        `effect` is against the group named in `compared_with`; `why_not` says why something is
        missing; `citation` is in every row.

    Raises
    ------
    Unreadable, MissingColumn, BadInput
        If there is no such table, or it lacks a column, a citation, or a number where one should
        be.

    Examples
    --------
    >>> studies = read_studies().set_index("study")
    >>> float(studies.loc["spellit-taught", "published_ratio_gain"])
    1.2
    """
    return _read("studies.csv", path)


def read_gap_reductions() -> pd.DataFrame:
    """Read published impacts with the share of the distance to the norm that they closed.

    Examples
    --------
    >>> len(read_gap_reductions())
    12
    """
    return _read("gap_reductions.csv", "")


def _read(name: str, path: str | Path) -> pd.DataFrame:
    shipped = files("writinggaps.defaults").joinpath("published", name)
    with shipped.open(encoding="utf-8") as ours:
        known = pd.read_csv(ours, dtype=str, keep_default_na=False)
    found = _own(Path(path)) if str(path) else known
    missing = [column for column in known if column not in found]
    if missing:
        raise MissingColumn(f"There is no column '{missing[0]}'", "", str(path))
    uncited = found["citation"].str.strip().eq("")
    if uncited.any():
        raise BadInput(f"{int(uncited.sum())} rows have no citation", "one in every row", str(path))
    refused = {f"{column}_refused": found[column].str.strip().eq(_REFUSED) for column in _ANSWERS
               if column in found}  # fmt: skip
    numbers = {column: _number(found[column], column, path) for column in _NUMBERS[name]}
    return found.assign(**numbers, **refused)


def _own(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise Unreadable(f"There is no file '{path}'", "a CSV file of published studies")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _number(texts: pd.Series, column: str, path: str | Path) -> pd.Series:
    blank = texts.str.strip().isin(["", _REFUSED] if column in _ANSWERS else [""])
    made = pd.to_numeric(texts.mask(blank), errors="coerce").astype(float)
    wrong = made.isna() & ~blank
    if wrong.any():
        raise BadInput(f"'{texts[wrong].iloc[0]}' in '{column}' is no number", "", str(path))
    return made
