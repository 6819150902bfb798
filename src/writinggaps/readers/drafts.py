"""A table while it is being read: typed columns, and which rows are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from writinggaps.readers.reading import Log, Place, rules
from writinggaps.readers.schema import Column, Table
from writinggaps.readers.sheets import Cells
from writinggaps.readers.values import reader

__all__ = ["Draft", "Typed", "typed"]

_KEPT_VALUES = 200
_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Typed(Cells):
    """A column read: what each of its texts means, and the rule by which it was read."""

    values: Sequence[object] = (None,)
    rules: Sequence[str] = ()

    def blank(self) -> NDArray[np.bool_]:
        """Give the rows without a value."""
        return self.where([value is None for value in self.values])

    def same(self) -> NDArray[np.intp]:
        """Give rows with equal values equal numbers."""
        numbers: dict[object, int] = {}
        each = [numbers.setdefault(value, len(numbers)) for value in self.values]
        same: NDArray[np.intp] = np.array(each, dtype=np.intp)[self.codes]
        return same

    def take(self, rows: NDArray[np.bool_]) -> Typed:
        """Keep some rows only."""
        return replace(self, codes=self.codes[rows])

    def array(self, kind: str) -> Any:
        """Give the column as pandas holds its kind."""
        if kind == "number":
            numbers = [np.nan if value is None else value for value in self.values]
            return np.array(numbers, dtype=float)[self.codes]
        if kind == "date":
            return np.array(self.values, dtype="datetime64[us]")[self.codes]
        dtype = {"boolean": "boolean", "year_group": "Int64"}.get(kind, "str")
        return pd.Series(list(self.values), dtype=dtype).array.take(self.codes)


def typed(cells: Cells, column: Column) -> Typed:
    """Read a column of cells, each different text once."""
    read = reader(column)
    found = [read(text) for text in cells.texts]
    return Typed(cells.codes, cells.texts, [v for v, _ in found], [r for _, r in found])


@dataclass(slots=True)
class Draft:
    """A table between its cells and its DataFrame.

    Parameters
    ----------
    table : Table
        What it should hold.
    place : Place
        Where it is from.
    rows : array of int
        Each row's number as Excel shows it.
    columns : dict of str to Typed
        All columns of the table; those not supplied are blank.
    extra : dict of str to Typed
        Columns that are not the table's own, as text.
    log : Log
        Where issues go.
    """

    table: Table
    place: Place
    rows: NDArray[np.intp]
    columns: dict[str, Typed]
    extra: dict[str, Typed]
    log: Log
    aside: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.aside = np.zeros(len(self.rows), dtype=bool)

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    def flag(
        self,
        name: str,
        rows: NDArray[np.bool_],
        column: str = "",
        *,
        aside: bool = False,
        **facts: object,
    ) -> None:
        """Note an issue with rows not set aside before; set them aside where its rule says so."""
        rows = rows & ~self.aside
        if not rows.any():
            return
        lost = "; the row was set aside" if rows.sum() == 1 else "; the rows were set aside"
        self.log.add(
            name,
            self.place,
            column=column,
            rows=self.rows[rows],
            values=self._values(column, rows),
            then=lost if aside else "",
            **facts,
        )
        if aside or rules()[name].aside:
            self.aside |= rows

    def _values(self, column: str, rows: NDArray[np.bool_]) -> list[str]:
        found = self.columns.get(column)
        if found is None or not found.texts:
            return []
        return [found.texts[code] for code in found.codes[rows][:_KEPT_VALUES]]

    def same(self, names: Sequence[str]) -> NDArray[np.intp]:
        """Give rows that are equal in all these columns equal numbers."""
        key, size = np.zeros(len(self.rows), dtype=np.intp), 1
        for name in names:
            column = self.columns.get(name) or self.extra[name]
            if size * len(column.values) > _LARGEST:
                key = pd.factorize(key)[0]
                size = len(key) + 1
            key = key * len(column.values) + column.same()
            size *= len(column.values)
        return key

    def frame(self) -> pd.DataFrame:
        """Give the rows that were kept as a DataFrame."""
        kept = ~self.aside
        own = {n: c.take(kept).array(self.table.columns[n].type) for n, c in self.columns.items()}
        extra = {name: column.take(kept).array("text") for name, column in self.extra.items()}
        return pd.DataFrame({**own, **extra})
