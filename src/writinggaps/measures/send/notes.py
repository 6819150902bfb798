"""The school's own words, kept from run to run.

Nobody but the school can say whether its words are about a child. So a note is for staff, unless
the school has written in the column `edition` that it may stand in a wider one.
"""

from __future__ import annotations

import pandas as pd

from writinggaps.readers.roll import until
from writinggaps.readers.school import School
from writinggaps.results import Label, result

__all__ = ["SECTIONS", "Note", "Notes", "own_words"]

SECTIONS = {
    "send_report": ("context", "attendance", "behaviour", "outcomes", "provision", "story"),
    "development_plan": ("plan",),
}
"""The sections of reports in which a school's own words may stand, in order."""

_EDITIONS = ("staff", "governors", "public")


@result
class Note:
    """What somebody wrote, in which role, and when (as 2025-12-01; empty where it is not told)."""

    text: Label
    author: Label
    date: Label


@result
class Notes:
    """The notes of one section, latest first."""

    report: Label
    section: Label
    notes: tuple[Note, ...]


def own_words(school: School, *, report: str, section: str, term: str, edition: str) -> Notes:
    """Give the notes of a section that an edition may show.

    Parameters
    ----------
    school : School
        With a table of notes or without.
    report, section : str
        As in the table: `send_report`, `attendance`.
    term : str
        Notes dated up to its end; undated ones always.
    edition : str
        `staff`, `governors` or `public`.

    Examples
    --------
    >>> import pandas as pd
    >>> from writinggaps.readers import School
    >>> told = pd.DataFrame({"report": "send_report", "section": "attendance",
    ...                      "text": ["For staff.", "For all."], "edition": ["", "public"]})
    >>> school = School(key="1", name="A", phase="primary", tables={"notes": told})
    >>> asked = {"report": "send_report", "section": "attendance", "term": "2025-26-autumn"}
    >>> [n.text for n in own_words(school, **asked, edition="governors").notes]
    ['For all.']
    """
    told = school.tables.get("notes")
    if told is None or told.empty:
        return Notes(report=report, section=section, notes=())
    rows = told[told["report"].eq(report) & told["section"].eq(section)]
    if "date" in rows:
        dated = rows["date"].notna()
        rows = rows[~dated | rows.index.isin(until(rows[dated], term).index)]
        rows = rows.sort_values("date", ascending=False, kind="stable")
    widest = rows["edition"] if "edition" in rows else [""] * len(rows)
    rows = rows[[_EDITIONS.index(edition) <= _width(each) for each in widest]]
    return Notes(
        report=report, section=section, notes=tuple(_note(row) for _, row in rows.iterrows())
    )


def _width(edition: object) -> int:
    """Say how widely a note may be read; for staff alone unless the school said otherwise."""
    return _EDITIONS.index(str(edition)) if edition in _EDITIONS else 0


def _note(row: pd.Series) -> Note:
    day = row.get("date")
    author = row.get("author_role")
    return Note(
        text=str(row["text"]),
        author=str(author) if isinstance(author, str) else "",
        date="" if day is None or day != day else str(day.date()),
    )
