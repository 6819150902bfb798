"""An export before anybody has said what it fills: its headings, its rows, the cells of a column.

Headings often stand in two rows, terms over subjects. Cells may have to be joined, added up,
decoded or worked out before they are what one of our columns holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from writinggaps.readers.maps import ExportMap, Source
from writinggaps.readers.reading import Log
from writinggaps.readers.schema import code_table, plain, spelling
from writinggaps.readers.sheets import Sheet, body_rows, find_header, ragged
from writinggaps.readers.values import MIXED

__all__ = ["Export", "column_of", "headings_of", "open_export", "proportions"]

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Export:
    """An export with its headings found.

    Parameters
    ----------
    sheet : Sheet
        As found.
    written : list of str
        What each column is called.
    frame : DataFrame
        The cells below the headings, by number of column; the index is the row of the sheet.
    """

    sheet: Sheet
    written: list[str] = field(repr=False)
    frame: pd.DataFrame = field(repr=False)

    def column(self, heading: str) -> pd.Series | None:
        """Give the cells under a heading in plain letters; the first where it stands twice."""
        names = [plain(text) for text in self.written]
        return self.frame[names.index(heading)] if heading in names else None


@dataclass(frozen=True, slots=True)
class Headings:
    """First and last row of the headings, the columns that are known, and every heading whole."""

    top: int
    bottom: int
    own: list[int]
    written: list[str]


def headings_of(sheet: Sheet, known: Mapping[str, str]) -> Headings | None:
    """Find the headings of an export; None where none of those known is there."""
    header = find_header(sheet, known)
    if header is None:
        return None
    row = sheet.row(header)
    own = [number for number, text in enumerate(row) if plain(text) in known]
    top, bottom = _two_rows(sheet, header, own)
    written = _joined(sheet.row(top), sheet.row(bottom), own) if top < bottom else row
    return Headings(top, bottom, own, written)


def open_export(sheet: Sheet, told: ExportMap, log: Log) -> Export | None:
    """Find the headings and the rows of an export; rows too short or too long are said."""
    found = headings_of(sheet, told.headings)
    if found is None:
        return None
    body = body_rows(sheet, found.top, found.bottom, found.own, log)
    width = max((n + 1 for n, text in enumerate(found.written) if text.strip()), default=0)
    lost = np.zeros(len(body), dtype=bool)
    for name, rows in ragged(sheet, body, width).items():
        if rows.any():
            log.add(name, sheet.place, rows=sheet.numbers[body[rows]])
        lost |= rows
    body = body[~lost]
    cells = {n: np.array(c.texts, dtype=object)[c.codes[body]] for n, c in enumerate(sheet.columns)}
    return Export(sheet, found.written, pd.DataFrame(cells, index=body, dtype=object))


def _two_rows(sheet: Sheet, header: int, own: Sequence[int]) -> tuple[int, int]:
    """Say in which rows the headings begin and end: often terms stand over subjects."""
    row = sheet.row(header)
    rest = [n for n in range(len(row)) if n not in own]
    if header + 1 < len(sheet.widths):
        below = sheet.row(header + 1)
        under = all(not below[n].strip() or below[n] == row[n] for n in own)
        if under and sum(bool(below[n].strip()) for n in rest) >= 1:
            return header, header + 1
    if header > 0:
        above = sheet.row(header - 1)
        over = sum(bool(above[n].strip()) for n in rest)
        alone = sum(bool(text.strip()) for text in above) == 1 and bool(above[0].strip())
        if over and not alone:
            return header - 1, header
    return header, header


def _joined(top: list[str], bottom: list[str], own: Sequence[int]) -> list[str]:
    """Join two rows of headings; a heading above is carried to the right until the next one."""
    names, carried = [], ""
    for number, (over, under) in enumerate(zip(top, bottom, strict=True)):
        if number in own:
            names.append(over if plain(over) and not plain(under) else under or over)
            carried = ""
            continue
        carried = over.strip() or (carried if under.strip() else "")
        same = plain(carried) == plain(under)
        names.append(under.strip() if same else f"{carried} {under.strip()}".strip())
    return names


def column_of(export: Export, source: Source) -> pd.Series | None:
    """Give the cells of one of our columns; None where the export has nothing for it."""
    for cells in _columns(export, source.headings)[:1]:
        return cells.map({text: _meaning(text, source) for text in cells.unique()})
    parts = [part.str.strip() for part in _columns(export, source.join + source.add)]
    present, possible = _columns(export, source.present), _columns(export, source.of)
    if parts:
        whole = zip(*parts, strict=True)
        made = [_sum(t) if source.add else ", ".join(filter(None, t)) for t in whole]
    elif present and possible:
        made = _missed(list(present[0].str.strip()), list(possible[0].str.strip()))
    else:
        return None
    return pd.Series(made, index=export.frame.index, dtype=object)


def _columns(export: Export, headings: Sequence[str]) -> list[pd.Series]:
    """Give the columns that are there."""
    return [cells for heading in headings if (cells := export.column(heading)) is not None]


def _meaning(text: str, source: Source) -> str:
    """Say what a cell becomes: a code that is neither yes nor no is blank, one not known stays."""
    bare = text.strip()
    if source.text:
        return source.text.format(bare) if bare else ""
    if source.values:
        return source.values.get(spelling(bare), text)
    codes = code_table(source.codes) if source.codes else None
    code = codes.spelt.get(spelling(bare)) if codes else None
    if codes is None or code is None:
        return text
    group = codes.group.get(code, "")
    return "y" if group in source.yes else "n" if group in source.no else ""


def _missed(present: list[str], possible: list[str]) -> list[str]:
    """Work out sessions missed from percentages attended and possible sessions."""
    made = []
    for share, said, whole in zip(proportions(present), present, possible, strict=True):
        number = whole.replace(",", "")
        if share is None or not number.replace(".", "", 1).isdecimal():
            made.append(said and (MIXED if _may_be_share(said) else f"{said} %"))
        else:
            made.append(str(round(float(number) * (1 - share))))
    return made


def _may_be_share(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and 0 < float(text) <= 1


def proportions(texts: Sequence[str]) -> list[float | None]:
    """Read percentages as they are written: `95%`, `95` or `0.95`.

    Numbers without a percent sign are proportions where none of them is more than 1. In a column of
    95 and 100 a number up to 1 may be either, and is not guessed.

    Parameters
    ----------
    texts : sequence of str
        The cells of one column.

    Returns
    -------
    list of float or None
        Between 0 and 1; None for what is blank, no number, above 100 percent, or may be either.

    Examples
    --------
    >>> proportions(["95%", "104.5%", ""]), proportions(["0.95", "1"]), proportions(["95", "1"])
    ([0.95, None, None], [0.95, 1.0], [0.95, None])
    """
    bare = [text.strip().removesuffix("%").strip() for text in texts]
    numbers = [float(t) if _NUMBER.fullmatch(t) else None for t in bare]
    signs = [text.strip().endswith("%") for text in texts]
    plain = [n for n, sign in zip(numbers, signs, strict=True) if n is not None and not sign]
    whole = 1.0 if plain and max(plain) <= 1 else 100.0
    found = [
        None
        if n is None or (not sign and whole > 1 and 0 < n <= 1)
        else n / (100 if sign else whole)
        for n, sign in zip(numbers, signs, strict=True)
    ]
    return [None if n is None or n > 1 else n for n in found]


def _sum(texts: Sequence[str]) -> str:
    try:
        return str(sum(float(text.replace(",", "") or 0) for text in texts))
    except ValueError:
        return " + ".join(texts)
