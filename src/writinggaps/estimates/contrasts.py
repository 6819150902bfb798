"""Weighted sums of group means, how sure, and what leaving out one or two pupils does to them.

A gap is one group's mean less another's; the change of a gap for the same pupils is one group's
mean gain less another's; a trend over cohorts is a weighted sum of several gaps. All are contrasts
of separate groups ("cells"), and all have Welch's variance and Satterthwaite's degrees of freedom,
which stay honest for small groups with different spreads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from writinggaps.estimates.arrays import Array
from writinggaps.problems import NoSpread, TooFewPupils

__all__ = ["Contrast", "contrast", "without_two"]

_FEWEST = 4
"""Leaving out two must leave two, or there is no spread to judge by."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A weighted sum of means; each part is one number, or an array over many data sets.

    Parameters
    ----------
    estimate, se, df : float or ndarray
        The sum, its standard error, and Satterthwaite's degrees of freedom.
    """

    estimate: Any
    se: Any
    df: Any

    def low(self, level: float) -> Any:
        """Lower end of the interval."""
        return self.estimate - stdtrit(self.df, 0.5 + level / 2) * self.se

    def high(self, level: float) -> Any:
        """Upper end of the interval."""
        return self.estimate + stdtrit(self.df, 0.5 + level / 2) * self.se

    def detectable(self, level: float, power: float) -> Any:
        """Give the smallest true change that would be found with this power."""
        return (stdtrit(self.df, 0.5 + level / 2) + stdtrit(self.df, power)) * self.se


@dataclass(frozen=True, slots=True)
class _Sums:
    """What each cell adds to estimate, variance, and variance squared over its own df."""

    estimate: Array
    variance: Array
    satterthwaite: Array

    def __add__(self, other: _Sums) -> _Sums:
        return _Sums(
            np.add.outer(self.estimate, other.estimate).ravel(),
            np.add.outer(self.variance, other.variance).ravel(),
            np.add.outer(self.satterthwaite, other.satterthwaite).ravel(),
        )


def contrast(cells: Sequence[Array], weights: Sequence[float]) -> Contrast:
    """Weigh the means of separate groups and add them up.

    Parameters
    ----------
    cells : sequence of 1-D arrays
        One value per pupil; no pupil in two cells; no blanks.
    weights : sequence of float
        One per cell: (1, -1) for one group's mean less another's.

    Returns
    -------
    Contrast
        In the unit of the values times the weights.

    Raises
    ------
    TooFewPupils
        If a cell has fewer than two pupils.
    NoSpread
        If values vary in no cell.

    References
    ----------
    Welch (1947); Satterthwaite (1946).

    Examples
    --------
    >>> import numpy as np
    >>> c = contrast([np.array([14.0, 16, 18, 20]), np.array([11.0, 12, 15, 14])], [1, -1])
    >>> float(c.estimate), round(float(c.df), 2)
    (4.0, 5.4)
    """
    if min(len(cell) for cell in cells) < 2:
        raise TooFewPupils("A group has fewer than 2 pupils", "a spread needs at least 2")
    total = _total(
        [_left_out(cell, weight, 0) for cell, weight in zip(cells, weights, strict=True)]
    )
    if total.variance[0] == 0:
        raise NoSpread(
            "Every pupil of each group has the same value", "an interval needs values that vary"
        )
    made = _contrast(total)
    return Contrast(float(made.estimate[0]), float(made.se[0]), float(made.df[0]))


def without_two(cells: Sequence[Array], weights: Sequence[float], *, fixed: int = 0) -> Contrast:
    """Give the contrast again without each one, and without each two, of all pupils.

    Parameters
    ----------
    cells, weights
        As in `contrast`.
    fixed : int, optional
        The last so many values of each cell are no pupils and are never left out.

    Returns
    -------
    Contrast
        Of arrays: one element for each way of leaving out one or two pupils.

    Raises
    ------
    TooFewPupils
        If a cell has fewer than four values.

    Examples
    --------
    >>> import numpy as np
    >>> without = without_two([np.arange(5.0), np.arange(6.0)], [1, -1])
    >>> len(without.estimate) == 11 + 11 * 10 // 2
    True
    """
    if min(len(cell) for cell in cells) < _FEWEST:
        raise TooFewPupils("A group has fewer than 4 pupils", "leaving out two needs at least 4")
    out = [
        [_left_out(cell, weight, k, fixed) for k in (0, 1, 2)]
        for cell, weight in zip(cells, weights, strict=True)
    ]
    places = range(len(out))
    choices = [{i: 1} for i in places] + [{i: 2} for i in places]
    choices += [{i: 1, j: 1} for i in places for j in places if i < j]
    made = [_total([out[i][choice.get(i, 0)] for i in places]) for choice in choices]
    return _contrast(
        _Sums(
            np.concatenate([m.estimate for m in made]),
            np.concatenate([m.variance for m in made]),
            np.concatenate([m.satterthwaite for m in made]),
        )
    )


def _left_out(cell: Array, weight: float, out: int, fixed: int = 0) -> _Sums:
    """Give a cell's sums without each possible `out` of its pupils."""
    mean, n = float(cell.mean()), len(cell) - out
    away = cell - mean
    squares = float(away @ away)
    pupils = away[: len(away) - fixed]
    gone: Array = np.zeros(1) if out == 0 else pupils
    gone_squares = gone**2
    if out > 1:
        one, two = np.triu_indices(len(pupils), 1)
        gone, gone_squares = pupils[one] + pupils[two], pupils[one] ** 2 + pupils[two] ** 2
    spread = np.maximum(squares - gone_squares - gone**2 / n, 0.0) / (n - 1)
    variance = weight**2 * spread / n
    return _Sums(weight * (mean - gone / n), variance, variance**2 / (n - 1))


def _total(parts: Sequence[_Sums]) -> _Sums:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _contrast(total: _Sums) -> Contrast:
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where(total.variance > 0, total.variance**2 / total.satterthwaite, np.inf)
    return Contrast(total.estimate, np.sqrt(total.variance), df)
