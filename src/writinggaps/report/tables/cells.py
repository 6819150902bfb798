"""What tables are laid out from: columns that say what gives their cells, and common cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import Finding
from writinggaps.report.faces import Table
from writinggaps.report.words.language import out_of, so_many_of
from writinggaps.withheld import Withheld

Cells = dict[str, Callable[[Any], str]]

__all__ = ["NONE", "NOT_SHOWN", "cell", "laid", "with_percent"]

NOT_SHOWN = "not shown"
NONE = "–"
"""Where nothing was published, or there is nobody."""


def laid(
    caption: str,
    cells: Cells,
    rows: Iterable[Any],
    note: str = "",
    *,
    findings: Iterable[Finding] = (),
) -> Table:
    """Lay out a table from its columns, each a heading with what gives its cell of a row.

    Parameters
    ----------
    caption, note : str
        What the table shows, and how to read it.
    cells : dict of str to callable
        For each heading what makes a row's cell.
    rows : iterable
        What the rows are about.
    findings : iterable of Finding, optional
        Records that go with the table.

    Examples
    --------
    >>> squares = laid("Squares", {"N": str, "Square": lambda n: str(n * n)}, [2, 3])
    >>> squares.columns, squares.rows
    (('N', 'Square'), (('2', '4'), ('3', '9')))
    """
    return Table(
        caption=caption,
        columns=tuple(cells),
        rows=tuple(tuple(give(row) for give in cells.values()) for row in rows),
        note=note,
        findings=tuple(findings),
    )


def cell(share: Share | Withheld | None, released: Released[Any]) -> str:
    """Write a share for a table: so many of so many, or why not.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> staff = release(share(12, 23), "staff")
    >>> cell(staff.value, staff), cell(None, staff)
    ('12 of 23', '')
    """
    if share is None:
        return ""
    if isinstance(share, Withheld):
        return "too little evidence" if share.reason == "too_little_evidence" else NOT_SHOWN
    return out_of(share, released)


def with_percent(share: Share | Withheld, released: Released[Any]) -> str:
    """Write a share for a table, with its percentage where that may be told.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> for edition in ("staff", "governors"):
    ...     print(with_percent((seen := release(share(48, 60), edition)).value, seen))
    48 of 60 (80%)
    about 50 of 60
    """
    if isinstance(share, Withheld):
        return share.symbol
    return so_many_of(share, released, noun="") if released.exact else out_of(share, released)
