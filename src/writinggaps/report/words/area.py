"""An area's published figures, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.area.changes import AreaChanges
from writinggaps.measures.area.gap import AreaGap, AreaGapChange
from writinggaps.measures.area.schools import AreaSchools
from writinggaps.measures.area.whole import AreaChecks, AreaShares
from writinggaps.report.faces import sentence
from writinggaps.report.words.gap_change import why_not
from writinggaps.report.words.language import (
    and_list,
    decimal,
    percent,
    plain,
    plural,
    sentence_case,
    spelled,
    to_range,
)

__all__ = ["changes", "checks", "gap", "gap_change", "gap_schools", "level", "schools", "years"]

_REACHED = {
    "the expected standard": "reached the expected standard in writing",
    "greater depth": "worked at greater depth in writing",
}


@sentence
def level(value: AreaShares, _: Released[AreaShares]) -> str:
    """Say where the area stood last year, beside England."""
    year, reached = value.latest, _REACHED[value.standard]
    who = f"{plain(value.place)}'s {year.eligible:,} pupils in Year 6"
    if year.published is None:
        return (
            f"In {year.period}, **about {percent(year.rebuilt.estimate)}** of {who} {reached}; "
            f"no figure for the whole area was published."
        )
    england = (
        ""
        if year.england is None
        else f"; in England's state-funded schools {decimal(year.england)}% did"
    )
    return f"In {year.period}, **{decimal(year.published)}%** of {who} {reached}{england}."


@sentence
def years(value: AreaShares, _: Released[AreaShares]) -> str:
    """Say what all years together come to, and whether they make a trend."""
    reached, pooled = _REACHED[value.standard], value.pooled
    many = (
        f"Over the {spelled(len(value.years))} years to {value.period}, "
        if len(value.years) > 1
        else f"In {value.period}, "
    )
    said = (
        f"{many}about {pooled.count:,} of {pooled.n:,} pupils "
        f"({decimal(pooled.percent, 1)}%) {reached}."
    )
    if len(value.frameworks) == 1:
        return said
    first = next(y for y in value.years if y.framework == value.frameworks[-1])
    return (
        f"{said} Writing was judged by a new framework from {first.period}, so earlier years "
        f"must not be compared with later ones."
    )


@sentence
def schools(value: AreaSchools, _: Released[AreaSchools]) -> str:
    """Say how many schools stand out, and how many would by chance."""
    n = plural(len(value.compared), "mainstream school")
    common = f"all had the {percent(value.common.estimate)} that they have together"
    sides = {side: len(value.standing(side)) for side in ("above", "below")}
    out = sum(sides.values())
    if not out:
        return (
            f"**No school stands out**: the figures of all {n} are such as chance would give if "
            f"{common}."
        )
    told = and_list(f"{count} {side}" for side, count in sides.items() if count)
    count, where = told.split(" ", 1)
    return (
        f"**{out} of {n} {'stands' if out == 1 else 'stand'} out**: {count} clearly {where} what "
        f"chance would give if {common}. Chance alone would put {_by_chance(value.by_chance)} "
        f"there. The figures do not say why: they know nothing of the pupils whom a school admits."
    )


@sentence
def changes(value: AreaChanges, _: Released[AreaChanges]) -> str:
    """Say whether any school's change from year to year is more than chance."""
    before, after = value.periods
    looked = (
        f"{sentence_case(_so_many(value.large))} of {value.schools} schools moved by "
        f"{decimal(value.large_points)} percentage points or more between {before} and {after}, as "
        f"small cohorts often do. Taken one by one, {_so_many(value.beyond)} changed by more than "
        f"chance often gives; chance alone would give {_by_chance(value.expected_beyond)}."
    )
    if not value.clear and value.more_than_chance:
        return (
            f"**Some schools changed, but nobody can say which.** {looked} No single change is "
            f"clear once all {value.schools} schools have been looked at."
        )
    if not value.clear:
        return f"**No school's change can be told from chance.** {looked}"
    named = and_list(
        f"{plain(change.name)} ({decimal(change.before.percent)}% to "
        f"{decimal(change.after.percent)}%)"
        for change in value.clear
    )
    one = len(value.clear) == 1
    return (
        f"**{sentence_case(spelled(len(value.clear)))} {'change is' if one else 'changes are'} "
        f"more than chance**, all {value.schools} schools having been looked at: {named}. {looked}"
    )


@sentence
def gap(value: AreaGap, _: Released[AreaGap]) -> str:
    """Say how far disadvantaged pupils were behind last year, in points and in pupils."""
    year = value.latest
    d, o = year.gap.disadvantaged, year.gap.others
    shares = (
        f"In {year.period}, {decimal(d.percent)}% of {d.n:,} disadvantaged pupils and "
        f"{decimal(o.percent)}% of {o.n:,} others {_REACHED[value.standard]}"
    )
    if value.estimate >= 0:
        return f"{shares}: disadvantaged pupils were **not behind**."
    england = "" if year.england is None else f"; in England it was {_points(-year.england / 100)}"
    within = to_range(-100 * value.high, -100 * value.low)
    if value.high >= 0:
        return (
            f"{shares}: {_points(-value.estimate)} percentage points less ({within}){england}, "
            f"a difference that chance often gives with so few pupils."
        )
    return (
        f"{shares}: a gap of **{_points(-value.estimate)} percentage points** ({within}){england}. "
        f"{sentence_case(plural(value.pupils_short, 'more disadvantaged pupil'))} at the standard, "
        f"in the whole area, would have closed it."
    )


@sentence
def gap_change(value: AreaGapChange, _: Released[AreaGapChange]) -> str:
    """Say whether the gap moved, on the one ladder."""
    first, last = value.periods
    low, high = (value.low, value.high) if value.estimate >= 0 else (-value.high, -value.low)
    return _RUNGS[value.verdict].format(
        first=first,
        last=last,
        gaps=f"{_points(-value.first_gap)} percentage points in {first} and "
        f"{_points(-value.last_gap)} in {last}",
        points=_points(abs(value.estimate)),
        between=to_range(100 * low, 100 * high),
        most=_points(max(abs(value.low), abs(value.high))),
        detectable=_points(value.detectable),
        why=why_not(value.failed, "disadvantaged pupils", _too_few(value)),
    )


@sentence
def gap_schools(value: AreaGap, _: Released[AreaGap]) -> str:
    """Say for how many schools the gap was published at all."""
    year = value.latest
    return (
        f"For {year.schools} of {year.of_schools} schools the figures of both groups were "
        f"published in {year.period}; for the others they are suppressed, because few "
        f"disadvantaged pupils stand behind them. What is published leaves out small groups, so "
        f"schools with a figure are not typical of those without."
    )


@sentence
def checks(value: AreaChecks, _: Released[AreaChecks]) -> str:
    """Say what became of every line, and whether the schools add up to the published row."""
    lines, kept = sum(f.lines for f in value.files), sum(f.kept for f in value.files)
    read = (
        f"{plural(len(value.files), 'file')} with {lines:,} lines "
        f"{'was' if len(value.files) == 1 else 'were'} read and {kept:,} rows "
        f"came out"
    )
    return (
        f"{sentence_case(read)}, of which {sum(f.schools for f in value.files):,} are of schools "
        f"in {plain(value.place)}. {_adds_up(value)} {_followed(value)}"
    ).strip()


def _by_chance(schools: float) -> str:
    return f"about {spelled(round(schools))}" if schools >= 1 else "fewer than one"


def _so_many(schools: int) -> str:
    return spelled(schools) if schools else "none"


def _points(share: float) -> str:
    return decimal(100 * share)


_SEEN = (
    "{gaps}. A change of less than {detectable} points could not have been seen with these numbers."
)
_RUNGS = {
    "closing": "The gap **is closing**: from {first} to {last} it became smaller by {points} "
    "percentage points ({between}).",
    "smaller, within chance": "The gap was **smaller, within chance**: " + _SEEN,
    "no detectable change": "**No detectable change** in the gap: " + _SEEN,
    "unchanged": "The gap **has not changed by more than {most} points** either way: {gaps}.",
    "wider": "The gap **is wider**: from {first} to {last} it grew by {points} percentage points "
    "({between}).",
    "cannot be said": "Whether the gap is moving **cannot be said**: it was {gaps}, a difference "
    "that chance seldom gives, but {why}.",
}
"""One sentence for each rung of the ladder."""


def _too_few(value: AreaGapChange) -> str:
    return (
        f"a trend takes {spelled(value.needed_cohorts)} years judged by one framework, and these "
        f"are {spelled(value.cohorts)}"
    )


def _adds_up(value: AreaChecks) -> str:
    compared = [f for f in value.files if f.published_eligible is not None]
    if not compared:
        return "No row for the whole area was published, so the schools' sum cannot be compared."
    wrong = [f for f in compared if f.eligible != f.published_eligible]
    if not wrong:
        return (
            f"Their eligible pupils add up to the area's own published row in every year "
            f"({and_list(f'{f.eligible:,}' for f in compared)})."
        )
    told = and_list(f"{f.eligible:,} beside {f.published_eligible:,} in {f.name}" for f in wrong)
    return f"Their eligible pupils **do not add up** to the area's own published row: {told}."


def _followed(value: AreaChecks) -> str:
    if not value.renumbered:
        return ""
    return (
        f"{sentence_case(plural(value.renumbered, 'school'))} changed URN on the way, and "
        f"{'is' if value.renumbered == 1 else 'are'} followed by the number within the authority."
    )
