"""Which rows of a sheet hold data, and which of those are too short or too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from writinggaps.readers.reading import Log
    from writinggaps.readers.sheets import Sheet

__all__ = ["body_rows", "ragged"]


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
