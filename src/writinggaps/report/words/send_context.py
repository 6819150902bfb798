"""Who the pupils with SEN are, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.findings import Finding, share_finding
from writinggaps.measures.send.context import Context, contrast
from writinggaps.measures.send.status import NONE, PLAN, SUPPORT
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    count_of,
    few,
    inside,
    plain,
    plural,
    pupils,
    sentence_case,
    share_of,
    so_many_of,
)
from writinggaps.withheld import Withheld

__all__ = [
    "WHO",
    "identification",
    "records_of",
    "roll",
    "schools",
    "sources",
    "who",
    "year_groups",
]

WHO = {PLAN: "pupils with an EHCP", SUPPORT: "pupils on SEN Support", NONE: "pupils without SEN"}
MEASURES = {
    "Who missed a tenth or more of their sessions?": "persistent absence",
    "Who was suspended in three years?": "suspended at least once",
}
"""Figures of this report that a priority may name."""
_HIDDEN = "It is not shown, to protect children"


@sentence
def roll(value: Context, released: Released[Context]) -> str:
    """Say how many pupils are on SEN Support and have plans, beside England and the authority."""
    when = Term.parse(value.period).spoken
    support, plans = value.share(SUPPORT), value.share(PLAN)
    if not isinstance(support, Share) or not isinstance(plans, Share):
        return f"{sentence_case(when)}: how many pupils have SEN provision. {_HIDDEN}."
    if released.exact and not support.count and not plans.count:
        return (
            f"In {when} none of the school's {pupils(support.n, released)} was on SEN Support or "
            "had a plan (EHCP)."
        )
    return (
        f"In {when}, **{so_many_of(support, released)}** were on SEN Support and "
        f"**{_so_many(plans, released)}** had a plan (EHCP).{_elsewhere(value)}"
    )


@sentence
def who(value: Context, released: Released[Context]) -> str:
    """Say whether boys and disadvantaged pupils are more often among pupils with SEN."""
    said = [
        _more_often(value, released, part, noun)
        for part, noun in (("boys", "boys"), ("disadvantaged", "disadvantaged"))
    ]
    told = " ".join(part for part in said if part)
    return told or ("" if released.exact else "Who they are is not shown, to protect children.")


@sentence
def year_groups(value: Context, released: Released[Context]) -> str:
    """Name the year groups with the largest shares, if they differ by more than chance."""
    if isinstance(value.year_groups, Withheld):
        return f"{value.year_groups.found or _HIDDEN}."
    parts = [(p.label, p.share) for p in value.year_groups.parts if isinstance(p.share, Share)]
    shown = [(name, part) for name, part in parts if not few(part.count, released)]
    if not shown:
        return "In no year group are there enough pupils with SEN for a number."
    name, part = max(shown, key=lambda pair: pair[1].estimate)
    if released.exact and part.count in (0, part.n):
        return ""
    most = f"The largest share is in {name}: {so_many_of(part, released)}"
    if value.uneven:
        return f"{most}. Year groups differ by more than chance gives."
    return f"{most}. Year groups of this size often differ as much by chance."


@sentence
def identification(value: Context, released: Released[Context]) -> str:
    """Set the share on SEN Support beside England's, as a question and never as a quota."""
    side, part, england = value.beside_england(SUPPORT), value.share(SUPPORT), value.support.england
    if isinstance(england, Withheld) or not isinstance(part, Share) or not side:
        return "There is no official figure that the share on SEN Support could be set beside."
    about = round(part.n * england.value / 100)
    said = (
        f"With England's share, about {plural(about, 'pupil')} of {count_of(part.n, released)} "
        f"would be on SEN Support; here it is {count_of(part.count, released)}"
    )
    return f"{said}{_SIDES[side]} England's share is no target."


def records_of(
    found: Breakdown | Withheld, question: str, period: str, measure: str = ""
) -> tuple[Finding, ...]:
    """Record the share of each SEN status that has something, for the plan of the school."""
    shares = {} if isinstance(found, Withheld) else found.shares
    told = {"question": question, "measure": measure or MEASURES[question], "period": period}
    return tuple(share_finding(part, group=WHO[s], **told) for s, part in shares.items())


def sources(*told: Released[Any]) -> Prose:
    """Say once where each official figure of a report is from, what it is, and whom it covers."""
    found = dict.fromkeys(f for one in told for f in _officials(one.value))
    if not found:
        return Prose("No official figure is carried for a school like this one.")
    of: dict[str, dict[str, dict[str, None]]] = {}
    for figure in found:
        whom, *what = re.split("[,;] ", plain(figure.coverage), maxsplit=1)
        source = plain(figure.source.split(" (")[0])
        release = f"{source}, release {plain(figure.version)}, {whom}"
        labels = of.setdefault(release, {}).setdefault(" ".join(what), {})
        labels[inside(plain(figure.label))] = None
    said = (f"{name}: {_covering(figures)}." for name, figures in of.items())
    return Prose(
        "Official figures are the Department for Education's; their school year stands beside "
        f"them. {' '.join(said)}"
    )


def _covering(figures: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(
        f"{'; '.join(labels)}{f' ({what})' if what else ''}" for what, labels in figures.items()
    )


def _officials(value: object) -> Iterator[Official]:
    """Find the official figures in a result."""
    if isinstance(value, Official):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _officials(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _officials(getattr(value, part.name))


def schools(figure: Official) -> str:
    """Name the schools of an official figure, to follow "pupils".

    Examples
    --------
    >>> from writinggaps.official import official
    >>> schools(official("ehcp_share", phase="primary"))
    ' in primary schools'
    """
    of = {"primary": " in primary schools", "secondary": " in secondary schools"}
    return of.get(figure.phase, " in all phases")


_SIDES = {
    "below": (
        ", fewer than chance would often give. Is there need that has not been noticed? Look at "
        "the pupils who work far below their year group and are not on the register."
    ),
    "above": (
        ", more than chance would often give. Are there pupils for whom good teaching in class "
        "would now be enough?"
    ),
    "within chance": (
        ", which a school of this size may well have by chance. That does not show that every "
        "need has been noticed."
    ),
}


def _so_many(part: Share, released: Released[Context]) -> str:
    if released.exact and part.count in (0, part.n):
        return "all of them" if part.count else "none"
    return count_of(part.count, released)


def _elsewhere(value: Context) -> str:
    """Give England's shares, then the authority's."""
    pairs = (
        (value.support.england, value.ehcp.england),
        (value.support.authority, value.ehcp.authority),
    )
    said = [
        f"{support.value:g}% and {plans.value:g}% in {plain(support.place)} ({support.period})"
        for support, plans in pairs
        if isinstance(support, Official) and isinstance(plans, Official)
    ]
    if not said or not isinstance(found := value.support.england, Official):
        return ""
    return f" Of all pupils{schools(found)} it was {and_list(said)}."


def _more_often(value: Context, released: Released[Context], part: str, noun: str) -> str:
    found = contrast(getattr(value, part))
    if found is None:
        return ""
    if released.exact and not found.group.count + found.others.count:
        return ""
    sen = so_many_of(found.group, released, noun="pupils with SEN")
    told = (
        f"{sentence_case(sen)} are {noun}, against {share_of(found.others, released)} of pupils "
        f"without SEN"
    )
    if found.low > 0:
        return f"{told}: more often than chance gives."
    if found.high < 0:
        return f"{told}: less often than chance gives."
    return f"{told}, a difference that chance may explain."
