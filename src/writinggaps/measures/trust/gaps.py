"""Gaps of all schools side by side, and taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from writinggaps.estimates import ShareDifference
from writinggaps.findings import Finding
from writinggaps.measures.trust.claims import MOVED, TOGETHER, claims
from writinggaps.measures.trust.pairs import differences, together
from writinggaps.measures.trust.records import GAP_CHANGE, IN_GROUPS, named
from writinggaps.problems import NoRecords
from writinggaps.results import Answer, Constant, Count, Label, Number, Points, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["PooledGap", "SaidChange", "SchoolGap", "TrustGap", "TrustGaps", "trust_gaps"]


@result
class SaidChange:
    """What a school's report said of a change: its rung, and whether the trust may say so too."""

    verdict: Label
    holds: Answer
    n: Count


@result
class SchoolGap:
    """One school's gap, three years together, and what its report said of how it moved."""

    name: Label
    points: ShareDifference | Withheld
    change: SaidChange | Withheld


@result
class PooledGap:
    """The gap of a typical school of the trust, and of one more school like these.

    Negative when the group is behind.
    """

    estimate: Points
    low: Points
    high: Points
    further_low: Points
    further_high: Points
    schools: Number
    level: Constant = 0.95

    unit = "percentage points"
    method = "random effects (REML), Knapp-Hartung"


@result
class TrustGap:
    """One group beside the others in every school."""

    group_name: Label
    others_name: Label
    schools: tuple[SchoolGap, ...]
    pooled: PooledGap | Withheld
    beyond_chance: Answer


@result
class TrustGaps:
    """Every group's gaps."""

    measure: Label
    period: Label
    rows: tuple[TrustGap, ...]

    def moved(self, verdict: str) -> tuple[tuple[str, str], ...]:
        """Give school and group of the changes on a rung that hold for the trust as well."""
        return tuple(
            (school.name, row.group_name)
            for row in self.rows
            for school in row.schools
            if isinstance(school.change, SaidChange)
            and school.change.holds
            and school.change.verdict == verdict
        )


def trust_gaps(found: Sequence[Finding], *, term: str, standards: Standards) -> TrustGaps:
    """Set schools' gaps side by side, with what their reports said, and take them together.

    Parameters
    ----------
    found : sequence of records
        Exact findings of all schools' reports.
    term : str
        Of the report.
    standards : Standards
        How many claims may be false.

    Raises
    ------
    NoRecords
        If no school's report compared groups.
    """
    pairs = differences(found)
    if not pairs:
        raise NoRecords(
            "No school's report compares groups", "at least one school needs two groups"
        )
    held = claims(found, rules=standards.trust)
    said = {(named(r), r.group): r for r in found if r.question == GAP_CHANGE and r.n}
    rows = []
    for (group, others), points in pairs.items():
        both = f"{group} / {others}"
        gaps = [
            SchoolGap(
                name=school,
                points=gap,
                change=_said(said.get((school, both)), held.where(MOVED, school, both) != 0),
            )
            for school, gap in points.items()
        ]
        rows.append(
            TrustGap(
                group_name=group,
                others_name=others,
                schools=tuple(gaps),
                pooled=attempt(_pooled, points.values()),
                beyond_chance=held.where(TOGETHER, "", both) != 0,
            )
        )
    measure = next(r.measure for r in found if r.question == IN_GROUPS)
    return TrustGaps(measure=measure, period=term, rows=tuple(rows))


def _said(row: Finding | None, holds: bool) -> SaidChange | Withheld:
    if row is None or not row.verdict or row.n is None:
        return Withheld(reason="no_records", found="The school's report does not say")
    return SaidChange(verdict=row.verdict, holds=holds, n=row.n)


def _pooled(points: Iterable[ShareDifference | Withheld]) -> PooledGap:
    found = together(points)
    return PooledGap(
        estimate=100 * found.estimate,
        low=100 * found.low,
        high=100 * found.high,
        further_low=100 * found.prediction_low,
        further_high=100 * found.prediction_high,
        schools=found.studies,
    )
