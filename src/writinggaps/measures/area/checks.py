"""What became of every line of the files, and whether the schools add up to the published row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.area.place import Area
from writinggaps.readers.ks2_tables import why_missing
from writinggaps.results import Label, Labels, Number, result

if TYPE_CHECKING:
    from writinggaps.readers.ks2_tables import Ks2File

__all__ = ["AreaChecks", "FileChecks", "Missing", "area_checks"]


@result
class Missing:
    """How many schools have no figure for one reason."""

    reason: Label
    schools: Number


@result
class FileChecks:
    """One file: lines in, lines out, and the area's schools among them.

    `eligible` counts all the area's schools' pupils; `published_eligible` is the authority's own
    row; `left_out` counts pupils of schools without a figure.
    """

    name: Label
    year_ending: Number
    lines: Number
    kept: Number
    short_lines: Number
    schools: Number
    special: Number
    missing: tuple[Missing, ...]
    eligible: Number
    published_eligible: Number | None
    left_out: Number


@result
class AreaChecks:
    """All files, and what was noticed across them."""

    place: Label
    files: tuple[FileChecks, ...]
    ignored: Labels
    renumbered: Number
    all_years: Number
    ever: Number


def area_checks(area: Area) -> AreaChecks:
    """Count what was read, what was left out and why.

    Parameters
    ----------
    area : Area
        From `area_of`.

    Returns
    -------
    AreaChecks
        `renumbered` counts schools whose URN changed while their number within the authority
        stayed; `all_years` counts schools that stand in every file, of `ever` that stand in any.
    """
    by_school = area.rows.groupby("laestab")
    return AreaChecks(
        place=area.name,
        files=tuple(_file(area, file) for file in area.tables.files),
        ignored=area.tables.ignored,
        renumbered=int((by_school["urn"].nunique() > 1).sum()),
        all_years=int((by_school["year_ending"].nunique() == len(area.years)).sum()),
        ever=len(by_school),
    )


def _file(area: Area, file: Ks2File) -> FileChecks:
    rows = area.rows[area.rows["year_ending"] == file.year_ending]
    without = rows[rows["expected_reason"] != ""]
    la = area.summary("la", file.year_ending)
    counts = without["expected_reason"].value_counts().items()
    reasons = sorted(((str(code), int(n)) for code, n in counts), key=lambda r: (-r[1], r[0]))
    return FileChecks(
        name=file.name,
        year_ending=file.year_ending,
        lines=file.lines,
        kept=file.kept,
        short_lines=file.short_lines,
        schools=len(rows),
        special=int((rows["school_type"] == "special").sum()),
        missing=tuple(Missing(reason=why_missing(code), schools=n) for code, n in reasons),
        eligible=int(rows["eligible"].sum()),
        published_eligible=None if la is None else int(la.eligible),
        left_out=int(without["eligible"].sum()),
    )
