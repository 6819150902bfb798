"""Differences and gains in the scores themselves, with t intervals."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from writinggaps.estimates.noncentral import by_t, p_by_t
from writinggaps.estimates.pairs import pairs
from writinggaps.estimates.samples import Compared, Scores
from writinggaps.estimates.standardised import counted, pooled_sd, two_arms, varied
from writinggaps.results import Freedom, PValue, Score, result

__all__ = ["MeanDifference", "mean_difference", "mean_gain"]


@result
class MeanDifference(Compared):
    """A difference of means in points of the test, with its interval.

    Positive when the first of `roles` is ahead.
    """

    estimate: Score
    low: Score
    high: Score
    standard_error: Score
    df: Freedom
    p: PValue

    unit = "points of the test"

    @property
    def ahead(self) -> str:
        """The role that scored higher, or `neither`."""
        return self.leader(self.estimate)


def mean_difference(
    taught: Scores, comparison: Scores, *, equal_spread: bool = False, level: float = 0.95
) -> MeanDifference:
    """Compare the mean scores of two separate groups.

    Parameters
    ----------
    taught, comparison : iterable of float, or Summary
        One score per pupil, same test and scale in both. Blanks (nan) are dropped and counted.
    equal_spread : bool, optional
        Student's test, which takes both groups to vary alike, in the place of Welch's.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Returns
    -------
    MeanDifference
        In points of the test; positive when `taught` scored higher.

    Raises
    ------
    TooFewPupils
        If either group has fewer than two scores.
    NoSpread
        If scores in the two groups do not vary.

    References
    ----------
    Welch (1947); Student (1908).

    Examples
    --------
    >>> d = mean_difference([14, 16, 18, 20], [11, 12, 15, 14])
    >>> f"{d.estimate:.1f} ({d.low:.2f} to {d.high:.2f})"
    '4.0 (0.02 to 7.98)'
    """
    first, second = two_arms(taught, comparison, "a difference of means")
    sd = pooled_sd(first, second)
    parts = [group.sd**2 / group.n for group in (first, second)]
    if equal_spread:
        error, df = sd * sqrt(1 / first.n + 1 / second.n), float(first.n + second.n - 2)
    else:
        error = sqrt(sum(parts))
        squares = (p**2 / (g.n - 1) for p, g in zip(parts, (first, second), strict=True))
        df = sum(parts) ** 2 / sum(squares)
    return MeanDifference(
        measure="mean_difference",
        **by_t(first.mean - second.mean, error, df, level),
        df=df,
        p=p_by_t(first.mean - second.mean, error, df),
        **counted(first, second),
        design="two separate groups",
        method="Student's t" if equal_spread else "Welch's t",
        level=level,
    )


def mean_gain(
    pre: Scores,
    post: Scores,
    *,
    correlation: float | None = None,
    pupils: Iterable[object] | None = None,
    level: float = 0.95,
) -> MeanDifference:
    """Give the mean gain of the same pupils.

    Parameters
    ----------
    pre, post, correlation, pupils
        As in `paired_effect`.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Returns
    -------
    MeanDifference
        In points of the test; positive when pupils scored higher after than before.

    Raises
    ------
    TooFewPupils
        If fewer than two pupils have both scores.
    NoSpread
        If every pupil gained the same.

    Examples
    --------
    >>> gain = mean_gain([18, 22, 15, 20, 17], [27, 29, 22, 30, 21])
    >>> f"{gain.estimate:.1f} ({gain.low:.2f} to {gain.high:.2f})"
    '7.4 (4.54 to 10.26)'
    """
    found = pairs(pre, post, "a mean gain", correlation=correlation, pupils=pupils)
    error = varied(found.change_sd) / sqrt(found.n)
    return MeanDifference(
        measure="mean_gain",
        **by_t(found.gain, error, found.n - 1, level),
        df=found.n - 1,
        p=p_by_t(found.gain, error, found.n - 1),
        n=found.n,
        n_taught=found.n,
        dropped=found.dropped,
        design="the same pupils before and after, without a comparison group",
        method="Student's t of the gains",
        roles=("post-test", "pre-test"),
        level=level,
    )
