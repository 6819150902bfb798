"""Bootstrap intervals, BCa and bootstrap-t, in memory for n + R numbers.

A statistic is written as a function of the means of columns: the means of x and of x squared give a
standard deviation, those of gains and of months a ratio of means. Resampling then needs only sums,
and the jackknife that BCa's acceleration comes from has a closed form, so nothing of size n x n or
n x R is ever held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.noncentral import checked_level
from writinggaps.problems import NoSpread

__all__ = ["Bootstrapped", "Statistic", "bca", "spread", "studentised"]

RESAMPLES = 10_000
_DEGENERATE_SHARE = 0.01
_BLOCK = 2**20
_FEW_VALUES = 12
_NO_SPREAD = 1e-9

Statistic: TypeAlias = "Callable[[Sequence[Array], Sequence[int]], Array]"
"""From the means of each group's columns (last axis) and the groups' sizes to estimates; nan where
a resample has no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrapped:
    """An interval with what it rests on.

    Parameters
    ----------
    low, high : float
        Ends of the interval.
    standard_error : float
        Standard deviation of the resampled estimates.
    degenerate : int
        Resamples left out because they had no spread to divide by.
    """

    low: float
    high: float
    standard_error: float
    degenerate: int


def bca(
    groups: Sequence[Array],
    statistic: Statistic,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Bootstrapped:
    """Give the bias-corrected and accelerated bootstrap interval of a statistic.

    Parameters
    ----------
    groups : sequence of array, shape (n, k)
        One per group of pupils, resampled separately; one row per pupil. Scale columns to about 1.
    statistic : callable
        See `Statistic`.
    level : float, optional
        Confidence level, between 0 and 1.
    resamples : int, optional
        How many times to resample.
    seed : int, optional
        The same seed, group place and group size always draw the same.

    Raises
    ------
    NoSpread
        If more than one in a hundred resamples have nothing to divide by.

    References
    ----------
    Efron (1987); Efron and Tibshirani (1993), chapter 14.

    Examples
    --------
    >>> x = np.arange(20.0)[:, None]
    >>> found = bca([x], lambda means, sizes: means[0][..., 0])
    >>> bool(6.5 < found.low < 7.5 and 11.5 < found.high < 12.5)
    True
    """
    z = ndtri(0.5 + np.array([-1, 1]) * checked_level(level) / 2)
    ordered, sizes, means = _ordered(groups)
    estimate = float(statistic(means, sizes))
    drawn = [_resampled(rows, resamples, [seed, i, len(rows)]) for i, rows in enumerate(ordered)]
    kept = _with_spread(statistic(drawn, sizes))
    shift = z + _bias(kept, estimate)
    acceleration = _acceleration(ordered, means, statistic)
    ends = ndtr(_bias(kept, estimate) + shift / (1 - acceleration * shift))
    low, high = (float(end) for end in np.quantile(kept, ends))
    return Bootstrapped(
        low=low, high=high, standard_error=float(kept.std(ddof=1)), degenerate=resamples - len(kept)
    )


def studentised(
    groups: Sequence[Array],
    statistic: Statistic,
    error: Statistic,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Bootstrapped:
    """Give the bootstrap-t interval of a statistic that has a standard error.

    It holds the truth more often than BCa in small groups. Parameters and problems are those of
    `bca`; `error` gives the standard error of `statistic`, nan where a resample has none.

    References
    ----------
    Efron and Tibshirani (1993), chapter 12.
    """
    tail = 0.5 + np.array([1, -1]) * checked_level(level) / 2
    ordered, sizes, means = _ordered(groups)
    estimate, own = float(statistic(means, sizes)), float(error(means, sizes))
    drawn = [_resampled(rows, resamples, [seed, i, len(rows)]) for i, rows in enumerate(ordered)]
    t = _with_spread((statistic(drawn, sizes) - estimate) / error(drawn, sizes))
    low, high = (estimate - float(end) * own for end in np.quantile(t, tail))
    return Bootstrapped(low=low, high=high, standard_error=own, degenerate=resamples - len(t))


def spread(means: Array, n: int) -> Array:
    """Give the variance of a column from the means of (x, x squared); 0 where it is rounding.

    Parameters
    ----------
    means : array, shape (..., 2)
        Of a column scaled to a standard deviation of about 1 around about 0, and of its squares.
    n : int
        How many pupils the means are of.
    """
    variance: Array = (means[..., 1] - means[..., 0] ** 2) * n / (n - 1)
    return np.where(variance > _NO_SPREAD, variance, 0.0)


def _ordered(groups: Sequence[Array]) -> tuple[list[Array], list[int], list[Array]]:
    """Sort the rows of each group, so that their order does not matter; give sizes and means."""
    ordered = [np.asarray(rows)[np.lexsort(np.asarray(rows).T)] for rows in groups]
    return ordered, [len(rows) for rows in ordered], [rows.mean(axis=0) for rows in ordered]


def _with_spread(replicates: Array) -> Array:
    kept = replicates[np.isfinite(replicates)]
    without = len(replicates) - len(kept)
    if without > _DEGENERATE_SHARE * len(replicates):
        raise NoSpread(
            f"{without} of {len(replicates)} resamples have the same score throughout",
            "a bootstrap interval needs scores that vary",
            remedy="Use the noncentral t interval.",
        )
    return kept


def _resampled(rows: Array, resamples: int, seed: list[int]) -> Array:
    """Give the means of each column in each resample, shape (resamples, k)."""
    rng = np.random.default_rng(seed)
    values, counts = np.unique(rows, axis=0, return_counts=True)
    few = len(rows) > _FEW_VALUES * len(values)
    draw = _drawn_values(rng, counts) if few else _drawn_rows(rng, len(rows))
    source = values if few else rows
    block = max(1, _BLOCK // len(source))
    sizes = [min(block, resamples - done) for done in range(0, resamples, block)]
    return np.concatenate([draw(size) @ source for size in sizes]) / len(rows)


def _drawn_values(rng: np.random.Generator, counts: NDArray[np.intp]) -> Callable[[int], Array]:
    """Draw how often each distinct value occurs: exact, and its cost does not depend on n."""
    n = int(counts.sum())
    return lambda size: rng.multinomial(n, counts / n, size=size).astype(np.float64)


def _drawn_rows(rng: np.random.Generator, n: int) -> Callable[[int], Array]:
    """Draw how often each row occurs."""

    def draw(size: int) -> Array:
        picked = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        times = np.bincount(picked.ravel(), minlength=size * n)
        return times.reshape(size, n).astype(np.float64)

    return draw


def _bias(replicates: Array, estimate: float) -> float:
    """Give the normal score of the share of resamples below the estimate, ties counted half."""
    near = 1e-12 * (1 + abs(estimate))
    below = np.count_nonzero(replicates < estimate - near)
    tied = np.count_nonzero(np.abs(replicates - estimate) <= near)
    half = 0.5 / len(replicates)
    return float(ndtri(np.clip((below + tied / 2) / len(replicates), half, 1 - half)))


def _acceleration(ordered: list[Array], means: list[Array], statistic: Statistic) -> float:
    """Give the skewness of the influence of each pupil, from the closed-form jackknife."""
    cubes = squares = 0.0
    for influence in _influences(ordered, means, statistic):
        n = len(influence)
        cubes += float((influence**3).sum()) / n**3
        squares += float((influence**2).sum()) / n**2
    return cubes / (6 * squares**1.5) if squares > 0 else 0.0


def _influences(ordered: list[Array], means: list[Array], statistic: Statistic) -> Iterator[Array]:
    for i, rows in enumerate(ordered):
        n = len(rows)
        left = [(n * m - rows) / (n - 1) if j == i else m for j, m in enumerate(means)]
        sizes = [len(r) - (j == i) for j, r in enumerate(ordered)]
        without = statistic(left, sizes)
        without = without[np.isfinite(without)]
        yield (n - 1) * (without.mean() - without) if len(without) else np.zeros(1)
