"""How pupils with SEN attend, in words."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.estimates.gate import Verdict
from writinggaps.estimates.rates import Rate, RateDifference
from writinggaps.measures.send.attendance import SenAttendance
from writinggaps.measures.send.changes import AttendanceChange
from writinggaps.measures.send.influence import SenInfluence
from writinggaps.measures.send.status import NONE, PLAN, SUPPORT
from writinggaps.measures.send.yardsticks import SO_FAR
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    few,
    how_often,
    percent,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    to_range,
)
from writinggaps.report.words.send_context import WHO, records_of, schools
from writinggaps.withheld import Withheld

__all__ = ["beside_england", "change", "gap", "influence", "missing", "needs", "points", "rate"]

_SEN = (PLAN, SUPPORT)
_LEVEL = 0.5


@sentence
def gap(value: SenAttendance, released: Released[SenAttendance]) -> str:
    """Say how wide the gaps to pupils without SEN are."""
    gaps = {s: found for s in _SEN if (found := value.gap(s)) is not None}
    if not gaps and released.exact and value.alone:
        return f"This cannot be said. {value.alone}"
    if not gaps:
        return "How far pupils with SEN are from other pupils is not shown or cannot be said."
    beside = f" than {WHO[NONE]}"
    said = []
    for status, found in gaps.items():
        said.append(f"{sentence_case(WHO[status])} attended {_apart(found, released, beside)}.")
        beside = ""
    return " ".join(said)


@sentence
def beside_england(value: SenAttendance, released: Released[SenAttendance]) -> str:
    """Set attendance and its gaps beside England's, which are of another part of the year."""
    england = value.absence_by_status
    if isinstance(england, Withheld):
        return f"No official attendance by SEN status is carried to set this beside.{_all(value)}"
    told = [f"{decimal(abs(value.england(s) or 0.0), 1)} points for {WHO[s]}" for s in _SEN]
    sure = [f"that of {WHO[s]} is {side} here" for s in _SEN if (side := value.beside_england(s))]
    beyond = ""
    if sure:
        beyond = f" {sentence_case(and_list(sure))} by more than chance gives."
    elif any(value.gap(s) for s in _SEN):
        beyond = " The school's gaps are not known to differ from those."
    return (
        f"In England the gap was {and_list(told)} (autumn and spring of {england.no_sen.period}, "
        f"all phases).{beyond}{_all(value)}"
    )


@sentence
def needs(value: SenAttendance, released: Released[SenAttendance]) -> str:
    """Say which need attends least, and whether any need differs by more than chance."""
    lowest = value.lowest_need
    if lowest is None or not isinstance(lowest.rate, Rate):
        few = "No primary need has enough pupils to look at its attendance by itself."
        return "" if released.exact and value.alone else few
    ends = f" (likely {to_range(lowest.rate.low, lowest.rate.high)}%)" if released.exact else ""
    told = (
        f"Of the primary needs, attendance is lowest in {lowest.label}: "
        f"{rate(lowest.rate, released)} for {pupils(lowest.rate.n, released)}{ends}."
    )
    if value.apart == (lowest.label,):
        return f"{told} **That is below the others by more than chance gives.**"
    if not value.apart:
        return f"{told} With groups of this size no need is known to be below the others."
    return f"{told} **Below the others by more than chance gives:** {and_list(value.apart)}."


@sentence
def missing(value: SenAttendance, released: Released[SenAttendance]) -> Prose:
    """Count severe absence and part-time timetables; persistent absence is in the table."""
    told = (
        (value.severe, f"missed {_part_of(value.half)} or more of their sessions"),
        (value.part_time, "had a part-time timetable"),
    )
    return Prose(
        " ".join(_counted(found, what, released) for found, what in told),
        records_of(value.persistent, "Who missed a tenth or more of their sessions?", value.period),
    )


@sentence
def change(value: AttendanceChange, released: Released[AttendanceChange]) -> str:
    """Put the change of the attendance gap on the ladder."""
    since = Term.parse(value.since).spoken
    what = f"The attendance gap between pupils with and without SEN{_the_same(value, released)}"
    away = f"the same part of the year to {since}"
    size, could = points(abs(value.estimate), released), _could_see(value, released)
    between = f"about {_ends(value, released)} points"
    was = f"It was {_gap(value.before, released)} and is now {_gap(value.after, released)}."
    way = "smaller" if value.estimate > 0 else "wider"
    rungs = {
        Verdict.CLOSING: f"{what} **is closing**: {between} less than in {away}. {was}",
        Verdict.SMALLER: f"{what} **was {size} smaller** than in {away}, **within chance**.{could}",
        Verdict.UNDETECTED: (
            f"**No change could be detected** in the attendance gap between pupils with and "
            f"without SEN since {away}: it was {size} {way}, within chance.{could}"
        ),
        Verdict.UNCHANGED: (
            f"{what} **has not changed by more than {points(value.margin, released)} either way** "
            f"since {away}."
        ),
        Verdict.WIDER: f"{what} **is wider**: {between} more than in {away}. {was}",
        Verdict.CANNOT_SAY: (
            f"{what} was {size} {way} than in {away}, but whether that means anything **cannot be "
            f"said**: {and_list(_WHY[name] for name in value.failed if name in _WHY)}."
        ),
    }
    return rungs[Verdict(value.verdict)]


@sentence
def influence(value: SenInfluence, released: Released[SenInfluence], *, short: bool = False) -> str:
    """Say whether the gap is one or two pupils; shared editions are not told what those did."""
    suspended = value.question == "suspensions"
    what = f"gap in {value.question}" + ("" if short else " to pupils without SEN")
    if not value.behind:
        more = "suspended more often" if suspended else "away more often"
        return f"Pupils with SEN are not {more} than others, so no one or two pupils explain it."
    if value.carried:
        said = f"The {what} is down to one or two pupils"
    elif value.most_goes:
        said = f"One or two pupils make most of the {what}, as they often do in groups of this size"
    else:
        said = f"The {what} is not only one or two pupils"
    if short or not released.exact:
        return f"**{said}.**"
    unit = " for every hundred pupils" if suspended else " points"
    now, without, typical = (
        decimal(v if suspended else -v, 1)
        for v in (value.estimate, value.without, value.typical_without)
        if v is not None
    )
    often = how_often(value.chance, released)
    talk = " Talk about them, not about a group." if value.carried else ""
    return (
        f"**{said}:** it is {now}{unit}, and would be {without} without those who count most. In a "
        f"typical group of this size it would then be {typical}; in {often} such groups one or two "
        f"pupils count for as much.{talk}"
    )


def rate(found: Rate, released: Released[Any]) -> str:
    """Write a percentage of sessions as exactly as its edition allows."""
    if released.exact:
        return f"{decimal(found.estimate, 1)}%"
    return f"about {decimal(found.estimate)}%"


def points(size: float, released: Released[Any]) -> str:
    """Write a size in percentage points."""
    places = 1 if released.exact else 0
    said = decimal(size, places)
    if not released.exact and size < _LEVEL:
        return "less than a point"
    return f"{said} point" if said == "1" else f"{said} points"


def _part_of(share: float) -> str:
    return "half" if share == _LEVEL else percent(share)


_WHY = {
    "enough_pupils": "one of the groups is too small",
    "same_pupils_or_trend": "too few of the pupils were there both times",
    "no_ceiling": "many of the other pupils missed nothing and could not do better",
    "behind_at_start": "pupils with SEN did not attend less to begin with",
    "same_on_every_scale": "it is not so on every scale",
    "own_level_rose": "pupils with SEN did not attend more themselves",
    "worth_having": "it is less than the smallest change that matters",
    "not_two_pupils": "it rests on one or two pupils",
}


def _all(value: SenAttendance) -> str:
    figures = (value.absence.england, value.absence.authority)
    so_far = any(isinstance(f, Official) and f.measure == SO_FAR for f in figures)
    told = [
        f"{100 - f.value:.4g}% in {plain(f.place)} ({f.period}{' so far' if so_far else ''})"
        for f in figures
        if not isinstance(f, Withheld)
    ]
    if not told or isinstance(value.absence.england, Withheld):
        return ""
    return f" All pupils{schools(value.absence.england)} attended {and_list(told)}."


def _counted(found: Breakdown | Withheld, what: str, released: Released[SenAttendance]) -> str:
    """Count those of each group, leaving out groups of whom nobody or hardly anybody did."""
    if isinstance(found, Withheld):
        return f"{found.found}." if found.found else f"How many {what} is not shown."
    counts = [
        so_many_of(part, released, noun=WHO[status])
        for status, part in found.shares.items()
        if isinstance(part, Share) and part.count and not few(part.count, released)
    ]
    if counts:
        return f"{sentence_case(and_list(counts))} {what}."
    return f"{'Nobody' if released.exact else 'Nobody, or very few,'} {what}."


def _apart(found: RateDifference, released: Released[SenAttendance], beside: str) -> str:
    about = "" if released.exact else "about "
    if not released.exact and abs(found.estimate) < _LEVEL:
        return f"as much{beside.replace('than', 'as')}, to within a point or so"
    size = points(abs(found.estimate), released)
    side = "more" if found.estimate > 0 else "less"
    if found.low > 0 or found.high < 0:
        ends = sorted((abs(found.low), abs(found.high)))
        likely = f" (likely {to_range(ends[0], ends[1], 1)})" if released.exact else ""
        return f"**{about}{size} {side}**{beside}{likely}"
    return f"{about}{size} {side}{beside} (within chance)"


def _the_same(value: AttendanceChange, released: Released[AttendanceChange]) -> str:
    group = pupils(value.n_group, released, noun="pupils with SEN")
    return (
        f", for {group} and {pupils(value.n_others, released)} without who were there both times,"
    )


def _could_see(value: AttendanceChange, released: Released[AttendanceChange]) -> str:
    size = points(value.detectable, released)
    return f" A change of less than {size} could not have been seen with these numbers."


def _ends(value: AttendanceChange, released: Released[AttendanceChange]) -> str:
    ends = sorted((abs(value.low), abs(value.high)))
    return to_range(ends[0], ends[1], 1 if released.exact else 0)


def _gap(size: float, released: Released[AttendanceChange]) -> str:
    side = "ahead" if size > 0 else "behind"
    return f"{points(abs(size), released)} {side}"
