"""Do two people judging the same writing agree, and is one of them harsher?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri, ndtri

from writinggaps.estimates.arrays import Matrix
from writinggaps.estimates.noncentral import by_t
from writinggaps.estimates.shares import Share, share
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils, UnknownCode, hint
from writinggaps.results import Constant, Count, Label, Number, Ratio, Score, Tally, result

__all__ = ["Agreement", "Intraclass", "Severity", "agreement", "intraclass", "leniency", "severity"]


@result
class Agreement:
    """How far two sets of judgements of the same work agree.

    `estimate` is quadratically weighted kappa: 1 is full agreement, 0 no better than chance.
    """

    exact: Share
    adjacent: Share
    estimate: Ratio
    low: Ratio
    high: Ratio
    n: Count
    dropped: Tally
    level: Constant
    method: Label = "quadratically weighted kappa"


@result
class Severity:
    """How much more generous one assessor is than the reference, in steps of the scale."""

    assessor: Label
    estimate: Score
    low: Score
    high: Score
    n: Count
    level: Constant


@result
class Intraclass:
    """Reliability of one assessor's scores (two-way random effects, absolute agreement)."""

    estimate: Ratio
    low: Ratio
    high: Ratio
    n: Count
    assessors: Number
    level: Constant
    method: Label = "ICC(2,1)"


def agreement(
    first: Iterable[str | None],
    second: Iterable[str | None],
    *,
    scale: Sequence[str],
    level: float = 0.95,
) -> Agreement:
    """Compare two sets of judgements of the same pieces of work.

    Parameters
    ----------
    first, second : iterable of str
        Judgements in the same order; where either is blank (None or empty) the pair is dropped
        and counted.
    scale : sequence of str
        The grades from lowest to highest.
    level : float, optional
        Confidence level, between 0 and 1.

    Raises
    ------
    TooFewPupils
        If there are fewer than two pairs.
    NoSpread
        If both assessors gave every piece the same grade.
    UnknownCode
        If a judgement is not on the scale.
    BadArgument
        If the two lists differ in length.

    References
    ----------
    Cohen (1968); large-sample variance of Fleiss, Cohen and Everitt (1969), as in R's psych.

    Examples
    --------
    >>> a = agreement(["EXS", "WTS", "EXS", "GDS"], ["EXS", "EXS", "EXS", "GDS"],
    ...               scale=["WTS", "EXS", "GDS"])
    >>> a.exact.count, a.adjacent.count, round(a.estimate, 2)
    (3, 4, 0.67)
    """
    one, two = list(first), list(second)
    if len(one) != len(two):
        raise BadArgument(f"There are {len(one)} and {len(two)} judgements", "one pair per piece")
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a and b]
    steps = {grade: i for i, grade in enumerate(scale)}
    for grade in {g for pair in pairs for g in pair} - set(steps):
        raise UnknownCode(
            f"A judgement is '{grade}'", "a grade of the scale", "", hint(grade, scale)
        )
    if len(pairs) < 2:
        raise TooFewPupils(f"{len(pairs)} pieces have two judgements", "at least 2 are needed")
    codes = np.array([[steps[a], steps[b]] for a, b in pairs])
    apart = np.abs(codes[:, 0] - codes[:, 1])
    kappa, error = _kappa(codes, len(scale))
    z = float(ndtri(0.5 + level / 2))
    return Agreement(
        exact=share(int((apart == 0).sum()), len(pairs), level=level),
        adjacent=share(int((apart <= 1).sum()), len(pairs), level=level),
        estimate=kappa,
        low=max(-1.0, kappa - z * error),
        high=min(1.0, kappa + z * error),
        n=len(pairs),
        dropped=len(one) - len(pairs),
        level=level,
    )


def severity(
    assessors: Iterable[str], judged: ArrayLike, reference: ArrayLike, *, level: float = 0.95
) -> tuple[Severity, ...]:
    """Say how much more generous each assessor is than the reference judgement.

    Parameters
    ----------
    assessors : iterable of str
        Who judged each piece.
    judged, reference : array of float, shape (n,)
        Both judgements as steps of the scale; blanks (nan) are dropped.
    level : float, optional
        Confidence level, between 0 and 1.

    Returns
    -------
    tuple of Severity
        One per assessor with at least two pieces, in order of name; positive where the assessor
        judged higher than the reference.

    Examples
    --------
    >>> [s.estimate for s in severity(["A", "A", "B", "B"], [3, 2, 2, 2], [2, 2, 2, 3])]
    [0.5, -0.5]
    """
    names = np.asarray(list(assessors))
    difference = np.asarray(judged, dtype=np.float64) - np.asarray(reference, dtype=np.float64)
    found = []
    for name in np.unique(names):
        steps = difference[(names == name) & np.isfinite(difference)]
        if len(steps) < 2:
            continue
        n, error = len(steps), float(steps.std(ddof=1)) / sqrt(len(steps))
        mean, low, high, _ = by_t(float(steps.mean()), error, n - 1, level).values()
        found.append(
            Severity(assessor=str(name), estimate=mean, low=low, high=high, n=n, level=level)
        )
    return tuple(found)


def leniency(higher: int, lower: int, n: int, *, level: float = 0.95) -> tuple[float, float, float]:
    """Give the share judged higher less the share judged lower than a second judge did.

    Parameters
    ----------
    higher, lower : int
        Pieces that the first judge put higher, and lower, than the second.
    n : int
        All pieces that both judged.
    level : float, optional
        Confidence level, between 0 and 1.

    Returns
    -------
    estimate, low, high : float
        Between -1 and 1; positive where the first judge is the more generous.

    References
    ----------
    Agresti and Min (2005): Wald's interval after half a piece is added to each of four cells.

    Examples
    --------
    >>> [round(end, 3) for end in leniency(16, 0, 35)]
    [0.457, 0.264, 0.601]
    """
    more, less, all_ = higher + 0.5, lower + 0.5, n + 2
    middle = (more - less) / all_
    spread = (more + less) / all_ - middle**2
    half = float(ndtri(0.5 + level / 2)) * sqrt(spread / all_)
    return (higher - lower) / n, max(-1.0, middle - half), min(1.0, middle + half)


def intraclass(scores: ArrayLike, *, level: float = 0.95) -> Intraclass:
    """Say how reliable one assessor's score is, from pieces that several assessors scored.

    Parameters
    ----------
    scores : array of float, shape (pieces, assessors)
        Pieces with a blank (nan) are dropped.
    level : float, optional
        Confidence level, between 0 and 1.

    Raises
    ------
    TooFewPupils
        If fewer than two pieces have every score, or there is one assessor.
    NoSpread
        If every score is the same.

    References
    ----------
    Shrout and Fleiss (1979), ICC(2,1), with their interval.

    Examples
    --------
    >>> round(intraclass([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8],
    ...                   [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]).estimate, 2)
    0.29
    """
    table: Matrix = np.asarray(scores, dtype=np.float64)
    table = table[np.isfinite(table).all(axis=1)]
    n, k = table.shape
    if n < 2 or k < 2:
        raise TooFewPupils(
            f"{n} pieces were scored by {k} assessors", "at least 2 of each are needed"
        )
    if np.ptp(table) == 0:
        raise NoSpread("Every score is the same", "agreement needs scores that differ")
    grand = table.mean()
    rows = k * float(((table.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    columns = n * float(((table.mean(axis=0) - grand) ** 2).sum()) / (k - 1)
    total = float(((table - grand) ** 2).sum())
    rest = (total - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    estimate = (rows - rest) / (rows + (k - 1) * rest + k * (columns - rest) / n)
    low, high = _icc_interval(rows, columns, rest, estimate, (n, k), level)
    return Intraclass(estimate=estimate, low=low, high=high, n=n, assessors=k, level=level)


def _kappa(codes: NDArray[np.int_], grades: int) -> tuple[float, float]:
    joint = np.zeros((grades, grades))
    np.add.at(joint, (codes[:, 0], codes[:, 1]), 1 / len(codes))
    i = np.arange(grades)
    weights = 1 - (i[:, None] - i) ** 2 / (grades - 1) ** 2
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    seen, chance = float((weights * joint).sum()), float(rows @ weights @ columns)
    if chance >= 1 - 1e-12:
        raise NoSpread("Both gave every piece the same grade", "agreement needs grades that differ")
    kappa = (seen - chance) / (1 - chance)
    marginal = (weights @ columns)[:, None] + (weights.T @ rows)[None, :]
    spread = (joint * (weights - marginal * (1 - kappa)) ** 2).sum()
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (len(codes) * (1 - chance) ** 2)
    return kappa, sqrt(max(0.0, float(variance)))


def _icc_interval(
    rows: float, columns: float, rest: float, icc: float, shape: tuple[int, int], level: float
) -> tuple[float, float]:
    n, k = shape
    if rest <= 0:
        return icc, icc
    judges, alpha = columns / rest, 0.5 + level / 2
    a = k * icc / (n * (1 - icc))
    b = 1 + k * icc * (n - 1) / (n * (1 - icc))
    df = (a * judges + b) ** 2 / ((a * judges) ** 2 / (k - 1) + b**2 / ((n - 1) * (k - 1)))
    f_low, f_high = float(fdtri(n - 1, df, alpha)), float(fdtri(df, n - 1, alpha))
    spread = k * columns + (k * n - k - n) * rest
    low = n * (rows - f_low * rest) / (f_low * spread + n * rows)
    high = n * (f_high * rows - rest) / (spread + n * f_high * rows)
    return low, high
