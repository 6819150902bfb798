"""Gaps in words: how wide, for whom, and over three years."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released, rules
from writinggaps.estimates import ShareDifference
from writinggaps.measures.gaps.gap import Gap, pupils_to_close
from writinggaps.measures.gaps.history import GapHistory, Gaps
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    inside,
    sentence_case,
    so_many_of,
    spelled,
    to_range,
    together,
)
from writinggaps.withheld import Withheld

__all__ = ["banded", "described", "gap", "title", "widest"]

_LEVEL = 0.005
"""Less than half a point would be written as no points."""

_HIDDEN = "It is not shown, to protect children."


@sentence
def gap(
    value: Gap, released: Released[Gap], england: tuple[Official, Official] | None = None
) -> str:
    """Say how far a group is from the others, in points and in pupils."""
    when = Term.parse(value.period).spoken
    both = f"In {when}, {_both(value.points, released)} were at the expected standard"
    return (
        f"{both}{_apart(value.points, released)}"
        f"{_to_close(value.points, released)}{_sizes(value)}{_england(england)}"
    )


@sentence
def widest(value: Gaps, _: Released[Gaps]) -> str:
    """Say which gap is widest three years together, of those that are more than chance."""
    if not value.behind:
        return "No group is known to be behind: every difference could be chance."
    most, behind = value.behind[0], value.behind
    judged = [_judged(r.history) for r in value.rows if not isinstance(r.history, Withheld)]
    years = max(judged, key=len)
    others = "" if len(behind) == 1 else f" {_also(behind, most)}"
    return (
        f"{together(years)}, the widest gap is that of **{most.group_name}**: "
        f"{_points(most)} behind {most.others_name} ({_range(most)}).{others}"
    )


def title(value: Gaps, released: Released[Gaps]) -> str:
    """Give the headline of a picture: who was behind in every year, of those known to be behind."""
    if not value.behind:
        return "Every gap shown could be chance"
    known = {points.group_name for points in value.behind}
    always = [
        row.label
        for row in value.rows
        if not isinstance(row.history, Withheld)
        and row.history.group_name in known
        and _always_behind(row.history, released)
    ]
    if not always:
        return "No group was behind in every year shown"
    return f"{sentence_case(and_list(always))} were behind in every year shown"


def described(value: Gaps, released: Released[Gaps]) -> str:
    """Say for somebody who cannot see a picture what it shows: each gap, three years together."""
    each = []
    for row in value.rows:
        pooled = row.history if isinstance(row.history, Withheld) else row.history.pooled
        if isinstance(pooled, Withheld) or banded(pooled, released):
            each.append(f"{row.label}: not shown")
        else:
            side = "ahead" if pooled.estimate > 0 else "behind"
            each.append(f"{row.label}: {_points(pooled)} {side} ({_span(pooled)})")
    return f"Gaps, all years together. {sentence_case('; '.join(each))}."


def banded(points: ShareDifference, released: Released[Any]) -> bool:
    """Say whether a count is shown only as few or as nearly all, so that a gap would be made up."""
    hidden = rules(released.edition).hidden_up_to
    shares = (points.group, points.others)
    few = any(s.count <= hidden or s.n - s.count <= hidden for s in shares)
    return not released.exact and few


def _always_behind(history: GapHistory, released: Released[Gaps]) -> bool:
    years = [y.points for y in history.years if not isinstance(y.points, Withheld)]
    shown = [points for points in years if not banded(points, released)]
    return bool(shown) and all(points.estimate < 0 for points in shown)


def _span(points: ShareDifference) -> str:
    """Write the interval in the direction in which the gap is told."""
    if points.estimate > 0:
        return to_range(100 * points.low, 100 * points.high)
    return _range(points)


def _both(points: ShareDifference, released: Released[Gap] | Released[GapHistory]) -> str:
    group = so_many_of(points.group, released, noun=points.group_name)
    return f"{group} and {so_many_of(points.others, released, noun=points.others_name)}"


def _points(points: ShareDifference) -> str:
    if abs(points.estimate) < _LEVEL:
        return "less than a point"
    return _counted(abs(100 * points.estimate), "point")


def _counted(value: float, noun: str) -> str:
    said = decimal(value)
    return f"{said} {noun}" if said == "1" else f"{said} {noun}s"


def _range(points: ShareDifference) -> str:
    """Write the interval as how far behind."""
    return to_range(-100 * points.high, -100 * points.low)


def _apart(points: ShareDifference, released: Released[Gap] | Released[GapHistory]) -> str:
    if banded(points, released):
        return ". The numbers are too small to say here how far apart they are."
    about = "" if released.exact else "about "
    low, high = 100 * points.low, 100 * points.high
    if abs(points.estimate) < _LEVEL:
        said = f"**level to within a point** ({to_range(low, high)})"
    elif points.estimate > 0:
        ahead = f"{about}{_points(points)}"
        said = f"{points.group_name} were **ahead by {ahead}** ({to_range(low, high)})"
    else:
        said = f"a gap of **{about}{_points(points)}** ({_range(points)})"
    if low > 0 or high < 0:
        return f": {said}."
    return f": {said}. Chance alone often gives such a difference between groups of this size."


def _to_close(points: ShareDifference, released: Released[Gap]) -> str:
    more = pupils_to_close(points)
    if more == 0 or banded(points, released):
        return ""
    about = "" if released.exact else "about "
    who = _one_of(points.group_name) if more == 1 else points.group_name
    return f" {sentence_case(about + spelled(more))} more {who} at the standard would close it."


def _one_of(name: str) -> str:
    return {"boys": "boy"}.get(name, name.replace("pupils", "pupil", 1))


def _sizes(value: Gap) -> str:
    if isinstance(value.sizes, Withheld):
        return ""
    size, who = value.sizes, f" Measured by {inside(value.sizes.measure)}, "
    if decimal(abs(size.estimate), 1) == decimal(0, 1):
        apart = "the groups were less than a tenth of a standard deviation apart"
        return f"{who}{apart} ({to_range(size.low, size.high, 1)})."
    behind = size.estimate < 0
    ends = to_range(-size.high, -size.low, 1) if behind else to_range(size.low, size.high, 1)
    return (
        f"{who}{value.points.group_name} were {decimal(abs(size.estimate), 1)} standard deviations "
        f"{'behind' if behind else 'ahead'} ({ends})."
    )


def _england(england: tuple[Official, Official] | None) -> str:
    if england is None:
        return ""
    group, others = england
    return (
        f" In England it was {decimal(group.value)}% and {decimal(others.value)}% "
        f"in {group.period}."
    )


def _also(behind: tuple[ShareDifference, ...], most: ShareDifference) -> str:
    rest = [f"{p.group_name} ({_points(p)})" for p in behind if p is not most]
    return f"Also behind are {and_list(rest)}."


def _judged(history: GapHistory) -> list[str]:
    """Name the school years in which anybody was judged."""
    return [
        year.period
        for year in history.years
        if not isinstance(year.points, Withheld) or year.points.reason != "no_records"
    ]
