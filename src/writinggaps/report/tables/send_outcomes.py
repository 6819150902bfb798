"""How pupils with SEN do and what is provided for them, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.measures.send.outcomes import GradeMean
from writinggaps.measures.send.provision import Given
from writinggaps.measures.send.status import STATUSES
from writinggaps.measures.send.yardsticks import ByStatus
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.send_context import cell
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    percent,
    sentence_case,
    to_range,
)
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writinggaps.disclosure import Released
    from writinggaps.estimates.means import MeanDifference
    from writinggaps.measures.send.outcomes import Outcome, ScoreMean, Scores, SenOutcomes
    from writinggaps.measures.send.provision import Provision

__all__ = ["outcomes", "parts", "provision"]


@shown
def outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> Table:
    """List pupils at the expected standard, and mean scores, by SEN status beside England's."""
    rows = [_outcome(row, released) for row in value.rows]
    rows += [_scores(row, released) for row in value.scores]
    return Table(
        caption=(
            "At the expected standard, and mean scores, by SEN status up to "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("measure", "when", *STATUSES, "England"),
        rows=tuple(rows),
        note=" ".join(_sources(value)),
    )


@shown
def parts(value: SenOutcomes, released: Released[SenOutcomes]) -> Table:
    """List the latest writing of pupils with SEN by primary need and, for staff, by class."""
    found = [b for b in (value.needs, value.classes) if isinstance(b, Breakdown)]
    rows = [
        (sentence_case(p.label), cell(p.share, released), _likely(p.share))
        for b in found
        for p in b.parts
        if isinstance(p.share, Share)
    ]
    return Table(
        caption=f"Pupils with SEN, writing, by {and_list([b.by for b in found]) or 'primary need'}",
        columns=("part", "at the expected standard", "likely range"),
        rows=tuple(rows) or (("none to show", "", ""),),
        note=(
            "Parts too small to be shown are left out. Such small groups differ a great deal by "
            "chance, and a class is not its teacher."
        ),
    )


@shown
def provision(value: Provision, released: Released[Provision]) -> Table:
    """Lay out the provision map: what was given, what it took, what was gained meanwhile."""
    rows = tuple(
        (scheme.label, *_given(scheme.given, released), _gain(scheme.gained, released))
        for scheme in value.schemes
    )
    return Table(
        caption=(
            f"Provision from {Term.parse(value.since).spoken} to {Term.parse(value.period).spoken}"
        ),
        columns=(
            "scheme",
            "pupils",
            "with SEN",
            "sessions",
            "hours",
            "pounds",
            "lessons lost",
            "gain in standard score",
        ),
        rows=rows,
        note=(
            "Hours, sessions, costs and lessons are of all its pupils together. A gain without a "
            "comparison group is what happened meanwhile, not what the scheme did."
        ),
    )


def _outcome(row: Outcome, released: Released[SenOutcomes]) -> tuple[str, ...]:
    found = {} if isinstance(row.by_status, Withheld) else row.by_status.shares
    hidden = row.by_status.symbol if isinstance(row.by_status, Withheld) else "none"
    told = (cell(found[s], released) if s in found else hidden for s in STATUSES)
    name = f"{row.measure}, {row.who}" if row.who else row.measure
    return (name, Term.parse(row.period).spoken, *told, _official(row.england, "%"))


def _scores(row: Scores, released: Released[SenOutcomes]) -> tuple[str, ...]:
    found = {m.label: _mean(m.found, released) for m in row.means}
    told = (found.get(s, "none") for s in STATUSES)
    return (row.measure, Term.parse(row.period).spoken, *told, _official(row.england, ""))


def _mean(found: ScoreMean | GradeMean | Withheld, released: Released[SenOutcomes]) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    grades = isinstance(found, GradeMean)
    places = (2 if grades else 1) if released.exact else int(grades)
    ends = to_range(found.low, found.high, places)
    return f"{decimal(found.mean, places)} ({ends}; {count_of(found.n, released)})"


def _official(found: ByStatus | Official | Withheld, unit: str) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    if isinstance(found, Official):
        return f"all pupils {found.value:g}{unit} ({found.period})"
    three = (found.ehcp, found.sen_support, found.no_sen)
    said = (
        f"{name} {decimal(f.value, 2).rstrip('0').rstrip('.')}{unit}"
        for name, f in zip(STATUSES, three, strict=True)
    )
    return f"{', '.join(said)} ({found.no_sen.period})"


def _sources(value: SenOutcomes) -> Iterator[str]:
    """Say where official figures are from, once each."""
    told = [*(r.england for r in value.rows), *(s.england for s in value.scores)]
    given = [f.no_sen if isinstance(f, ByStatus) else f for f in told]
    shown = [f for f in given if isinstance(f, Official)]
    yield from dict.fromkeys(f"{f.source}, release {f.version}; {f.coverage}." for f in shown)
    if len(shown) < len(given):
        yield "Where there is an x, no official figure is carried."


def _likely(part: Share) -> str:
    return f"{percent(part.low)} to {percent(part.high)}"


def _given(given: Given | Withheld, released: Released[Provision]) -> tuple[str, ...]:
    if isinstance(given, Withheld):
        return (given.symbol,) * 6
    lost = count_of(given.lessons_lost, released)
    missed = f" ({', '.join(given.missed)})" if given.missed else ""
    pounds = "not recorded" if given.pounds is None else count_of(given.pounds, released)
    counts = (given.n, given.n_sen, given.sessions, given.hours)
    return (*(count_of(n, released) for n in counts), pounds, f"{lost}{missed}")


def _gain(gained: MeanDifference | Withheld, released: Released[Provision]) -> str:
    if isinstance(gained, Withheld):
        return gained.symbol
    places = 1 if released.exact else 0
    ends = to_range(gained.low, gained.high, places)
    return f"{decimal(gained.estimate, places)} ({ends})"
