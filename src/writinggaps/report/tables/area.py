"""An area's published figures, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.report.faces import Table, shown
from writinggaps.report.words.language import and_list, decimal, sentence_case, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.area import (
        AreaChanges,
        AreaChecks,
        AreaGap,
        AreaSchools,
        AreaShares,
        PublishedShare,
    )
    from writinggaps.measures.area.changes import SizeBand
    from writinggaps.measures.area.schools import AreaSchool, SchoolGap

__all__ = ["all_schools", "changes", "checks", "gap", "outside", "standing_out", "years"]

NONE = "–"
"""Where nothing was published."""


@shown
def years(value: AreaShares, _: Released[AreaShares]) -> Table:
    """Lay what the schools add up to beside what was published."""
    return Table(
        caption=f"Pupils at {value.standard} in writing, {value.place}, by school year",
        columns=(
            "School year",
            "Schools with a figure",
            "Pupils",
            "From the schools, %",
            "Between, %",
            "Published, %",
            "England, %",
            "Judged by",
        ),
        rows=tuple(
            (
                year.period,
                f"{year.schools:,}",
                f"{year.rebuilt.n:,}",
                decimal(year.rebuilt.percent, 1),
                _between(year.rebuilt),
                _whole(year.published),
                _whole(year.england),
                year.framework,
            )
            for year in value.years
        ),
        note=(
            "From the schools: every school's published percentage, weighted by its pupils. "
            "Published: the area's own row of the same files. England: state-funded schools."
        ),
    )


@shown
def standing_out(value: AreaSchools, _: Released[AreaSchools], where: str) -> Table:
    """List the schools that stand above or below, in order of their names."""
    rows = sorted(value.standing(where), key=lambda row: row.name.casefold())
    return Table(
        caption=(
            f"Schools clearly {where} what chance would give, {value.standard} in writing, "
            f"{_span(value)} together"
        ),
        columns=("School", "Pupils", "%", "Between, %"),
        rows=tuple(
            _named(row.name, row.pooled) for row in rows if not isinstance(row.pooled, Withheld)
        ),
        note=(
            "In order of their names: the intervals overlap, so this is no ranking."
            if rows
            else "There is none."
        ),
    )


@shown
def outside(value: AreaSchools, _: Released[AreaSchools]) -> Table:
    """List the schools outside the outer lines of a funnel, on both sides."""
    rows = [row for row in value.compared if row.standing != "within"]
    return Table(
        caption=f"Schools outside what chance would give, {_span(value)} together",
        columns=("School", "Pupils", "%", "Between, %", "Stands"),
        rows=tuple(
            (*_named(row.name, row.pooled), row.standing)
            for row in rows
            if not isinstance(row.pooled, Withheld)
        ),
    )


@shown
def all_schools(value: AreaSchools, _: Released[AreaSchools]) -> Table:
    """List every school with each year, all years together, and its gap."""
    return Table(
        caption=f"Every school of {value.place}: {value.standard} in writing, published figures",
        columns=(
            "School",
            "Type",
            *(f"{_period(year)}, %" for year in value.years),
            "Together, %",
            "Between, %",
            "Pupils",
            "Disadvantaged less others, points",
            "Between, points",
        ),
        rows=tuple(_school(row, value) for row in value.rows),
        note=(
            f"{NONE}: not published, because no or very few pupils are behind the figure. "
            "Together: all years with a figure. The gap takes the years in which both groups' "
            "figures were published."
        ),
    )


@shown
def changes(value: AreaChanges, _: Released[AreaChanges]) -> Table:
    """Lay how much figures moved beside what chance alone would do, by size of cohort."""
    before, after = value.periods
    return Table(
        caption=f"How much schools' figures moved between {before} and {after}, {value.standard}",
        columns=(
            "Pupils in the year group",
            "Schools",
            "Typical change, points",
            "From chance alone, points",
            f"Moved by {decimal(value.large_points)} points or more",
        ),
        rows=tuple(
            (
                _size(band),
                f"{band.schools:,}",
                decimal(band.spread, 1),
                decimal(band.by_chance, 1),
                f"{band.large:,}",
            )
            for band in value.bands
        ),
        note="Typical change: the root of the mean square, so up and down do not cancel out.",
    )


@shown
def gap(value: AreaGap, _: Released[AreaGap]) -> Table:
    """Lay the two groups and the gap beside England's, year by year."""
    return Table(
        caption=f"Disadvantaged pupils and others at {value.standard} in writing, {value.place}",
        columns=(
            "School year",
            "Disadvantaged, %",
            "Pupils",
            "Others, %",
            "Pupils",
            "Gap, points",
            "Between",
            "England, points",
            "Schools with both figures",
        ),
        rows=tuple(
            (
                year.period,
                decimal(year.gap.disadvantaged.percent),
                f"{year.gap.disadvantaged.n:,}",
                decimal(year.gap.others.percent),
                f"{year.gap.others.n:,}",
                decimal(100 * year.gap.estimate),
                to_range(100 * year.gap.low, 100 * year.gap.high),
                NONE if year.england is None else decimal(year.england),
                f"{year.schools:,} of {year.of_schools:,}",
            )
            for year in value.years
        ),
        note="Gap: disadvantaged less others, so a minus sign means that they are behind.",
    )


@shown
def checks(value: AreaChecks, _: Released[AreaChecks]) -> Table:
    """Account for every line and every school of the files."""
    return Table(
        caption="What was read, and which schools have no figure",
        columns=(
            "File",
            "School year",
            "Lines",
            "Rows kept",
            "Short lines",
            "Schools",
            "Special",
            "Without a figure",
            "Pupils in those",
        ),
        rows=tuple(
            (
                file.name,
                _period(file.year_ending),
                f"{file.lines:,}",
                f"{file.kept:,}",
                f"{file.short_lines:,}",
                f"{file.schools:,}",
                f"{file.special:,}",
                "; ".join(f"{m.schools} {m.reason}" for m in file.missing) or "none",
                f"{file.left_out:,}",
            )
            for file in value.files
        ),
        note=_passed_over(value),
    )


def _school(row: AreaSchool, value: AreaSchools) -> tuple[str, ...]:
    by_year = {year.year_ending: year.share for year in row.years}
    pooled = row.pooled
    return (
        row.name,
        sentence_case(row.school_type),
        *(_percent(by_year.get(year)) for year in value.years),
        _percent(pooled),
        NONE if isinstance(pooled, Withheld) else _between(pooled),
        NONE if isinstance(pooled, Withheld) else f"{pooled.n:,}",
        *_gap(row.gap),
    )


def _named(name: str, share: PublishedShare) -> tuple[str, ...]:
    return name, f"{share.n:,}", decimal(share.percent), _between(share)


def _gap(found: SchoolGap | Withheld) -> tuple[str, str]:
    if isinstance(found, Withheld):
        return NONE, NONE
    return decimal(100 * found.estimate), to_range(100 * found.low, 100 * found.high)


def _percent(share: PublishedShare | Withheld | None) -> str:
    return NONE if share is None or isinstance(share, Withheld) else decimal(share.percent)


def _between(share: PublishedShare) -> str:
    return to_range(100 * share.low, 100 * share.high)


def _whole(percent: float | None) -> str:
    return NONE if percent is None else decimal(percent)


def _period(year_ending: int) -> str:
    return f"{year_ending - 1}-{year_ending % 100:02d}"


def _span(value: AreaSchools) -> str:
    first, last = _period(value.years[0]), _period(value.years[-1])
    return first if first == last else f"{first} to {last}"


def _size(band: SizeBand) -> str:
    if band.largest is None:
        return f"{band.smallest} or more"
    return f"up to {band.largest}" if band.smallest == 1 else f"{band.smallest} to {band.largest}"


def _passed_over(value: AreaChecks) -> str:
    short = "A short line ends before the last column; what it lacks counts as not given."
    if not value.ignored:
        return short
    return f"{short} Passed over, because they are no such tables: {and_list(value.ignored)}."
