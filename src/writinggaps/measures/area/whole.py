"""The area as a whole, year by year, beside what was published, and what became of every line."""

from __future__ import annotations

from writinggaps.measures.area.place import (
    Area,
    OfYears,
    PublishedShare,
    figure,
    period,
    standard_of,
    together,
)
from writinggaps.readers.ks2_tables import Ks2File, framework, why_missing
from writinggaps.results import Constant, Label, Labels, Number, result
from writinggaps.withheld import Withheld

__all__ = [
    "AreaChecks",
    "AreaShares",
    "AreaYear",
    "FileChecks",
    "Missing",
    "area_checks",
    "area_shares",
]


@result
class AreaYear:
    """One year: the schools' figures put together, and the published rows beside them.

    `eligible` counts all the schools' pupils, also those of schools whose figure is suppressed;
    `published` and `england` are the percentages of the authority's row and of the row for
    England's state-funded schools.
    """

    year_ending: Number
    framework: Label
    schools: Number
    rebuilt: PublishedShare
    eligible: Number
    published: Constant | None
    published_eligible: Number | None
    england: Constant | None

    @property
    def told(self) -> PublishedShare:
        """What is told of the year."""
        return self.rebuilt

    @property
    def period(self) -> str:
        """The school year: `2018-19`."""
        return period(self.year_ending)


@result
class AreaShares(OfYears):
    """The area's share at a standard, oldest year first, and all years together."""

    place: Label
    standard: Label
    years: tuple[AreaYear, ...]
    pooled: PublishedShare

    @property
    def frameworks(self) -> tuple[str, ...]:
        """By what writing was judged, in order of time."""
        return tuple(dict.fromkeys(year.framework for year in self.years))


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


def area_shares(area: Area, standard: str = "expected") -> AreaShares:
    """Put the schools' published figures together, and lay the published summary beside them.

    Parameters
    ----------
    area : Area
        From `area_of`.
    standard : str, optional
        `expected` or `greater_depth`.

    Returns
    -------
    AreaShares
        Each school weighs as many as it has eligible pupils.

    Raises
    ------
    NotPublished
        If no school of a year has a figure.
    """
    said = standard_of(standard)
    years = tuple(_year(area, year, standard) for year in area.years)
    return AreaShares(
        place=area.name, standard=said, years=years, pooled=together(year.rebuilt for year in years)
    )


def _year(area: Area, year: int, standard: str) -> AreaYear:
    schools = list(area.each(year))
    figures = [figure(row, standard) for row in schools]
    la, england = area.summary("la", year), area.summary("england", year)
    return AreaYear(
        year_ending=year,
        framework=framework(year),
        schools=sum(not isinstance(found, Withheld) for found in figures),
        rebuilt=together(figures),
        eligible=int(sum(row.eligible for row in schools if not row.eligible_reason)),
        published=getattr(la, standard, None),
        published_eligible=None if la is None else int(la.eligible),
        england=getattr(england, standard, None),
    )


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
        stayed.
    """
    return AreaChecks(
        place=area.name,
        files=tuple(_file(area, file) for file in area.tables.files),
        ignored=area.tables.ignored,
        renumbered=int((area.rows.groupby("laestab")["urn"].nunique() > 1).sum()),
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
