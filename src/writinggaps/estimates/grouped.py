"""Hedges' g for many schools at once, as if each had been worked out alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from writinggaps.estimates.arrays import Mask, Vector
from writinggaps.estimates.noncentral import exact_j, noncentrality_of_many
from writinggaps.estimates.samples import numbers
from writinggaps.problems import BadArgument

__all__ = ["hedges_g_by"]

_ROUNDING = 1e-10


def hedges_g_by(
    values: Iterable[float], taught: ArrayLike, by: ArrayLike, *, level: float = 0.95
) -> pd.DataFrame:
    """Compare two groups in each of many schools by Hedges' g.

    Parameters
    ----------
    values : iterable of float, shape (n,)
        One score per pupil; blanks (nan) are dropped and counted.
    taught : array of bool, shape (n,)
        True for pupils who were taught.
    by : array, shape (n,)
        Each pupil's school.
    level : float, optional
        Confidence level of each school's own interval, between 0 and 1.

    Returns
    -------
    DataFrame
        A row a school, by its name: `estimate`, `low`, `high`, `standard_error` in pooled standard
        deviations, positive when those taught scored higher; `n_taught`, `n_comparison`,
        `dropped`; and `reason`, empty, or `too_few_pupils` or `no_spread` where there is no
        estimate (nan). A school's row never depends on which other schools are in the batch.

    Raises
    ------
    BadArgument
        If the columns differ in length, a value is no number, `taught` is not yes or no, or a
        pupil has no school.

    References
    ----------
    As `hedges_g`.

    Examples
    --------
    >>> found = hedges_g_by([14, 16, 18, 20, 11, 12, 15, 14, 9], [True] * 4 + [False] * 5,
    ...                     ["A"] * 8 + ["B"])
    >>> found.loc["A", ["estimate", "low", "high"]].astype(float).round(3).tolist()
    [1.554, 0.04, 3.444]
    >>> found.loc["B", "reason"]
    'too_few_pupils'
    """
    score, arm, school, names = _columns(values, taught, by)
    n, mean, squares, varies = _moments(score, arm, school, len(names))
    df = n.sum(axis=0) - 2
    enough = n.min(axis=0) >= 2
    given = enough & varies
    with np.errstate(invalid="ignore", divide="ignore"):
        sd = np.sqrt(squares / df)
        d = np.where(given, (mean[0] - mean[1]) / sd, np.nan)
        hn = 1 / n[0] + 1 / n[1]
    low, high, estimate = (np.full(len(names), np.nan) for _ in range(3))
    ends = noncentrality_of_many(d[given] / np.sqrt(hn[given]), df[given], level=level)
    low[given], high[given] = (end * np.sqrt(hn[given]) for end in ends)
    estimate[given] = d[given] * exact_j(df[given])
    blank = np.isnan(score)
    return pd.DataFrame(
        {
            "estimate": estimate,
            "low": low,
            "high": high,
            "standard_error": np.sqrt(hn + estimate**2 / (2 * (df + 2))),
            "n_taught": n[0],
            "n_comparison": n[1],
            "dropped": np.bincount(school[blank], minlength=len(names)),
            "reason": np.select([~enough, ~varies], ["too_few_pupils", "no_spread"], ""),
        },
        index=names,
    )


def _columns(
    values: Iterable[float], taught: ArrayLike, by: ArrayLike
) -> tuple[Vector, NDArray[np.int64], NDArray[np.int64], pd.Index]:
    """Give scores, arms (0 taught, 1 comparison) and schools as numbers, and schools' names."""
    score, told = numbers(values, "The scores"), np.asarray(taught)
    school, names = _numbered(np.asarray(by))
    if not len(score) == len(told) == len(school):
        raise BadArgument("The columns differ in length", "one row per pupil in each")
    if told.dtype != bool:
        raise BadArgument("Who was taught is not given as true or false", "true or false")
    if (school < 0).any():
        raise BadArgument(f"{int((school < 0).sum())} pupils have no school", "one for each")
    return score, (~told).astype(np.int64), school, names


def _numbered(by: NDArray[Any]) -> tuple[NDArray[np.int64], pd.Index]:
    """Give each pupil's school as a number, and schools' names; whole numbers need no sorting."""
    if by.dtype.kind == "i" and len(by) and np.ptp(by) < len(by):
        least = by.min()
        here = np.bincount(by - least) > 0
        return (np.cumsum(here) - 1)[by - least], pd.Index(np.flatnonzero(here) + least)
    school, names = pd.factorize(by, sort=True)
    return school.astype(np.int64), pd.Index(names)


def _moments(
    score: Vector, arm: NDArray[np.int64], school: NDArray[np.int64], schools: int
) -> tuple[NDArray[np.int64], Vector, Vector, Mask]:
    """Give each arm's n and mean, the pooled sum of squares, and whether either arm varies."""
    here = ~np.isnan(score)
    cell = arm * schools + school
    if not here.all():
        score, cell = score[here], cell[here]
    cells = 2 * schools
    n = np.bincount(cell, minlength=cells)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(cell, score, cells) / n
    squares = np.bincount(cell, (score - mean[cell]) ** 2, cells)
    varies: Mask = squares > n * (10 * _ROUNDING * np.nan_to_num(mean)) ** 2
    doubtful = np.flatnonzero(~varies & (n > 0))
    if len(doubtful):
        varies[doubtful] = _vary(score, cell, doubtful, cells)
        squares[~varies] = 0.0
    both = squares.reshape(2, schools).sum(axis=0)
    either = np.asarray(np.any(varies.reshape(2, -1), axis=0))
    return np.asarray(n.reshape(2, -1)), mean.reshape(2, -1), both, either


def _vary(score: Vector, cell: NDArray[np.int64], doubtful: NDArray[np.intp], cells: int) -> Mask:
    """Say which cells vary by more than rounding, of those that hardly do."""
    asked = np.isin(cell, doubtful)
    score, cell = score[asked], cell[asked]
    least, most, size = np.full(cells, np.inf), np.full(cells, -np.inf), np.zeros(cells)
    np.minimum.at(least, cell, score)
    np.maximum.at(most, cell, score)
    np.maximum.at(size, cell, np.abs(score))
    found: Mask = (most - least > _ROUNDING * size)[doubtful]
    return found
