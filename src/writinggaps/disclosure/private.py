"""Lists of pupils, for the people who teach them, and never on a page.

A page says how many; who they are stands in a file of its own under `_private/`, which the runner
writes. In a notebook a list shows one line that says where to look, and carries its rows in a block
that the runner takes out of the staff edition and that a shared edition never has.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from writinggaps.disclosure.editions import Edition
from writinggaps.problems import BadArgument
from writinggaps.results import is_result, kinds
from writinggaps.withheld import Withheld

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

    def _ipython_display_(self) -> None:
        """Show nothing at all in a shared edition, and the line with its block to staff."""
        if self.rows:
            from IPython.display import display

            display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        line = f"{self.title} are named in the private lists of this report."
        block = {"title": self.title, "columns": self.columns, "rows": self.rows}
        return {"text/markdown": f"*{line}*", "text/plain": line, PRIVATE_MIME: block}


def private_list(
    edition: Edition | str, title: str, of: object, field: str, pupils: pd.DataFrame
) -> PrivateList:
    """List pupils for staff; give an empty list to every other edition.

    Parameters
    ----------
    edition : Edition or str
        For whom the report is.
    title : str
        What these pupils have in common.
    of : a result, or Withheld
        The exact result (not released); a withheld one has no pupils.
    field : str
        Which of its `PupilIds` fields to list.
    pupils : DataFrame
        The school's pupils table; a pupil who is not in it is listed by identifier alone.

    Raises
    ------
    BadArgument
        If the result has no such field of pupils.

    Examples
    --------
    >>> import pandas as pd
    >>> pupils = pd.DataFrame({"pupil_id": ["p1", "p2"], "class": ["4A", "4B"]})
    >>> none = Withheld(reason="no_records", found="There is no statements table")
    >>> private_list("staff", "Secure only with support", none, "only_supported_pupils", pupils)
    PrivateList()
    """
    if Edition(edition) is not Edition.STAFF or isinstance(of, Withheld):
        return PrivateList(title="", columns=(), rows=())
    kind = kinds(type(of)).get(field) if is_result(of) else None
    if kind is None or kind.name != "pupils":
        raise BadArgument(
            f"A {type(of).__name__} has no field of pupils called '{field}'", "a PupilIds field"
        )
    columns = [column for column in _COLUMNS if column in pupils]
    rows = pupils.set_index("pupil_id", drop=False).reindex(list(dict.fromkeys(getattr(of, field))))
    rows = rows.assign(pupil_id=rows.index).rename_axis(None).sort_values(columns[::-1])
    cells = rows[columns].astype("string").fillna("")
    return PrivateList(
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(str(cell) for cell in row) for row in cells.to_numpy()),
    )
