"""Rates of small groups, drawn towards what similar groups show (empirical Bayes).

A rate of 2 in 20 says little by itself. With how much schools usually differ (the prior), it says
how far the school's own rate probably is from theirs, exactly, by conjugate distributions: no
normal approximation, which at the size of schools does worse than no shrinkage at all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, digamma

from writinggaps.estimates.arrays import Vector
from writinggaps.problems import BadArgument, TooFewStudies
from writinggaps.results import Constant, Number, result

__all__ = ["BetaPrior", "fit_beta"]


@result
class BetaPrior:
    """How shares vary between schools: mean, and the number of pupils that the prior is worth.

    `size` is infinite where schools do not measurably differ.
    """

    mean: Constant
    size: Constant
    schools: Number

    def posterior(self, counts: ArrayLike, n: ArrayLike) -> Vector:
        """Give each school's expected true share, between 0 and 1, in the order given.

        Examples
        --------
        >>> BetaPrior(mean=0.1, size=40, schools=30).posterior([0, 8], [20, 20]).round(3).tolist()
        [0.067, 0.2]
        """
        x, m = _counts(counts, n)
        if np.isinf(self.size):
            return np.full(x.shape, self.mean)
        drawn: Vector = (x + self.mean * self.size) / (m + self.size)
        return drawn

    def interval(self, counts: ArrayLike, n: ArrayLike, *, level: float = 0.9) -> Vector:
        """Give the equal-tailed interval of each school's true share, of shape (k, 2)."""
        x, m = _counts(counts, n)
        a, b = x + self.mean * self.size, m - x + (1 - self.mean) * self.size
        if np.isinf(self.size):
            return np.full((*x.shape, 2), self.mean)
        tail = (1 - level) / 2
        return np.stack([betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)], axis=-1)


def fit_beta(counts: ArrayLike, n: ArrayLike) -> BetaPrior:
    """Find how much shares differ between schools beyond chance, by maximum likelihood.

    Parameters
    ----------
    counts, n : array of int, shape (k,)
        Pupils of whom something is true, and pupils, in each school.

    Returns
    -------
    BetaPrior
        With `size` infinite where chance alone explains the differences.

    Raises
    ------
    TooFewStudies
        If there are fewer than three schools with pupils.

    References
    ----------
    Beta-binomial model; agrees with R's optim to its tolerance, and here to the root.

    Examples
    --------
    >>> prior = fit_beta([10, 3, 21, 0, 7, 5, 12, 2], [210, 180, 420, 95, 300, 240, 400, 150])
    >>> f"{prior.mean:.4f}, worth {prior.size:.0f} pupils"
    '0.0281, worth 278 pupils'
    """
    from scipy.optimize import brentq

    x, m = _counts(counts, n)
    x, m = x[m > 0], m[m > 0]
    if len(x) < 3:
        raise TooFewStudies(f"There are {len(x)} schools", "at least 3 are needed")
    overall = float(x.sum() / m.sum())
    if overall in (0.0, 1.0):
        return BetaPrior(mean=overall, size=np.inf, schools=len(x))

    def mean_at(size: float) -> float:
        def slope(mean: float) -> float:
            a, b = mean * size, (1 - mean) * size
            return float(np.sum(digamma(x + a) - digamma(a) - digamma(m - x + b) + digamma(b)))

        return float(brentq(slope, 1e-9, 1 - 1e-9, xtol=1e-15))

    def slope(log_size: float) -> float:
        size = float(np.exp(log_size))
        mean = mean_at(size)
        a, b = mean * size, (1 - mean) * size
        up = mean * (digamma(x + a) - digamma(a)) + (1 - mean) * (digamma(m - x + b) - digamma(b))
        return float(np.sum(up - digamma(m + size) + digamma(size)))

    size = _size(slope)
    return BetaPrior(mean=overall if np.isinf(size) else mean_at(size), size=size, schools=len(x))


def _size(slope: Callable[[float], float]) -> float:
    """Find where the likelihood stops rising with the size of the prior; infinite if nowhere."""
    from scipy.optimize import brentq

    grid = np.linspace(-3, 16, 77)
    slopes = [slope(g) for g in grid]
    for low, high, before, after in zip(grid, grid[1:], slopes, slopes[1:], strict=False):
        if before > 0 >= after:
            return float(np.exp(brentq(slope, low, high, xtol=1e-13, rtol=1e-14)))
    return float(np.inf) if slopes[0] > 0 else float(np.exp(grid[0]))


def _counts(counts: ArrayLike, n: ArrayLike) -> tuple[Vector, Vector]:
    x, m = np.asarray(counts, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if x.shape != m.shape or np.any(x < 0) or np.any(x > m):
        raise BadArgument("A count is not between 0 and its n", "0 <= count <= n in every school")
    return x, m
