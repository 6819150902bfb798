"""Disadvantaged pupils and the others in the area, and whether the gap moved.

The authority's own published row is used, because it holds every pupil; for two schools in five the
figures of disadvantaged pupils are suppressed.
"""

from __future__ import annotations

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.gate import Verdict, judge
from writinggaps.estimates.moved import Moved, trend
from writinggaps.measures.area.place import Area, OfYears, alike, period, standard_of
from writinggaps.measures.area.schools import SchoolGap, gap_of
from writinggaps.problems import NotPublished
from writinggaps.results import Constant, Label, Labels, Number, result
from writinggaps.standards import Gap as Rules
from writinggaps.withheld import Withheld, attempt

__all__ = ["AreaGap", "AreaGapChange", "GapYear", "area_gap", "area_gap_change"]


@result
class GapYear:
    """One year: the area's gap, and England's percentages from the same release.

    `schools` counts schools whose own two figures were published, of `of_schools` with any.
    """

    year_ending: Number
    gap: SchoolGap
    england_disadvantaged: Constant | None
    england_others: Constant | None
    schools: Number
    of_schools: Number

    @property
    def told(self) -> SchoolGap:
        """What is told of the year."""
        return self.gap

    @property
    def period(self) -> str:
        """The school year: `2018-19`."""
        return period(self.year_ending)

    @property
    def england(self) -> float | None:
        """England's gap in percentage points, negative when disadvantaged pupils are behind."""
        if self.england_disadvantaged is None or self.england_others is None:
            return None
        return self.england_disadvantaged - self.england_others


@result
class AreaGap(OfYears):
    """The gap year by year, oldest first."""

    place: Label
    standard: Label
    years: tuple[GapYear, ...]

    @property
    def pupils_short(self) -> int:
        """How many more disadvantaged pupils at the standard would have closed the gap."""
        return max(0, round(-self.estimate * int(self.latest.gap.disadvantaged.n)))


@result
class AreaGapChange:
    """How much smaller the gap is, over the years judged by one framework, and what may be said.

    `estimate`, `low`, `high` and `detectable` are differences of shares; `verdict` is a
    rung of the one ladder (`estimates.gate.Verdict`), and `failed` names the checks of its gate
    that were not passed.
    """

    place: Label
    standard: Label
    first_ending: Number
    last_ending: Number
    cohorts: Number
    first_gap: Constant
    last_gap: Constant
    verdict: Label
    failed: Labels
    needed_cohorts: Number
    estimate: Constant
    low: Constant
    high: Constant
    detectable: Constant
    level: Constant

    @property
    def periods(self) -> tuple[str, str]:
        """The first and the last school year."""
        return period(self.first_ending), period(self.last_ending)


def area_gap(area: Area, standard: str = "expected") -> AreaGap:
    """Give the area's gap between disadvantaged pupils and the others, by year.

    Parameters
    ----------
    area : Area
        From `area_of`.
    standard : str, optional
        `expected` or `greater_depth`.

    Raises
    ------
    NotPublished
        If a year's files hold no published row for the authority with both figures.
    """
    said = standard_of(standard)
    years = tuple(_year(area, year, standard) for year in area.years)
    return AreaGap(place=area.name, standard=said, years=years)


def area_gap_change(area: Area, rules: Rules, standard: str = "expected") -> AreaGapChange:
    """Put the change of the area's gap on the ladder.

    The claim must hold for every count that the published percentages can stand for: for those that
    make the gap shrink most, and those that make it shrink least.

    Parameters
    ----------
    area : Area
        From `area_of`.
    rules : standards.Gap
        Thresholds, `load_standards().gap`.
    standard : str, optional
        `expected` or `greater_depth`.

    Raises
    ------
    DifferentTests
        If only one year was judged by the latest framework.
    NotPublished
        As `area_gap`.
    """
    same = alike(area.years)
    years = [year for year in area_gap(area, standard).years if year.year_ending in same]
    found = judge(
        *(_moved(years, shrinks) for shrinks in (True, False)),
        rules=rules,
        statements=1,
        sound={"same_pupils_or_trend": len(years) >= rules.cohorts},
    )
    return AreaGapChange(
        place=area.name,
        standard=standard_of(standard),
        first_ending=years[0].year_ending,
        last_ending=years[-1].year_ending,
        cohorts=len(years),
        first_gap=years[0].gap.estimate,
        last_gap=years[-1].gap.estimate,
        verdict=Verdict(found.verdict).value,
        failed=tuple(name for name, held in found.checks.items() if not held),
        needed_cohorts=rules.cohorts,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        detectable=found.detectable,
        level=found.level,
    )


def _year(area: Area, year: int, standard: str) -> GapYear:
    la, england = area.summary("la", year), area.summary("england", year)
    if la is None:
        raise NotPublished("The files hold no published row for the authority")
    given = [attempt(gap_of, row, standard=standard) for row in area.each(year)]
    return GapYear(
        year_ending=year,
        gap=gap_of(la, standard=standard),
        england_disadvantaged=getattr(england, f"{standard}_disadvantaged", None),
        england_others=getattr(england, f"{standard}_others", None),
        schools=sum(not isinstance(found, Withheld) for found in given),
        of_schools=sum(not row.eligible_reason for row in area.each(year)),
    )


def _moved(years: list[GapYear], shrinks: bool) -> Moved:
    """Read the change with the counts that make the gap shrink most, or least."""
    cohorts = []
    for place, year in enumerate(years):
        wide = shrinks == (place < len(years) / 2)
        d, o = year.gap.disadvantaged, year.gap.others
        pair = (d.fewest, o.most) if wide else (d.most, o.fewest)
        cohorts.append((_pupils(pair[0], d.n), _pupils(pair[1], o.n)))
    return trend(cohorts, orders=cohorts)


def _pupils(count: int, n: int) -> Array:
    """Give each pupil a 1 or a 0."""
    return np.repeat([1.0, 0.0], [count, n - count])
