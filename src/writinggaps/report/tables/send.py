"""The SENDCO's report as tables: three years in the shape that governors know, and need by need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown, Split
from writinggaps.estimates.means import MeanDifference
from writinggaps.estimates.rates import Rate
from writinggaps.measures.send.attendance import AttendanceYear, SenAttendance, gap_in
from writinggaps.measures.send.behaviour import Events, SenBehaviour
from writinggaps.measures.send.context import Context
from writinggaps.measures.send.outcomes import GradeMean, Outcome, ScoreMean, Scores, SenOutcomes
from writinggaps.measures.send.provision import Given, Provision
from writinggaps.measures.send.status import FEWEST, NONE, PLAN, STATUSES, SUPPORT
from writinggaps.measures.send.yardsticks import GROUPS, Yardsticks
from writinggaps.official import Official
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.words.language import (
    and_list,
    count_in,
    count_of,
    decimal,
    few,
    most_of,
    percent,
    sentence_case,
    so_many_of,
    spelled,
    to_range,
)
from writinggaps.report.words.send_attendance import rate
from writinggaps.report.words.send_outcomes import subject
from writinggaps.withheld import Withheld

Cells = tuple[str, ...]

__all__ = ["attendance", "by_need", "cell", "outcomes", "provision", "three_years"]

_ABSENT = "–"
_NOBODY = "none"
_HIDDEN = {"c", "x", _ABSENT, _NOBODY, ""}
_PROVISION = ("scheme", "pupils", "with SEN", "sessions", "hours", "pounds", "lessons lost", "gain")
_ENGLAND = "England, by SEN status: EHCP / SEN Support / no SEN."
_POUNDS = _PROVISION.index("pounds")


def three_years(
    context: Released[Context],
    attendance: Released[SenAttendance],
    behaviour: Released[SenBehaviour],
) -> Table | Prose:
    """Lay roll, attendance and suspensions of three years side by side, with official figures."""
    parts = (_roll(context), _attended(attendance), _suspended(behaviour))
    known = [part for part in parts if isinstance(part, Table)]
    if not known:
        return Prose("")
    rows = tuple(row for part in known for row in part.rows)
    local = any(row[-1] not in _HIDDEN for row in rows)
    notes = [*(part.note for part in known), "" if local else "The authority's are not carried."]
    return Table(
        caption="Three years, and the latest official figures",
        columns=known[0].columns if local else known[0].columns[:-1],
        rows=rows if local else tuple(row[:-1] for row in rows),
        note=" ".join(note for note in notes if note),
    )


def by_need(
    context: Released[Context],
    attendance: Released[SenAttendance],
    behaviour: Released[SenBehaviour],
    outcomes: Released[SenOutcomes],
) -> Table | Prose:
    """Set every SEN status and primary need beside the others, on all that is known of them."""
    parts = (_counted(context), _missed(attendance), _suspended_by(behaviour), _at(outcomes))
    known = [part for part in parts if isinstance(part, Table)]
    if not known:
        return Prose("")
    told = [{row[0]: row[1:] for row in part.rows} for part in known]
    rows = [
        (
            name,
            *(
                each
                for part, of in zip(known, told, strict=True)
                for each in of.get(name, (_ABSENT,) * (len(part.columns) - 1))
            ),
        )
        for name in told[0]
    ]
    kept, note = _worth_showing(rows, slice(2 if len(known) > 1 else 1, None))
    return Table(
        caption="By SEN status and primary need",
        columns=(known[0].columns[0], *(c for part in known for c in part.columns[1:])),
        rows=tuple(kept),
        note=" ".join(text for text in (*(part.note for part in known), note) if text),
    )


@shown
def attendance(value: SenAttendance, released: Released[SenAttendance]) -> Table:
    """List the attendance of each status and need with its likely range, for the drawing."""
    found = [(row.label, row.rate) for row in (*value.years[-1].rows, *value.needs)]
    return Table(
        caption=f"Sessions attended from September to the end of {_spoken(value.period)}",
        columns=("status or need", "pupils", "attended"),
        rows=tuple(
            (sentence_case(name), count_of(of.n, released), _rate(of, released))
            for name, of in found
            if isinstance(of, Rate)
        ),
    )


def outcomes(released: Released[SenOutcomes]) -> Table | Prose:
    """List pupils at the expected standard, and mean scores, by SEN status beside England's."""
    return _or_note(_outcomes(released))


@shown
def _outcomes(value: SenOutcomes, released: Released[SenOutcomes]) -> Table:
    rows = [_outcome(row, released) for row in value.rows]
    rows += [_scores(row, released) for row in value.scores]
    kept, note = _worth_showing(rows, slice(1, 3))
    ends = next((row for row in value.rows if row.who), None)
    when = f"With a year group: {_spoken(ends.period)}." if ends else ""
    england = _ENGLAND if any("/" in row[-1] for row in kept) else ""
    whole = [("measure", *STATUSES, "England"), *kept]
    told = [c for c in zip(*whole, strict=True) if set(c[1:]) != {_NOBODY}]
    columns, *rows = zip(*told, strict=True)
    return Table(
        caption="At the expected standard, and mean scores, at each data drop of the year",
        columns=columns,
        rows=tuple(rows),
        note=" ".join(part for part in (england, when, note) if part),
    )


def provision(released: Released[Provision]) -> Table | Prose:
    """Lay out the provision map: what was given, what it took, what was gained meanwhile."""
    return _or_note(_provision(released))


@shown
def _provision(value: Provision, released: Released[Provision]) -> Table:
    rows = [
        (scheme.label, *_given(scheme.given, released), _gain(scheme.gained, released))
        for scheme in value.schemes
    ]
    kept, note = _worth_showing(rows)
    whole: list[Cells] = [_PROVISION, *kept]
    told = "Of all its pupils together. A gain, in standard scores, is what happened meanwhile."
    if not any(isinstance(s.given, Given) and s.given.pounds is not None for s in value.schemes):
        whole = [row[:_POUNDS] + row[_POUNDS + 1 :] for row in whole]
        told = f"{told} Costs are not recorded."
    return Table(
        caption=f"Provision from {_spoken(value.since)} to {_spoken(value.period)}",
        columns=whole[0],
        rows=tuple(whole[1:]),
        note=f"{told} {note}".strip(),
    )


def _or_note(found: Table | Prose) -> Table | Prose:
    """Say in words that nothing can be shown in a table."""
    if isinstance(found, Table) and not found.rows:
        return Prose(f"{found.caption}: none, or too few pupils to show.")
    return found


def cell(part: Share | Withheld, released: Released[Any]) -> str:
    """Write a share for a table, or why it is not there as a symbol."""
    return part.symbol if isinstance(part, Withheld) else so_many_of(part, released, noun="")


@shown
def _roll(value: Context, released: Released[Context]) -> Table:
    whole = [year.split for year in value.years]
    rolls = (of.symbol if isinstance(of, Withheld) else count_of(of.n, released) for of in whole)
    rows: list[Cells] = [("Pupils on roll", *rolls, _ABSENT, _ABSENT)]
    for status, figures in ((SUPPORT, value.support), (PLAN, value.ehcp)):
        parts = (of if isinstance(of, Withheld) else of.shares[status] for of in whole)
        rows.append((status, *(_share(part, released) for part in parts), *_official(figures)))
    return _years([year.period for year in value.years], rows)


@shown
def _attended(value: SenAttendance, released: Released[SenAttendance]) -> Table:
    england = value.absence_by_status
    figures = (
        {} if isinstance(england, Withheld) else dict(zip(STATUSES, england.three, strict=True))
    )
    rows: list[Cells] = []
    here = {row.label for year in value.years for row in year.rows}
    for status in (s for s in STATUSES if s in here):
        told = f"{100 - figures[status].value:.4g}%" if figures else "x"
        years = (_in_year(year, status, released) for year in value.years)
        rows.append((_whole_line(f"Attended: {status}"), *years, told, _ABSENT))
    gaps = [s for s in (PLAN, SUPPORT) if NONE in here and s in here]
    for status in gaps:
        gap = value.england(status)
        told = "x" if gap is None else decimal(gap, 1)
        years = (_gap(year, status, released) for year in value.years)
        rows.append((_whole_line(f"Gap: {status}"), *years, told, _ABSENT))
    of = f" England: autumn and spring of {figures[NONE].period}, all phases." if figures else ""
    apart = ", gaps to no SEN in percentage points" if gaps else ""
    return _years(
        [year.period for year in value.years],
        rows,
        f"Attendance: terms to {_spoken(value.period)} and the same of each year{apart}.{of}",
    )


@shown
def _suspended(value: SenBehaviour, released: Released[SenBehaviour]) -> Table:
    names = {
        "suspensions": "Suspensions",
        "of_sen": "Suspensions: with SEN",
        "permanent": "Permanent exclusions",
    }
    if value.internal_kept:
        names |= {
            "internal": "Internal sanctions",
            "internal_of_sen": "Internal sanctions: with SEN",
        }
    rows: list[Cells] = [
        (name, *(_events(year.events, field, released) for year in value.years), _ABSENT, _ABSENT)
        for field, name in names.items()
    ]
    pupils = (_share(year.suspended, released) for year in value.years)
    rows.append(("Pupils suspended", *pupils, *_official(value.suspended)))
    unfinished = [year.period for year in value.years if not year.whole]
    note = f"Suspensions of {unfinished[0]} are those so far." if unfinished else ""
    return _years([year.period for year in value.years], rows, note)


@shown
def _counted(value: Context, released: Released[Context]) -> Table:
    found = value.years[-1].split
    shares = {} if isinstance(found, Withheld) else dict(found.shares)
    needs = value.needs.shares if isinstance(value.needs, Split) else {}
    shares |= {n: p for n, p in needs.items() if n != NONE and (_large(p) or not released.exact)}
    few = [n for n, part in needs.items() if n != NONE and n not in shares]
    note = f"Of fewer than {spelled(FEWEST)} pupils: {', '.join(few)}." if few else ""
    said = {name: _share(part, released) for name, part in shares.items()}
    return replace(_named("pupils", said), note=note)


@shown
def _missed(value: SenAttendance, released: Released[SenAttendance]) -> Table:
    rows = {row.label: row.rate for row in (*value.years[-1].rows, *value.needs)}
    missed = _shares(value.persistent) | _shares(value.persistent_needs)
    often = percent(value.often)
    return Table(
        caption="Attendance",
        note="Attended, and missed: since September.",
        columns=("status or need", "attended", f"missed {often}+"),
        rows=tuple(
            (sentence_case(name), _attended_by(of, released), _part(missed, name, released))
            for name, of in rows.items()
        ),
    )


@shown
def _suspended_by(value: SenBehaviour, released: Released[SenBehaviour]) -> Table:
    shares = _shares(value.once) | _shares(value.needs)
    found = _named("suspended", {n: _part(shares, n, released) for n in shares})
    return replace(found, note="Suspended: in three years.")


@shown
def _at(value: SenOutcomes, released: Released[SenOutcomes]) -> Table:
    found = {
        subject(row.measure).lower(): _shares(row.by_status) | _shares(row.by_need)
        for row in value.latest
    }
    names = dict.fromkeys(name for shares in found.values() for name in shares)
    return Table(
        caption="At the expected standard",
        note=f"{sentence_case(and_list(found))}: at the expected standard.",
        columns=("status or need", *found),
        rows=tuple(
            (sentence_case(name), *(_part(of, name, released) for of in found.values()))
            for name in names
        ),
    )


def _years(periods: Sequence[str], rows: Iterable[Cells], note: str = "") -> Table:
    return Table(
        caption="Three years",
        columns=("of the school", *periods, "England", "authority"),
        rows=tuple(rows),
        note=note,
    )


def _named(what: str, told: Mapping[str, str]) -> Table:
    rows = tuple((sentence_case(name), said) for name, said in told.items())
    return Table(caption=what, columns=("status or need", what), rows=rows)


def _worth_showing(rows: Sequence[Cells], cells: slice = slice(1, None)) -> tuple[list[Cells], str]:
    """Leave out rows that show nothing, and name them once."""
    kept = [row for row in rows if not set(row[cells]) <= _HIDDEN]
    left = [row[0] for row in rows if set(row[cells]) <= _HIDDEN]
    names = "; ".join(dict.fromkeys(left))
    return kept, f"No pupils, or too few to show: {names}." if left else ""


def _large(part: Share | Withheld) -> bool:
    return isinstance(part, Share) and part.count >= FEWEST


def _shares(found: Breakdown | Withheld) -> dict[str, Share | Withheld]:
    return found.shares if isinstance(found, Breakdown) else {}


def _part(shares: Mapping[str, Share | Withheld], name: str, released: Released[Any]) -> str:
    return _share(shares[name], released) if name in shares else _ABSENT


def _share(part: Share | Withheld, released: Released[Any]) -> str:
    """Write a count with its percentage, on one line."""
    if isinstance(part, Withheld):
        return part.symbol
    if few(part.count, released) or most_of(part, released):
        return count_in(part, released)
    return _whole_line(f"{count_of(part.count, released)} ({percent(part.estimate)})")


def _of(part: Share | Withheld, released: Released[Any]) -> str:
    """Write a count with its whole; the percentage for staff, who see both exactly."""
    if isinstance(part, Withheld):
        return part.symbol
    told = f"{count_in(part, released)} of {part.n:,}"
    return _whole_line(f"{told} ({percent(part.estimate)})" if released.exact else told)


def _count(n: int, released: Released[Any]) -> str:
    return _whole_line(count_of(n, released))


def _whole_line(text: str) -> str:
    """Keep a short cell on one line, so that a table fits its page."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _official(figures: Yardsticks) -> Cells:
    """Write England's and the authority's figure, each with its year."""
    both = (figures.england, figures.authority)
    return tuple(
        f.symbol if isinstance(f, Withheld) else _whole_line(f"{f.value:g}% ({f.period})")
        for f in both
    )


def _events(found: Events | Withheld, field: str, released: Released[Any]) -> str:
    return (
        found.symbol if isinstance(found, Withheld) else count_of(getattr(found, field), released)
    )


def _rate(found: Rate | Withheld, released: Released[Any]) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    likely = "" if found.n == 1 else f" ({to_range(found.low, found.high)})"
    return f"{rate(found, released)}{likely}"


def _attended_by(found: Rate | Withheld, released: Released[Any]) -> str:
    return found.symbol if isinstance(found, Withheld) else _whole_line(rate(found, released))


def _in_year(year: AttendanceYear, status: str, released: Released[Any]) -> str:
    found = {row.label: row.rate for row in year.rows}.get(status)
    if found is None:
        return "no pupils" if year.rows else "x"
    return _attended_by(found, released)


def _gap(year: AttendanceYear, status: str, released: Released[Any]) -> str:
    found = gap_in(year, status)
    if found is None:
        return _ABSENT
    places = 1 if released.exact else 0
    ends = to_range(found.low, found.high, places)
    return _whole_line(f"{decimal(found.estimate, places)} ({ends})")


def _outcome(row: Outcome, released: Released[SenOutcomes]) -> Cells:
    shares = _shares(row.by_status)
    told = (_of(shares[s], released) if s in shares else _NOBODY for s in STATUSES)
    name = f"{subject(row.measure)}, {row.who or _spoken(row.period)}"
    return (name, *told, _beside(row.england, "%"))


def _scores(row: Scores, released: Released[SenOutcomes]) -> Cells:
    found = {m.label: _mean(m.found, released) for m in row.means}
    told = (found.get(s, _NOBODY) for s in STATUSES)
    return (f"{row.measure}, {_spoken(row.period)}", *told, _beside(row.england, ""))


def _mean(found: ScoreMean | GradeMean | Withheld, released: Released[SenOutcomes]) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    grades = isinstance(found, GradeMean)
    places = (2 if grades else 1) if released.exact else int(grades)
    ends = to_range(found.low, found.high, places)
    return f"{decimal(found.mean, places)} ({ends}; {count_of(found.n, released)})"


def _beside(figures: tuple[Official, ...], unit: str) -> str:
    if not figures:
        return "x"
    told = {f.group: f"{decimal(f.value, 2).rstrip('0').rstrip('.')}{unit}" for f in figures}
    by_status = " / ".join(told.get(group, _ABSENT) for group in GROUPS)
    said = f"all pupils {told['all']}" if "all" in told else by_status
    return _whole_line(f"{said} ({figures[0].period})")


def _given(given: Given | Withheld, released: Released[Provision]) -> Cells:
    if isinstance(given, Withheld):
        return (given.symbol,) * 6
    lost = _count(given.lessons_lost, released)
    missed = f" ({', '.join(given.missed)})" if given.missed else ""
    pounds = "not recorded" if given.pounds is None else _count(given.pounds, released)
    n, *given_out = (_count(x, released) for x in (given.n, given.sessions, given.hours))
    sen = given.sen.symbol if isinstance(given.sen, Withheld) else count_in(given.sen, released)
    return (n, _whole_line(sen), *given_out, pounds, f"{lost}{missed}")


def _gain(gained: MeanDifference | Withheld, released: Released[Provision]) -> str:
    if isinstance(gained, Withheld):
        return gained.symbol
    places = 1 if released.exact else 0
    ends = to_range(gained.low, gained.high, places)
    return _whole_line(f"{decimal(gained.estimate, places)} ({ends})")


def _spoken(term: str) -> str:
    return Term.parse(term).spoken
