"""An area's published figures, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from writinggaps.estimates.funnel import limits
from writinggaps.measures.area.schools import LIKELY
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import (
    COLOURS,
    INK,
    LINE,
    QUIET,
    axes,
    interval,
    key,
    name_rows,
    svg,
)
from writinggaps.report.tables import area as tables
from writinggaps.report.words.language import decimal, percent, plural, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.area import AreaChanges, AreaGap, AreaSchools
    from writinggaps.report.faces import Table

__all__ = ["changes", "funnel", "gap"]

_COLOURS = {"above": COLOURS[0], "within": "#8b97a2", "below": COLOURS[2]}
_MARKS = {"above": "^", "within": "o", "below": "v"}
_STEPS = 120


@shown
def funnel(value: AreaSchools, released: Released[AreaSchools]) -> Figure:
    """Draw every mainstream school against its size, with what chance would give."""
    above, below = len(value.standing("above")), len(value.standing("below"))
    n, common = len(value.compared), value.common.estimate
    title = (
        f"{above + below} of {plural(n, 'school')} stand clearly outside what chance would give"
        if above + below
        else f"All {plural(n, 'school')} stand within what chance would give"
    )
    figure, drawn = axes(4.6)
    _limits(drawn, value)
    for where, mark in _MARKS.items():
        given: list[Any] = [row.pooled for row in value.compared if row.standing == where]
        drawn.plot([share.n for share in given], [share.percent for share in given], mark,
                   color=_COLOURS[where], markersize=5, markeredgewidth=0, alpha=0.85,
                   label=where if where == "within" else f"clearly {where}")  # fmt: skip
    drawn.set_xlabel("Pupils, all years together")
    drawn.set_ylabel(f"% at {value.standard}")
    key(figure, across=3)
    return Figure(
        title=title,
        subtitle=(
            f"Pupils at {value.standard} in writing, mainstream schools of {value.place}, "
            f"{len(value.years)} years together; lines: where {decimal(100 * LIKELY)}% and "
            f"{decimal(100 * value.level, 1)}% of schools would be by chance"
        ),
        alt=(
            f"Each school is a mark by its number of pupils and its share at {value.standard}. "
            f"The smaller the school, the wider the range that chance gives round "
            f"{percent(common)}. {above} of {n} schools stand above the outer range and {below} "
            f"below it."
        ),
        svg=svg(figure),
        data=cast("Table", tables.outside(released)),
    )


@shown
def changes(value: AreaChanges, released: Released[AreaChanges]) -> Figure:
    """Draw how much figures moved beside what chance alone would do, by size of cohort."""
    before, after = value.periods
    table = cast("Table", tables.changes(released))
    names = [row[0] for row in table.rows]
    figure, drawn = axes(1.1 + 0.5 * len(names))
    for place, band in enumerate(value.bands):
        drawn.plot([band.by_chance, band.spread], [place, place], color=LINE, linewidth=2, zorder=1)
    places = range(len(names))
    drawn.scatter([b.by_chance for b in value.bands], places, s=60, facecolors="white",
                 edgecolors=INK, zorder=2, label="chance alone")  # fmt: skip
    drawn.scatter([b.spread for b in value.bands], places, s=60, color=_COLOURS["above"],
                 zorder=3, label="schools' figures")  # fmt: skip
    name_rows(drawn, [f"{name} pupils" for name in names], "Typical change, percentage points")
    drawn.set_xlim(left=0)
    key(figure, across=3)
    first = value.bands[0]
    return Figure(
        title=_headline(value),
        subtitle=(
            f"Typical change of a school's share at {value.standard}, {before} to {after}, "
            f"{plural(value.schools, 'mainstream school')} of {value.place}"
        ),
        alt=(
            f"For each size of year group, how much schools' figures moved and how much they "
            f"would move by chance alone. In the smallest schools ({names[0]} pupils) they moved "
            f"by {decimal(first.spread, 1)} points; chance alone gives "
            f"{decimal(first.by_chance, 1)}."
        ),
        svg=svg(figure),
        data=table,
    )


@shown
def gap(value: AreaGap, released: Released[AreaGap]) -> Figure:
    """Draw the gap of each year with its interval, and England's beside it."""
    figure, drawn = axes(1.2 + 0.5 * len(value.years))
    seen: dict[str, Any] = {}
    for place, year in enumerate(value.years):
        ends = tuple(-100 * end for end in (year.gap.high, year.gap.estimate, year.gap.low))
        seen[value.place] = interval(drawn, place, ends, COLOURS[0], size=8)
        if year.england is not None:
            ends = (-year.england,) * 3
            seen["England"] = interval(drawn, place, ends, INK, "D", size=8, inside="white")
    name_rows(drawn, [year.period for year in value.years],
              "Percentage points that disadvantaged pupils are behind the others")  # fmt: skip
    drawn.axvline(0, color=QUIET, linewidth=1)
    drawn.set_xlim(left=min(0, *(-100 * y.gap.high for y in value.years)))
    key(figure, seen)
    last = value.latest
    within = to_range(-100 * last.gap.high, -100 * last.gap.low)
    return Figure(
        title=(
            "Disadvantaged pupils were behind the others in every one of these years"
            if all(y.gap.high < 0 for y in value.years)
            else "How far disadvantaged pupils were behind the others"
        ),
        subtitle=f"Gap at {value.standard} in writing, {value.place}, by school year",
        alt=(
            f"The gap of each school year with its interval. In {last.period} disadvantaged "
            f"pupils were {decimal(-100 * last.gap.estimate)} points behind ({within})."
        ),
        svg=svg(figure),
        data=cast("Table", tables.gap(released)),
    )


def _headline(value: AreaChanges) -> str:
    if value.clear:
        changed = plural(len(value.clear), "school's figure", "schools' figures")
        return f"{changed} changed by more than chance explains"
    if value.more_than_chance:
        return "Some schools' figures moved more than chance alone moves them"
    return "Schools' figures moved about as much as chance alone moves them"


def _limits(drawn: Any, value: AreaSchools) -> None:
    """Draw the share that schools have together, and what chance gives round it."""
    pupils = [r.pooled.n for r in value.compared if not isinstance(r.pooled, Withheld)]
    smallest, span = min(pupils), max(pupils) - min(pupils)
    sizes = sorted({smallest + round(span * step / _STEPS) for step in range(_STEPS + 1)})
    p = value.common.estimate
    for level, style in ((LIKELY, (0, (4, 3))), (value.level, "solid")):
        ends = [limits(p, n, level) for n in sizes]
        for side in (0, 1):
            line = [100 * end[side] for end in ends]
            drawn.plot(sizes, line, color=QUIET, linewidth=1, linestyle=style, zorder=1)
    drawn.axhline(100 * p, color=INK, linewidth=1)
