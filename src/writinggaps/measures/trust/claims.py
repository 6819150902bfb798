"""What a trust's report claims, all its claims held to one share of false ones.

Every comparison that the report makes is asked about here, whatever comes of it: each school beside
the others, each school's moderation, each change of a gap, each change of a year group, each gap of
all schools together, and each block that may be secured everywhere or nowhere. Of what is then
claimed, no more than a set share is false on average; where nothing differs anywhere, anything at
all is claimed that rarely (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrc, stdtr, stdtrit
from scipy.stats import false_discovery_control

from writinggaps.estimates import Share
from writinggaps.estimates.funnel import standing
from writinggaps.estimates.tables2x2 import mcnemar
from writinggaps.findings import Finding
from writinggaps.measures.trust.pairs import differences, together
from writinggaps.measures.trust.records import (
    AT_EXPECTED,
    BY_YEAR,
    EVERYBODY,
    GAP_CHANGE,
    HIGHER,
    LOWER,
    MODERATED,
    SECURE,
    named,
    shares,
    years,
)
from writinggaps.standards import Trust as Rules
from writinggaps.withheld import Withheld, attempt

__all__ = ["COHORTS", "JUDGING", "MOVED", "SECURED", "STANDING", "TOGETHER", "Claims", "claims"]

STANDING, JUDGING, MOVED, COHORTS, TOGETHER = "school", "judging", "moved", "cohorts", "together"
SECURED = "secured"

_FEWEST_DF = 9
"""Degrees of freedom of Welch's interval of the smallest groups that the gate lets through."""

_FAMILY = tuple[tuple[str, str, str], float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What was asked, and what may be claimed.

    Parameters
    ----------
    asked : int
        Comparisons that the report makes.
    held : dict
        By kind, school and group: 1 where more (or smaller, of a gap) is claimed, -1 where less.
    """

    asked: int
    held: dict[tuple[str, str, str], int]

    def where(self, kind: str, school: str, group: str = "") -> int:
        """Give what is claimed: 1, -1, or 0 for nothing."""
        return self.held.get((kind, school, group), 0)


def claims(found: Sequence[Finding], *, rules: Rules) -> Claims:
    """Say which of a trust's comparisons may be claimed.

    Parameters
    ----------
    found : sequence of records
        Of all schools' reports.
    rules : standards.Trust
        Share of claims that may be false; when a block is secured everywhere or nowhere.

    Examples
    --------
    >>> from writinggaps.standards import load_standards
    >>> claims([], rules=load_standards().trust).asked
    0
    """
    asked = [
        *_standings(found),
        *_judgings(found),
        *_moves(found),
        *_cohort_changes(found),
        *_gaps(found),
        *_blocks(found, rules),
    ]
    if not asked:
        return Claims(asked=0, held={})
    adjusted = false_discovery_control([p for _, _, p in asked])
    held = {
        name: int(np.sign(way))
        for (name, way, _), p in zip(asked, adjusted, strict=True)
        if p <= rules.false_claims
    }
    return Claims(asked=len(asked), held=held)


def _standings(found: Sequence[Finding]) -> Iterator[_FAMILY]:
    given = shares(found, AT_EXPECTED)
    schools = list(dict.fromkeys(school for school, _ in given))
    groups = list(dict.fromkeys(group for _, group in given if group != EVERYBODY))
    if not groups:
        return
    table = [[_counts(given.get((s, g))) for g in groups] for s in schools]
    counts, n = np.moveaxis(np.array(table), 2, 0)
    shared = ((n > 0) & ((n > 0).sum(axis=0) > 1)).any(axis=1)
    for school, excess, p, can in zip(schools, *standing(counts, n), shared, strict=True):
        if can:
            yield (STANDING, school, ""), float(excess), float(p)


def _judgings(found: Sequence[Finding]) -> Iterator[_FAMILY]:
    given = shares(found, MODERATED)
    for school in dict.fromkeys(school for school, _ in given):
        higher, lower = given.get((school, HIGHER)), given.get((school, LOWER))
        if higher and lower:
            test = mcnemar(higher.count, lower.count, higher.n)
            yield (JUDGING, school, ""), test.estimate, test.p


def _moves(found: Sequence[Finding]) -> Iterator[_FAMILY]:
    seen = {(named(r), r.group): r for r in found if r.question == GAP_CHANGE}
    for (school, group), row in seen.items():
        if None not in (row.estimate, row.low, row.high, row.level):
            yield (MOVED, school, group), float(row.estimate or 0), _p_of(row)


def _cohort_changes(found: Sequence[Finding]) -> Iterator[_FAMILY]:
    for (school, group), cohorts in years(found, BY_YEAR).items():
        before, after = list(cohorts.values())[-2:] if len(cohorts) > 1 else (None, None)
        if before and after:
            pair = [[after.count], [before.count]], [[after.n], [before.n]]
            yield (COHORTS, school, group), after.estimate - before.estimate, standing(*pair)[1][0]


def _gaps(found: Sequence[Finding]) -> Iterator[_FAMILY]:
    for (group, others), points in differences(found).items():
        pooled = attempt(together, points.values())
        if not isinstance(pooled, Withheld):
            t = abs(pooled.estimate) / pooled.standard_error
            p = float(2 * stdtr(pooled.studies - 1, -t))
            yield (TOGETHER, "", f"{group} / {others}"), pooled.estimate, p


def _blocks(found: Sequence[Finding], rules: Rules) -> Iterator[_FAMILY]:
    """Ask of each block whether every school is above one share, or every school below another."""
    rows = [r for r in found if r.measure.startswith(SECURE) and r.group == EVERYBODY]
    for measure, question in dict.fromkeys((r.measure, r.question) for r in rows):
        given = shares([r for r in rows if r.measure == measure], question).values()
        if len(given) > 1:  # all must hold, so the least sure of them is as sure as all together
            above = max(bdtrc(s.count - 1, s.n, rules.secured_everywhere) for s in given)
            below = max(bdtr(s.count, s.n, rules.secured_nowhere) for s in given)
            p = float(min(1.0, 2 * min(above, below)))
            yield (SECURED, "", measure.removeprefix(SECURE)), float(below - above), p


def _p_of(row: Finding) -> float:
    """Work back from an interval to a probability that is, if anything, too large.

    The records do not say how many degrees of freedom the interval had; the fewest that it can have
    had make most of what lies beyond it.
    """
    level, estimate = float(row.level or 0), abs(float(row.estimate or 0))
    half = max(float(row.high or 0) - float(row.low or 0), 1e-12) / 2
    t = estimate / half * float(stdtrit(_FEWEST_DF, 0.5 + level / 2))
    return float(2 * stdtr(_FEWEST_DF, -t))


def _counts(share: Share | None) -> tuple[int, int]:
    return (share.count, share.n) if share else (0, 0)
