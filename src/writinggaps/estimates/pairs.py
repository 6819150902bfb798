"""The same pupils before and after: summaries that paired, pre-post and adjusted effects share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.bootstrap import spread
from writinggaps.estimates.samples import (
    Dropped,
    Scores,
    Summary,
    enough,
    listwise,
    same,
    summarise,
    summarised,
)
from writinggaps.problems import BadArgument

__all__ = ["Pairs", "Within", "columns", "pairs", "spreads", "two_paired_arms", "within"]

_ROUNDING = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """One group before and after; `correlation` is between the two, `change_sd` of the gains."""

    pre: Summary
    post: Summary
    change_sd: float
    correlation: float
    dropped: tuple[Dropped, ...] = ()

    @property
    def n(self) -> int:
        """Pupils with both scores."""
        return self.pre.n

    @property
    def gain(self) -> float:
        """Mean post-test less mean pre-test."""
        return self.post.mean - self.pre.mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Sums of squares and products within two groups, pooled, with their degrees of freedom."""

    pre: float
    post: float
    both: float
    change: float
    df: int

    @property
    def correlation(self) -> float:
        """Between pre-test and post-test; 0 where one of them does not vary."""
        product = sqrt(self.pre * self.post)
        return _rounded(self.both / product) if product else 0.0


def pairs(
    pre: Scores,
    post: Scores,
    measure: str,
    *,
    correlation: float | None = None,
    pupils: Iterable[object] | None = None,
    who: str = "The group",
) -> Pairs:
    """Summarise the same pupils before and after.

    Parameters
    ----------
    pre, post : iterable of float, or Summary
        In the same order of pupils; those who lack either are dropped.
    measure, who : str
        What needs them and who they are, for messages.
    correlation : float, optional
        Needed with summaries, and only there.
    pupils : iterable, optional
        Whose scores they are.

    Raises
    ------
    TooFewPupils
        If fewer than two pupils have both scores.
    BadArgument
        If the scores are not pairs, a pupil is listed twice, or a summary lacks its correlation.
    """
    if isinstance(pre, Summary) or isinstance(post, Summary):
        return _published(pre, post, correlation, measure, who)
    (before, after), dropped = listwise({"pre-test": pre, "post-test": post}, pupils)
    enough(len(before), 2, who, f"{measure} from both tests")
    change = after - before
    constant = same(change, np.concatenate([before, after]))
    change_sd = 0.0 if constant else float(change.std(ddof=1))
    first, second = summarised(before), summarised(after)
    product = 2 * first.sd * second.sd
    together = first.sd**2 + second.sd**2 - change_sd**2
    return Pairs(
        pre=first,
        post=second,
        change_sd=change_sd,
        correlation=_rounded(together / product) if product else 0.0,
        dropped=dropped,
    )


def two_paired_arms(
    taught: tuple[Scores, Scores],
    comparison: tuple[Scores, Scores],
    measure: str,
    correlation: float | None,
) -> tuple[Pairs, Pairs]:
    """Summarise two groups before and after.

    Raises
    ------
    TooFewPupils
        If a group has fewer than two pupils with both scores, or both together fewer than five.
    """
    first = pairs(*taught, measure, correlation=correlation, who="The taught group")
    second = pairs(*comparison, measure, correlation=correlation, who="The comparison group")
    enough(first.n + second.n, 5, "The trial", measure)
    return first, second


def within(first: Pairs, second: Pairs) -> Within:
    """Pool the spread within two groups."""
    arms = [(arm, arm.n - 1) for arm in (first, second)]
    return Within(
        pre=sum(df * arm.pre.sd**2 for arm, df in arms),
        post=sum(df * arm.post.sd**2 for arm, df in arms),
        both=sum(df * arm.correlation * arm.pre.sd * arm.post.sd for arm, df in arms),
        change=sum(df * arm.change_sd**2 for arm, df in arms),
        df=sum(df for _, df in arms),
    )


def columns(*arms: Pairs) -> list[Array]:
    """Give the columns that a bootstrap of pairs resamples; none for published summaries.

    Returns
    -------
    list of array, shape (n, 5)
        Pre-test, its square, post-test, its square, their product; all scaled alike to about 1.
    """
    known = [(a.pre.values, a.post.values) for a in arms]
    scores = [(x, y) for x, y in known if x is not None and y is not None]
    if len(scores) < len(arms):
        return []
    together = np.concatenate([v for both in scores for v in both])
    centre, size = together.mean(), together.std()
    scaled = [((x - centre) / size, (y - centre) / size) for x, y in scores]
    return [np.column_stack([u, u**2, v, v**2, u * v]) for u, v in scaled]


def spreads(means: Array, n: int) -> tuple[Array, Array, Array]:
    """Give variances before and after and the covariance from the means of `columns`."""
    covariance = (means[..., 4] - means[..., 0] * means[..., 2]) * n / (n - 1)
    return spread(means[..., :2], n), spread(means[..., 2:4], n), covariance


def _published(
    pre: Scores, post: Scores, correlation: float | None, measure: str, who: str
) -> Pairs:
    if correlation is None or not -1 <= correlation <= 1:
        raise BadArgument(
            f"Published summaries came with a correlation of {correlation}",
            "the correlation of pre-test and post-test, between -1 and 1",
            remedy="Where it is not published, show what follows from several.",
        )
    first, second = (summarise(group, who, measure) for group in (pre, post))
    if first.n != second.n:
        raise BadArgument(f"There are {first.n} pupils before and {second.n} after", "the same")
    variance = first.sd**2 + second.sd**2 - 2 * correlation * first.sd * second.sd
    return Pairs(
        pre=first, post=second, change_sd=sqrt(max(0.0, variance)), correlation=correlation
    )


def _rounded(correlation: float) -> float:
    """Take rounding noise off a correlation of 1 or -1."""
    perfect = abs(correlation) > 1 - _ROUNDING
    return float(np.sign(correlation)) if perfect else correlation
