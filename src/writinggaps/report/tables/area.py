"""An area's published figures, as tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.area.changes import AreaChanges, SizeBand
from writinggaps.measures.area.gap import AreaGap
from writinggaps.measures.area.place import period
from writinggaps.measures.area.schools import AreaSchool, AreaSchools
from writinggaps.measures.area.whole import AreaChecks, AreaShares
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.cells import NONE, Cells, laid
from writinggaps.report.words.language import and_list, decimal, sentence_case, to_range
from writinggaps.withheld import Withheld

__all__ = ["all_schools", "changes", "checks", "gap", "outside", "standing_out", "years"]


@shown
def years(value: AreaShares, _: Released[AreaShares]) -> Table:
    """Lay what the schools add up to beside what was published."""
    cells: Cells = {
        "School year": lambda year: year.period,
        "Schools with a figure": lambda year: f"{year.schools:,}",
        "Pupils": lambda year: f"{year.rebuilt.n:,}",
        "From the schools, %": lambda year: decimal(year.rebuilt.percent, 1),
        "Between, %": lambda year: _between(year.rebuilt),
        "Published, %": lambda year: _whole(year.published),
        "England, %": lambda year: _whole(year.england),
        "Judged by": lambda year: year.framework,
    }
    return laid(
        f"Pupils at {value.standard} in writing, {value.place}, by school year",
        cells,
        value.years,
        "From the schools: every school's published percentage, weighted by its pupils. "
        "Published: the area's own row of the same files. England: state-funded schools.",
    )


@shown
def standing_out(value: AreaSchools, _: Released[AreaSchools], where: str) -> Table:
    """List the schools that stand above or below, in order of their names."""
    rows = value.standing(where)
    note = "In order of their names: the intervals overlap, so this is no ranking."
    return laid(
        f"Schools clearly {where} what chance would give, {value.standard} in writing, "
        f"{_span(value)} together",
        _STANDING,
        rows,
        note if rows else "There is none.",
    )


@shown
def outside(value: AreaSchools, _: Released[AreaSchools]) -> Table:
    """List the schools outside the outer lines of a funnel, on both sides."""
    return laid(
        f"Schools outside what chance would give, {_span(value)} together",
        {**_STANDING, "Stands": lambda row: row.standing},
        [row for row in value.compared if row.standing != "within"],
    )


@shown
def all_schools(value: AreaSchools, _: Released[AreaSchools]) -> Table:
    """List every school with each year, all years together, and its gap."""
    cells: Cells = {
        "School": lambda row: row.name,
        "Type": lambda row: sentence_case(row.school_type),
        **{f"{period(year)}, %": partial(_of_year, year=year) for year in value.years},
        "Together, %": lambda row: _percent(row.pooled),
        "Between, %": lambda row: _given(row.pooled, _between),
        "Pupils": lambda row: _given(row.pooled, lambda share: f"{share.n:,}"),
        "Disadvantaged less others, points": lambda row: _given(row.gap, _points),
        "Between, points": lambda row: _given(row.gap, _between),
    }
    return laid(
        f"Every school of {value.place}: {value.standard} in writing, published figures",
        cells,
        value.rows,
        f"{NONE}: not published, because no or very few pupils are behind the figure. "
        "Together: all years with a figure. The gap takes the years in which both groups' "
        "figures were published.",
    )


@shown
def changes(value: AreaChanges, _: Released[AreaChanges]) -> Table:
    """Lay how much figures moved beside what chance alone would do, by size of cohort."""
    before, after = value.periods
    cells: Cells = {
        "Pupils in the year group": _size,
        "Schools": lambda band: f"{band.schools:,}",
        "Typical change, points": lambda band: decimal(band.spread, 1),
        "From chance alone, points": lambda band: decimal(band.by_chance, 1),
        f"Moved by {decimal(value.large_points)} points or more": lambda band: f"{band.large:,}",
    }
    return laid(
        f"How much schools' figures moved between {before} and {after}, {value.standard}",
        cells,
        value.bands,
        "Typical change: the root of the mean square, so up and down do not cancel out.",
    )


@shown
def gap(value: AreaGap, _: Released[AreaGap]) -> Table:
    """Lay the two groups and the gap beside England's, year by year."""
    cells: Cells = {
        "School year": lambda year: year.period,
        "Disadvantaged, %": lambda year: decimal(year.gap.disadvantaged.percent),
        "Disadvantaged pupils": lambda year: f"{year.gap.disadvantaged.n:,}",
        "Others, %": lambda year: decimal(year.gap.others.percent),
        "Other pupils": lambda year: f"{year.gap.others.n:,}",
        "Gap, points": lambda year: _points(year.gap),
        "Between": lambda year: _between(year.gap),
        "England, points": lambda year: _whole(year.england),
        "Schools with both figures": lambda year: f"{year.schools:,} of {year.of_schools:,}",
    }
    return laid(
        f"Disadvantaged pupils and others at {value.standard} in writing, {value.place}",
        cells,
        value.years,
        "Gap: disadvantaged less others, so a minus sign means that they are behind.",
    )


@shown
def checks(value: AreaChecks, _: Released[AreaChecks]) -> Table:
    """Account for every line and every school of the files."""
    cells: Cells = {
        "File": lambda file: file.name,
        "School year": lambda file: period(file.year_ending),
        "Lines": lambda file: f"{file.lines:,}",
        "Rows kept": lambda file: f"{file.kept:,}",
        "Short lines": lambda file: f"{file.short_lines:,}",
        "Schools": lambda file: f"{file.schools:,}",
        "Special": lambda file: f"{file.special:,}",
        "Without a figure": lambda file: _missing(file) or "none",
        "Pupils in those": lambda file: f"{file.left_out:,}",
    }
    note = "A short line ends before the last column; what it lacks counts as not given."
    if value.ignored:
        passed = and_list(value.ignored)
        note += f" Passed over, because they are no such tables: {passed}."
    return laid("What was read, and which schools have no figure", cells, value.files, note)


_STANDING: Cells = {
    "School": lambda row: row.name,
    "Pupils": lambda row: f"{row.pooled.n:,}",
    "%": lambda row: decimal(row.pooled.percent),
    "Between, %": lambda row: _between(row.pooled),
}


def _of_year(row: AreaSchool, year: int) -> str:
    return _percent(next((y.share for y in row.years if y.year_ending == year), None))


def _given(found: Any, told: Callable[[Any], str]) -> str:
    return NONE if found is None or isinstance(found, Withheld) else told(found)


def _percent(share: Any) -> str:
    return _given(share, lambda given: decimal(given.percent))


def _between(found: Any) -> str:
    return to_range(100 * found.low, 100 * found.high)


def _points(found: Any) -> str:
    return decimal(100 * found.estimate)


def _whole(percent: float | None) -> str:
    return _given(percent, decimal)


def _missing(file: Any) -> str:
    return "; ".join(f"{m.schools} {m.reason}" for m in file.missing)


def _span(value: AreaSchools) -> str:
    first, last = period(value.years[0]), period(value.years[-1])
    return first if first == last else f"{first} to {last}"


def _size(band: SizeBand) -> str:
    if band.largest is None:
        return f"{band.smallest} or more"
    return f"up to {band.largest}" if band.smallest == 1 else f"{band.smallest} to {band.largest}"
