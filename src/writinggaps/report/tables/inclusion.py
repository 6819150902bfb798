"""The inclusion index as tables."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.inclusion.beside import Appearances
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.own import OwnPart, OwnParts
from writinggaps.measures.inclusion.phase import ANOTHER
from writinggaps.measures.inclusion.plain import PlainIndex
from writinggaps.measures.inclusion.results import InclusionIndex, Moved, Part, PartRow, SchoolIndex
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import given
from writinggaps.report.tables.cells import NOT_SHOWN, cell, laid
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    ranged,
    sentence_case,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["appearances", "own_parts", "parts", "plain_index", "schools", "scores"]


@shown
def parts(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out what the index is made of, through what it moved, and what a child would change."""
    centre = decimal(rules()["scale"]["centre"])
    weights = and_list(
        f"{100 * rules()['components'][row.label]['weight']:g}%" for row in value.parts
    )
    moved = () if isinstance(value.change, Withheld) else value.change.parts
    told = {part.label: _signed(part.added, released) for part in moved}
    return Table(
        caption=f"What the index is made of, three years up to {Term.parse(value.period).spoken}",
        columns=(
            "part", "the school", "authority", "score", f"adds to {centre}",
            "since last year", "one child more",
        ),
        rows=tuple((*_part(row, released), told.get(row.label, NOT_SHOWN), _one_more(row, released))
                   for row in value.parts),
        note=(
            f"Each child counts once a year; {centre} is the authority's average school. The parts "
            f"weigh {weights}. Last columns: points of the index; one child more misses half of "
            f"the sessions, or is answered yes, not no.{_through(moved, released)}"
        ),
    )  # fmt: skip


def _part(row: PartRow, released: Released[Any]) -> tuple[str, ...]:
    told, part = rules()["components"][row.label], row.part
    name = sentence_case(told["counts"])
    if isinstance(part, Withheld):
        return (name, *(NOT_SHOWN,) * 4)
    return (
        name,
        "held back" if part.held_back else _own(row.counted, released),
        f"{decimal(part.reference, 1)}%",
        decimal(part.score),
        _signed(part.added, released),
    )


def _through(moved: tuple[Moved, ...], released: Released[Any]) -> str:
    """Say for staff through which children the index moved: in shared editions they are few."""
    through = {
        "stayed": sum(part.stayers or 0 for part in moved),
        "came": sum(part.joiners or 0 for part in moved),
        "went": sum(part.leavers or 0 for part in moved),
        "of what is expected": sum(part.elsewhere or 0 for part in moved),
    }
    if not moved or not released.exact:
        return ""
    said = and_list(f"{_signed(points, released)} {who}" for who, points in through.items())
    return f" Since last year, by who moved it: {said}."


def _one_more(row: PartRow, released: Released[Any]) -> str:
    part = given(row.part)
    return _signed(part.one_more, released) if part else NOT_SHOWN


@shown
def own_parts(value: OwnParts, released: Released[OwnParts]) -> Table:
    """Set out the parts as counted, compared with nothing."""
    told = rules()["components"]
    return laid(
        f"The parts of the index as counted, {value.years[0]} to {value.years[-1]}",
        {
            "Part": lambda row: sentence_case(told[row.label]["counts"]),
            "Counted": lambda row: _own(row.part, released),
        },
        value.rows,
        "Each child counts once for each year. Without the authority's figures nothing here "
        "says whether that is much.",
    )


def _own(part: OwnPart | Withheld, released: Released[Any]) -> str:
    if isinstance(part, Withheld):
        return NOT_SHOWN
    if part.percent is not None:
        return f"{decimal(part.percent, 1 if released.exact else 0)}% of sessions"
    count = part.count or 0
    share = f" ({decimal(100 * count / part.n, 1)}%)" if released.exact else ""
    return f"{count_of(count, released)} of {part.n:,}{share}"


@shown
def appearances(value: Appearances, released: Released[Appearances]) -> Table:
    """Set beside each school's index what tells inclusion from looking inclusive."""
    return laid(
        f"What stands beside the index, {value.years[0]} to {value.years[-1]}",
        {
            "School": lambda row: row.label,
            "Consultations answered yes": lambda row: cell(row.answers, released),
            "Usual for its size": lambda row: (
                "not known" if row.usual is None else f"about {decimal(row.usual)}"
            ),
            "Came with a plan": lambda row: cell(row.joined, released),
            "SEN Support, first census": lambda row: cell(row.first, released),
            "SEN Support, last census": lambda row: cell(row.last, released),
            "Missed half or more": lambda row: cell(row.away, released),
            "Resourced places": lambda row: cell(row.places, released),
        },
        value.schools,
        "Yes: or on conditions. Usual: how many consultations a school of its size has in the "
        "years that the authority's figures are of. Came with a plan: of the pupils new at a "
        "census. Missed half or more: pupils with SEN, of their sessions in a year. Nothing "
        "here is part of the index, and pupils in resourced places are in none of its places.",
    )


@shown
def schools(value: InclusionIndex, released: Released[InclusionIndex]) -> Table:
    """Set out the index of every school by phase, the highest first, never as a bare rank."""
    known = _known(value)
    return laid(
        f"The inclusion index, {Term.parse(value.period).spoken}",
        {
            "School": lambda told: told[0].label,
            "Phase": lambda told: told[0].phase,
            "Index": lambda told: decimal(told[1].estimate),
            "Between": lambda told: f"{decimal(told[1].low)} to {decimal(told[1].high)}",
            "Lowest third": lambda told: f"{decimal(told[1].lowest)}%",
            "Highest third": lambda told: f"{decimal(told[1].highest)}%",
            "From the year before": lambda told: (
                ranged(moved) if (moved := given(told[1].change)) else "cannot be said"
            ),
        },
        known,
        f"The thirds are of the authority's schools, with how probable each is; the change "
        f"with its interval. Schools whose index is not shown: {len(value.schools) - len(known)}.",
    )


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
        return NOT_SHOWN
    return f"{decimal(part.score)} (held back)" if part.held_back else decimal(part.score)


@shown
def plain_index(value: PlainIndex, released: Released[PlainIndex]) -> Table:
    """Set out the plain equation, and how far it moves as other schools leave the table."""
    known = [(r.label, found) for r in value.schools if (found := given(r.plain))]
    return laid(
        "The plain equation: schools' own rates on one scale, and their weighted mean",
        {
            "School": lambda told: told[0],
            "Plain score": lambda told: decimal(told[1].estimate),
            "As other schools leave the table": lambda told: to_range(told[1].low, told[1].high),
        },
        sorted(known, key=lambda told: -told[1].estimate),
        f"Scale: {value.normal}; mean: {value.mean}. The last column is the same school with "
        f"the same pupils: only who else is in the table changes, one school at a time. It "
        f"needs four schools of a phase.",
    )


def _known(value: InclusionIndex) -> list[tuple[Any, SchoolIndex]]:
    """Give the schools with an index, by phase, the highest first."""
    known = [(r, r.index) for r in value.schools if not isinstance(r.index, Withheld)]
    return sorted(known, key=lambda told: (told[0].phase, -told[1].estimate))


def _signed(points: float, released: Released[Any]) -> str:
    text = decimal(points, 1 if released.exact else 0)
    return text if text.startswith("−") or not float(text) else f"+{text}"
