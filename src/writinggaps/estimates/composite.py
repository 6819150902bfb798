"""Composite scores: several indicators on one scale, and one mean of them.

The mean decides what a strength may make up for. In an arithmetic mean a school may buy back any
weakness; in a geometric one a weakness costs more the deeper it is; in a harmonic one more still.

`composite` is the plain textbook equation, in which every score depends on who else is in the
table. `average` and `parts` are what the inclusion index is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import comb
from scipy.stats import rankdata

from writinggaps.estimates.arrays import Array
from writinggaps.problems import BadArgument, NoSpread, hint

__all__ = ["average", "composite", "fair_shares", "log_mean", "parts"]

MEANS = ("arithmetic", "geometric", "harmonic", "mazziotta-pareto")
NORMALS = ("min-max", "z", "percentile-rank")


def average(values: ArrayLike, weights: ArrayLike, kind: str = "geometric") -> Array:
    """Take the weighted mean of the last axis; blanks are left out and the others weigh more.

    Parameters
    ----------
    values : array, shape (..., m)
        Positive for the geometric and the harmonic mean.
    weights : array, shape (..., m)
        Not negative; they need not add up to 1.
    kind : str, optional
        One of `MEANS`; "mazziotta-pareto" is the arithmetic mean less variance over mean.

    Returns
    -------
    array, shape (...)
        nan where every value is blank.

    Raises
    ------
    BadArgument
        If the kind is not known, or values are not positive where they must be.

    Examples
    --------
    >>> average([80, 40, 55, 60], [1, 1, 1, 1]).round(4).item()
    57.0054
    """
    x, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if kind not in MEANS:
        raise BadArgument(f"A mean is called '{kind}'", "", "", hint(kind, MEANS))
    if kind != "arithmetic" and np.any(x <= 0):
        raise BadArgument("A value is not positive", f"the {kind} mean needs values above nought")
    blank = np.isnan(x)
    w = np.where(blank, 0.0, w)
    whole = w.sum(axis=-1)
    share = w / np.where(whole > 0, whole, np.nan)[..., None]
    return _mean(np.where(blank, 1.0, x), share, kind)


def _mean(x: Array, share: Array, kind: str) -> Array:
    if kind == "geometric":
        return np.asarray(np.exp(np.sum(share * np.log(x), axis=-1)))
    if kind == "harmonic":
        return np.asarray(1 / np.sum(share / x, axis=-1))
    mean = np.sum(share * x, axis=-1)
    if kind == "arithmetic":
        return np.asarray(mean)
    spread = np.sum(share * (x - mean[..., None]) ** 2, axis=-1)
    return np.asarray(mean - spread / mean)


def parts(values: ArrayLike, weights: ArrayLike, base: ArrayLike) -> Array:
    """Split how far a geometric mean is from another one, exactly, by what it is the mean of.

    Parameters
    ----------
    values, weights : array, shape (..., m)
        Positive values and their weights.
    base : float or array, shape (..., m)
        What each value is compared with: the other mean's values, or one number for all.

    Returns
    -------
    array, shape (..., m)
        Positive where a value raises the mean; the parts add up to the difference of the means.

    References
    ----------
    Logarithmic mean weights (Sato-Vartia), as in index numbers of prices.

    Examples
    --------
    >>> found = parts([80, 40, 55, 60], [1, 1, 1, 1], 50)
    >>> found.round(2).tolist(), found.sum().round(4).item()
    ([6.28, -2.98, 1.27, 2.44], 7.0054)
    """
    x, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    before = np.broadcast_to(np.asarray(base, dtype=np.float64), x.shape)
    share = w / w.sum(axis=-1, keepdims=True)
    middle = log_mean(average(x, w), average(before, w))
    return np.asarray(middle[..., None] * share * np.log(x / before))


def log_mean(one: ArrayLike, other: ArrayLike) -> Array:
    """Give the logarithmic mean: by how much a small step in logarithms counts between two means.

    Examples
    --------
    >>> log_mean([50, 60], [50, 40]).round(2).tolist()
    [50.0, 49.33]
    """
    a, b = np.broadcast_arrays(np.asarray(one, float), np.asarray(other, float))
    same = np.isclose(a, b, rtol=1e-12, atol=0)
    return np.asarray(np.where(same, b, (a - b) / np.log(np.where(same, 2.0, a / b))))


def fair_shares(values: ArrayLike) -> Array:
    """Split how far something moved by what moved it, whatever the order of moving.

    Parameters
    ----------
    values : array, shape (2, 2, ...), one axis a cause
        What it would be with each cause as it was (0) or as it is (1).

    Returns
    -------
    array
        One share a cause; they add up to the last value less the first.

    References
    ----------
    Shapley (1953): the mean over all orders in which the causes could have come.

    Examples
    --------
    >>> fair_shares([[10.0, 12.0], [11.0, 16.0]]).tolist()
    [2.5, 3.5]
    """
    x = np.asarray(values, dtype=np.float64)
    shares = []
    for cause in range(x.ndim):
        gains = np.diff(x, axis=cause).squeeze(cause)
        before = np.indices(gains.shape).sum(axis=0) if gains.ndim else 0
        shares.append(np.sum(gains / (x.ndim * comb(x.ndim - 1, before))))
    return np.array(shares)


def composite(
    values: ArrayLike,
    *,
    ways: Sequence[int],
    pillars: Sequence[str],
    weights: Sequence[float],
    pillar_weights: dict[str, float],
    normal: str = "min-max",
    mean: str = "arithmetic",
) -> Array:
    """Give the plain composite score: indicators on one scale, then pillars, then the score.

    Parameters
    ----------
    values : array, shape (k, m)
        One row a school, one column an indicator; nan where it is not known. A blank is left out
        and the other indicators of its pillar weigh more.
    ways : sequence of int, length m
        1 where more is better, -1 where less is.
    pillars : sequence of str, length m
        To which pillar each indicator belongs.
    weights : sequence of float, length m
        Of each indicator within its pillar.
    pillar_weights : dict of str to float
        Of each pillar.
    normal : str, optional
        One of `NORMALS`. Min-max runs from 0 to 100, and from 1 where the mean must not meet 0.
    mean : str, optional
        "arithmetic", "geometric" or "harmonic", used at both levels.

    Returns
    -------
    array, shape (k,)
        Higher is better. Every score depends on all rows: another school may change it.

    Raises
    ------
    NoSpread
        If an indicator is the same for every school.

    References
    ----------
    OECD and JRC (2008), Handbook on constructing composite indicators, steps 5 and 6. Agrees with
    COINr 1.1.14 (Becker and others, 2022).

    Examples
    --------
    >>> told = [[1.2, 80], [-0.4, 55], [3.1, 90]]
    >>> composite(told, ways=[1, 1], pillars=["a", "a"], weights=[1, 1],
    ...           pillar_weights={"a": 1}).round(1).tolist()
    [58.6, 0.0, 100.0]
    """
    x = np.asarray(values, dtype=np.float64) * np.asarray(ways, dtype=np.float64)
    if normal not in NORMALS:
        raise BadArgument(f"A scale is called '{normal}'", "", "", hint(normal, NORMALS))
    if np.any(np.nanmax(x, axis=0) == np.nanmin(x, axis=0)):
        raise NoSpread("An indicator is the same for every school", "it has to be left out by name")
    scaled = _SCALES[normal](x)
    if normal == "min-max":
        lowest = 0.0 if mean == "arithmetic" else 1.0
        scaled = lowest + (100 - lowest) * scaled
    w = np.asarray(weights, dtype=np.float64)
    held = {name: np.array([p == name for p in pillars]) for name in pillar_weights}
    means = [average(scaled[:, here], w[here], mean) for here in held.values()]
    return average(np.stack(means, axis=-1), list(pillar_weights.values()), mean)


def _ranks(x: Array) -> Array:
    """Give the share of the other schools that each is above; ties share the lowest."""
    ranks = np.full(x.shape, np.nan)
    for column in range(x.shape[1]):
        known = ~np.isnan(x[:, column])
        ranks[known, column] = (rankdata(x[known, column], "min") - 1) / (known.sum() - 1)
    return ranks


_SCALES: dict[str, Callable[[Array], Array]] = {
    "min-max": lambda x: (x - np.nanmin(x, axis=0)) / (np.nanmax(x, axis=0) - np.nanmin(x, axis=0)),
    "z": lambda x: (x - np.nanmean(x, axis=0)) / np.nanstd(x, axis=0, ddof=1),
    "percentile-rank": _ranks,
}
