"""Gaps over three school years, and several groups side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from writinggaps.estimates import ShareDifference
from writinggaps.measures.gaps.compared import points, two_groups
from writinggaps.measures.gaps.groups import GROUPS, group_of, large_enough, split
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.kept import kept
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Label, result
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["GapHistory", "GapRow", "GapYear", "Gaps", "gap_history", "gaps"]

_YEARS = 3


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
        points, group=replace(points.group, level=level), others=replace(points.others, level=level)
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
    years = {t: attempt(two_groups, school, of, by, t, standards) for t in terms}
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
                points=rows if isinstance(rows, Withheld) else points(*rows, by),
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


def _pooled(
    school: School, measure: Measure, by: str, terms: list[str], standards: Standards
) -> ShareDifference:
    both, first = split(_latest(school, measure, tuple(terms)), by)
    large_enough(first, by, standards.gap, of="with a judgement in three years")
    return points(both, first, by)


@kept
def _latest(school: School, measure: Measure, terms: tuple[str, ...]) -> pd.DataFrame:
    """Give every pupil's latest judgement in all of the terms."""
    years = [attempt(judged, school, measure, term=term) for term in terms]
    given = [rows[rows["score"].notna()] for rows in years if isinstance(rows, pd.DataFrame)]
    if not given:
        raise NoRecords(f"Nobody was judged on {measure.label} in three years")
    return pd.concat(given).drop_duplicates("pupil_id", keep="last")
