"""A sheet of cells as it was found: before anybody has said what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from writinggaps.readers.reading import Issue, Log, Place
from writinggaps.readers.schema import plain

__all__ = ["Cells", "Sheet", "body_rows", "cell_text", "find_header", "headings", "ragged"]

_LOOKED_AT = 25
_TOTALS = re.compile(
    r"\s*((grand |sub[ -]?)?totals?|averages?|mean|count|overall|whole (class|group|school))\W*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\s*((report|list|data|file) )?(created|generated|printed|exported|produced|source)\b.*|"
    r"\s*(page \d+|end of (report|file)|copyright|©).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """One column: its different texts, and which of them stands in each row."""

    codes: NDArray[np.intp]
    texts: Sequence[str]

    @classmethod
    def of(cls, texts: Sequence[str] | NDArray[Any]) -> Cells:
        """Find the different texts of a column."""
        codes, found = pd.factorize(np.asarray(texts, dtype=object))
        return cls(codes, found.tolist())

    def where(self, wanted: Sequence[bool]) -> NDArray[np.bool_]:
        """Give the rows whose text is one of those wanted."""
        picked: NDArray[np.bool_] = np.asarray(wanted, dtype=bool)[self.codes]
        return picked

    def at(self, row: int) -> str:
        """Give the text of a row."""
        return self.texts[int(self.codes[row])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All cells of one CSV file or one sheet of a workbook.

    Parameters
    ----------
    place : Place
        Where it is from.
    columns : list of Cells
        All of the same length.
    widths : array of int
        How many fields each row has.
    merged : frozenset of int
        Rows of merged cells, as Excel shows them.
    hidden : frozenset of int
        Rows that are hidden, as Excel shows them.
    cut : bool
        True where the last row has no end.
    origin : array of int, optional
        Each row's number as Excel shows it, where the rows are not those of the file.
    said : tuple of Issue
        What was found while reading a file that may turn out to be no table of ours.
    """

    place: Place
    columns: list[Cells] = field(repr=False)
    widths: NDArray[np.intp] = field(repr=False)
    merged: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    cut: bool = False
    origin: NDArray[np.intp] | None = field(default=None, repr=False)
    said: tuple[Issue, ...] = ()

    @classmethod
    def of(cls, place: Place, columns: Iterable[Sequence[str]], **more: Any) -> Sheet:
        """Make a sheet of columns of texts, all of the same length."""
        found = [Cells.of(column) for column in columns]
        widths = np.full(len(found[0].codes), len(found), dtype=np.intp)
        return cls(place=place, columns=found, widths=widths, **more)

    @property
    def numbers(self) -> NDArray[np.intp]:
        """Each row's number as Excel shows it."""
        return np.arange(1, len(self.widths) + 1) if self.origin is None else self.origin

    def row(self, number: int) -> list[str]:
        """Give the texts of one row, the first being 0."""
        return [cells.at(number) for cells in self.columns]

    def filled(self) -> NDArray[np.intp]:
        """Count the cells of each row that are not blank."""
        total = np.zeros(len(self.widths), dtype=np.intp)
        for cells in self.columns:
            total += cells.where([bool(text.strip()) for text in cells.texts])
        return total

    def says(self, pattern: re.Pattern[str], columns: Sequence[int]) -> NDArray[np.bool_]:
        """Find the rows in which one of the columns is wholly as the pattern says."""
        found = np.zeros(len(self.widths), dtype=bool)
        for number in columns:
            cells = self.columns[number]
            found |= cells.where([pattern.fullmatch(text) is not None for text in cells.texts])
        return found

    def footers(self, ids: int) -> NDArray[np.bool_]:
        """Find rows of totals and footers: they have no pupil of their own."""
        first = range(min(3, len(self.columns)))
        blank = self.columns[ids].where([not text.strip() for text in self.columns[ids].texts])
        no_pupil = blank | self.says(_TOTALS, [ids])
        found = self.says(_TOTALS, first) & no_pupil if no_pupil.any() else no_pupil
        few = self.filled() <= 2
        return found | (few & self.says(_FOOTER, first)) if few.any() else found


def cell_text(value: object) -> str:
    """Write the value of a cell as text: dates as in ISO 8601, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        bare = value.time() == time()
        return value.date().isoformat() if bare else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | Decimal | timedelta) else ""


def find_header(sheet: Sheet, known: Mapping[str, str]) -> int | None:
    """Find the row that holds most of the known headings; None where no row holds any."""
    best, most = None, 0
    for number in range(min(_LOOKED_AT, len(sheet.widths))):
        hits = len({known[key] for text in sheet.row(number) if (key := plain(text)) in known})
        if hits > most:
            best, most = number, hits
        if most == len(sheet.columns):
            break
    return best


def headings(sheet: Sheet, header: int) -> list[str]:
    """Give the headings, without blank columns at the right."""
    texts = [text.strip(" \t\r\n\xa0\ufeff") for text in sheet.row(header)]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def body_rows(
    sheet: Sheet, top: int, bottom: int, own: Sequence[int], log: Log
) -> NDArray[np.intp]:
    """Give the rows that hold data, and note those that do not.

    Parameters
    ----------
    sheet : Sheet
        The cells as found.
    top, bottom : int
        First and last row of the headings, the first row of the sheet being 0.
    own : sequence of int
        Columns whose headings were recognised, that of the pupil's number first.
    log : Log
        Where issues go.

    Returns
    -------
    array of int
        Rows below the headings without blank rows, repeated headings, totals and footers.
    """
    filled = sheet.filled()
    below = (np.arange(len(filled)) > bottom) & (filled > 0)
    repeated = below.copy()
    for number in own:
        title = sheet.row(bottom)[number]
        repeated &= sheet.columns[number].where([t == title for t in sheet.columns[number].texts])
    totals = below & sheet.footers(own[0]) & ~repeated
    titles = (np.arange(len(filled)) < top) & (filled > 0)
    found = {"title_rows": titles, "repeated_header": repeated, "totals_row": totals}
    for name, rows in found.items():
        if rows.any():
            log.add(name, sheet.place, rows=sheet.numbers[rows])
    return np.flatnonzero(below & ~repeated & ~totals)


def ragged(sheet: Sheet, body: NDArray[np.intp], width: int) -> dict[str, NDArray[np.bool_]]:
    """Find rows with fewer or more fields than the headings, and a last row that was cut off."""
    short = sheet.widths[body] < width
    cut = np.zeros(len(body), dtype=bool)
    if sheet.cut and short.any() and short[-1] and body[-1] == len(sheet.widths) - 1:
        short[-1], cut[-1] = False, True
    beyond = np.zeros(len(body), dtype=bool)
    for cells in sheet.columns[width:]:
        beyond |= cells.where([bool(text.strip()) for text in cells.texts])[body]
    even = bool((sheet.widths == sheet.widths[0]).all())
    return {"cut": cut, "short_row": short, "long_row": beyond & (not even)}
