"""Standard errors that allow for pupils sharing a school, class or district (CR2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from writinggaps.estimates.arrays import Matrix, Vector
from writinggaps.problems import BadArgument, TooFewPupils

__all__ = ["Coefficients", "least_squares_cr2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficients:
    """Coefficients with standard errors and small-sample degrees of freedom, one each a column."""

    estimates: Vector
    standard_errors: Vector
    df: Vector


def least_squares_cr2(
    y: ArrayLike, x: ArrayLike, clusters: ArrayLike, weights: ArrayLike | None = None
) -> Coefficients:
    """Fit least squares with bias-reduced cluster-robust errors.

    Parameters
    ----------
    y : array of float, shape (n,)
        One outcome per row.
    x : array of float, shape (n, p)
        Columns of the model, the intercept included.
    clusters : array, shape (n,)
        Which school (or district) each row belongs to.
    weights : array of float, shape (n,), optional
        Inverse variances; equal when not given.

    Returns
    -------
    Coefficients
        CR2 standard errors with Satterthwaite degrees of freedom, each of shape (p,).

    Raises
    ------
    TooFewPupils
        If there are fewer than two clusters.
    BadArgument
        If columns of `x` repeat each other.

    References
    ----------
    Bell and McCaffrey (2002); Pustejovsky and Tipton (2018); agrees with R's clubSandwich.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> fit = least_squares_cr2([1, 2, 3, 3, 4, 6], x, ["a", "a", "b", "c", "c", "d"])
    >>> fit.estimates.round(3).tolist()
    [2.0, 2.333]
    """
    outcome: Vector = np.asarray(y, dtype=np.float64)
    design: Matrix = np.asarray(x, dtype=np.float64)
    w: Vector = np.ones(len(outcome)) if weights is None else np.asarray(weights, dtype=np.float64)
    outcome, design, spread = outcome * np.sqrt(w), design * np.sqrt(w)[:, None], w.mean() / w
    labels, codes = np.unique(np.asarray(clusters), return_inverse=True)
    if len(labels) < 2:
        raise TooFewPupils(f"There is {len(labels)} cluster", "at least 2 are needed")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise BadArgument("Columns of the model repeat each other", "each must add something")
    bread: Matrix = np.linalg.inv(design.T @ design)
    estimates = bread @ (design.T @ outcome)
    rows = [np.flatnonzero(codes == i) for i in range(len(labels))]
    scores = [_adjusted(design, bread, r, spread) for r in rows]  # X_i' A_i, each (p, n_i)
    residuals = outcome - design @ estimates
    sums = np.array([s @ residuals[r] for s, r in zip(scores, rows, strict=True)])
    errors = np.sqrt(np.diag(bread @ (sums.T @ sums) @ bread))
    return Coefficients(
        estimates=estimates, standard_errors=errors, df=_satterthwaite(design, bread, scores, rows)
    )


def _adjusted(x: Matrix, bread: Matrix, rows: NDArray[Any], spread: Vector) -> Matrix:
    """Give X_i' A_i, where A_i undoes the shrinkage of cluster i's residuals.

    Where rows vary unequally many A_i would do; as in clubSandwich, it is the symmetric root in
    units of the rows as they were before they were weighted.
    """
    part, own = x[rows], spread[rows]
    left = np.eye(len(rows)) - part @ bread @ part.T
    values, vectors = np.linalg.eigh(own[:, None] * left * own)
    keep = values > 1e-9
    root = (vectors[:, keep] / np.sqrt(values[keep])) @ vectors[:, keep].T
    adjusted: Matrix = part.T @ root * own
    return adjusted


def _satterthwaite(
    x: Matrix, bread: Matrix, scores: list[Matrix], rows: list[NDArray[Any]]
) -> Vector:
    df = np.empty(x.shape[1])
    for k in range(x.shape[1]):
        leads = [bread[k] @ s for s in scores]
        across = np.array([lead @ x[r] for lead, r in zip(leads, rows, strict=True)])
        gram = -across @ bread @ across.T
        gram[np.diag_indices_from(gram)] += [lead @ lead for lead in leads]
        df[k] = np.trace(gram) ** 2 / np.sum(gram**2)
    return df
