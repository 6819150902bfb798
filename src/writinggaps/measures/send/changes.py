"""Is the attendance gap closing? The same gate as for every other gap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from writinggaps.estimates.gate import judge
from writinggaps.estimates.moved import twice
from writinggaps.measures.send.attendance import attended
from writinggaps.measures.send.status import NONE, comparable, sides, years_to
from writinggaps.problems import NoRecords, TooFewPupils
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Count, Label, Labels, Percentage, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["AttendanceChange", "attendance_change"]


@result
class AttendanceChange:
    """How far the attendance gap between pupils with and without SEN moved, of the same pupils.

    `estimate` is how much smaller the gap is, negative when it is wider; `before` and `after` are
    the gap, negative when pupils with SEN attended less; `failed` are the checks of the gate that
    did not hold.
    """

    since: Label
    period: Label
    verdict: Label
    failed: Labels
    estimate: Percentage
    low: Percentage
    high: Percentage
    before: Percentage
    after: Percentage
    detectable: Percentage
    margin: Percentage
    n_group: Count
    n_others: Count
    level: Constant

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.n_group + self.n_others

    @property
    def unit(self) -> str:
        """What the estimate is measured in."""
        return "percentage points"


def attendance_change(
    school: School, *, term: str, standards: Standards, statements: int | None = None
) -> AttendanceChange:
    """Say whether the attendance gap moved since the same terms of the first of three years.

    Parameters
    ----------
    school : School
        With attendance of at least two years; where the first is not known, or too few pupils
        were there then, the year before is taken.
    term : str
        The terms of its school year up to it, against the same terms before.
    standards : Standards
        The rules of the gate.
    statements : int, optional
        How many changes the report speaks about; as in the standards when not given.

    Returns
    -------
    AttendanceChange
        In percentage points, for pupils who were there both times, by their status now.

    Raises
    ------
    NoRecords
        If there is no attendance of one of the years.
    TooFewPupils
        If a group is smaller than the rules ask for.
    """
    first, second, _ = years_to(term)
    found = attempt(_change, school, first, term, standards, statements)
    if isinstance(found, Withheld):
        return _change(school, second, term, standards, statements)
    return found


def _change(
    school: School, since: str, term: str, standards: Standards, statements: int | None
) -> AttendanceChange:
    last, first = attended(school, term), attempt(attended, school, since)
    if isinstance(first, Withheld):
        raise NoRecords("No attendance of the year before is recorded", "a change needs two years")
    comparable(*map(len, sides(last)))
    both = last.merge(first[["pupil_id", "percent"]], on="pupil_id", suffixes=("", "_before"))
    group = both["status"].ne(NONE).to_numpy(dtype=bool)
    sizes = int(group.sum()), int((~group).sum())
    if min(sizes) < standards.gap.group_minimum:
        raise TooFewPupils(
            "Too few pupils, with or without SEN, were there in both years",
            f"a change needs at least {standards.gap.group_minimum} in each group",
        )
    moved = twice(_values(both["percent_before"]), _values(both["percent"]), group)
    years = Term.parse(term).starts_in - Term.parse(since).starts_in
    matched = _matched(first, last, years) >= standards.gap.match_share
    found = judge(
        moved,
        rules=standards.gap,
        statements=statements or standards.gap.statements,
        sound={"same_pupils_or_trend": matched},
    )
    return AttendanceChange(
        since=since,
        period=term,
        verdict=found.verdict.value,
        failed=tuple(name for name, held in found.checks.items() if not held),
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        before=moved.before,
        after=moved.after,
        detectable=found.detectable,
        margin=found.margin,
        n_group=sizes[0],
        n_others=sizes[1],
        level=found.level,
    )


def _matched(first: pd.DataFrame, last: pd.DataFrame, years: int) -> float:
    """Give the smallest share, of either group, that was there both times as it should have been.

    The oldest of the first year and the youngest of the last are not expected twice.
    """
    stay = first[first["year_group"] <= first["year_group"].max() - years]
    came = last[last["year_group"] >= last["year_group"].min() + years]
    kept = [
        rows.loc[rows["status"].eq(NONE) == none, "pupil_id"].isin(other["pupil_id"]).mean()
        for rows, other in ((stay, last), (came, first))
        for none in (True, False)
    ]
    return float(np.nanmin(kept))


def _values(column: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return column.to_numpy(dtype=float)
