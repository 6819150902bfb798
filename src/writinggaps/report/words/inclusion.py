"""The inclusion index in words."""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.inclusion.beside import Appearances
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.phase import ANOTHER
from writinggaps.measures.inclusion.results import InclusionIndex, Part, SchoolIndex
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    few,
    inside,
    out_of,
    plain,
    sentence_case,
    spelled,
    together,
)
from writinggaps.withheld import Withheld

__all__ = [
    "appearances",
    "beside",
    "change",
    "gaps_in",
    "index",
    "mark",
    "missing",
    "moved",
    "one_more",
    "schools",
    "sure",
    "title",
]

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
    centre, about = decimal(rules()["scale"]["centre"]), "" if released.exact else "about "
    return (
        f"{plain(value.label)}'s inclusion index is **{about}{decimal(value.estimate)}** (between "
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
    """Say which component moves the index furthest."""
    most = _largest(value)
    if most is None:
        return ""
    side = "above" if value.estimate > rules()["scale"]["centre"] else "below"
    return f" What puts it {side} the average is first of all: {title(most.label)}."


def _largest(value: SchoolIndex) -> Part | None:
    """Give the component that moves the index furthest, in the direction of the whole."""
    away = value.estimate - rules()["scale"]["centre"]
    known = [row.part for row in value.parts if not isinstance(row.part, Withheld)]
    same = [part for part in known if part.added * away > 0]
    return max(same, key=lambda part: abs(part.added)) if same and abs(away) >= 1 else None


@sentence
def sure(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say what the doubt comes from, and how much rests on the school's own records."""
    about = "" if released.exact else "about "
    return sentence_case(
        f"{about}{decimal(value.evidence)}% of the index rests on the school's own pupils; the "
        f"rest is what schools of the authority are like. Of the doubt that is left, "
        f"{about}{decimal(value.chance)}% is chance, which pupils the school happened to have; "
        f"the rest is our choice of weights, mean and reference."
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
            f"The index moved by {_points(moved.estimate)} from the year before, within chance "
            f"({between})."
        )
    most = max(moved.parts, key=lambda part: abs(part.added))
    way = "higher" if moved.estimate > 0 else "lower"
    return (
        f"The index is **{way} than the year before** by {_points(abs(moved.estimate))} "
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
def one_more(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say what one child can change most."""
    parts = [row.part for row in value.parts if not isinstance(row.part, Withheld)]
    if not parts:
        return ""
    most = max(parts, key=lambda part: abs(part.one_more))
    points = _points(abs(most.one_more), 1 if released.exact else 0)
    way = "raise" if most.one_more > 0 else "lower"
    what = rules()["components"][most.label]["one_more"]
    return (
        f"Of all that one child can change, this counts most: {what} would {way} the index by "
        f"{points}."
    )


def _points(size: float, places: int = 0) -> str:
    said = decimal(size, places)
    return f"{said} {'point' if said.lstrip('−') == '1' else 'points'}"


@sentence
def missing(value: SchoolIndex, released: Released[SchoolIndex]) -> str:
    """Say which parts are left out, and which the school holds back."""
    told = _left_out(value)
    if value.held_back:
        told.append(
            f"The school did not supply what is needed for {_titles(value.held_back)}: it counts "
            f"as the lowest of ten schools, or as the school's own last known score where that is "
            f"lower."
        )
    nothing = [row.label for row in value.parts if _nothing(row.part)]
    if nothing:
        told.append(f"There was nothing to count for {_titles(nothing)}.")
    return " ".join(told) or "No part of the index is missing."


@sentence
def gaps_in(value: InclusionIndex, released: Released[InclusionIndex]) -> str:
    """Say which parts are left out for all schools, and who holds something back."""
    known = _known(value)
    told = _left_out(known[0]) if known else []
    told += [
        f"{plain(index.label)} did not supply what is needed for {_titles(index.held_back)}."
        for index in known
        if index.held_back
    ]
    told += [
        f"{plain(row.label)} has no index: {inside(row.index.found)}."
        for row in value.schools
        if isinstance(row.index, Withheld)
    ]
    return " ".join(told) or "No part of any school's index is missing."


def _left_out(value: SchoolIndex) -> list[str]:
    if not value.without:
        return []
    why = "the authority's figures do not hold them"
    beside = "It must not be compared with an index that has them"
    return [f"This is the index without {_titles(value.without)}: {why}. {beside}."]


def _titles(keys: Iterable[str]) -> str:
    return and_list(title(key) for key in keys)


def _nothing(part: Part | Withheld) -> bool:
    return not isinstance(part, Withheld) and not part.n and not part.held_back


@sentence
def appearances(value: Appearances, released: Released[Appearances]) -> str:
    """Say where an index may look better than the school is, and why."""
    told = [
        f"{plain(row.label)} {why}"
        for row in value.schools
        for holds, why in (
            (row.on_paper, "answered most consultations positively, and no pupil with a plan came"),
            (row.few, "shows fewer consultations than a school of its size must have had"),
            (row.grew, "has a SEN Support register that grew faster than its roll"),
        )
        if holds
    ]
    if not told:
        return "Nothing that stands beside the index shows that it flatters a school."
    return f"**Look again before the index is used**: {'; '.join(told)}."


@sentence
def beside(value: Appearances, released: Released[Appearances]) -> str:
    """Say of one school what tells inclusion from looking inclusive; what is not known is left."""
    row = value.schools[0]
    usual = "" if row.usual is None else f" (usual for its size: about {decimal(row.usual)} asked)"
    told = {
        f"{{}} consultations were answered yes{usual}": row.answers,
        "{} pupils new to the school came with a plan": row.joined,
        "{} pupils were on SEN Support at the first census": row.first,
        "{} at the last": row.last,
        "{} pupils with SEN missed half of their sessions or more": row.away,
        "{} pupils had resourced places, which are in none of this": _some(row.places, released),
    }
    said = [
        text.format(out_of(found, released))
        for text, found in told.items()
        if found is not None and not isinstance(found, Withheld)
    ]
    if not said:
        return "Nothing can be shown beside the index."
    return f"{value.years[0]} to {value.years[-1]}: {'; '.join(said)}."


def _some(found: Share | Withheld, released: Released[Appearances]) -> Share | None:
    """Give a share of whom there are more than may be told."""
    if isinstance(found, Withheld) or not found.count or few(found.count, released):
        return None
    return found


@sentence
def schools(value: InclusionIndex, released: Released[InclusionIndex]) -> str:
    """Say how many schools there are, and which are told apart from the average."""
    known = _known(value)
    if not known:
        why = next((r.index for r in value.schools if isinstance(r.index, Withheld)), None)
        found = f" {why.found}." if why else ""
        return f"No school's inclusion index can be said.{found}"
    centre = rules()["scale"]["centre"]
    sides = {"above": [i for i in known if i.low > centre]}
    sides["below"] = [i for i in known if i.high < centre]
    apart = sum(len(found) for found in sides.values())
    which = [f"{side} it {_names(found, why=True)}" for side, found in sides.items() if found]
    have = "school has" if len(known) == 1 else "schools have"
    return (
        f"{sentence_case(spelled(len(known)))} {have} an index, {inside(together(value.years))}, "
        f"up to {Term.parse(value.period).spoken}. "
        f"**{sentence_case(spelled(apart)) if apart else 'None'}** can be told from the "
        f"authority's average school{': ' if which else ''}{'; '.join(which)}."
    )


@sentence
def moved(value: InclusionIndex, released: Released[InclusionIndex]) -> str:
    """Say which schools' index moved beyond chance from the year before."""
    told = [(i, i.change) for i in _known(value) if not isinstance(i.change, Withheld)]
    if not told:
        return "How schools' indices moved from the year before cannot be said."
    ways = {
        "higher": [i for i, moved in told if moved.low > 0],
        "lower": [i for i, moved in told if moved.high < 0],
    }
    which = [f"{_names(found)} {way}" for way, found in ways.items() if found]
    if not which:
        return "No school's index moved beyond chance from the year before."
    return f"Beyond chance from the year before: {', '.join(which)}."


def _known(value: InclusionIndex) -> list[SchoolIndex]:
    return [row.index for row in value.schools if not isinstance(row.index, Withheld)]


def _names(found: list[SchoolIndex], *, why: bool = False) -> str:
    """Name schools, and what most of their index comes from; count those without a name."""
    named = [
        plain(i.label) + (f" (most of all through {title(most.label)})" if why and most else "")
        for i in found
        if i.label != ANOTHER
        for most in [_largest(i)]
    ]
    others = len(found) - len(named)
    unnamed = [f"{spelled(others)} other{'s' if others > 1 else ''}"] * bool(others)
    return and_list([*named, *unnamed])
