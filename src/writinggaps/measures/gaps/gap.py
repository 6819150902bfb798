"""Where are the gaps? One group beside another, now and over three years."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.estimates import ShareDifference, share, share_difference
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.ordinal import Ordering, rank_gap
from writinggaps.estimates.standardised import Effect
from writinggaps.estimates.within import within
from writinggaps.measures.gaps.groups import GROUPS, group_of, large_enough, split
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Label, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from writinggaps.readers.school import School
    from writinggaps.standards import Measure, Standards

__all__ = ["Gap", "GapHistory", "GapRow", "GapYear", "Gaps", "gap", "gap_history", "gaps"]

_YEARS = 3
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
    def unit(self) -> str:
        """What the estimate is measured in."""
        return "percentage points"

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

    @property
    def pupils_to_close(self) -> int:
        """How many more of the group would have to reach the standard to be level; 0 if ahead."""
        return pupils_to_close(self.points)


@result
class GapYear:
    """One school year of a gap."""

    period: Label
    points: ShareDifference | Withheld


@result
class GapHistory:
    """A gap in each of three school years, and in all three together.

    In `pooled` each pupil is counted once, by the latest judgement.
    """

    by: Label
    measure: Label
    period: Label
    group_name: Label
    others_name: Label
    pooled: ShareDifference | Withheld
    years: tuple[GapYear, ...]


@result
class GapRow:
    """One row: a group's name and its history."""

    label: Label
    history: GapHistory | Withheld


@result
class Gaps:
    """Several groups side by side; `behind_level` is that of all statements of who is behind."""

    measure: Label
    period: Label
    rows: tuple[GapRow, ...]
    behind_level: Constant

    @property
    def behind(self) -> tuple[ShareDifference, ...]:
        """Groups known to be behind three years together, the furthest first.

        Their intervals are widened for all groups, so that in a school in which no group differs
        one is named no more often than a single interval would name it.
        """
        found = [
            row.history.pooled
            for row in self.rows
            if not isinstance(row.history, Withheld)
            and not isinstance(row.history.pooled, Withheld)
            and _at(row.history.pooled, 1 - (1 - self.behind_level) / len(self.rows)).high < 0
        ]
        return tuple(sorted(found, key=lambda points: points.estimate))


def _at(points: ShareDifference, level: float) -> ShareDifference:
    return replace(
        points,
        group=replace(points.group, level=level),
        others=replace(points.others, level=level),
    )


def pupils_to_close(points: ShareDifference) -> int:
    """Give how many more of the group would have to reach the standard to be level.

    Examples
    --------
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
    rows, first = _two_groups(school, of, by, term, standards)
    found = group_of(by)
    return Gap(
        by=by,
        measure=of.label,
        period=term,
        points=_points(rows, first, by),
        sizes=attempt(_sizes, school, by=by, term=term, standards=standards),
        ranks=_named(
            attempt(rank_gap, rows["score"][first], rows["score"][~first]),
            (found.others_name, found.name),
        ),
    )


def gap_history(
    school: School, *, by: str, term: str, standards: Standards, measure: str = "writing"
) -> GapHistory:
    """Compare two groups in the same part of each of three school years, and in all of them.

    Parameters, and what is raised, are those of `gap`; a year about which nothing can be said is
    `Withheld` in its place.
    """
    of, found = measure_of(standards, measure), group_of(by)
    terms = [str(Term.parse(term).back(3 * back)) for back in reversed(range(_YEARS))]
    years = {t: attempt(_two_groups, school, of, by, t, standards) for t in terms}
    return GapHistory(
        by=by,
        measure=of.label,
        period=term,
        group_name=found.name,
        others_name=found.others_name,
        pooled=attempt(_pooled, school, of, by, terms, standards),
        years=tuple(
            GapYear(
                period=Term.parse(t).year,
                points=rows if isinstance(rows, Withheld) else _points(*rows, by),
            )
            for t, rows in years.items()
        ),
    )


def gaps(
    school: School,
    *,
    term: str,
    standards: Standards,
    measure: str = "writing",
    by: Iterable[str] = tuple(GROUPS),
) -> Gaps:
    """Give the history of several groups' gaps.

    Parameters are those of `gap`, with several groups; what cannot be said of one is `Withheld` in
    its row.
    """
    return Gaps(
        measure=measure_of(standards, measure).label,
        period=term,
        rows=tuple(
            GapRow(
                label=group_of(word).name,
                history=attempt(
                    gap_history, school, by=word, term=term, standards=standards, measure=measure
                ),
            )
            for word in by
        ),
        behind_level=standards.gap.behind_level,
    )


def one_scale(school: School, standards: Standards, terms: Iterable[str]) -> Measure:
    """Give the first measure on one scale on which pupils were scored in all of the terms.

    Raises
    ------
    NoRecords
        If there is none.
    """
    rows, wanted = school.table("judgements"), list(terms)
    for measure in (m for m in standards.measures.values() if m.one_scale):
        held = rows.loc[rows["measure"] == measure.id, "term"].unique()
        if set(wanted) <= set(held):
            return measure
    raise NoRecords(
        "No measure on one scale was used",
        "standard deviations need scores that mean the same in every year group",
        "",
        "Comparative judgement gives such scores.",
    )


def _two_groups(
    school: School, measure: Measure, by: str, term: str, standards: Standards
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    rows = judged(school, measure, term=term)
    kept, first = split(rows[rows["score"].notna()], by)
    large_enough(first, by, standards.gap, of=f"with a judgement in {Term.parse(term).spoken}")
    return kept, first


def _pooled(
    school: School, measure: Measure, by: str, terms: list[str], standards: Standards
) -> ShareDifference:
    years = [attempt(judged, school, measure, term=term) for term in terms]
    given = [rows[rows["score"].notna()] for rows in years if isinstance(rows, pd.DataFrame)]
    if not given:
        raise NoRecords(f"Nobody was judged on {measure.label} in three years")
    latest = pd.concat(given).drop_duplicates("pupil_id", keep="last")
    kept, first = split(latest, by)
    large_enough(first, by, standards.gap, of="with a judgement in three years")
    return _points(kept, first, by)


def _points(rows: pd.DataFrame, first: NDArray[np.bool_], by: str) -> ShareDifference:
    pupils, found = rows["pupil_id"], group_of(by)
    reached = rows["expected"].to_numpy(dtype=bool)
    return share_difference(
        share(pupils[reached & first], pupils[first]),
        share(pupils[reached & ~first], pupils[~first]),
        group_name=found.name,
        others_name=found.others_name,
    )


def _sizes(school: School, *, by: str, term: str, standards: Standards) -> Effect:
    measure, found = one_scale(school, standards, [term]), group_of(by)
    rows, first = _two_groups(school, measure, by, term, standards)
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
