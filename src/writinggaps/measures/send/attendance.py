"""How do pupils with SEN attend, and is it a particular need?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.estimates.rates import Rate, RateDifference, rate, rate_difference
from writinggaps.measures.send.status import (
    FEWEST,
    NONE,
    PLAN,
    STATUSES,
    comparable,
    enrolled,
    same_terms,
    sides,
    status_parts,
    with_status,
    years_to,
)
from writinggaps.measures.send.yardsticks import ByStatus, Yardsticks, absence, by_status
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Label, Labels, Number, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["AttendanceYear", "RateRow", "SenAttendance", "attended", "gap_in", "send_attendance"]

_CHANCE = 0.05


@result
class RateRow:
    """One group's attendance, as a percentage of its possible sessions."""

    label: Label
    rate: Rate | Withheld


@result
class AttendanceYear:
    """Attendance by SEN status, in the same terms of one school year."""

    period: Label
    rows: tuple[RateRow, ...]


@result
class SenAttendance:
    """Attendance of this school year so far, by SEN status and by need.

    `years` are the same terms of three school years. `persistent` missed as much as `often` of
    their own possible sessions, `severe` as much as `half`; `part_time` had such a timetable.
    `apart` are the needs below the other pupils with SEN by more than chance gives, all needs
    allowed for.
    """

    period: Label
    years: tuple[AttendanceYear, ...]
    needs: tuple[RateRow, ...]
    apart: Labels
    persistent: Breakdown | Withheld
    persistent_needs: Breakdown | Withheld
    severe: Breakdown | Withheld
    part_time: Breakdown | Withheld
    absence: Yardsticks
    absence_by_status: ByStatus | Withheld
    beside_minimum: Number
    often: Constant
    half: Constant

    @property
    def rates(self) -> dict[str, Rate | Withheld]:
        """Attendance of this year by SEN status; a status that nobody has is not there."""
        return {row.label: row.rate for row in self.years[-1].rows}

    @property
    def lowest_need(self) -> RateRow | None:
        """The need of several pupils with the lowest attendance; None where none is shown."""
        rows = [row for row in self.needs if isinstance(row.rate, Rate)]
        shown = [row for row in rows if isinstance(row.rate, Rate) and row.rate.n >= FEWEST]
        return min(shown, key=_estimate, default=None)

    def gap(self, status: str) -> RateDifference | None:
        """Attendance of a status less that of pupils without SEN; None where either is hidden."""
        return gap_in(self.years[-1], status)

    @property
    def alone(self) -> str:
        """Say why there is no gap where hardly anybody, or nearly everybody, has SEN."""
        known = {name: found.n for name, found in self.rates.items() if isinstance(found, Rate)}
        sizes = sum(n for name, n in known.items() if name != NONE), known.get(NONE, 0)
        found = attempt(comparable, *sizes)
        return found.why if isinstance(found, Withheld) else ""

    def england(self, status: str) -> float | None:
        """Give England's gap in percentage points, negative when the group attends less."""
        found = self.absence_by_status
        if isinstance(found, Withheld):
            return None
        group = found.ehcp if status == PLAN else found.sen_support
        return found.no_sen.value - group.value

    def beside_england(self, status: str) -> str:
        """Say `wider` or `narrower` where chance does not explain it; empty otherwise."""
        here, there = self.gap(status), self.england(status)
        if here is None or there is None or here.group.n < self.beside_minimum:
            return ""
        if here.low <= there <= here.high:
            return ""
        return "wider" if here.estimate < there else "narrower"


def gap_in(year: AttendanceYear, status: str) -> RateDifference | None:
    """Give the attendance of a status less that of pupils without SEN, in one year.

    None where either is hidden or of fewer than four pupils.
    """
    rates = {row.label: row.rate for row in year.rows}
    group, others = rates.get(status), rates.get(NONE)
    if not isinstance(group, Rate) or not isinstance(others, Rate):
        return None
    if min(group.n, others.n) < FEWEST:
        return None
    return rate_difference(group, others)


def send_attendance(school: School, *, term: str, standards: Standards) -> SenAttendance:
    """Give attendance by SEN status and by primary need.

    Parameters
    ----------
    school : School
        With a table of attendance.
    term : str
        The terms of its school year up to it are taken together.
    standards : Standards
        What counts as persistent and as severe absence.

    Returns
    -------
    SenAttendance
        Percentages of possible sessions, with intervals over pupils.

    Raises
    ------
    NoRecords
        If there is no attendance of this school year, or nobody's SEN status is recorded.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("abcdefgh"), "year_group": 4,
    ...                        "sen_provision": list("EEEENNNN"), "sen_need": None})
    >>> told = pd.DataFrame({"pupil_id": list("abcdefgh"), "period": "2025-26-autumn",
    ...                      "possible": 100.0, "absent": [9.0] * 4 + [4.0] * 4})
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "attendance": told})
    >>> found = send_attendance(school, term="2025-26-autumn", standards=load_standards())
    >>> found.gap("EHCP").estimate
    -5.0
    """
    now, rule = attended(school, term), standards.send
    missed = now["absent"] / now["possible"]
    sen, _ = sides(now)
    return SenAttendance(
        period=term,
        years=tuple(_year(school, t) for t in years_to(term)),
        needs=_rows(sen, "need", sen["need"].value_counts().index.tolist()),
        apart=_apart(sen),
        persistent=_share(now, missed.ge(rule.persistent)),
        persistent_needs=attempt(
            breakdown, "need", status_parts(sen, missed[sen.index].ge(rule.persistent), "need")
        ),
        severe=_share(now, missed.ge(rule.severe)),
        part_time=_part_time(now),
        absence=absence(school, term=term),
        absence_by_status=attempt(by_status, school, "absence_rate_two_terms", term=term),
        beside_minimum=rule.beside_minimum,
        often=rule.persistent,
        half=rule.severe,
    )


def attended(school: School, term: str) -> pd.DataFrame:
    """Give the pupils of a school year with their sessions up to a term.

    Returns
    -------
    DataFrame
        One row a pupil: status, need, possible, absent, part_time (nan where it is not recorded)
        and percent, the percentage attended.

    Raises
    ------
    NoRecords
        If there are no sessions.
    """
    told = school.table("attendance")
    told = told[told["period"].isin(same_terms(term)) & told["possible"].gt(0)]
    columns = [c for c in ("possible", "absent", "part_time") if c in told]
    sums = told.groupby("pupil_id")[columns].sum(min_count=1).dropna(subset=["absent"])
    if sums.empty:
        raise NoRecords(f"No attendance of {Term.parse(term).year} is recorded")
    here = with_status(school, enrolled(school, term), term)
    found = here.merge(sums.reset_index(), on="pupil_id")
    if found.empty:
        raise NoRecords("Nobody with attendance is in the pupils table")
    if "part_time" not in found:
        found = found.assign(part_time=float("nan"))
    return found.assign(percent=100 * (1 - found["absent"] / found["possible"]))


def _year(school: School, term: str) -> AttendanceYear:
    rows = attempt(attended, school, term)
    found = () if isinstance(rows, Withheld) else _rows(rows, "status", list(STATUSES))
    return AttendanceYear(period=Term.parse(term).year, rows=found)


def _rows(rows: pd.DataFrame, by: str, names: list[str]) -> tuple[RateRow, ...]:
    parts = {name: rows[rows[by].eq(name)] for name in names}
    return tuple(
        RateRow(label=name, rate=rate(of["possible"] - of["absent"], of["possible"]))
        for name, of in parts.items()
        if len(of)
    )


def _estimate(row: RateRow) -> float:
    return row.rate.estimate if isinstance(row.rate, Rate) else 100.0


def _apart(sen: pd.DataFrame) -> tuple[str, ...]:
    sizes = sen["need"].value_counts()
    needs = sizes[(sizes >= FEWEST) & (len(sen) - sizes >= FEWEST)].index
    return tuple(str(need) for need in needs if _below(sen, sen["need"].eq(need), len(needs)))


def _below(sen: pd.DataFrame, here: pd.Series, needs: int) -> bool:
    parts = (sen[here], sen[~here])
    level = 1 - _CHANCE / needs
    rates = [rate(of["possible"] - of["absent"], of["possible"], level=level) for of in parts]
    return rate_difference(*rates).high < 0


def _share(rows: pd.DataFrame, held: pd.Series) -> Breakdown | Withheld:
    return attempt(breakdown, "SEN status", status_parts(rows, held))


def _part_time(rows: pd.DataFrame) -> Breakdown | Withheld:
    if rows["part_time"].isna().all():
        return Withheld(reason="no_records", found="Part-time timetables are not recorded")
    return _share(rows, rows["part_time"].gt(0))
