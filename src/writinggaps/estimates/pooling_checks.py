"""Is a pooled estimate carried by one study, by small studies, or by what differs between them?"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from writinggaps.estimates.arrays import Matrix, Vector
from writinggaps.estimates.noncentral import by_t, p_by_t
from writinggaps.estimates.pooling import Method, Pooled, between_variance, pool
from writinggaps.problems import TooFewStudies
from writinggaps.results import Constant, Label, Number, PValue, StandardDeviations, result

__all__ = [
    "Slope",
    "TrimmedAndFilled",
    "egger",
    "leave_one_out",
    "meta_regression",
    "trim_and_fill",
]


@result
class Slope:
    """How estimates change with a column, per unit of the column."""

    estimate: StandardDeviations
    low: StandardDeviations
    high: StandardDeviations
    standard_error: StandardDeviations
    p: PValue
    between_sd: StandardDeviations
    studies: Number
    method: Label
    level: Constant


@result
class TrimmedAndFilled:
    """What pooling would give if the funnel of studies were even on both sides."""

    pooled: Pooled
    filled: Number
    side: Label


def leave_one_out(
    estimates: ArrayLike, variances: ArrayLike, *, method: Method = "reml"
) -> tuple[Pooled, ...]:
    """Pool again with each study left out in turn, in the order given.

    Raises
    ------
    TooFewStudies
        If there are fewer than three studies.

    Examples
    --------
    >>> [round(p.estimate, 2) for p in leave_one_out([0.2, 0.5, 0.1], [0.02, 0.03, 0.01])]
    [0.28, 0.13, 0.33]
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    _enough(len(y), 3)
    return tuple(pool(np.delete(y, i), np.delete(v, i), method=method) for i in range(len(y)))


def meta_regression(
    estimates: ArrayLike,
    variances: ArrayLike,
    moderator: ArrayLike,
    *,
    method: Method = "reml",
    level: float = 0.95,
) -> Slope:
    """Regress estimates on a column, such as weeks taught or age.

    Returns
    -------
    Slope
        In units of the estimates per unit of the column, with a normal interval.

    Raises
    ------
    TooFewStudies
        If there are fewer than four studies.

    Examples
    --------
    >>> s = meta_regression([0.1, 0.2, 0.4, 0.5], [0.02] * 4, [10, 20, 30, 40])
    >>> round(s.estimate, 3)
    0.014
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    _enough(len(y), 4)
    x = np.column_stack([np.ones(len(y)), np.asarray(moderator, dtype=np.float64)])
    tau2 = between_variance(y, v, x, method=method)
    b, errors = _weighted(y, x, 1 / (v + tau2))
    return Slope(
        **by_t(b[1], errors[1], np.inf, level),
        p=p_by_t(b[1], errors[1], np.inf),
        between_sd=sqrt(tau2),
        studies=len(y),
        method=f"meta-regression, {method}",
        level=level,
    )


def egger(estimates: ArrayLike, variances: ArrayLike, *, level: float = 0.95) -> Slope:
    """Ask whether small studies found larger effects (Egger's regression).

    Returns
    -------
    Slope
        Of the estimates on their standard errors; away from nought, the funnel is lopsided.

    References
    ----------
    Egger, Davey Smith, Schneider and Minder (1997), as in R's `metafor::regtest(model="lm")`.

    Examples
    --------
    >>> round(egger([0.1, 0.2, 0.5, 0.9], [0.01, 0.02, 0.09, 0.2]).estimate, 2)
    2.18
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    _enough(len(y), 4)
    x = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    b, errors = _weighted(y, x, 1 / v)
    df = len(y) - 2
    error = float(errors[1]) * sqrt(float((y - x @ b) ** 2 @ (1 / v)) / df)
    return Slope(
        **by_t(b[1], error, df, level),
        p=p_by_t(b[1], error, df),
        between_sd=0.0,
        studies=len(y),
        method="Egger's regression",
        level=level,
    )


def trim_and_fill(
    estimates: ArrayLike, variances: ArrayLike, *, method: Method = "dl"
) -> TrimmedAndFilled:
    """Fill the thin side of the funnel with mirror images, and pool again.

    A sensitivity check, never a correction: it shows how far the pooled estimate would move.

    References
    ----------
    Duval and Tweedie (2000), estimator L0, as in R's `metafor::trimfill`.

    Examples
    --------
    >>> trim_and_fill([0.1, 0.2, 0.5, 0.9, 1.2], [0.01, 0.02, 0.09, 0.2, 0.3]).filled
    2
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    _enough(len(y), 4)
    x = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    tau2 = between_variance(y, v, x, method=method)
    sign = -1.0 if _weighted(y, x, 1 / (v + tau2))[0][1] < 0 else 1.0
    order = np.argsort(sign * y, kind="stable")
    y, v = sign * y[order], v[order]
    missing, centre = _missing(y, v, method)
    tail = slice(len(y) - missing, None)
    filled = np.append(y, 2 * centre - y[tail])
    return TrimmedAndFilled(
        pooled=pool(sign * filled, np.append(v, v[tail]), method=method, knapp_hartung=False),
        filled=missing,
        side="lower" if sign > 0 else "higher",
    )


def _missing(y: Vector, v: Vector, method: Method) -> tuple[int, float]:
    """How many of the largest estimates have no mirror image, and around which centre."""
    k, missing = len(y), 0
    for _ in range(k):
        kept = slice(None, k - missing)
        centre = pool(y[kept], v[kept], method=method).estimate
        away = y - centre
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(away), kind="stable")] = np.arange(1, k + 1)
        found = (4 * ranks[away > 0].sum() - k * (k + 1)) / (2 * k - 1)
        before, missing = missing, min(max(0, round(float(found))), k - 2)
        if missing == before:
            break
    return missing, centre


def _weighted(y: Vector, x: Matrix, weights: Vector) -> tuple[Vector, Vector]:
    """Coefficients and standard errors where the weights are inverse variances."""
    covariance = np.linalg.inv(x.T @ (weights[:, None] * x))
    return covariance @ (x.T @ (weights * y)), np.sqrt(np.diag(covariance))


def _enough(studies: int, needed: int) -> None:
    if studies < needed:
        raise TooFewStudies(f"There are {studies} studies", f"at least {needed} are needed")
