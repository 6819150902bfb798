"""An area's published figures, drawn."""

from __future__ import annotations

from math import inf
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.area.changes import AreaChanges
from writinggaps.measures.area.gap import AreaGap
from writinggaps.measures.area.schools import LIKELY, AreaSchools
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.figures.canvas import COLOURS, INK, LINE, QUIET
from writinggaps.report.tables import area as tables
from writinggaps.report.words.language import decimal, percent, plural, to_range

__all__ = ["changes", "funnel", "gap"]

_NAMED = 8
_LOOKS = {"above": (COLOURS[0], "^"), "within": ("#8b97a2", "o"), "below": (COLOURS[2], "v")}


@shown
def funnel(value: AreaSchools, released: Released[AreaSchools]) -> Figure:
    """Draw every mainstream school against its size, with what chance would give."""
    above, below = len(value.standing("above")), len(value.standing("below"))
    n, common = len(value.compared), value.common.estimate
    figure, drawn = canvas.axes(4.3)
    shares: list[Any] = [row.pooled for row in value.compared]
    looks = [(LIKELY, inf, QUIET, (0, (4, 3)), ""), (value.level, inf, QUIET, "solid", "")]
    canvas.funnel(drawn, common, [share.n for share in shares], looks)
    for where, (colour, mark) in _LOOKS.items():
        given = [s for row, s in zip(value.compared, shares, strict=True) if row.standing == where]
        drawn.plot([share.n for share in given], [share.percent for share in given], mark,
                   color=colour, markersize=5, markeredgewidth=0, alpha=0.85,
                   label=where if where == "within" else f"clearly {where}")  # fmt: skip
    _name_outside(drawn, value)
    drawn.set_xlabel("Pupils, all years together")
    drawn.set_ylabel(f"% at {value.standard}")
    canvas.key(figure, across=3)
    return canvas.chart(
        figure,
        title=(
            f"{above + below} of {plural(n, 'school')} stand clearly outside what chance would give"
            if above + below
            else f"All {plural(n, 'school')} stand within what chance would give"
        ),
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
        data=tables.outside(released),
    )


@shown
def changes(value: AreaChanges, released: Released[AreaChanges]) -> Figure:
    """Draw how much figures moved beside what chance alone would do, by size of cohort."""
    before, after = value.periods
    table = tables.changes(released)
    names = [row[0] for row in getattr(table, "rows", ())]
    figure, drawn = canvas.rows([f"{name} pupils" for name in names],
                                "Typical change, percentage points", each=0.45)  # fmt: skip
    for place, band in enumerate(value.bands):
        drawn.plot([band.by_chance, band.spread], [place] * 2, color=LINE, linewidth=2, zorder=1)
    marks = (
        ([band.by_chance for band in value.bands], "white", INK, "chance alone"),
        ([band.spread for band in value.bands], COLOURS[0], COLOURS[0], "schools' figures"),
    )
    for found, inside, edge, label in marks:
        drawn.scatter(found, range(len(names)), s=60, facecolors=inside, edgecolors=edge,
                      zorder=3, label=label)  # fmt: skip
    drawn.set_xlim(left=0)
    canvas.key(figure)
    first = value.bands[0]
    return canvas.chart(
        figure,
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
        data=table,
    )


@shown
def gap(value: AreaGap, released: Released[AreaGap]) -> Figure:
    """Draw the gap of each year with its interval, and England's beside it."""
    figure, drawn = canvas.rows(
        [year.period for year in value.years],
        "Percentage points that disadvantaged pupils are behind the others",
        each=0.45,
    )
    seen: dict[str, Any] = {}
    for place, year in enumerate(value.years):
        line = canvas.ends(year.gap, -100)
        seen[value.place] = canvas.interval(drawn, place, line, COLOURS[0], size=8)
        if year.england is not None:
            at = (-year.england,) * 3
            seen["England"] = canvas.interval(drawn, place, at, INK, "D", size=8, inside="white")
    drawn.axvline(0, color=QUIET, linewidth=1)
    drawn.set_xlim(left=min(0, *(-100 * year.gap.high for year in value.years)))
    canvas.key(figure, seen)
    last = value.latest
    within = to_range(-100 * last.gap.high, -100 * last.gap.low)
    return canvas.chart(
        figure,
        title=(
            "Disadvantaged pupils were behind the others in every one of these years"
            if all(year.gap.high < 0 for year in value.years)
            else "How far disadvantaged pupils were behind the others"
        ),
        subtitle=f"Gap at {value.standard} in writing, {value.place}, by school year",
        alt=(
            f"The gap of each school year with its interval. In {last.period} disadvantaged "
            f"pupils were {decimal(-100 * last.gap.estimate)} points behind ({within})."
        ),
        data=tables.gap(released),
    )


def _name_outside(drawn: Any, value: AreaSchools) -> None:
    """Name the schools outside the lines, now above and now below their marks; of many, none."""
    named: list[Any] = [(r.pooled, r.name) for r in value.compared if r.standing != "within"]
    named.sort(key=lambda pair: pair[0].n)
    half = sum(drawn.get_xlim()) / 2
    for place, (share, name) in enumerate(named if len(named) <= _NAMED else ()):
        side = "right" if share.n > half else "left"
        beside = (-6 if side == "right" else 6, -11 if place % 2 else 4)
        drawn.annotate(name, (share.n, share.percent), xytext=beside, ha=side, fontsize=9,
                       textcoords="offset points", color=INK)  # fmt: skip


def _headline(value: AreaChanges) -> str:
    if value.clear:
        changed = plural(len(value.clear), "school's figure", "schools' figures")
        return f"{changed} changed by more than chance explains"
    if value.more_than_chance:
        return "Some schools' figures moved more than chance alone moves them"
    return "Schools' figures moved about as much as chance alone moves them"
