"""Lists of pupils, for the people who teach them, and never on a page.

A page says how many; who they are stands in a file of its own under `_private/`, which the runner
writes. In a notebook a list shows one line that says where to look, and carries its rows in a block
that the runner takes out of the staff edition and that a shared edition never has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from writinggaps.disclosure.editions import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["PRIVATE_MIME", "PrivateList", "private_list"]

PRIVATE_MIME = "application/vnd.writinggaps.private+json"
"""The output block that carries a private list: `{"title", "columns", "rows"}`."""

_COLUMNS = ("pupil_id", "name", "class", "year_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateList:
    """Which pupils, by name where the school gave names.

    Parameters
    ----------
    title : str
        What these pupils have in common.
    columns : tuple of str
        Column headings.
    rows : tuple of tuple of str
        One row per pupil; empty in a shared edition.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return f"PrivateList({self.title!r})" if self.rows else "PrivateList()"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        if not self.rows:
            return {"text/plain": ""}
        line = "Who these pupils are is in the private lists of this report."
        block = {"title": self.title, "columns": self.columns, "rows": self.rows}
        return {"text/markdown": f"*{line}*", "text/plain": line, PRIVATE_MIME: block}


def private_list(
    edition: Edition | str, title: str, pupil_ids: Iterable[str], pupils: pd.DataFrame
) -> PrivateList:
    """List pupils for staff; give an empty list to every other edition.

    Parameters
    ----------
    edition : Edition or str
        For whom the report is.
    title : str
        What these pupils have in common.
    pupil_ids : iterable of str
        From a result's `PupilIds` field, exact (not released).
    pupils : DataFrame
        The school's pupils table; a pupil who is not in it is listed by identifier alone.

    Examples
    --------
    >>> import pandas as pd
    >>> pupils = pd.DataFrame({"pupil_id": ["p1", "p2"], "class": ["4A", "4B"]})
    >>> private_list("staff", "Secure only with support", ["p2"], pupils).rows
    (('p2', '4B'),)
    >>> private_list("governors", "Secure only with support", ["p2"], pupils).rows
    ()
    """
    if Edition(edition) is not Edition.STAFF:
        return PrivateList(title="", columns=(), rows=())
    columns = [column for column in _COLUMNS if column in pupils]
    rows = pupils.set_index("pupil_id", drop=False).reindex(list(dict.fromkeys(pupil_ids)))
    rows = rows.assign(pupil_id=rows.index).rename_axis(None).sort_values(columns[::-1])
    cells = rows[columns].astype("string").fillna("")
    return PrivateList(
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(str(cell) for cell in row) for row in cells.to_numpy()),
    )
