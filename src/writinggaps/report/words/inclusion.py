"""The inclusion index in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.inclusion.facts import rules
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    plain,
    sentence_case,
    spelled,
    together,
)
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.inclusion.results import InclusionIndex, Part, SchoolIndex

__all__ = ["change", "index", "mark", "missing", "schools", "sure", "title"]

_SURE = 75.0
_STABILITY = {
    "stable": "Other reasonable choices would say the same.",
    "fairly stable": "That is fairly sure.",
    "unstable": (
        "**Which third it belongs to cannot be told**: the records are too few, or the choices "
        "matter too much."
    ),
    "too few pupils": "**The school has too few pupils with SEN** for its place to be told.",
}
_MARK = {
    "met": "**The school meets the inclusive-school mark**, as it did the year before.",
    "met this year": (
        "The school meets the inclusive-school mark this year; the mark is given for two years "
        "running."
    ),
    "working towards": (
        "The school is working towards the inclusive-school mark: it is more likely than not to be "
        "above its threshold, but that is not sure enough."
    ),
    "not met": "The school does not meet the inclusive-school mark.",
}


def title(component: str) -> str:
    """Name a component in words.

    Examples
    --------
    >>> title("access")
    'places for pupils with plans'
    """
    name: str = rules()["components"][component]["title"]
    return name


@sentence
def index(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say a school's index, where it lies, and what most of it comes from."""
    centre = decimal(rules()["scale"]["centre"])
    return (
        f"{plain(value.label)}'s inclusion index is **{decimal(value.estimate)}** (between "
        f"{decimal(value.low)} and {decimal(value.high)}; {centre} is the average {value.phase} "
        f"school of the authority). {_place(value)}{_most(value)}"
    )


def _place(value: SchoolIndex) -> str:
    if value.stability in ("unstable", "too few pupils"):
        return _STABILITY[value.stability]
    third = "highest" if value.highest >= _SURE else "lowest" if value.lowest >= _SURE else "middle"
    return (
        f"It is probably in the {third} third of the authority's schools. "
        f"{_STABILITY[value.stability]}"
    )


def _most(value: SchoolIndex) -> str:
    """Name the component that moves the index furthest, in the direction of the whole."""
    away = value.estimate - rules()["scale"]["centre"]
    known = [row.part for row in value.parts if not isinstance(row.part, Withheld)]
    same = [part for part in known if part.added * away > 0]
    if not same or abs(away) < 1:
        return ""
    most = max(same, key=lambda part: abs(part.added))
    side = "above" if away > 0 else "below"
    return f" What puts it {side} the average is first of all: {title(most.label)}."


@sentence
def sure(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say what the doubt comes from, and how much rests on the school's own records."""
    about = "" if released.exact else "about "
    return sentence_case(
        f"{about}{decimal(value.evidence)}% of the index rests on the school's own pupils; the "
        f"rest is what schools of the authority are like. Of the doubt that is left, "
        f"{about}{decimal(value.chance)}% is chance - which pupils the school happened to have - "
        f"and the rest is our choice of weights, mean and reference."
    )


@sentence
def change(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say how the index moved from the year before."""
    moved = value.change
    if isinstance(moved, Withheld):
        return f"How the index moved from the year before cannot be said. {moved.found}."
    between = f"between {decimal(moved.low)} and {decimal(moved.high)}"
    if moved.low <= 0 <= moved.high:
        return (
            f"The index moved by {decimal(moved.estimate)} points from the year before, within "
            f"chance ({between})."
        )
    most = max(moved.parts, key=lambda part: abs(part.added))
    way = "higher" if moved.estimate > 0 else "lower"
    return (
        f"The index is **{way} than the year before** by {decimal(abs(moved.estimate))} points "
        f"({between}), most of all through {title(most.label)}."
    )


@sentence
def mark(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say whether the school meets the inclusive-school mark."""
    rule = rules()["mark"]
    return (
        f"{_MARK[value.mark]} It asks for an index of at least {decimal(rule['score'])} with a "
        f"probability of {decimal(100 * rule['probability'])}%, and for no part that is probably "
        f"below {decimal(rule['part_score'])}."
    )


@sentence
def missing(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say which parts are left out, and which the school holds back."""
    told = []
    if value.without:
        names = and_list(title(key) for key in value.without)
        told.append(
            f"This is the index without {names}: the authority's figures do not hold them. It "
            f"must not be compared with an index that has them."
        )
    if value.held_back:
        names = and_list(title(key) for key in value.held_back)
        told.append(
            f"The school did not supply what is needed for {names}: it counts as the school of "
            f"ten that does worst."
        )
    nothing = [row.label for row in value.parts if _nothing(row.part)]
    if nothing:
        names = and_list(title(key) for key in nothing)
        told.append(f"There was nothing to count for {names}: it counts as the average school.")
    return " ".join(told) or "No part of the index is missing."


def _nothing(part: Part | Withheld) -> bool:
    return not isinstance(part, Withheld) and not part.n and not part.held_back


@sentence
def schools(value: InclusionIndex, released: Released[InclusionIndex]) -> str:
    """Say how many schools there are, and how many are told apart from the average."""
    known = [r.index for r in value.schools if not isinstance(r.index, Withheld)]
    if not known:
        why = next((r.index for r in value.schools if isinstance(r.index, Withheld)), None)
        found = f" {why.found}." if why else ""
        return f"No school's inclusion index can be said.{found}"
    centre = rules()["scale"]["centre"]
    apart = sum(i.low > centre or i.high < centre for i in known)
    when = Term.parse(value.period).spoken
    count = "**no school**" if not apart else f"**{spelled(apart)}**"
    return (
        f"{together(value.years)}, up to {when}: of {spelled(len(known))} "
        f"{'school' if len(known) == 1 else 'schools'} with an index, {count} can be told from the "
        f"average school of the authority."
    )
