"""Random-intercept models by restricted maximum likelihood, in one dimension.

With one random intercept the likelihood depends on a single unknown, the ratio of the variance
between schools to the variance within them; everything else follows in closed form. Searching one
dimension cannot wander off: general optimisers in common use return a school-level effect of
exactly nought, marked as converged, for about a third of small trials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from writinggaps.problems import BadArgument, TooFewPupils

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Vector = NDArray[np.floating[Any]]
    Matrix = NDArray[np.floating[Any]]

__all__ = ["RandomIntercept", "random_intercept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomIntercept:
    """A fitted model: coefficients, their covariance and df, and the two variances.

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
    """What the likelihood needs of the data, so that each evaluation costs one small solve.

    V is `within` I + `between` J in each school, and M(V) = [x y]' V^-1 [x y].
    """

    sizes: Vector
    cross: Matrix  # [x y]' [x y]
    sums: Matrix  # per school: sums of the columns of [x y]

    @property
    def columns(self) -> int:
        return len(self.cross) - 1

    def information(self, within: float, between: float) -> Matrix:
        """Give M, then its slopes by within and between, then the three second derivatives."""
        n, d = self.sizes, within + self.sizes * between
        plain = np.array([1 / within, -1 / within**2, 0, 2 / within**3, 0, 0])
        shrink = np.array(
            [
                (1 / within - 1 / d) / n,
                (1 / d**2 - 1 / within**2) / n,
                1 / d**2,
                2 * (1 / within**3 - 1 / d**3) / n,
                -2 / d**3,
                -2 * n / d**3,
            ]
        )
        schools = np.einsum("kg,gi,gj->kij", shrink, self.sums, self.sums)
        layers: Matrix = plain[:, None, None] * self.cross - schools
        return layers

    def log_determinant(self, within: float, between: float) -> Vector:
        """Give log |V| with the same derivatives."""
        n, d = self.sizes, within + self.sizes * between
        pupils = n.sum() - len(n)
        return np.array(
            [
                pupils * np.log(within) + np.log(d).sum(),
                pupils / within + (1 / d).sum(),
                (n / d).sum(),
                -pupils / within**2 - (1 / d**2).sum(),
                -(n / d**2).sum(),
                -((n / d) ** 2).sum(),
            ]
        )


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
    outcome: Vector = np.asarray(y, dtype=np.float64)
    design: Matrix = np.asarray(x, dtype=np.float64)
    labels, codes = np.unique(np.asarray(groups), return_inverse=True)
    n, p = design.shape
    if len(labels) < 2 or len(labels) == n:
        raise TooFewPupils(
            f"There are {n} pupils in {len(labels)} schools",
            "a model with schools needs at least 2 schools and more pupils than schools",
        )
    if np.linalg.matrix_rank(design) < p:
        raise BadArgument("Columns of the model repeat each other", "each must add something")
    both = np.column_stack([design, outcome])
    sums = np.zeros((len(labels), p + 1))
    np.add.at(sums, codes, both)
    return _fit(_Sums(np.bincount(codes).astype(float), both.T @ both, sums))


def _fit(data: _Sums) -> RandomIntercept:
    within, between = _variances(data)
    p = data.columns
    layers = data.information(within, between)
    covariance = np.linalg.inv(layers[0, :p, :p])
    deviance, _, curvature = _deviance(data, within, between)
    slopes = np.array([np.diag(-covariance @ layer[:p, :p] @ covariance) for layer in layers[1:3]])
    return RandomIntercept(
        estimates=covariance @ layers[0, :p, p],
        standard_errors=np.sqrt(np.diag(covariance)),
        df=_satterthwaite(np.diag(covariance), slopes, curvature, between, data),
        between=between,
        within=within,
        deviance=deviance,
    )


def _variances(data: _Sums) -> tuple[float, float]:
    """Find the variances within and between schools at which the deviance is lowest."""
    from scipy.optimize import brentq

    grid = np.linspace(-14, 10, 33)
    products = (data.sums[:, :, None] * data.sums[:, None, :]).reshape(len(data.sums), -1)
    values, _, withins = _profile(data, products, np.append(0.0, np.exp(grid)))
    best = int(np.argmin(values[1:]))
    if best == 0 or values[0] <= values[1 + best]:
        return float(withins[0]), 0.0

    def slope(log_ratio: float) -> float:
        return float(_profile(data, products, np.exp([log_ratio]))[1][0])

    low, high = grid[best - 1], grid[min(best + 1, len(grid) - 1)]
    ratio = np.exp([brentq(slope, low, high, xtol=1e-14, rtol=1e-14)])
    within = float(_profile(data, products, ratio)[2][0])
    return within, float(ratio[0]) * within


def _profile(data: _Sums, products: Matrix, ratios: Vector) -> tuple[Vector, Vector, Vector]:
    """Give the deviance less a constant, its slope, and the variance within, for each ratio.

    A ratio is the variance between schools over that within; the best variance within follows from
    it, so that there is one thing to search for. `products` are the schools' sums times each other.
    """
    p, q, n = data.columns, len(data.cross), float(data.sizes.sum())
    d = 1 + ratios[:, None] * data.sizes
    m = data.cross - ((ratios[:, None] / d) @ products).reshape(-1, q, q)
    rises = -((1 / d**2) @ products).reshape(-1, q, q)
    inverse = np.linalg.inv(m[:, :p, :p])
    b = (inverse @ m[:, :p, p:])[..., 0]
    left = m[:, p, p] - (b * m[:, :p, p]).sum(axis=1)
    residual = np.concatenate([-b, np.ones((len(ratios), 1))], axis=1)
    left_rises = np.einsum("ki,kij,kj->k", residual, rises, residual)
    _, log_det = np.linalg.slogdet(m[:, :p, :p])
    value = (n - p) * np.log(left) + np.log(d).sum(axis=1) + log_det
    slope = (n - p) * left_rises / left + (data.sizes / d).sum(axis=1)
    slope += (inverse * rises[:, :p, :p].transpose(0, 2, 1)).sum(axis=(1, 2))
    return value, slope, left / (n - p)


def _deviance(data: _Sums, within: float, between: float) -> tuple[float, Vector, Matrix]:
    """Minus twice the restricted log likelihood, its slope and its curvature in the variances."""
    p, n = data.columns, float(data.sizes.sum())
    logs = data.log_determinant(within, between)
    layers = data.information(within, between)
    inverse = np.linalg.inv(layers[0, :p, :p])
    residual = np.append(-inverse @ layers[0, :p, p], 1.0)
    ratios = np.array([inverse @ layer[:p, :p] for layer in layers[1:]])
    pulls = layers[1:] @ residual
    slope = logs[1:3] + np.trace(ratios[:2], axis1=1, axis2=2) + pulls[:2] @ residual
    curvature = np.empty((2, 2))
    for i, j, k in ((0, 0, 2), (0, 1, 3), (1, 1, 4)):
        curvature[i, j] = curvature[j, i] = (
            logs[k + 1]
            + np.trace(ratios[k])
            - np.trace(ratios[i] @ ratios[j])
            + pulls[k] @ residual
            - 2 * pulls[i][:p] @ inverse @ pulls[j][:p]
        )
    _, log_det = np.linalg.slogdet(layers[0, :p, :p])
    value = logs[0] + log_det + _leftover(layers[0]) + (n - p) * np.log(2 * np.pi)
    return float(value), slope, curvature


def _leftover(information: Matrix) -> float:
    """Weighted residual sum of squares, from [x y]' V^-1 [x y]."""
    p = information.shape[0] - 1
    b = np.linalg.solve(information[:p, :p], information[:p, p])
    return float(information[p, p] - information[:p, p] @ b)


def _satterthwaite(
    variances: Vector, slopes: Matrix, curvature: Matrix, between: float, data: _Sums
) -> Vector:
    """Degrees of freedom from how surely the two variances are known."""
    if between == 0:  # on the edge the curvature says nothing; schools are then plain pupils
        return np.full(len(variances), float(data.sizes.sum()) - data.columns)
    spread = 2 * np.linalg.inv(curvature)
    df: Vector = 2 * variances**2 / np.einsum("ik,ij,jk->k", slopes, spread, slopes)
    return df
