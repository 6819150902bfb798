"""What is known about a change: its size in two kinds of unit, its checks, and its verdict."""

from __future__ import annotations

from typing import TypeAlias

from writinggaps.results import (
    Answer,
    Constant,
    Count,
    GapPoints,
    Label,
    Number,
    Points,
    PupilIds,
    PValue,
    Score,
    StaffScore,
    StandardDeviations,
    Tally,
    result,
)

__all__ = ["Check", "GapChange", "Influence", "Moved", "PointsMoved", "ScoresMoved"]


@result
class PointsMoved:
    """How far a gap of shares moved, in percentage points.

    `narrowed` with `low` and `high` is how much smaller the gap is, negative when it is wider;
    `before` and `after` are the gap, negative when the group is behind; `detectable` is the
    smallest change that would have been found; `margin` is the smallest that matters.
    """

    narrowed: GapPoints
    low: GapPoints
    high: GapPoints
    detectable: Points
    margin: Points
    before: GapPoints
    after: GapPoints

    unit = "percentage points"


@result
class ScoresMoved:
    """How far a gap of scores moved, in points of the scale; see `PointsMoved`."""

    narrowed: Score
    low: Score
    high: Score
    detectable: Score
    margin: Score
    before: Score
    after: Score

    unit = "points of the scale"


Moved: TypeAlias = PointsMoved | ScoresMoved


@result
class Check:
    """One check of the gate, by its name in `estimates.gate.CHECKS`."""

    name: Label
    held: Answer


@result
class GapChange:
    """What may be said about how a gap moved.

    Parameters
    ----------
    verdict : str
        A rung of the ladder (`estimates.gate.Verdict`).
    checks : tuple of Check
        All that were made, in the order in which a reader is told of them.
    design : str
        `same pupils` or `successive cohorts`.
    moved, standard_deviations
        How much smaller the gap is, in the unit of the measure and in standard deviations at the
        start; the interval is widened for all `statements` of the report.
    n_group, n_others : int
        Pupils in both groups: those with both judgements, or of all cohorts.
    joined, gone : int
        Pupils of the year groups compared who were judged only at the end, or only at the start.
    """

    by: Label
    group_name: Label
    others_name: Label
    measure: Label
    since: Label
    period: Label
    design: Label
    verdict: Label
    checks: tuple[Check, ...]
    moved: PointsMoved | ScoresMoved
    standard_deviations: StandardDeviations
    n_group: Count
    n_others: Count
    joined: Tally
    gone: Tally
    cohorts: Number
    level: Constant
    statements: Number

    @property
    def estimate(self) -> float:
        """How much smaller the gap is; negative when it is wider."""
        return self.moved.narrowed

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.moved.low

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.moved.high

    @property
    def unit(self) -> str:
        """What the estimate is measured in."""
        return self.moved.unit

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.n_group + self.n_others

    @property
    def group(self) -> str:
        """The group, against the others."""
        return f"{self.group_name} / {self.others_name}"

    @property
    def method(self) -> str:
        """Where the interval comes from."""
        return f"Welch, {self.design}"

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that did not hold, by name."""
        return tuple(check.name for check in self.checks if not check.held)


@result
class Influence:
    """A gap with and without the one or two pupils who count most.

    `chance` is the share of typical cohorts of the same size in which two pupils count for as much;
    `carried` says whether that is so rare, and so much of the gap goes with them, that the figure
    is theirs and not the group's; `decided`, whether they decide which group is ahead. How much
    they count for is for staff, as it would tell what one or two scored.
    """

    by: Label
    group_name: Label
    others_name: Label
    measure: Label
    period: Label
    estimate: Score
    without: StaffScore
    typical_without: StaffScore
    chance: PValue
    carried: Answer
    decided: Answer
    n_group: Count
    n_others: Count
    pupils: PupilIds

    unit = "points of the scale"

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.n_group + self.n_others

    @property
    def group(self) -> str:
        """The group, against the others."""
        return f"{self.group_name} / {self.others_name}"
