"""What every estimate in standard deviations returns, and the pieces that they share.

An `Effect` names what it was divided by, because the same scores give a d of 1.5 or of 1.1
depending on that, and who is ahead by role.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.bootstrap import Statistic, bca
from writinggaps.estimates.noncentral import noncentrality
from writinggaps.estimates.pairs import Pairs
from writinggaps.estimates.samples import Compared, Dropped, Scores, Summary, summarise
from writinggaps.problems import BadArgument, NoSpread
from writinggaps.results import Label, StandardDeviations, result

__all__ = [
    "Effect",
    "Interval",
    "by_role",
    "counted",
    "divided",
    "moments",
    "noncentral_ends",
    "pooled_sd",
    "two_arms",
    "varied",
    "with_interval",
]

Interval: TypeAlias = Literal["noncentral t", "bca"]
"""How an interval is made; BCa is the bias-corrected and accelerated bootstrap."""


@result
class Effect(Compared):
    """A difference in standard deviations, with its interval.

    Positive when the first of `roles` is ahead. The interval is of the true difference, so that the
    corrected and the uncorrected estimate of one comparison have the same.
    """

    estimate: StandardDeviations
    low: StandardDeviations
    high: StandardDeviations
    standard_error: StandardDeviations
    divisor: Label

    unit = "standard deviations"

    @property
    def ahead(self) -> str:
        """The role that scored higher, or `neither`."""
        return self.leader(self.estimate)


def two_arms(taught: Scores, comparison: Scores, measure: str) -> tuple[Summary, Summary]:
    """Summarise two separate groups.

    Raises
    ------
    TooFewPupils
        If either has fewer than two scores.
    """
    return (
        summarise(taught, "The taught group", measure),
        summarise(comparison, "The comparison group", measure),
    )


def by_role(
    taught: tuple[Dropped, ...],
    comparison: tuple[Dropped, ...],
    roles: tuple[str, str] = ("taught", "comparison"),
) -> tuple[Dropped, ...]:
    """Name the group of those who were dropped from two groups."""
    return tuple(
        replace(dropped, reason=f"{role}, {dropped.reason}")
        for role, found in zip(roles, (taught, comparison), strict=True)
        for dropped in found
    )


def counted(first: Summary | Pairs, second: Summary | Pairs) -> dict[str, Any]:
    """Give the counts of two groups, and who was left out of which, as fields of a result."""
    return {
        "n": first.n + second.n,
        "n_taught": first.n,
        "n_comparison": second.n,
        "dropped": by_role(first.dropped, second.dropped),
    }


def pooled_sd(first: Summary, second: Summary) -> float:
    """Give the standard deviation within two groups, each counted by its degrees of freedom.

    Raises
    ------
    NoSpread
        If all pupils of each group have the same score.
    """
    within = (first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2
    return sqrt(varied(within / (first.n + second.n - 2)))


def varied(spread: float) -> float:
    """Give a standard deviation or variance back if there is one.

    Raises
    ------
    NoSpread
        If it is 0.
    """
    if spread == 0:
        raise NoSpread(
            "All pupils of a group have the same score",
            "a difference in standard deviations needs scores that vary",
            remedy="Report the scores as they are.",
        )
    return spread


def noncentral_ends(
    estimate: float, standard_error: float, df: float, level: float
) -> dict[str, Any]:
    """Give the interval of a standardised difference that is `standard_error` times a t statistic.

    Parameters
    ----------
    estimate, standard_error : float
        The difference and the error of its numerator, both in the standard deviations divided by.

    Returns
    -------
    dict
        The fields `low`, `high`, `method` and `level` of an effect.
    """
    low, high = (
        float(end) * standard_error
        for end in noncentrality(estimate / standard_error, df, level=level)
    )
    return {"low": low, "high": high, "method": "noncentral t", "level": level}


def with_interval(
    found: Effect,
    interval: Interval,
    groups: Callable[[], Sequence[Array]],
    statistic: Statistic,
    seed: int,
) -> Effect:
    """Give an effect as it is, or with a BCa interval in the place of its own.

    Parameters
    ----------
    groups : callable
        Makes the columns that `bootstrap.bca` resamples; none for a published summary.

    Raises
    ------
    BadArgument
        If there is no such interval, or nothing to resample.
    """
    if interval not in get_args(Interval):
        raise BadArgument(f"There is no interval '{interval}'", "noncentral t or bca")
    if interval == "noncentral t":
        return found
    rows = groups()
    if not rows:
        raise BadArgument("A published summary was to be resampled", "pupils' scores are needed")
    made = bca(rows, statistic, level=found.level, seed=seed)
    left_out = f", {made.degenerate} resamples without spread left out" if made.degenerate else ""
    return replace(
        found,
        low=made.low,
        high=made.high,
        standard_error=made.standard_error,
        method=f"BCa bootstrap{left_out}",
    )


def moments(*columns: Array | None) -> list[Array]:
    """Give each column with its squares, all moved and scaled alike to about 1."""
    known = [column for column in columns if column is not None]
    if len(known) < len(columns):
        return []
    together = np.concatenate(known)
    scaled = [(column - together.mean()) / together.std() for column in known]
    return [np.column_stack([u, u**2]) for u in scaled]


def divided(difference: Array, variance: Array) -> Array:
    """Divide by a standard deviation; nan where there is none."""
    return difference / np.sqrt(np.where(variance > 0, variance, np.nan))
