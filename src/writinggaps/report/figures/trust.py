"""A trust's schools, drawn: never an order without how far it can be trusted."""

from __future__ import annotations

from math import inf, isinf
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.funnel import limits
from writinggaps.measures.trust.gaps import TrustGap, TrustGaps
from writinggaps.measures.trust.judging import TrustJudging
from writinggaps.measures.trust.schools import TrustSchools
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures import canvas
from writinggaps.report.figures.canvas import COLOURS, INK, LINE, QUIET
from writinggaps.report.tables import trust as tables
from writinggaps.report.words import trust as words
from writinggaps.report.words.gaps import banded
from writinggaps.report.words.language import decimal, percent, plural, sentence_case, to_range
from writinggaps.withheld import Withheld

__all__ = ["caterpillar", "funnel", "gaps", "judging", "years"]

_LOOKS = {"above": (COLOURS[1], "^"), "below": (COLOURS[2], "v"), "within": (COLOURS[0], "o")}
_INNER, _OUTER = 0.95, 0.998
_ACROSS = 3


@shown
def caterpillar(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw each school's share and, over it, the same drawn towards the others'."""
    figure, drawn = canvas.rows([row.name for row in value.rows], "% at the expected standard")
    seen: dict[str, Any] = {}
    for place, row in enumerate(value.rows):
        colour, mark = _LOOKS[row.where]
        seen["the school's own share"] = canvas.interval(
            drawn, place, canvas.ends(row.share), LINE, width=1.5, inside="white"
        )
        seen["the school's own share"].set(markeredgecolor=INK, zorder=3)
        towards = (100 * row.low, 100 * row.drawn, 100 * row.high)
        seen["drawn towards the others"] = canvas.interval(
            drawn, place, towards, colour, mark, width=4, size=7
        )
    if value.rows and not isinstance(value.prior, Withheld):
        drawn.axvline(100 * value.prior.mean, color=QUIET, linewidth=1, zorder=0)
    canvas.key(figure, seen)
    return canvas.chart(
        figure,
        title=words.caterpillar_title(value),
        subtitle=(
            f"Share at the expected standard in writing, {Term.parse(value.period).spoken}; thin "
            f"lines: the share's own range; thick: drawn towards the others; upright: their middle"
        ),
        alt=(
            f"{plural(len(value.rows), 'school')}, each with its share and range. "
            f"{words.places(released)}"
        ),
        data=tables.places(released),
    )


@shown
def funnel(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw schools by size within the ranges that chance, and usual differences, give."""
    figure, drawn = canvas.axes(3.8)
    found, prior = value.compared, value.prior
    if found and not isinstance(prior, Withheld):
        canvas.funnel(drawn, prior.mean, [s.n for s in found.values()], _ranges(prior.size))
        where = {row.name: row.where for row in value.standing}
        for name, share in found.items():
            colour, mark = _LOOKS[where[name]]
            drawn.plot([share.n], [100 * share.estimate], mark, color=colour, markersize=7)
            if not _within(share, prior.mean, _INNER):
                drawn.annotate(name, (share.n, 100 * share.estimate), xytext=(6, 4), color=INK,
                               textcoords="offset points", fontsize=8)  # fmt: skip
        drawn.set_xlabel("Pupils judged")
        drawn.set_ylabel("% at the expected standard")
        canvas.key(figure)
    else:
        canvas.nothing(drawn)
    outside = _outside(value)
    return canvas.chart(
        figure,
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
        data=tables.places(released),
    )


@shown
def years(value: TrustSchools, released: Released[TrustSchools]) -> Figure:
    """Draw one small picture for each year group, all with the same schools on one scale."""
    panels = [
        (y.label, {name: s for name, s in y.schools.shares.items() if isinstance(s, Share)})
        for y in value.years
        if not isinstance(y.schools, Withheld) and len(y.schools.shares) > 1
    ]
    names = [name for name in value.schools.shares if any(name in of for _, of in panels)]
    down = max(-(-len(panels) // _ACROSS), 1)
    height = 0.9 + down * (0.5 + 0.26 * len(names))
    figure, axes = canvas.axes(height, down, _ACROSS, sharex=True, sharey=True)
    grid = axes.ravel()
    for drawn, (label, of) in zip(grid, panels, strict=False):
        for name, share in of.items():
            line = canvas.ends(share)
            canvas.interval(drawn, names.index(name), line, COLOURS[0], width=1.4, size=4)
        drawn.set_title(label, fontsize=9, color=INK, loc="left")
        drawn.tick_params(labelsize=8)
    for drawn in grid[len(panels) :]:
        drawn.set_axis_off()
    canvas.name_rows(grid[0], names, size=8)
    figure.supxlabel("% at the expected standard, and where the share may well be", fontsize=9)
    grid[0].set_xlim(0, 100)
    spans = [f"{label}: {_span(of)}" for label, of in panels if of]
    return canvas.chart(
        figure,
        title="Schools by year group: most ranges overlap"
        if not value.standing_out("above") + value.standing_out("below")
        else "Schools by year group",
        subtitle=(
            f"Share at the expected standard in writing, {Term.parse(value.period).spoken}, in "
            f"year groups that several schools have; what is missing is too small to be shown, or "
            f"is not taught there"
        ),
        alt=(
            f"Lowest and highest share of a school in each year group: "
            f"{'; '.join(spans) or 'not shown'}. Most of this is chance: year groups are small."
        ),
        data=tables.schools(released),
    )


@shown
def judging(value: TrustJudging, released: Released[TrustJudging]) -> Figure:
    """Draw by school how much more often teachers judged higher than lower."""
    known = [(row, row.leniency) for row in value.rows if row.leniency is not None]
    figure, drawn = canvas.rows(
        [row.name for row, _ in known],
        "In a hundred judgements: right of nought teachers judged higher, left lower",
    )
    colours = {"higher": COLOURS[3], "lower": COLOURS[2], "": COLOURS[0]}
    for place, (row, (middle, low, high)) in enumerate(known):
        line = (100 * low, 100 * middle, 100 * high)
        canvas.interval(drawn, place, line, colours[row.where], "D" if row.where else "o")
    drawn.axvline(0, color=LINE, linewidth=1, zorder=0)
    out = [row.name for row, _ in known if row.where]
    return canvas.chart(
        figure,
        title=(
            f"Teachers at {' and '.join(out)} judge otherwise than moderation"
            if out
            else "No school is known to judge otherwise than moderation"
        ),
        subtitle=(
            f"Share judged higher less share judged lower than moderation, {value.period}; lines: "
            f"where it may well be; diamonds: more than chance"
        ),
        alt=str(words.judging(released)),
        data=tables.judging(released),
    )


@shown
def gaps(value: TrustGaps, released: Released[TrustGaps], place: int = 0) -> Figure:
    """Draw one group's gap in every school, and in a typical one."""
    row = value.rows[place]
    points = [(s.name, s.points) for s in row.schools if not isinstance(s.points, Withheld)]
    seen = [(name, found) for name, found in points if not banded(found, released)]
    pooled = None if isinstance(row.pooled, Withheld) else row.pooled
    figure, drawn = canvas.rows(
        [*(name for name, _ in seen), *["A typical school"] * bool(pooled)],
        "Percentage points: below nought the group is behind",
    )
    for at, (_, found) in enumerate(seen):
        canvas.interval(drawn, at, canvas.ends(found), COLOURS[0])
    if pooled:
        further = [pooled.further_low, pooled.further_high]
        drawn.plot(further, [len(seen)] * 2, color=LINE, linewidth=4)
        ends = canvas.ends(pooled, 1)
        canvas.interval(drawn, len(seen), ends, COLOURS[2], "D", width=3, size=8)
    drawn.axvline(0, color=QUIET, linewidth=1, zorder=0)
    told = [f"{name}: {decimal(100 * found.estimate)}" for name, found in seen]
    if pooled:
        told.append(
            f"a typical school: {decimal(pooled.estimate)} ({to_range(pooled.low, pooled.high)})"
        )
    return canvas.chart(
        figure,
        title=_gap_title(row),
        subtitle=(
            f"Share at the expected standard, {row.group_name} less {row.others_name}, three years "
            f"together; wide grey line: where one more such school may be"
        ),
        alt=f"Gap of {row.group_name} in percentage points. {'; '.join(told) or 'Not shown'}.",
        data=tables.gaps(released),
    )


def _gap_title(row: TrustGap) -> str:
    who = sentence_case(row.group_name)
    if isinstance(row.pooled, Withheld) or not row.beyond_chance:
        return f"{who} are not known to be behind, or ahead, in a typical school"
    return f"{who} are {'behind' if row.pooled.estimate < 0 else 'ahead'} in a typical school"


def _span(shares: dict[str, Share]) -> str:
    found = [share.estimate for share in shares.values()]
    return f"{percent(min(found))} to {percent(max(found))}"


def _ranges(likeness: float) -> list[Any]:
    """Give the lines of the funnel: two that chance gives, and one with usual differences."""
    looks = [(_INNER, inf, QUIET, (0, (4, 3)), f"chance, {percent(_INNER)}")]
    looks.append((_OUTER, inf, QUIET, (0, (1, 0)), f"chance, {decimal(100 * _OUTER, 1)}%"))
    if not isinf(likeness):
        looks.append((_OUTER, likeness, COLOURS[3], (0, (1, 0)), "and usual differences"))
    return looks


def _outside(value: TrustSchools) -> list[str]:
    prior = value.prior
    if isinstance(prior, Withheld):
        return []
    found = value.compared.items()
    return [name for name, share in found if not _within(share, prior.mean, _OUTER)]


def _within(share: Share, middle: float, level: float) -> bool:
    low, high = limits(middle, share.n, level)
    return low <= share.estimate <= high
