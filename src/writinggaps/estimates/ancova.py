"""Two groups compared after the test, allowing for where they were before (ANCOVA)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import inf, sqrt
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.noncentral import approximate_j, by_t, exact_j
from writinggaps.estimates.pairs import Pairs, Within, columns, spreads, two_paired_arms, within
from writinggaps.estimates.samples import Scores
from writinggaps.estimates.standardised import (
    Effect,
    Interval,
    counted,
    divided,
    noncentral_ends,
    varied,
    with_interval,
)
from writinggaps.problems import BadArgument, NoSpread

__all__ = ["Standard", "ancova_effect", "fitted"]

Standard: TypeAlias = Literal["unconditional", "eef", "wwc"]
"""Whose rule turns the adjusted difference into standard deviations."""

_PERFECT = 1e-10
_DIVISORS = {
    "unconditional": "pooled standard deviation of the post-test, not adjusted for the pre-test",
    "eef": "standard deviation of the post-test over all pupils, not adjusted for the pre-test",
    "wwc": "pooled standard deviation of the post-test, not adjusted for the pre-test",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Least squares of the post-test on group and pre-test."""

    taught: Pairs
    comparison: Pairs
    spread: Within
    estimate: float
    error: float

    @property
    def n(self) -> int:
        """Pupils with both scores."""
        return self.taught.n + self.comparison.n


def ancova_effect(
    pre_taught: Scores,
    post_taught: Scores,
    pre_comparison: Scores,
    post_comparison: Scores,
    *,
    standard: Standard = "unconditional",
    correlation: float | None = None,
    level: float = 0.95,
    interval: Interval = "noncentral t",
    seed: int = 0,
) -> Effect:
    """Compare two groups after the test, adjusted for the pre-test, in standard deviations.

    Parameters
    ----------
    pre_taught, post_taught, pre_comparison, post_comparison : iterable of float, or Summary
        Scores of the same pupils before and after, in each group; who lacks either is dropped.
    standard : {"unconditional", "eef", "wwc"}, optional
        `unconditional`: pooled SD of the post-test, exact correction. `wwc`: the same SD with the
        approximate correction. `eef`: SD of all post-tests whatever the group, approximate
        correction, and eefAnalytics' normal interval.
    correlation : float, optional
        Between pre-test and post-test within the groups; with published summaries, and only there.
    level, interval, seed
        As in `hedges_g`; `eef` has an interval of its own and no other.

    Returns
    -------
    Effect
        Positive when `taught` did better than their pre-test would lead one to expect.

    Raises
    ------
    TooFewPupils
        If a group has fewer than two pupils with both scores, or both together fewer than five.
    NoSpread
        If the tests do not vary within the groups, or one follows exactly from the other.

    References
    ----------
    EEF statistical analysis guidance: the divisor is not conditional on the pre-test. WWC
    Procedures Handbook 4.1. The noncentral t interval takes the ratio of the residual spread to the
    divisor as known: with 5 to 30 pupils a group a 95 % interval holds the truth in 94 to 95 % of
    cases. EEF's is cautious (99 %), because it leaves out what the pre-test explains.

    Examples
    --------
    >>> effect = ancova_effect([18, 22, 15, 20], [27, 29, 22, 30],
    ...                        [19, 21, 16, 22], [22, 24, 17, 27])
    >>> f"{effect.estimate:.2f}: {effect.ahead} ahead"
    '1.22: taught ahead'
    """
    if standard not in get_args(Standard):
        raise BadArgument(f"There is no standard '{standard}'", ", ".join(get_args(Standard)))
    fit = fitted((pre_taught, post_taught), (pre_comparison, post_comparison), correlation)
    if standard == "eef" and interval == "bca":
        raise BadArgument("A bootstrap interval was asked for EEF's effect", "its own interval")
    df, j, told = fit.spread.df, 1.0, _eef(fit, level)
    if standard != "eef":
        sd = sqrt(varied(fit.spread.post) / df)
        j = float(exact_j(df) if standard == "unconditional" else approximate_j(df))
        d, error = fit.estimate / sd, fit.error / sd
        told = {"estimate": j * d, "standard_error": j * sqrt(error**2 + d**2 / (2 * df))}
        told |= noncentral_ends(d, error, fit.n - 3, level)
    effect = Effect(
        measure="ancova_effect",
        **told,
        **counted(fit.taught, fit.comparison),
        divisor=_DIVISORS[standard],
        design="two groups after the test, adjusted for the pre-test",
    )
    groups = partial(columns, fit.taught, fit.comparison)
    return with_interval(effect, interval, groups, partial(_ancova, j=j), seed)


def fitted(
    taught: tuple[Scores, Scores], comparison: tuple[Scores, Scores], correlation: float | None
) -> Fit:
    """Adjust the difference after the test for the pre-test, by least squares.

    Raises
    ------
    NoSpread
        If a test does not vary, or the post-test follows exactly from the pre-test.
    """
    first, second = two_paired_arms(taught, comparison, "an adjusted effect", correlation)
    spread = within(first, second)
    varied(spread.pre * spread.post)
    slope = spread.both / spread.pre
    left = spread.post - slope * spread.both
    if left <= _PERFECT * spread.post:
        raise NoSpread(
            "The post-test follows exactly from the pre-test",
            "an adjusted effect needs pupils who differ",
            remedy="Check that the two tests are not copies of one another.",
        )
    ahead_before = first.pre.mean - second.pre.mean
    variance = left / (spread.df - 1)
    return Fit(
        taught=first,
        comparison=second,
        spread=spread,
        estimate=first.post.mean - second.post.mean - slope * ahead_before,
        error=sqrt(variance * (1 / first.n + 1 / second.n + ahead_before**2 / spread.pre)),
    )


def _eef(fit: Fit, level: float) -> dict[str, Any]:
    """Give the unconditional effect of eefAnalytics' srtFREQ, unrounded."""
    hn = 1 / fit.taught.n + 1 / fit.comparison.n
    between = (fit.taught.post.mean - fit.comparison.post.mean) ** 2 / hn
    d = fit.estimate / sqrt((fit.spread.post + between) / (fit.n - 1))
    j = float(approximate_j(fit.n - 2))
    error = j * sqrt(hn + d**2 / (2 * fit.n))
    return {**by_t(j * d, error, inf, level), "method": "normal", "level": level}


def _ancova(means: Sequence[Array], sizes: Sequence[int], *, j: float) -> Array:
    parts = [spreads(m, n) for m, n in zip(means, sizes, strict=True)]
    pre, post, both = (
        sum((n - 1) * part[k] for part, n in zip(parts, sizes, strict=True)) for k in range(3)
    )
    slope = np.asarray(both) / np.where(np.asarray(pre) > 0, pre, np.nan)
    before, after = (means[0][..., k] - means[1][..., k] for k in (0, 2))
    return j * divided(after - slope * before, np.asarray(post) / (sum(sizes) - 2))
