"""Random-intercept models by restricted maximum likelihood, in one dimension.

With one random intercept the likelihood depends on a single unknown, the ratio of the variance
between schools to the variance within them; everything else follows in closed form. Searching one
dimension cannot wander off: general optimisers in common use return a school-level effect of
exactly nought, marked as converged, for about a third of small trials.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, pi

import numpy as np
from numpy.typing import ArrayLike

from writinggaps.estimates.arrays import Matrix, Vector
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils

__all__ = ["RandomIntercept", "random_intercept"]

_GRID = np.linspace(-14, 10, 33)
_STEPS = 60
_CLOSE = 1e-7  # a last step of this size leaves an error of its square
_SAME = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomIntercept:
    """A fitted model: coefficients, their standard errors and df, and the two variances.

    `deviance` is minus twice the restricted log likelihood.
    """

    estimates: Vector
    standard_errors: Vector
    df: Vector
    between: float
    within: float
    deviance: float

    @property
    def icc(self) -> float:
        """Share of the variance that lies between schools."""
        return self.between / (self.between + self.within)


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the likelihood needs of the data, so that each evaluation costs one small solve."""

    sizes: Vector
    cross: Matrix  # [x y]' [x y]
    products: Matrix  # per school: sums of the columns of [x y], times each other
    rest: float  # pupils less columns of the model


@dataclass(frozen=True, slots=True)
class _Point:
    """M = [x y]' (I + ratio J)^-1 [x y] at one ratio, with what its derivatives come to.

    With M = L L', the last squared element of L is the weighted sum of squares that is left, and
    the others make up the determinant of the model's columns. `first` and `second` are the
    derivatives of M by the ratio, between L^-1 and its transpose: their diagonals are those of the
    logarithms of the squared elements.
    """

    inverse: Matrix  # of L
    first: Matrix
    second: Matrix
    shrunk: Vector  # n / (1 + ratio n), for each school

    def slopes(self, rest: float) -> tuple[float, float, float]:
        """Give slope and curvature of the deviance by the ratio, and slope of log what is left."""
        all_, model = self.first.ravel(), self.first[:-1, :-1].ravel()  # dots of few are quickest
        inside, left = float(model @ model), float(all_[-1])
        bend_of_left = float(self.second[-1, -1])
        left_bend = bend_of_left - float(all_ @ all_) + inside
        slope = rest * left + float(self.first.trace()) - left + float(self.shrunk.sum())
        bend = rest * left_bend + float(self.second.trace()) - bend_of_left - inside
        return slope, bend - float(self.shrunk @ self.shrunk), left


def random_intercept(y: ArrayLike, x: ArrayLike, groups: ArrayLike) -> RandomIntercept:
    """Fit y = x b + school + pupil by restricted maximum likelihood.

    Parameters
    ----------
    y : array of float, shape (n,)
        One outcome per pupil.
    x : array of float, shape (n, p)
        Columns of the model, the intercept included.
    groups : array, shape (n,)
        The school of each pupil.

    Returns
    -------
    RandomIntercept
        Standard errors and Satterthwaite degrees of freedom of shape (p,); variances in squared
        units of `y`.

    Raises
    ------
    TooFewPupils
        If there are fewer than two schools, or as many schools as pupils.
    BadArgument
        If columns of `x` repeat each other.
    NoSpread
        If the columns explain every outcome.

    References
    ----------
    Harville (1977); degrees of freedom by Satterthwaite as in R's lmerTest.

    Examples
    --------
    >>> import numpy as np
    >>> fit = random_intercept([1, 2, 4, 5, 9, 9], np.ones((6, 1)), ["a", "a", "b", "b", "c", "c"])
    >>> f"{fit.estimates[0]:.3f}, {fit.within:.3f} within"
    '5.000, 0.333 within'
    """
    from scipy.linalg.lapack import dgeqrf  # numpy's wrapper takes longer than the work

    outcome: Vector = np.asarray(y, dtype=np.float64)
    design: Matrix = np.asarray(x, dtype=np.float64)
    labels, codes = np.unique(np.asarray(groups), return_inverse=True)
    n, p = design.shape
    if len(labels) < 2 or len(labels) == n:
        raise TooFewPupils(
            f"There are {n} pupils in {len(labels)} schools",
            "a model with schools needs at least 2 schools and more pupils than schools",
        )
    both = np.column_stack([design, outcome])
    own = np.abs(dgeqrf(both)[0].diagonal())
    cross = both.T @ both
    new = own > _SAME * np.sqrt(cross.diagonal()[: len(own)])
    if not new[:p].all():
        raise BadArgument("Columns of the model repeat each other", "each must add something")
    if not new[p:].all() or n <= p:
        raise NoSpread("The model explains every outcome", "a model needs outcomes that vary")
    sums = np.array([np.bincount(codes, column) for column in both.T]).T
    products = (sums[:, :, None] * sums[:, None, :]).reshape(len(sums), -1)
    return _fit(_Sums(np.bincount(codes).astype(float), cross, products, float(n - p)))


def _fit(data: _Sums) -> RandomIntercept:
    ratio = _ratio(data)
    point = _at(data, ratio)
    p, inverse = len(data.cross) - 1, point.inverse[:-1, :-1]
    left = float(point.inverse[p, p]) ** -2
    within = left / data.rest
    covariance = inverse.T @ inverse
    logs = float(np.log1p(ratio * data.sizes).sum() - 2 * np.log(inverse.diagonal()).sum())
    return RandomIntercept(
        estimates=-point.inverse[p, :p] / point.inverse[p, p],
        standard_errors=np.sqrt(within * covariance.diagonal()),
        df=_satterthwaite(data, point, covariance.diagonal(), ratio),
        between=ratio * within,
        within=within,
        deviance=data.rest * (log(within) + 1 + log(2 * pi)) + logs,
    )


def _ratio(data: _Sums) -> float:
    """Find the ratio of variances at which the deviance is lowest: a grid, then Newton's steps."""
    values = _deviances(data, np.append(0.0, np.exp(_GRID)))
    best = int(np.argmin(values[1:]))
    if best == 0 or values[0] <= values[1 + best]:
        return 0.0
    low, high = _GRID[best - 1], _GRID[min(best + 1, len(_GRID) - 1)]
    here = _lowest(values[best : best + 3], float(_GRID[best]))
    for _ in range(_STEPS):
        ratio = exp(here)
        slope, bend, _ = _at(data, ratio).slopes(data.rest)
        low, high = (low, here) if slope > 0 else (here, high)
        curvature = ratio * bend + slope  # of the deviance by the logarithm, over the ratio
        ahead = here - slope / curvature if curvature > 0 else np.inf
        ahead = ahead if low <= ahead <= high else (low + high) / 2
        step, here = abs(ahead - here), ahead
        if step < _CLOSE:
            break
    return exp(here)


def _lowest(three: Vector, middle: float) -> float:
    """Give the lowest point of a parabola through three neighbours of the grid."""
    if len(three) < 3:
        return middle
    before, at, after = map(float, three)
    bend = before - 2 * at + after
    return middle + float(_GRID[1] - _GRID[0]) / 2 * (before - after) / (bend or 1.0)


def _deviances(data: _Sums, ratios: Vector) -> Vector:
    """Give the deviance less a constant for many ratios."""
    q = len(data.cross)
    d = 1 + ratios[:, None] * data.sizes
    roots = np.linalg.cholesky(
        data.cross - ((ratios[:, None] / d) @ data.products).reshape(-1, q, q)
    )
    logs: Vector = 2 * np.log(np.diagonal(roots, axis1=1, axis2=2))
    found: Vector = data.rest * logs[:, -1] + logs[:, :-1].sum(axis=1) + np.log(d).sum(axis=1)
    return found


def _at(data: _Sums, ratio: float) -> _Point:
    from scipy.linalg.lapack import dpotrf, dtrtri  # as above

    q, n = len(data.cross), data.sizes
    shrunk = n / (1 + ratio * n)
    share = shrunk / n
    layers = np.array([-ratio * share, -(share**2), 2 * share**2 * shrunk]) @ data.products
    m, first, second = layers.reshape(3, q, q)
    inverse, _ = dtrtri(dpotrf(data.cross + m, lower=1)[0], lower=1)
    return _Point(inverse, inverse @ first @ inverse.T, inverse @ second @ inverse.T, shrunk)


def _satterthwaite(data: _Sums, point: _Point, variances: Vector, ratio: float) -> Vector:
    """Degrees of freedom from how surely the ratio and the variance within are known.

    `variances` are those of the coefficients for a variance within of 1, which is used throughout:
    degrees of freedom have no unit. Twice the inverse of the deviance's curvature in both, taken
    between the slopes of `variances`, comes to the two terms below.
    """
    rest = data.rest
    if ratio == 0:  # on the edge the curvature says nothing; schools are then plain pupils
        return np.full(len(variances), rest)
    _, bend, left = point.slopes(rest)
    inverse = point.inverse[:-1, :-1]
    by_ratio = -(inverse * (point.first[:-1, :-1] @ inverse)).sum(axis=0)
    df: Vector = variances**2 / (variances**2 / rest + (left * variances + by_ratio) ** 2 / bend)
    return df
