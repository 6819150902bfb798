"""CSV files that are no school's: official statistics, published studies, trials.

Such a file is read whole or refused: its headings stand in the first row, and each of its rows has
one field for each heading. Cells stay text until somebody asks for numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from writinggaps.problems import BadInput, MissingColumn, Unreadable, hint
from writinggaps.readers.delimited import read_delimited
from writinggaps.readers.reading import Log, Place, Reading, spoken_rows
from writinggaps.readers.sheets import headings

__all__ = ["figures", "first", "need", "numbers", "refuse", "texts"]

_AGAIN = "Take the file again as it was published, or put texts with commas in quotation marks."


def texts(path: str | Path, needed: str = "a CSV file", *, ends: bool = False) -> pd.DataFrame:
    """Read a file with every cell as text; rows without anything in them are left out.

    Parameters
    ----------
    path : str or Path
        The file, in any encoding.
    needed : str, optional
        What it should be, as a noun phrase.
    ends : bool, optional
        True where rows may end before the last heading: what is missing is then nan.

    Returns
    -------
    DataFrame
        By heading; the index is the row as Excel shows it.

    Raises
    ------
    Unreadable
        If there is no such file, or no text in it.
    BadInput
        If a heading stands twice, or a row has more or fewer fields than there are headings.
    """
    place, log = Place(Path(path).name), Log()
    if not Path(path).is_file():
        raise Unreadable(f"There is no file '{path}'", f"{needed} is needed")
    sheet = read_delimited(Path(path).read_bytes(), place, log)
    if sheet is None:
        raise Reading(digest="", issues=tuple(log.issues), rows={}).problem()
    names = headings(sheet, 0)
    if len(set(names)) < len(names):
        raise BadInput("Two columns have the same heading", where=place.file)
    rows = np.flatnonzero(sheet.filled()[1:]) + 1
    widths = sheet.widths[rows]
    for row in rows[(widths > sheet.widths[0]) | (not ends and widths < len(names))][:1]:
        raise BadInput(
            f"The line has {sheet.widths[row]} fields and there are {len(names)} headings",
            "a comma inside a name would move every figure into the next column",
            f"{place.file}, row {row + 1}",
            _AGAIN,
        )
    found = {
        name: pd.Series(list(cells.texts), dtype="str").take(cells.codes[rows]).set_axis(rows + 1)
        for name, cells in zip(names, sheet.columns, strict=False)
    }
    frame = pd.DataFrame(found, index=rows + 1)
    return frame.mask(widths[:, None] <= np.arange(len(names))) if ends else frame


def need(found: pd.DataFrame, columns: Iterable[str], where: str) -> None:
    """Refuse a file that lacks a column.

    Raises
    ------
    MissingColumn
        With the heading that is spelt most like it.
    """
    for name in columns:
        if name not in found:
            known = hint(name, map(str, found.columns))
            raise MissingColumn(f"There is no column '{name}'", "", where, known)


def first(wrong: pd.Series) -> int:
    """Give the first row that is wrong, as Excel shows it."""
    return int(wrong.index[wrong][0])


def refuse(wrong: pd.Series, what: str, where: str) -> None:
    """Refuse a file in which some rows have something that they must not have.

    Raises
    ------
    BadInput
        With the rows as Excel shows them.
    """
    if wrong.any():
        rows = tuple(map(int, wrong.index[wrong]))
        many = "1 row has" if len(rows) == 1 else f"{len(rows)} rows have"
        raise BadInput(f"{many} {what}", "", f"{where}, {spoken_rows(rows)}")


def numbers(found: pd.Series, where: str, blank: Iterable[str] = ("",)) -> pd.Series:
    """Read a column of numbers, nan where it is blank.

    Raises
    ------
    BadInput
        If something else stands there.
    """
    bare = found.str.strip()
    made = pd.to_numeric(bare.mask(bare.isin(list(blank))), errors="coerce").astype(float)
    refuse(made.isna() & ~bare.isin(list(blank)), f"no number in '{found.name}'", where)
    return made


def figures(found: pd.Series, reason: Callable[[str], str | None]) -> tuple[pd.Series, pd.Series]:
    """Read a column of published figures, in which symbols may stand in the place of numbers.

    Parameters
    ----------
    found : Series of str
        The cells.
    reason : callable
        What a cell says in the place of a number: nothing where it is one, None where that is not
        known.

    Returns
    -------
    (Series of float, Series of str)
        The figures, and why there is none; both are nan for what is not known.
    """
    reasons = {text: reason(text) for text in found.dropna().unique()}
    values = {text: float(text.rstrip("% ")) for text, why in reasons.items() if why == ""}
    return found.map(values).astype(float), found.map(reasons)
