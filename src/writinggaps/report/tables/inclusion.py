"""The inclusion index as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.measures.inclusion.facts import rules
from writinggaps.measures.inclusion.phase import ANOTHER
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.inclusion import title
from writinggaps.report.words.language import count_in, count_of, decimal, sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.estimates.shares import Share
    from writinggaps.measures.inclusion.beside import Appearances, Beside
    from writinggaps.measures.inclusion.own import OwnPart, OwnParts
    from writinggaps.measures.inclusion.plain import PlainIndex
    from writinggaps.measures.inclusion.results import InclusionIndex, Part, PartRow, SchoolIndex

__all__ = [
    "appearances",
    "change",
    "one_more",
    "own_parts",
    "parts",
    "plain_index",
    "schools",
    "scores",
]

_HIDDEN = "not shown"


@shown
def parts(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out what the index is made of, and what each part adds to the average."""
    centre = decimal(rules()["scale"]["centre"])
    return Table(
        caption=f"What the index is made of, three years up to {Term.parse(value.period).spoken}",
        columns=("part", "the school", "authority", "score", f"adds to {centre}", "own records"),
        rows=tuple(_part(row, released) for row in value.parts),
        note=(
            f"Each child counts once for each year. {centre} is the average school of the "
            f"authority; own records: how much of a score rests on the school's own pupils, the "
            f"rest being what its authority's schools are like."
        ),
    )


def _part(row: PartRow, released: Released[Any]) -> tuple[str, ...]:
    told, part = rules()["components"][row.label], row.part
    name = f"{sentence_case(told['counts'])} (weight {decimal(100 * told['weight'], 1)}%)"
    if isinstance(part, Withheld):
        return (name, *(_HIDDEN,) * 5)
    return (
        name,
        "held back" if part.held_back else _own(row.counted, released),
        f"{decimal(part.reference, 1)}%",
        decimal(part.score),
        _signed(part.added, released),
        f"{decimal(part.told)}%",
    )


@shown
def one_more(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out what one child more would change."""
    told = rules()["components"]
    return Table(
        caption="What one child more would change",
        columns=("if there were", "points of the index"),
        rows=tuple(
            (
                sentence_case(told[row.label]["one_more"]),
                _HIDDEN if isinstance(row.part, Withheld) else _signed(row.part.one_more, released),
            )
            for row in value.parts
        ),
        note="Everything else unchanged. Nothing here says what a school should do with a child.",
    )


@shown
def change(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out through which part, and through whom, the index moved from the year before."""
    moved = () if isinstance(value.change, Withheld) else value.change.parts
    told = [
        (sentence_case(title(p.label)), p.added, p.stayers, p.joiners, p.leavers, p.elsewhere)
        for p in moved
    ]
    rows = [
        (name, *(_signed(n, released) for n in points if n is not None)) for name, *points in told
    ]
    causes = ("there both times", "came", "went", "what is expected") if released.exact else ()
    return Table(
        caption="Through what the index moved from the year before, in points",
        columns=("part", "all", *causes),
        rows=tuple(rows),
        note="Through whom it moved is told to staff: these are a few children."
        if not released.exact
        else (
            "There both times, came, went: pupils counted in both years' figures, in the later or "
            "the earlier alone; of answers, consultations still counted, new, and too long ago. "
            "What is expected: the authority's other schools, and the school's mix of plans and "
            "SEN Support."
        ),
    )


@shown
def own_parts(value: OwnParts, released: Released[OwnParts]) -> Table:
    """Set out the parts as counted, compared with nothing."""
    return Table(
        caption=f"The parts of the index as counted, {value.years[0]} to {value.years[-1]}",
        columns=("part", "counted"),
        rows=tuple(
            (sentence_case(rules()["components"][r.label]["counts"]), _own(r.part, released))
            for r in value.rows
        ),
        note=(
            "Each child counts once for each year. Without the authority's figures nothing here "
            "says whether that is much."
        ),
    )


def _own(part: OwnPart | Withheld, released: Released[Any]) -> str:
    if isinstance(part, Withheld):
        return _HIDDEN
    if part.percent is not None:
        return f"{decimal(part.percent, 1 if released.exact else 0)}% of sessions"
    count = part.count or 0
    share = f" ({decimal(100 * count / part.n, 1)}%)" if released.exact else ""
    return f"{count_of(count, released)} of {count_of(part.n, released)}{share}"


@shown
def appearances(value: Appearances, released: Released[Appearances]) -> Table:
    """Set beside each school's index what tells inclusion from looking inclusive."""
    return Table(
        caption=f"What stands beside the index, {value.years[0]} to {value.years[-1]}",
        columns=(
            "school",
            "consultations answered yes",
            "usual for its size",
            "came with a plan",
            "SEN Support, first census",
            "SEN Support, last census",
            "missed half or more",
            "resourced places",
        ),
        rows=tuple(_beside(row, released) for row in value.schools),
        note=(
            "Yes: or on conditions. Usual: how many consultations a school of its size has in the "
            "years that the authority's figures are of. Came with a plan: of the pupils new at a "
            "census. Missed half or more: pupils with SEN, of their sessions in a year. Nothing "
            "here is part of the index, and pupils in resourced places are in none of its places."
        ),
    )


def _beside(row: Beside, released: Released[Any]) -> tuple[str, ...]:
    usual = "not known" if row.usual is None else f"about {decimal(row.usual)}"
    told = [_of(s, released) for s in (row.joined, row.first, row.last, row.away, row.places)]
    return (row.label, _of(row.answers, released), usual, *told)


def _of(part: Share | Withheld, released: Released[Any]) -> str:
    if isinstance(part, Withheld):
        return _HIDDEN
    return f"{count_in(part, released)} of {count_of(part.n, released)}"


@shown
def schools(value: InclusionIndex, released: Released[InclusionIndex]) -> Table:
    """Set out the index of every school by phase, the highest first, never as a bare rank."""
    known = _known(value)
    hidden = len(value.schools) - len(known)
    rows = tuple(
        (
            row.label,
            row.phase,
            decimal(index.estimate),
            f"{decimal(index.low)} to {decimal(index.high)}",
            f"{decimal(index.lowest)}%",
            f"{decimal(index.highest)}%",
            _moved(index),
        )
        for row, index in known
    )
    return Table(
        caption=f"The inclusion index, {Term.parse(value.period).spoken}",
        columns=(
            "school",
            "phase",
            "index",
            "between",
            "lowest third",
            "highest third",
            "from the year before",
        ),
        rows=rows,
        note=(
            f"The thirds are of the authority's schools, with how probable each is; the change "
            f"with its interval. Schools whose index is not shown: {hidden}."
        ),
    )


def _moved(index: SchoolIndex) -> str:
    if isinstance(index.change, Withheld):
        return "cannot be said"
    moved = index.change
    return f"{decimal(moved.estimate)} ({decimal(moved.low)} to {decimal(moved.high)})"


@shown
def scores(value: InclusionIndex, released: Released[InclusionIndex]) -> Table:
    """Set out the score of each part in every school."""
    told = rules()["components"]
    rows = []
    for row, index in _known(value):
        if row.label == ANOTHER:
            continue
        held = {p.label: p.part for p in index.parts}
        rows.append((row.label, *(_score(held.get(key)) for key in told)))
    centre = decimal(rules()["scale"]["centre"])
    return Table(
        caption="What each school's index is made of",
        columns=("school", *(part["short"] for part in told.values())),
        rows=tuple(rows),
        note=(
            f"Higher is more inclusive in every column; {centre} is the average school of the "
            f"authority."
        ),
    )


def _score(part: Part | Withheld | None) -> str:
    if part is None:
        return "not recorded"
    if isinstance(part, Withheld):
        return _HIDDEN
    return f"{decimal(part.score)} (held back)" if part.held_back else decimal(part.score)


@shown
def plain_index(value: PlainIndex, released: Released[PlainIndex]) -> Table:
    """Set out the plain equation, and how far it moves as other schools leave the table."""
    known = [(r, r.plain) for r in value.schools if not isinstance(r.plain, Withheld)]
    return Table(
        caption="The plain equation: schools' own rates on one scale, and their weighted mean",
        columns=("school", "plain score", "as other schools leave the table"),
        rows=tuple(
            (row.label, decimal(p.estimate), f"{decimal(p.low)} to {decimal(p.high)}")
            for row, p in sorted(known, key=lambda told: -told[1].estimate)
        ),
        note=(
            f"Scale: {value.normal}; mean: {value.mean}. The last column is the same school with "
            f"the same pupils: only who else is in the table changes, one school at a time. It "
            f"needs four schools of a phase."
        ),
    )


def _known(value: InclusionIndex) -> list[tuple[Any, SchoolIndex]]:
    """Give the schools with an index, by phase, the highest first."""
    known = [(r, r.index) for r in value.schools if not isinstance(r.index, Withheld)]
    return sorted(known, key=lambda told: (told[0].phase, -told[1].estimate))


def _signed(points: float, released: Released[Any]) -> str:
    text = decimal(points, 1 if released.exact else 0)
    return text if text.startswith("−") or not float(text) else f"+{text}"
