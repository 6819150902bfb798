"""Rates of small groups, drawn towards what similar groups show (empirical Bayes).

A rate of 2 in 20 says little by itself. With how much schools usually differ (the prior), it says
how far the school's own rate probably is from theirs, exactly, by conjugate distributions: no
normal approximation, which at the size of schools does worse than no shrinkage at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import betaincinv, digamma, gammaincinv

from writinggaps.problems import BadArgument, TooFewStudies
from writinggaps.results import Constant, Number, result

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Vector = NDArray[np.floating[Any]]

__all__ = ["BetaPrior", "GammaPrior", "fit_beta", "fit_gamma", "jeffreys"]


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


@result
class GammaPrior:
    """How rates of events vary between schools: mean rate, and the exposure the prior is worth."""

    mean: Constant
    size: Constant
    schools: Number

    def posterior(self, events: ArrayLike, exposure: ArrayLike) -> Vector:
        """Give each school's expected true rate per unit of exposure, in the order given."""
        x, m = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
        if np.isinf(self.size):
            return np.full(x.shape, self.mean)
        drawn: Vector = (x + self.mean * self.size) / (m + self.size)
        return drawn

    def interval(self, events: ArrayLike, exposure: ArrayLike, *, level: float = 0.9) -> Vector:
        """Give the equal-tailed interval of each school's true rate, of shape (k, 2)."""
        x, m = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
        if np.isinf(self.size):
            return np.full((*x.shape, 2), self.mean)
        shape, tail = x + self.mean * self.size, (1 - level) / 2
        ends = [gammaincinv(shape, tail), gammaincinv(shape, 1 - tail)]
        return np.stack(ends, axis=-1) / (m + self.size)[..., None]


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
    _enough(len(x))
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


def fit_gamma(events: ArrayLike, exposure: ArrayLike) -> GammaPrior:
    """Find how much rates of events differ between schools beyond chance, by maximum likelihood.

    Parameters
    ----------
    events : array of int, shape (k,)
        Events in each school, such as suspensions.
    exposure : array of float, shape (k,)
        What they are counted against, such as pupil-years.

    Returns
    -------
    GammaPrior
        With `size` infinite where chance alone explains the differences.

    Raises
    ------
    TooFewStudies
        If there are fewer than three schools with exposure.

    Examples
    --------
    >>> prior = fit_gamma([2, 9, 0, 4, 15], [100, 120, 80, 90, 150])
    >>> f"{prior.mean:.3f}"
    '0.050'
    """
    from scipy.optimize import brentq

    x, m = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    x, m = x[m > 0], m[m > 0]
    _enough(len(x))
    overall = float(x.sum() / m.sum())
    if overall == 0:
        return GammaPrior(mean=0.0, size=np.inf, schools=len(x))

    def mean_at(size: float) -> float:
        def slope(log_mean: float) -> float:
            mean = float(np.exp(log_mean))
            a = mean * size
            up = digamma(x + a) - digamma(a) + np.log(size) - np.log(m + size)
            return float(np.sum(up))

        top = float(np.log(np.max(x / m) + 1 / np.min(m)))
        return float(np.exp(brentq(slope, np.log(overall) - 20, top + 5, xtol=1e-14)))

    def slope(log_size: float) -> float:
        size = float(np.exp(log_size))
        mean = mean_at(size)
        return float(np.sum(mean - (x + mean * size) / (m + size)))

    size = _size(slope)
    return GammaPrior(mean=overall if np.isinf(size) else mean_at(size), size=size, schools=len(x))


def jeffreys(count: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Give Jeffreys' equal-tailed interval of a share.

    Examples
    --------
    >>> [round(end, 4) for end in jeffreys(3, 8)]
    [0.119, 0.7052]
    """
    tail = (1 - level) / 2
    a, b = count + 0.5, n - count + 0.5
    return float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))


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


def _enough(schools: int) -> None:
    if schools < 3:
        raise TooFewStudies(f"There are {schools} schools", "at least 3 are needed")
