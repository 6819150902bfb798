"""Groups and others of each school, as its report counted them, and all schools taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from writinggaps.estimates import Share, ShareDifference, share_difference
from writinggaps.estimates.pooling import Pooled, pool
from writinggaps.findings import Finding
from writinggaps.measures.trust.records import IN_GROUPS, shares
from writinggaps.withheld import Withheld

__all__ = ["differences", "together"]


def differences(
    found: Sequence[Finding],
) -> dict[tuple[str, str], dict[str, ShareDifference | Withheld]]:
    """Give each school's gap, three years together, by group and others.

    School reports record the two groups of a gap one after the other.
    """
    given = shares(found, IN_GROUPS)
    schools = list(dict.fromkeys(school for school, _ in given))
    names = list(dict.fromkeys(group for _, group in given))
    return {
        (group, others): {
            school: _points(given.get((school, group)), given.get((school, others)), group, others)
            for school in schools
        }
        for group, others in zip(names[::2], names[1::2], strict=True)
    }


def together(points: Iterable[ShareDifference | Withheld]) -> Pooled:
    """Take schools' gaps together; variances count one more pupil of each sort.

    Raises
    ------
    TooFewStudies
        If fewer than two schools have the gap.
    """
    given = [p for p in points if not isinstance(p, Withheld)]
    return pool([p.estimate for p in given], [_variance(p) for p in given])


def _points(
    group: Share | None, others: Share | None, name: str, others_name: str
) -> ShareDifference | Withheld:
    if group is None or others is None:
        return Withheld(reason="too_few_pupils", found="One of the groups is too small to compare")
    return share_difference(group, others, group_name=name, others_name=others_name)


def _variance(points: ShareDifference) -> float:
    adjusted = [((s.count + 1) / (s.n + 2), s.n + 2) for s in (points.group, points.others)]
    return sum(p * (1 - p) / n for p, n in adjusted)
