"""Two separate groups compared in standard deviations: Hedges' g, Cohen's d, Glass's delta."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import sqrt

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.bootstrap import spread
from writinggaps.estimates.noncentral import exact_j
from writinggaps.estimates.samples import Scores, Summary
from writinggaps.estimates.standardised import (
    Effect,
    Interval,
    counted,
    divided,
    moments,
    noncentral_ends,
    pooled_sd,
    two_arms,
    varied,
    with_interval,
)

__all__ = ["cohens_d", "glass_delta", "hedges_g"]


def hedges_g(
    taught: Scores,
    comparison: Scores,
    *,
    level: float = 0.95,
    interval: Interval = "noncentral t",
    seed: int = 0,
) -> Effect:
    """Compare two separate groups by Hedges' g.

    Parameters
    ----------
    taught, comparison : iterable of float, or Summary
        One score per pupil, same test and scale in both. Blanks (nan) are dropped and counted.
    level : float, optional
        Confidence level of the interval, between 0 and 1.
    interval : {"noncentral t", "bca"}, optional
        Exact for normal scores, or by bootstrap (needs pupils' scores).
    seed : int, optional
        Of the bootstrap.

    Returns
    -------
    Effect
        In pooled standard deviations; positive when `taught` scored higher.

    Raises
    ------
    TooFewPupils
        If either group has fewer than two scores.
    NoSpread
        If scores in the two groups do not vary.
    BadArgument
        If scores are not numbers, or `level` is not between 0 and 1.

    References
    ----------
    Hedges (1981), with the exact correction; interval by inverting the noncentral t distribution;
    variance as metafor's `escalc(measure="SMD")`. With 5 to 30 pupils a group a 95 % interval holds
    the truth in 94 to 96 % of cases, for normal and skewed scores and for three grades
    (docs/coverage.md).

    Examples
    --------
    >>> effect = hedges_g([14, 16, 18, 20], [11, 12, 15, 14])
    >>> f"{effect.estimate:.3f} ({effect.low:.3f} to {effect.high:.3f}), {effect.ahead} ahead"
    '1.554 (0.040 to 3.444), taught ahead'
    """
    first, second = two_arms(taught, comparison, "Hedges' g")
    return _pooled("hedges_g", first, second, level, interval, seed)


def cohens_d(
    taught: Scores,
    comparison: Scores,
    *,
    level: float = 0.95,
    interval: Interval = "noncentral t",
    seed: int = 0,
) -> Effect:
    """Compare two separate groups by Cohen's d: Hedges' g without its small-sample correction.

    Parameters, results and problems are those of `hedges_g`.

    Examples
    --------
    >>> effect = cohens_d(Summary(50, 103, 5.5), Summary(50, 100, 4.5))
    >>> f"{effect.estimate:.4f}"
    '0.5970'
    """
    first, second = two_arms(taught, comparison, "Cohen's d")
    return _pooled("cohens_d", first, second, level, interval, seed)


def glass_delta(
    taught: Scores,
    comparison: Scores,
    *,
    level: float = 0.95,
    interval: Interval = "noncentral t",
    seed: int = 0,
) -> Effect:
    """Compare two separate groups in standard deviations of the comparison group.

    Parameters, results and problems are those of `hedges_g`, but the comparison group's scores must
    vary. There is no small-sample correction.

    References
    ----------
    Glass (1976); interval as in R's effectsize, with the spread of both groups in the standard
    error. A 95 % interval holds the truth in 96 to 97 % of cases, which is cautious; for skewed
    scores it is too sure from 15 pupils a group on (93 %), because their spread is known less well.

    Examples
    --------
    >>> f"{glass_delta([14, 16, 18, 20], [11, 12, 15, 14]).estimate:.4f}"
    '2.1909'
    """
    first, second = two_arms(taught, comparison, "Glass's delta")
    estimate = (first.mean - second.mean) / varied(second.sd)
    error = sqrt(1 / second.n + first.sd**2 / (first.n * second.sd**2))
    found = Effect(
        measure="glass_delta",
        estimate=estimate,
        standard_error=sqrt(1 / first.n + 1 / second.n + estimate**2 / (2 * second.n)),
        **noncentral_ends(estimate, error, second.n - 1, level),
        **counted(first, second),
        divisor="standard deviation of the comparison group",
    )
    groups = partial(moments, first.values, second.values)
    return with_interval(found, interval, groups, _glass, seed)


def _pooled(
    measure: str, first: Summary, second: Summary, level: float, interval: Interval, seed: int
) -> Effect:
    df, hn = first.n + second.n - 2, 1 / first.n + 1 / second.n
    d = (first.mean - second.mean) / pooled_sd(first, second)
    estimate = d * float(exact_j(df)) if measure == "hedges_g" else d
    found = Effect(
        measure=measure,
        estimate=estimate,
        standard_error=sqrt(hn + estimate**2 / (2 * (df + 2))),
        **noncentral_ends(d, sqrt(hn), df, level),
        **counted(first, second),
        divisor="pooled standard deviation of both groups",
    )
    statistic = _hedges if measure == "hedges_g" else _cohen
    groups = partial(moments, first.values, second.values)
    return with_interval(found, interval, groups, statistic, seed)


def _cohen(means: Sequence[Array], sizes: Sequence[int]) -> Array:
    within = [(n - 1) * spread(m, n) for m, n in zip(means, sizes, strict=True)]
    variance = (within[0] + within[1]) / (sum(sizes) - 2)
    return divided(means[0][..., 0] - means[1][..., 0], variance)


def _hedges(means: Sequence[Array], sizes: Sequence[int]) -> Array:
    return exact_j(sum(sizes) - 2) * _cohen(means, sizes)


def _glass(means: Sequence[Array], sizes: Sequence[int]) -> Array:
    return divided(means[0][..., 0] - means[1][..., 0], spread(means[1], sizes[1]))
