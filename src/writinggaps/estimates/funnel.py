"""Several schools' shares side by side: what chance gives, who stands out, and whose place is what.

Most differences between two schools of a class or two are chance. `limits` draws the funnel,
`standing` asks of each school whether chance could have dealt it its count, year group by year
group, and `places` gives a rank only with the ranks that it may as well be.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isinf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik, gammaln
from scipy.stats import betabinom

from writinggaps.problems import BadArgument

__all__ = ["limits", "places", "standing"]


def limits(common: float, n: int, level: float, *, size: float = np.inf) -> tuple[float, float]:
    """Give the shares between which a school of so many pupils would be by chance.

    Parameters
    ----------
    common : float
        The share that all schools would have, between 0 and 1.
    n : int
        Pupils.
    level : float
        How often a school would be between them.
    size : float, optional
        How many pupils the schools' likeness is worth (`shrinkage.fit_beta`): allows for schools
        that usually differ a little. Infinite, as when not given, where only chance differs.

    References
    ----------
    Spiegelhalter (2005), exact binomial limits, interpolated between counts; beta-binomial for
    over-dispersion.

    Examples
    --------
    >>> low, high = limits(0.8, 50, 0.95)
    >>> f"{low:.2f} {high:.2f}"
    '0.67 0.92'
    >>> low, high = limits(0.8, 50, 0.95, size=40)
    >>> f"{low:.2f} {high:.2f}"
    '0.61 0.95'
    """
    return _lower(common, n, level, size), 1 - _lower(1 - common, n, level, size)


def _lower(common: float, n: int, level: float, size: float) -> float:
    tail = (1 - level) / 2
    if isinf(size):
        count = max(0.0, ceil(bdtrik(tail, n, common)))
        here, before = (float(bdtr(k, n, common)) if k >= 0 else 0.0 for k in (count, count - 1))
    else:
        spread = betabinom(n, common * size, (1 - common) * size)
        count = float(spread.ppf(tail))
        here, before = float(spread.cdf(count)), float(spread.cdf(count - 1))
    return max(0.0, count - (here - tail) / (here - before)) / n


def standing(counts: ArrayLike, n: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Ask of each school whether chance could have dealt it its count from everybody's pupils.

    Schools are compared within strata (year groups): given how many pupils of a stratum there are
    in all schools, and of how many something is true, a school's count is a draw without return.

    Parameters
    ----------
    counts, n : array of int, shape (schools, strata)
        Pupils of whom something is true, and pupils; 0 of 0 where a school has none.

    Returns
    -------
    excess, p : array of float, shape (schools,)
        How many more than expected; and the exact two-sided probability, 1 where a school shares no
        stratum with another.

    References
    ----------
    Exact conditional test of a stratified 2 x 2 table, as R's `mantelhaen.test(exact = TRUE)`;
    two-sided as twice the smaller tail.

    Examples
    --------
    >>> excess, p = standing([[9], [4], [5]], [[10], [10], [10]])
    >>> excess.tolist(), [f"{each:.3f}" for each in p]
    ([3.0, -2.0, -1.0], ['0.042', '0.237', '0.688'])
    """
    x, m = np.asarray(counts, dtype=int), np.asarray(n, dtype=int)
    if x.shape != m.shape or np.any(x < 0) or np.any(x > m):
        raise BadArgument("A count is not between 0 and its n", "0 <= count <= n in every school")
    true, everybody = x.sum(axis=0), m.sum(axis=0)
    with np.errstate(invalid="ignore"):
        expected = np.nan_to_num(m * (true / everybody)).sum(axis=1)
    p = [_both_tails(*row, true, everybody) for row in zip(x, m, strict=True)]
    return x.sum(axis=1) - expected, np.array(p)


def _both_tails(
    counts: NDArray[Any], n: NDArray[Any], true: NDArray[Any], everybody: NDArray[Any]
) -> float:
    """Give twice the smaller tail of a sum of draws, at most 1."""
    chances = np.ones(1)
    for drawn, t, all_ in zip(n, true, everybody, strict=True):
        chances = np.convolve(chances, _draws(int(drawn), int(t), int(all_)))
    at = int(counts.sum())
    return float(min(1.0, 2 * min(chances[: at + 1].sum(), chances[at:].sum())))


def _draws(drawn: int, true: int, everybody: int) -> NDArray[Any]:
    """Give the chances of 0, 1, ... true among so many drawn without return."""
    k = np.arange(drawn + 1)
    can = (k <= true) & (drawn - k <= everybody - true)
    chances = np.zeros(drawn + 1)
    ways = _ways(true, k[can]) + _ways(everybody - true, drawn - k[can]) - _ways(everybody, drawn)
    chances[can] = np.exp(ways)
    return chances


def _ways(n: int, k: Any) -> Any:
    """Give the logarithm of how many ways there are to choose k of n."""
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def places(low: Sequence[float], high: Sequence[float]) -> tuple[tuple[int, int], ...]:
    """Give the best and the worst place that each may have, first being the highest.

    Parameters
    ----------
    low, high : sequence of float
        Intervals that hold all together, as `shares.share(..., level=1 - 0.05 / schools)` gives.

    References
    ----------
    Klein, Wright and Wieczorek (2020): only those whose intervals lie wholly above or below count.

    Examples
    --------
    >>> places([0.1, 0.3, 0.7], [0.4, 0.6, 0.9])
    ((2, 3), (2, 3), (1, 1))
    """
    bottoms, tops = np.asarray(low), np.asarray(high)
    best = [1 + int((bottoms > top).sum()) for top in tops]
    worst = [len(tops) - int((tops < bottom).sum()) for bottom in bottoms]
    return tuple(zip(best, worst, strict=True))
