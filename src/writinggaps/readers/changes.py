"""What a corrected import changed since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.readers.schema import tables
from writinggaps.results import Label, Number, result

if TYPE_CHECKING:
    from writinggaps.readers.school import School

__all__ = ["TableChange", "what_changed"]


@result
class TableChange:
    """One table: how many of its rows are new, gone, or say something else."""

    table: Label
    added: Number
    removed: Number
    changed: Number

    @property
    def any(self) -> bool:
        """True where anything is different."""
        return bool(self.added or self.removed or self.changed)


def what_changed(before: School, now: School) -> tuple[TableChange, ...]:
    """Say what is different from the last time a school's data were read.

    Parameters
    ----------
    before, now : School
        The same school, read from the earlier and from the corrected data.

    Returns
    -------
    tuple of TableChange
        One for each table that either has. Rows are the same where the columns agree that name a
        row (the pupil, the date, the measure ...); tables whose rows have no name are compared
        whole, so that a corrected row is one removed and one added.
    """
    both = [name for name in tables() if name in before.tables or name in now.tables]
    return tuple(_change(name, before, now) for name in both)


def _change(name: str, before: School, now: School) -> TableChange:
    old, new = before.tables.get(name), now.tables.get(name)
    if old is None or new is None:
        added, removed = (0 if t is None else len(t) for t in (new, old))
        return TableChange(table=name, added=added, removed=removed, changed=0)
    columns = [str(column) for column in new if column in old]
    unique = list(tables()[name].unique) or columns
    old_rows, new_rows = _keyed(old, columns, unique), _keyed(new, columns, unique)
    common = old_rows.index.intersection(new_rows.index)
    differ = old_rows[common] != new_rows[common]
    return TableChange(
        table=name,
        added=len(new_rows) - len(common),
        removed=len(old_rows) - len(common),
        changed=int(differ.sum()),
    )


def _keyed(table: pd.DataFrame, columns: list[str], unique: list[str]) -> pd.Series[str]:
    """Give each row as one text, under the text of what names it and how often it came before."""
    texts = table[columns].astype("str").fillna("")
    key = texts[unique].agg("\0".join, axis=1)
    times = key.groupby(key).cumcount().astype("str")
    return pd.Series(texts.agg("\0".join, axis=1).to_numpy(), index=key + "\0" + times, dtype="str")
