"""How wide is a gap? One group beside another in a term."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from writinggaps.estimates import ShareDifference
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.ordinal import Ordering, rank_gap
from writinggaps.estimates.standardised import Effect
from writinggaps.estimates.within import within
from writinggaps.measures.gaps.compared import one_scale, points, two_groups
from writinggaps.measures.gaps.groups import group_of
from writinggaps.readers.judged import measure_of
from writinggaps.readers.school import School
from writinggaps.results import Label, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Gap", "gap", "pupils_to_close"]

_ROUNDING = 1e-9


@result
class Gap:
    """One group beside another in a term.

    Negative points and standard deviations say that the group is behind; the rank gap, as the DfE's
    index that it follows, is positive then.
    """

    by: Label
    measure: Label
    period: Label
    points: ShareDifference
    sizes: Effect | Withheld
    ranks: Ordering | Withheld

    unit = "percentage points"

    @property
    def estimate(self) -> float:
        """Percentage points between the groups; negative when the group is behind."""
        return 100 * self.points.estimate

    @property
    def low(self) -> float:
        """Lower end of Newcombe's interval, in percentage points."""
        return 100 * self.points.low

    @property
    def high(self) -> float:
        """Upper end of Newcombe's interval, in percentage points."""
        return 100 * self.points.high

    @property
    def level(self) -> float:
        """Confidence level of the interval."""
        return self.points.level

    @property
    def method(self) -> str:
        """Where the interval comes from."""
        return self.points.method

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.points.n

    @property
    def group(self) -> str:
        """The group, against the others."""
        return f"{self.points.group_name} / {self.points.others_name}"


def pupils_to_close(points: ShareDifference) -> int:
    """Give how many more of the group would have to reach the standard to be level.

    Examples
    --------
    >>> from writinggaps.estimates import share, share_difference
    >>> pupils_to_close(share_difference(share(7, 23), share(31, 50)))
    8
    """
    short = -points.estimate * points.group.n
    return max(0, ceil(short - _ROUNDING))


def gap(
    school: School, *, by: str, term: str, standards: Standards, measure: str = "writing"
) -> Gap:
    """Compare two groups' shares at the expected standard in a term.

    Parameters
    ----------
    school : School
        With a table of judgements.
    by : str
        `disadvantaged`, `sen`, `sex` or `eal`.
    term : str
        Such as `2025-26-autumn`; each pupil's latest judgement in it counts.
    standards : Standards
        Measures, and how many pupils a comparison needs.
    measure : str, optional
        A measure with an expected standard.

    Returns
    -------
    Gap
        In points with Newcombe's interval; in standard deviations (Hedges' g within year groups)
        where there is a measure on one scale; on the rank scale.

    Raises
    ------
    NoRecords
        If nobody was judged.
    TooFewPupils
        If either group is smaller than the standards ask for.
    """
    of = measure_of(standards, measure)
    rows, first = two_groups(school, of, by, term, standards)
    found = group_of(by)
    return Gap(
        by=by,
        measure=of.label,
        period=term,
        points=points(rows, first, by),
        sizes=attempt(_sizes, school, by=by, term=term, standards=standards),
        ranks=_named(
            attempt(rank_gap, rows["score"][first], rows["score"][~first]),
            (found.others_name, found.name),
        ),
    )


def _sizes(school: School, *, by: str, term: str, standards: Standards) -> Effect:
    measure, found = one_scale(school, standards, [term]), group_of(by)
    rows, first = two_groups(school, measure, by, term, standards)
    scores = within(rows["score"].to_numpy(), first, rows["year_group"].to_numpy())
    effect = hedges_g(scores[first], scores[~first])
    return replace(
        effect,
        measure=measure.label,
        roles=(found.name, found.others_name),
        divisor="pooled standard deviation within year groups",
    )


def _named(found: Ordering | Withheld, roles: tuple[str, str]) -> Ordering | Withheld:
    return found if isinstance(found, Withheld) else replace(found, roles=roles)
