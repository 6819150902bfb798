"""A trust's schools in words: which differences are real, and what to talk about this term."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.gate import Verdict
from writinggaps.measures.trust.gaps import TrustGap, TrustGaps
from writinggaps.measures.trust.judging import SchoolJudging, TrustJudging
from writinggaps.measures.trust.schools import TrustSchools
from writinggaps.measures.trust.secured import TrustSecured
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.given import known, whole_of
from writinggaps.report.words.language import (
    and_list,
    decimal,
    percent,
    plain,
    plural,
    sentence_case,
    share_of,
    so_many_of,
    spelled,
    to_range,
)
from writinggaps.report.words.security import blocks_named
from writinggaps.withheld import Withheld

__all__ = [
    "at_places",
    "caterpillar_title",
    "claims",
    "cohorts",
    "gaps",
    "judging",
    "places",
    "schools",
    "secured",
    "years",
]


@sentence
def schools(value: TrustSchools, released: Released[TrustSchools]) -> str:
    """Say where the trust stands, and which schools differ from the others by more than chance."""
    return f"{_whole(value, released)}{_out(value)}{_alone(value)}"


@sentence
def places(value: TrustSchools, _: Released[TrustSchools]) -> str:
    """Say how little places tell: from which to which each may be."""
    rows = value.rows
    if not rows:
        return "Fewer than three schools can be compared, so none has a place."
    if all((row.best, row.worst) == (1, len(rows)) for row in rows):
        return (
            f"There is no order among these {spelled(len(rows))} schools: each of them may as well "
            f"have the highest share as the lowest."
        )
    told = [row for row in rows if (row.best, row.worst) != (1, len(rows))]
    listed = and_list(f"{plain(r.name)} is {_place(r.best, r.worst)}" for r in told)
    return (
        f"Of {spelled(len(rows))} schools in order of their shares, {listed}; about the others' "
        f"places nothing is known."
        if len(told) < len(rows)
        else f"Of {spelled(len(rows))} schools in order of their shares, {listed}."
    )


@sentence
def years(value: TrustSchools, released: Released[TrustSchools]) -> str:
    """Say in which year groups of the trust most and fewest are at the expected standard."""
    shares = known({year.label: whole_of(year.schools) for year in value.years})
    if len(shares) < 2:
        return ""
    most, fewest = (pick(shares, key=lambda k: shares[k].estimate) for pick in (max, min))
    high, low = (share_of(shares[label], released) for label in (most, fewest))
    if high == low:
        return f"In each year group as many are at the standard: {high}."
    least = f"fewest in {fewest} ({low})"
    return f"By year group, most are at the standard in {most} ({high}) and {least}."


@sentence
def cohorts(value: TrustSchools, released: Released[TrustSchools]) -> str:
    """Say whether any school's oldest year group differs from last year's by more than chance."""
    shown = [(c, c.before, c.after) for c in value.cohorts]
    moved = [
        f"{plain(c.name)} ({c.who}: {share_of(before, released)} in {c.before_period}, "
        f"{share_of(after, released)} in {c.after_period})"
        for c, before, after in shown
        if c.moved and isinstance(before, Share) and isinstance(after, Share)
    ]
    if moved:
        return (
            f"The oldest year group differs from last year's by more than chance in "
            f"{and_list(moved)}. These are different children."
        )
    return (
        "In no school does the oldest year group differ from last year's by more than chance gives "
        "two groups of different children."
    )


@sentence
def judging(value: TrustJudging, released: Released[TrustJudging]) -> str:
    """Say where teachers judged otherwise than moderation, by more than chance."""
    said = [
        f"In {value.period} teachers at **{plain(row.name)}** judged **{where}** than moderation: "
        f"{_of_moderated(row, where, released)}{_surplus(row)}."
        for where in ("higher", "lower")
        for row in value.judged(where)
    ]
    if said:
        return " ".join([*said, "Read this school's other figures with that in mind."])
    return (
        f"In {value.period} no school's teachers are known to judge higher or lower than "
        f"moderation. The fewer pieces are moderated, the less could have been seen."
    )


@sentence
def gaps(value: TrustGaps, released: Released[TrustGaps]) -> str:
    """Say which gaps are there in a typical school, and which changes hold for the trust."""
    behind = [
        row for row in value.rows if row.beyond_chance and not isinstance(row.pooled, Withheld)
    ]
    typical = [_typical(row, released) for row in behind]
    start = (
        f"In a typical school of the trust, three years together, {and_list(typical)}."
        if typical
        else "With all that is compared here allowed for, no group is known to be behind, or "
        "ahead, in a typical school of the trust."
    )
    return f"{start}{_changes(value)}"


@sentence
def secured(value: TrustSecured, _: Released[TrustSecured]) -> str:
    """Say what is secured in every school, and what in none."""
    everywhere, nowhere = (value.secured(where) for where in ("everywhere", "nowhere"))
    most, few = percent(value.everywhere), percent(value.nowhere)
    said = [
        f"In every school more than {most} of pupils are secure in {blocks_named(everywhere)}."
        if everywhere
        else "",
        f"In no school are {few} of pupils secure in {blocks_named(nowhere)}." if nowhere else "",
    ]
    rest = [block.label for block in value.blocks if not block.where]
    if len(rest) == len(value.blocks):
        return "No part of writing is known to be secured in every school, or in none."
    if rest:
        said.append(f"Of {blocks_named(rest)} neither is known.")
    return " ".join(filter(None, said))


@sentence
def claims(value: TrustSchools, _: Released[TrustSchools], rate: float) -> str:
    """Say how many comparisons were made, and how that was allowed for."""
    return (
        f"This report puts together the reports of {plural(len(value.standing), 'school')} and "
        f"makes {plural(value.asked, 'comparison')}: each school beside the others "
        f"within year groups, its moderation, its gaps' changes, its oldest year group beside last "
        f"year's, each gap over all schools, and each block in every school. What it claims was "
        f"chosen so that on average at most {percent(rate)} of claims are false; where nothing "
        f"differs anywhere, it claims anything at all in at most {percent(rate)} of reports."
    )


def caterpillar_title(value: TrustSchools) -> str:
    """Give the headline of the picture of all schools."""
    out = [*value.standing_out("above"), *value.standing_out("below")]
    if not out:
        return "No school differs from the others by more than chance"
    return f"{plural(len(out), 'school differs', 'schools differ')} by more than chance"


def _whole(value: TrustSchools, released: Released[TrustSchools]) -> str:
    whole = value.schools.whole
    if isinstance(whole, Withheld):
        return "How many pupils of the trust are at the expected standard is not shown."
    return (
        f"In {Term.parse(value.period).spoken}, **{so_many_of(whole, released)}** of the trust "
        f"were at the expected standard in writing."
    )


def _out(value: TrustSchools) -> str:
    number = len(value.compared)
    if number < 2:
        return ""
    said = [
        f"**{and_list(map(plain, names))}** {'stands' if len(names) == 1 else 'stand'} {where} the "
        f"others by more than chance"
        for where in ("above", "below")
        if (names := value.standing_out(where))
    ]
    if said:
        return f" {sentence_case(and_list(said))}; the rest differ by no more than chance gives."
    return (
        f" **No school stands out**: the differences between the {spelled(number)} schools that "
        f"have year groups in common are no more than chance gives."
    )


def _alone(value: TrustSchools) -> str:
    alone = [row.name for row in value.standing if not row.where]
    if not alone:
        return ""
    verb, whose = ("is", "its") if len(alone) == 1 else ("are", "their")
    return (
        f" {and_list(map(plain, alone))} {verb} not compared, because no other school has {whose} "
        f"year groups."
    )


def _place(best: int, worst: int) -> str:
    return f"in place {best}" if best == worst else f"between place {best} and place {worst}"


def _of_moderated(row: SchoolJudging, where: str, released: Released[Any]) -> str:
    part = None if isinstance(row.agreement, Withheld) else row.agreement.shares[f"teacher {where}"]
    return (
        so_many_of(part, released, noun="judgements") if isinstance(part, Share) else "more often"
    )


def _surplus(row: SchoolJudging) -> str:
    if row.leniency is None:
        return ""
    _, low, high = (100 * end for end in row.leniency)
    ends = to_range(low, high) if high > -low else to_range(-high, -low)
    return f", a surplus of {ends} in a hundred"


def _typical(row: TrustGap, released: Released[TrustGaps]) -> str:
    pooled = row.pooled
    if isinstance(pooled, Withheld):
        return ""
    side, sign = ("behind", -1) if pooled.estimate < 0 else ("ahead of", 1)
    low, high = sorted((sign * pooled.low, sign * pooled.high))
    about = "" if released.exact else "about "
    return (
        f"**{row.group_name}** are {about}{decimal(abs(pooled.estimate))} points {side} "
        f"{row.others_name} ({to_range(low, high)})"
    )


def _changes(value: TrustGaps) -> str:
    closing, wider = (value.moved(v) for v in (Verdict.CLOSING, Verdict.WIDER))
    if not closing and not wider:
        return " No school's gap is known to be closing or wider."
    said = []
    if closing:
        said.append(f" The gap **is closing** {at_places(closing)}.")
    if wider:
        said.append(f" The gap **is wider** {at_places(wider)}.")
    return f"{''.join(said)} No other change is known."


def at_places(places_: Iterable[tuple[str, str]]) -> str:
    """Name groups with their schools."""
    return and_list(f"for {group} at {plain(school)}" for school, group in places_)
