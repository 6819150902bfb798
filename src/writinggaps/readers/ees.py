"""Tidy files of Explore Education Statistics: figures, and the symbols that stand for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from writinggaps.problems import BadInput, UnknownCode, Unreadable
from writinggaps.readers.bodies import ragged
from writinggaps.readers.delimited import read_delimited
from writinggaps.readers.reading import Log, Place, Reading
from writinggaps.readers.schema import code_table, spelling
from writinggaps.readers.sheets import headings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from writinggaps.readers.sheets import Cells, Sheet

__all__ = ["read_ees"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_NO_FIGURE = re.compile(r"(.*_)?(code|urn|laestab|ukprn)|time_period|.*_name|(.*_)?id")
_MOSTLY = 0.9


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
    place, log = Place(Path(path).name), Log()
    if not Path(path).is_file():
        raise Unreadable("The file does not exist", where=place.file)
    sheet = read_delimited(Path(path).read_bytes(), place, log)
    if sheet is None:
        raise Reading(digest="", issues=tuple(log.issues), rows={}).problem()
    names = headings(sheet, 0)
    rows = np.arange(1, len(sheet.widths))[sheet.filled()[1:] > 0]
    _whole(sheet, rows, names, place)
    columns: dict[str, object] = {}
    for name, cells in zip(names, sheet.columns, strict=False):
        columns |= _column(name, type(cells)(cells.codes[rows], cells.texts), rows, place)
    return pd.DataFrame(columns)


def _whole(sheet: Sheet, rows: NDArray[np.intp], names: list[str], place: Place) -> None:
    if len(set(names)) < len(names):
        raise BadInput("Two columns have the same heading", where=place.file)
    for name, wrong in ragged(sheet, rows, len(names)).items():
        if wrong.any():
            row = int(rows[wrong][0]) + 1
            raise BadInput(
                f"{int(wrong.sum())} of {len(rows)} rows do not have one field for each heading",
                name.replace("_", " "),
                f"{place.file}, row {row}",
                "Download the file again.",
            )


def _column(name: str, cells: Cells, rows: NDArray[np.intp], place: Place) -> dict[str, object]:
    texts = [text.strip() for text in cells.texts]
    numbers = cells.where([_NUMBER.fullmatch(text) is not None for text in texts])
    reasons = [_reason(text) for text in texts]
    unknown = cells.where([reason is None for reason in reasons])
    mostly = numbers.sum() > _MOSTLY * (numbers.sum() + unknown.sum())
    if _NO_FIGURE.fullmatch(name) or not mostly:
        return {name: pd.Series(texts, dtype="str").array.take(cells.codes)}
    if unknown.any():
        raise UnknownCode(
            "Something stands among figures that is neither a number nor a known symbol",
            f"known symbols are {', '.join(code_table('reasons').means)}",
            f"{place.file}, row {int(rows[unknown][0]) + 1}, column {name}",
        )
    values = [float(t) if r == "" else np.nan for t, r in zip(texts, reasons, strict=True)]
    figures = np.array(values, dtype=float)[cells.codes]
    if not np.isnan(figures).any():
        return {name: figures}
    return {
        name: figures,
        f"{name}_reason": pd.Series(reasons, dtype="str").array.take(cells.codes),
    }


def _reason(text: str) -> str | None:
    """Say why there is no number: empty for a number, None for what is not known."""
    if _NUMBER.fullmatch(text):
        return ""
    if not text:
        return "blank"
    codes = code_table("reasons")
    return codes.spelt.get(spelling(text)) or codes.retired.get(spelling(text))
