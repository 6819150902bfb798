"""An area's published figures, drawn."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, cast

from writinggaps.estimates.funnel import limits
from writinggaps.measures.area.schools import LIKELY
from writinggaps.report.faces import Figure, shown
from writinggaps.report.tables import area as tables
from writinggaps.report.words.language import decimal, percent, plural, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.area import AreaChanges, AreaGap, AreaSchools
    from writinggaps.report.faces import Table

__all__ = ["changes", "funnel", "gap"]

_INK, _QUIET, _LINE = "#16202a", "#4c5a67", "#b9c3cb"
_COLOURS = {"above": "#12436d", "within": "#8b97a2", "below": "#b8471b"}
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
    figure, axes = _axes(4.6)
    _limits(axes, value)
    for where, colour in _COLOURS.items():
        shares = [row.pooled for row in value.compared if row.standing == where]
        given = [share for share in shares if not isinstance(share, Withheld)]
        axes.scatter(
            [share.n for share in given],
            [share.percent for share in given],
            s=22,
            color=colour,
            marker=_MARKS[where],
            linewidths=0,
            alpha=0.85,
            label=where if where == "within" else f"clearly {where}",
        )
    axes.set_xlabel("Pupils, all years together")
    axes.set_ylabel(f"% at {value.standard}")
    axes.legend(frameon=False, loc="lower right", fontsize=9)
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
        svg=_svg(figure),
        data=cast("Table", tables.outside(released)),
    )


@shown
def changes(value: AreaChanges, released: Released[AreaChanges]) -> Figure:
    """Draw how much figures moved beside what chance alone would do, by size of cohort."""
    before, after = value.periods
    table = cast("Table", tables.changes(released))
    names = [row[0] for row in table.rows]
    figure, axes = _axes(0.7 + 0.55 * len(names))
    for place, band in enumerate(value.bands):
        axes.plot([band.by_chance, band.spread], [place, place], color=_LINE, linewidth=2, zorder=1)
    places = range(len(names))
    axes.scatter([b.by_chance for b in value.bands], places, s=60, facecolors="white",
                 edgecolors=_INK, zorder=2, label="chance alone")  # fmt: skip
    axes.scatter([b.spread for b in value.bands], places, s=60, color=_COLOURS["above"],
                 zorder=3, label="schools' figures")  # fmt: skip
    axes.set_yticks(list(places), [f"{name} pupils" for name in names])
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    axes.set_xlabel("Typical change, percentage points")
    axes.legend(frameon=False, loc="lower right", fontsize=9)
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
        svg=_svg(figure),
        data=table,
    )


@shown
def gap(value: AreaGap, released: Released[AreaGap]) -> Figure:
    """Draw the gap of each year with its interval, and England's beside it."""
    figure, axes = _axes(0.9 + 0.5 * len(value.years))
    for place, year in enumerate(value.years):
        ends = [-100 * year.gap.high, -100 * year.gap.low]
        axes.plot(ends, [place, place], color=_COLOURS["above"], linewidth=2)
        axes.scatter([-100 * year.gap.estimate], [place], s=60, color=_COLOURS["above"], zorder=3,
                     label=value.place if place == 0 else None)  # fmt: skip
        if year.england is not None:
            axes.scatter([-year.england], [place], s=60, marker="D", facecolors="white",
                         edgecolors=_INK, label="England" if place == 0 else None)  # fmt: skip
    axes.set_yticks(range(len(value.years)), [year.period for year in value.years])
    axes.set_ylim(-0.6, len(value.years) - 0.4)
    axes.invert_yaxis()
    axes.axvline(0, color=_QUIET, linewidth=1)
    axes.set_xlim(left=min(0, *(-100 * y.gap.high for y in value.years)))
    axes.set_xlabel("Percentage points that disadvantaged pupils are behind the others")
    axes.legend(frameon=False, loc="lower left", fontsize=9)
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
        svg=_svg(figure),
        data=cast("Table", tables.gap(released)),
    )


def _headline(value: AreaChanges) -> str:
    if value.clear:
        changed = plural(len(value.clear), "school's figure", "schools' figures")
        return f"{changed} changed by more than chance explains"
    if value.more_than_chance:
        return "Some schools' figures moved more than chance alone moves them"
    return "Schools' figures moved about as much as chance alone moves them"


def _limits(axes: Any, value: AreaSchools) -> None:
    """Draw the share that schools have together, and what chance gives round it."""
    largest = max(r.pooled.n for r in value.compared if not isinstance(r.pooled, Withheld))
    smallest = min(r.pooled.n for r in value.compared if not isinstance(r.pooled, Withheld))
    span = largest - smallest
    sizes = sorted({smallest + round(span * step / _STEPS) for step in range(_STEPS + 1)})
    p = value.common.estimate
    for level, style in ((LIKELY, (0, (4, 3))), (value.level, "solid")):
        ends = [limits(p, n, level) for n in sizes]
        for side in (0, 1):
            line = [100 * end[side] for end in ends]
            axes.plot(sizes, line, color=_QUIET, linewidth=1, linestyle=style, zorder=1)
    axes.axhline(100 * p, color=_INK, linewidth=1)


def _axes(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(7.2, height), layout="constrained")
    axes = figure.subplots()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=_QUIET, labelcolor=_INK)
    return figure, axes


def _svg(figure: Any) -> str:
    """Write a drawing so that the same data give the same text, with letters as letters."""
    from matplotlib import rc_context

    out = StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "writinggaps"}):
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return out.getvalue()[out.getvalue().index("<svg") :]
