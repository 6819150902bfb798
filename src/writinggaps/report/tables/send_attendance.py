"""Attendance and suspensions of pupils with SEN, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.estimates.rates import Rate
from writinggaps.measures.send.attendance import gap_in
from writinggaps.measures.send.behaviour import Events
from writinggaps.measures.send.status import NONE, STATUSES
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.send_context import cell
from writinggaps.report.words.language import count_of, decimal, sentence_case, to_range
from writinggaps.report.words.send_attendance import rate
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.estimates.breakdown import Breakdown
    from writinggaps.measures.send.attendance import AttendanceYear, RateRow, SenAttendance
    from writinggaps.measures.send.behaviour import SenBehaviour

__all__ = ["attendance", "behaviour", "three_years"]


@shown
def attendance(value: SenAttendance, released: Released[SenAttendance]) -> Table:
    """List attendance and persistent absence by SEN status and by primary need."""
    rows = [_row(r, value.persistent, value.severe, released) for r in value.years[-1].rows]
    rows += [_row(r, value.persistent_needs, None, released) for r in value.needs]
    return Table(
        caption=(
            f"Attendance by SEN status and primary need, from September to the end of "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=(
            "status or need",
            "pupils",
            "sessions attended",
            "likely range",
            "missed a tenth or more",
            "missed half or more",
        ),
        rows=tuple(rows),
    )


@shown
def three_years(value: SenAttendance, released: Released[SenAttendance]) -> Table:
    """Lay attendance and gaps of three years side by side."""
    rows = [
        (status, *(_attended(year, status, released) for year in value.years))
        for status in STATUSES
    ]
    rows += [
        (f"gap: {status}", *(_gap(year, status, released) for year in value.years))
        for status in STATUSES
        if status != NONE
    ]
    england = value.absence_by_status
    official = (
        f"No official figure by SEN status: {england.found}."
        if isinstance(england, Withheld)
        else f"{england.no_sen.source}; {england.no_sen.coverage}."
    )
    return Table(
        caption=(
            f"Sessions attended, the same terms of three years to {Term.parse(value.period).spoken}"
        ),
        columns=("status", *(year.period for year in value.years)),
        rows=tuple(rows),
        note=f"Gaps are in percentage points, to pupils without SEN. England by SEN: {official}",
    )


@shown
def behaviour(value: SenBehaviour, released: Released[SenBehaviour]) -> Table:
    """List suspensions and permanent exclusions of three years."""
    rows = []
    for year in value.years:
        name = year.period if year.whole else f"{year.period} so far"
        found = year.events
        if isinstance(found, Events):
            counts = (found.suspensions, found.of_sen, found.permanent)
            cells = [count_of(n, released) for n in counts]
        else:
            cells = [found.symbol] * 3
        rows.append((name, *cells, cell(year.suspended, released)))
    return Table(
        caption=f"Suspensions and permanent exclusions to {Term.parse(value.period).spoken}",
        columns=(
            "school year",
            "suspensions",
            "of pupils with SEN",
            "permanent exclusions",
            "pupils suspended at least once",
        ),
        rows=tuple(rows),
    )


def _row(
    row: RateRow,
    persistent: Breakdown | Withheld,
    severe: Breakdown | Withheld | None,
    released: Released[SenAttendance],
) -> tuple[str, ...]:
    found = row.rate
    told = (
        [found.symbol] * 3
        if isinstance(found, Withheld)
        else [count_of(found.n, released), rate(found, released), _range(found)]
    )
    missed = [_part(persistent, row.label, released)]
    missed.append("" if severe is None else _part(severe, row.label, released))
    return (sentence_case(row.label), *told, *missed)


def _range(found: Rate) -> str:
    return "" if found.n == 1 else f"{to_range(found.low, found.high)}%"


def _part(found: Breakdown | Withheld, label: str, released: Released[Any]) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    part = found.shares.get(label)
    return "" if part is None else cell(part, released)


def _attended(year: AttendanceYear, status: str, released: Released[Any]) -> str:
    found = {row.label: row.rate for row in year.rows}.get(status)
    if found is None:
        return "no pupils" if year.rows else "x"
    return found.symbol if isinstance(found, Withheld) else rate(found, released)


def _gap(year: AttendanceYear, status: str, released: Released[Any]) -> str:
    found = gap_in(year, status)
    if found is None:
        return "not shown"
    places = 1 if released.exact else 0
    return f"{decimal(found.estimate, places)} ({to_range(found.low, found.high, places)})"
