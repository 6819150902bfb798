"""A trust's schools, drawn: never an order without how far it can be trusted."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Any, cast

from writinggaps.estimates import Share
from writinggaps.estimates.funnel import limits
from writinggaps.readers.terms import Term
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
    nothing,
    svg,
)
from writinggaps.report.tables import trust as tables
from writinggaps.report.words import trust as words
from writinggaps.report.words.gaps import banded
from writinggaps.report.words.language import decimal, percent, plural, sentence_case, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.trust import TrustGaps, TrustJudging, TrustSchools
    from writinggaps.report.faces import Table

__all__ = ["caterpillar", "funnel", "gaps", "judging", "years"]

_LOOKS = {"above": (COLOURS[1], "^"), "below": (COLOURS[2], "v"), "within": (COLOURS[0], "o")}
_INNER, _OUTER = 0.95, 0.998
_STEPS = 30
_ACROSS = 3


@shown
def caterpillar(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw each school's share and, over it, the same drawn towards the others'."""
    rows = value.rows
    figure, drawn = axes(1.4 + 0.36 * max(len(rows), 1))
    for place, row in enumerate(rows):
        colour, mark = _LOOKS[row.where]
        drawn.plot([100 * row.share.low, 100 * row.share.high], [place] * 2, color=LINE, zorder=1)
        drawn.plot(
            [100 * row.low, 100 * row.high], [place] * 2, color=colour, linewidth=4, zorder=2
        )
        drawn.plot([100 * row.share.estimate], [place], "o", color="white",
                   markeredgecolor=INK, markersize=6, zorder=3,
                   label="" if place else "the school's own share")  # fmt: skip
        drawn.plot([100 * row.drawn], [place], mark, color=colour, markersize=7, zorder=4,
                   label="" if place else "drawn towards the others")  # fmt: skip
    if rows:
        whole = value.prior
        if not isinstance(whole, Withheld):
            drawn.axvline(100 * whole.mean, color=QUIET, linewidth=1, zorder=0)
        key(figure)
    name_rows(drawn, [row.name for row in rows], "% at the expected standard")
    return Figure(
        title=words.caterpillar_title(value),
        subtitle=(
            f"Share at the expected standard in writing, {Term.parse(value.period).spoken}; thin "
            f"lines: the share's own range; thick: drawn towards the others; upright: their middle"
        ),
        alt=(
            f"{plural(len(rows), 'school')}, each with its share and range. "
            f"{str(words.places(released)).replace('**', '')}"
        ),
        svg=svg(figure),
        data=cast("Table", tables.places(released)),
    )


@shown
def funnel(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw schools by size within the ranges that chance, and usual differences, give."""
    figure, drawn = axes(4.0)
    found, prior = value.compared, value.prior
    if found and not isinstance(prior, Withheld):
        largest = max(s.n for s in found.values())
        smallest = min(s.n for s in found.values())
        step = (largest - smallest) / _STEPS
        sizes = sorted({max(5, round(smallest * 0.8 + step * k * 1.05)) for k in range(_STEPS + 1)})
        _lines(drawn, prior.mean, prior.size, sizes)
        where = {row.name: row.where for row in value.standing}
        for name, share in found.items():
            colour, mark = _LOOKS[where[name]]
            drawn.plot([share.n], [100 * share.estimate], mark, color=colour, markersize=7)
            if not _within(share, prior.mean, _INNER):
                drawn.annotate(name, (share.n, 100 * share.estimate), xytext=(6, 4), color=INK,
                               textcoords="offset points", fontsize=8)  # fmt: skip
        drawn.set_xlabel("Pupils judged")
        drawn.set_ylabel("% at the expected standard")
        key(figure, across=3)
    else:
        nothing(drawn)
    outside = _outside(value)
    return Figure(
        title=(
            "Every school is within what chance gives"
            if not outside
            else f"{plural(len(outside), 'school is', 'schools are')} outside what chance gives"
        ),
        subtitle=(
            f"Each school by its number of pupils; grey: where {percent(_INNER)} and "
            f"{decimal(100 * _OUTER, 1)}% of schools would be by chance alone; orange: "
            f"{decimal(100 * _OUTER, 1)}% when schools differ as these usually do; named: outside "
            f"{percent(_INNER)}"
        ),
        alt=(
            f"{plural(len(found), 'school')} by size and share. The smaller the school, the wider "
            f"the range that chance gives. Outside the wide range of chance: "
            f"{', '.join(outside) or 'none'}."
        ),
        svg=svg(figure),
        data=cast("Table", tables.places(released)),
    )


@shown
def years(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw one small picture for each year group, all with the same schools on one scale."""
    panels = [
        (y.label, y.schools.shares)
        for y in value.years
        if not isinstance(y.schools, Withheld) and len(y.schools.shares) > 1
    ]
    names = [name for name in value.schools.shares if any(name in of for _, of in panels)]
    down = max(-(-len(panels) // _ACROSS), 1)
    height = 0.9 + down * (0.5 + 0.26 * len(names))
    grid = axes(height, down, _ACROSS, sharex=True, sharey=True)[1].ravel()
    figure = grid[0].figure
    for drawn, (label, of) in zip(grid, panels, strict=False):
        _panel(drawn, label, of, names)
    for drawn in grid[len(panels) :]:
        drawn.set_axis_off()
    name_rows(grid[0], names, size=8)
    figure.supxlabel("% at the expected standard, and where the share may well be", fontsize=9)
    grid[0].set_xlim(0, 100)
    return Figure(
        title="Schools by year group: most ranges overlap"
        if not value.standing_out("above") + value.standing_out("below")
        else "Schools by year group",
        subtitle=(
            f"Share at the expected standard in writing, {Term.parse(value.period).spoken}, in "
            f"year groups that several schools have; what is missing is too small to be shown, or "
            f"is not taught there"
        ),
        alt=(
            f"{plural(len(panels), 'small picture')}, one a year group, each with a dot and a line "
            f"for every school that has it. The table gives the figures."
        ),
        svg=svg(figure),
        data=cast("Table", tables.schools(released)),
    )


@shown
def judging(value: TrustJudging, released: Released[TrustJudging]) -> Figure:
    """Draw by school how much more often teachers judged higher than lower."""
    rows = [(row, row.leniency) for row in value.rows if row.leniency is not None]
    figure, drawn = axes(1.2 + 0.36 * max(len(rows), 1))
    colours = {"higher": COLOURS[3], "lower": COLOURS[2], "": COLOURS[0]}
    for place, (row, (middle, low, high)) in enumerate(rows):
        ends = (100 * low, 100 * middle, 100 * high)
        interval(drawn, place, ends, colours[row.where], "D" if row.where else "o")
    drawn.axvline(0, color=LINE, linewidth=1, zorder=0)
    name_rows(drawn, [row.name for row, _ in rows],
          "Per hundred judgements: teachers lower  ←  →  teachers higher")  # fmt: skip
    out = [row.name for row, _ in rows if row.where]
    return Figure(
        title=(
            f"Teachers at {' and '.join(out)} judge otherwise than moderation"
            if out
            else "No school is known to judge otherwise than moderation"
        ),
        subtitle=(
            f"Share judged higher less share judged lower than moderation, {value.period}; lines: "
            f"where it may well be; diamonds: more than chance"
        ),
        alt=str(words.judging(released)).replace("**", ""),
        svg=svg(figure),
        data=cast("Table", tables.judging(released)),
    )


@shown
def gaps(value: TrustGaps, released: Released[TrustGaps], place: int = 0) -> Figure:
    """Draw one group's gap in every school, and in a typical one."""
    row = value.rows[place]
    rows = [(s.name, s.points) for s in row.schools if not isinstance(s.points, Withheld)]
    seen = [(name, points) for name, points in rows if not banded(points, released)]
    figure, drawn = axes(1.4 + 0.36 * (len(seen) + 1))
    for at, (_, points) in enumerate(seen):
        ends = (100 * points.low, 100 * points.estimate, 100 * points.high)
        interval(drawn, at, ends, COLOURS[0])
    labels, pooled = [name for name, _ in seen], row.pooled
    if not isinstance(pooled, Withheld):
        at = len(seen)
        drawn.plot([pooled.further_low, pooled.further_high], [at] * 2, color=LINE, linewidth=4)
        ends = (pooled.low, pooled.estimate, pooled.high)
        interval(drawn, at, ends, COLOURS[2], "D", width=3, size=8)
        labels.append("A typical school")
    drawn.axvline(0, color=QUIET, linewidth=1, zorder=0)
    name_rows(drawn, labels, "Percentage points: below nought the group is behind")
    return Figure(
        title=f"{sentence_case(row.group_name)} in every school, and in a typical one",
        subtitle=(
            f"Share at the expected standard, {row.group_name} less {row.others_name}, three years "
            f"together; wide grey line: where one more such school may be"
        ),
        alt=_told(row.group_name, seen, pooled),
        svg=svg(figure),
        data=cast("Table", tables.gaps(released)),
    )


def _told(group: str, seen: list[Any], pooled: Any) -> str:
    each = "; ".join(f"{name}: {decimal(100 * points.estimate)}" for name, points in seen)
    typical = (
        ""
        if isinstance(pooled, Withheld)
        else f" A typical school: {decimal(pooled.estimate)} ({to_range(pooled.low, pooled.high)})."
    )
    return f"Gap of {group} in percentage points. {each or 'Not shown'}.{typical}"


def _lines(drawn: Any, middle: float, size: float, sizes: list[int]) -> None:
    """Draw the middle, what chance gives round it, and what usual differences add."""
    drawn.axhline(100 * middle, color=INK, linewidth=1)
    looks = [(_INNER, float("inf"), QUIET, (0, (4, 3)), f"chance, {percent(_INNER)}")]
    looks += [(_OUTER, float("inf"), QUIET, (0, (1, 0)), f"chance, {decimal(100 * _OUTER, 1)}%")]
    if not isinf(size):
        looks.append((_OUTER, size, COLOURS[3], (0, (1, 0)), "and usual differences"))
    for level, likeness, colour, style, label in looks:
        ends = [limits(middle, n, level, size=likeness) for n in sizes]
        for side in (0, 1):
            drawn.plot(sizes, [100 * end[side] for end in ends], color=colour, linewidth=1,
                       linestyle=style, label="" if side else label, zorder=1)  # fmt: skip


def _outside(value: TrustSchools) -> list[str]:
    prior = value.prior
    if isinstance(prior, Withheld):
        return []
    found = value.compared.items()
    return [name for name, s in found if not _within(s, prior.mean, _OUTER)]


def _within(share: Share, middle: float, level: float) -> bool:
    low, high = limits(middle, share.n, level)
    return low <= share.estimate <= high


def _panel(drawn: Any, label: str, shares: dict[str, Share | Withheld], names: list[str]) -> None:
    for place, name in enumerate(names):
        share = shares.get(name)
        if isinstance(share, Share):
            ends = (100 * share.low, 100 * share.estimate, 100 * share.high)
            interval(drawn, place, ends, COLOURS[0], width=1.4, size=4)
    drawn.set_title(label, fontsize=9, color=INK, loc="left")
    drawn.tick_params(labelsize=8)
