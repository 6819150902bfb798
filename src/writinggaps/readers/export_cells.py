"""The cells of one of our columns, as an export has them: joined, added up, decoded, worked out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from writinggaps.readers.schema import code_table, spelling
from writinggaps.readers.sheets import Cells
from writinggaps.readers.values import MIXED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writinggaps.readers.export_headings import Export
    from writinggaps.readers.maps import Source

__all__ = ["cells_of", "proportions"]

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


def cells_of(export: Export, source: Source) -> Cells | None:
    """Give the cells of one of our columns; None where the export has nothing for it."""
    for heading in source.headings:
        number = export.column(heading)
        if number is not None:
            return _decoded(export.cells(number), source)
    texts = _texts(export, source.join + source.add)
    if texts:
        whole = list(zip(*texts, strict=True))
        return Cells.of([_sum(t) if source.add else ", ".join(filter(None, t)) for t in whole])
    present, possible = _texts(export, source.present), _texts(export, source.of)
    if present and possible:
        return Cells.of(_missed(present[0], possible[0]))
    return None


def _texts(export: Export, headings: Sequence[str]) -> list[list[str]]:
    """Give the texts of the columns that are there."""
    numbers = [number for h in headings if (number := export.column(h)) is not None]
    rows = range(len(export.body))
    return [[export.cells(number).at(row).strip() for row in rows] for number in numbers]


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


def _decoded(cells: Cells, source: Source) -> Cells:
    """Turn codes into yes and no: one that is neither stays blank, one not known stays."""
    if source.text:
        told = [source.text.format(text.strip()) if text.strip() else "" for text in cells.texts]
        return replace(cells, texts=told)
    if source.values:
        told = [source.values.get(spelling(text.strip()), text) for text in cells.texts]
        return replace(cells, texts=told)
    if not source.codes:
        return cells
    codes = code_table(source.codes)
    texts = []
    for text in cells.texts:
        code = codes.spelt.get(spelling(text.strip()))
        group = codes.group.get(code or "", "")
        said = "y" if group in source.yes else "n" if group in source.no else ""
        texts.append(said if code else text)
    return replace(cells, texts=texts)
