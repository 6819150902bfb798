"""How pupils with SEN do and what is provided for them, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.send.provision import Given
from writinggaps.measures.send.status import STATUSES
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.send_context import cell
from writinggaps.report.words.language import count_of, decimal, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.estimates.means import MeanDifference
    from writinggaps.measures.send import Provision, SenOutcomes
    from writinggaps.measures.send.outcomes import Outcome

__all__ = ["outcomes", "provision"]


@shown
def outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> Table:
    """List pupils at the expected standard by measure and SEN status, with England's shares."""
    return Table(
        caption=(
            "At the expected standard by SEN status, the latest up to "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("measure", "when", *STATUSES, "England: EHCP, SEN Support, no SEN"),
        rows=tuple(_outcome(row, released) for row in value.rows),
        note=" ".join(_why(row) for row in value.rows if isinstance(row.england, Withheld)),
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
    parts = {} if isinstance(row.by_status, Withheld) else row.by_status.shares
    hidden = row.by_status.symbol if isinstance(row.by_status, Withheld) else ""
    told = (cell(parts[s], released) if s in parts else hidden or "none" for s in STATUSES)
    england = row.england
    official = (
        england.symbol
        if isinstance(england, Withheld)
        else (
            f"{england.ehcp.value:g}%, {england.sen_support.value:g}%, {england.no_sen.value:g}% "
            f"({england.no_sen.period}; {england.no_sen.version})"
        )
    )
    return (row.measure, Term.parse(row.period).spoken, *told, official)


def _why(row: Outcome) -> str:
    """Say why there is no official figure."""
    why = row.england.found if isinstance(row.england, Withheld) else ""
    return f"{row.measure}, England by SEN status: {why or 'not carried'}."


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
