"""The inclusion index as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.inclusion.facts import rules
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.inclusion import title
from writinggaps.report.words.language import count_of, decimal, sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.inclusion.own import OwnPart, OwnParts
    from writinggaps.measures.inclusion.results import InclusionIndex, Part, SchoolIndex

__all__ = ["one_more", "own_parts", "parts", "register", "schools"]

_HIDDEN = "not shown"


@shown
def parts(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out what the index is made of, and what each part adds to the average."""
    rows = tuple(
        (sentence_case(title(row.label)), *_part(row.part, released)) for row in value.parts
    )
    centre = decimal(rules()["scale"]["centre"])
    return Table(
        caption=f"What the index is made of, {Term.parse(value.period).spoken}",
        columns=("part", "weight", "counted", "score", f"adds to {centre}", "own records"),
        rows=rows,
        note=(
            f"Counted: pupils, or consultations. {centre} is the average school of the authority; "
            f"own records: how much of a score rests on the school's own pupils, the rest being "
            f"what its authority's schools are like."
        ),
    )


def _part(part: Part | Withheld, released: Released[SchoolIndex]) -> tuple[str, ...]:
    if isinstance(part, Withheld):
        return (_HIDDEN,) * 5
    counted = "held back" if part.held_back else count_of(part.n, released)
    return (
        f"{decimal(100 * part.weight, 1)}%",
        counted,
        decimal(part.score),
        _signed(part.added, released),
        f"{decimal(part.told)}%",
    )


@shown
def one_more(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out what one child more would change."""
    told = rules()["components"]
    rows = tuple(
        (
            sentence_case(told[row.label]["one_more"]),
            _HIDDEN if isinstance(row.part, Withheld) else _signed(row.part.one_more, released),
        )
        for row in value.parts
    )
    return Table(
        caption="What one child more would change",
        columns=("if there were", "points of the index"),
        rows=rows,
        note="Everything else unchanged. Nothing here says what a school should do with a child.",
    )


@shown
def own_parts(value: OwnParts, released: Released[OwnParts]) -> Table:
    """Set out the parts as counted, compared with nothing."""
    rows = tuple((sentence_case(title(r.label)), _own(r.part, released)) for r in value.rows)
    return Table(
        caption=f"The parts of the index as counted, {value.years[0]} to {value.years[-1]}",
        columns=("part", "counted"),
        rows=rows,
        note=(
            "Each child counts once for each year; of pupils who stay, those who left early are "
            "counted. Without the authority's figures nothing here says whether that is much."
        ),
    )


def _own(part: OwnPart | Withheld, released: Released[OwnParts]) -> str:
    if isinstance(part, Withheld):
        return _HIDDEN
    if part.percent is not None:
        return f"{decimal(part.percent, 1 if released.exact else 0)}% of sessions"
    return f"{count_of(part.count or 0, released)} of {count_of(part.n, released)}"


@shown
def register(value: SchoolIndex, released: Released[SchoolIndex]) -> Table:
    """Set out the roll and the register, which the index does not count."""
    rows = tuple(
        (r.period, count_of(r.n, released), count_of(r.support, released))
        for r in value.register
        if not isinstance(r, Withheld)
    )
    return Table(
        caption="The school's roll and its SEN Support register, which the index does not count",
        columns=("census of", "on roll", "on SEN Support"),
        rows=rows,
        note="A register that grows much faster than the roll is a reason to ask why.",
    )


@shown
def schools(value: InclusionIndex, released: Released[InclusionIndex]) -> Table:
    """Set out the index of every school by phase, the highest first, never as a bare rank."""
    known = [row for row in value.schools if not isinstance(row.index, Withheld)]
    known.sort(key=lambda row: (row.phase, -row.index.estimate))  # type: ignore[union-attr]
    rows = tuple((row.label, row.phase, *_school(row.index)) for row in known)
    others = len(value.schools) - len(known)
    return Table(
        caption=f"The inclusion index, {Term.parse(value.period).spoken}",
        columns=("school", "phase", "index", "between", "lowest third", "highest third"),
        rows=rows,
        note=(
            f"The thirds are of the authority's schools, with how probable each is. Schools whose "
            f"index is not shown: {others}."
        ),
    )


def _school(index: SchoolIndex | Withheld) -> tuple[str, ...]:
    if isinstance(index, Withheld):  # pragma: no cover - only known ones are laid out
        return (_HIDDEN,) * 4
    return (
        decimal(index.estimate),
        f"{decimal(index.low)} and {decimal(index.high)}",
        f"{decimal(index.lowest)}%",
        f"{decimal(index.highest)}%",
    )


def _signed(points: float, released: Released[SchoolIndex]) -> str:
    text = decimal(points, 1 if released.exact else 0)
    return text if text.startswith("−") or not float(text) else f"+{text}"
