"""Sessions missed of sessions possible, suspensions of pupils: rates over pupils who vary.

Sessions and events come in pupils: twenty sessions missed by one child are not twenty pieces of
evidence. Each interval here is therefore over pupils.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtri, stdtrit

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.noncentral import checked_level
from writinggaps.estimates.shares import Difference
from writinggaps.problems import TooFewPupils
from writinggaps.results import Constant, Count, Percentage, Ratio, result

__all__ = ["Rate", "RateDifference", "RatioOfRates", "rate", "rate_difference", "rate_ratio"]


@result
class Rate:
    """A part of a whole over pupils, as a percentage, with its interval."""

    estimate: Percentage
    low: Percentage
    high: Percentage
    n: Count
    level: Constant = 0.95

    unit = "%"
    method = "ratio of sums, t interval over pupils"


@result
class RateDifference(Difference):
    """One group's rate less another's; negative when the group's is lower."""

    group: Rate
    others: Rate

    unit = "percentage points"


@result
class RatioOfRates:
    """One group's events for each pupil as a multiple of the other's."""

    estimate: Ratio
    low: Ratio
    high: Ratio
    n_group: Count
    n_others: Count
    level: Constant = 0.95

    unit = "ratio of rates"
    method = "normal on the log scale, spread over pupils"

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.n_group + self.n_others


def rate(parts: Iterable[float], wholes: Iterable[float], *, level: float = 0.95) -> Rate:
    """Give the sum of parts as a percentage of the sum of wholes.

    Parameters
    ----------
    parts, wholes : iterable of float
        One of each per pupil, such as sessions attended and sessions possible.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Returns
    -------
    Rate
        As a percentage; the interval of a single pupil is everything from 0 to 100.

    Raises
    ------
    TooFewPupils
        If no pupil has anything in the whole.

    References
    ----------
    Cochran (1977), Sampling Techniques, section 2.11: the ratio estimate.

    Examples
    --------
    >>> found = rate([95] * 19 + [50], [100] * 20)
    >>> f"{found.estimate} ({found.low:.1f} to {found.high:.1f})"
    '92.75 (88.0 to 97.5)'
    """
    part, whole = _arrays(parts, wholes)
    n, estimate = len(whole), 100 * float(part.sum() / whole.sum())
    if n < 2:
        return Rate(estimate=estimate, low=0.0, high=100.0, n=n, level=level)
    half = float(stdtrit(n - 1, 0.5 + checked_level(level) / 2)) * 100 * _error(part, whole)
    return Rate(
        estimate=estimate,
        low=max(estimate - half, 0.0),
        high=min(estimate + half, 100.0),
        n=n,
        level=level,
    )


def rate_difference(group: Rate, others: Rate) -> RateDifference:
    """Compare the rates of two separate groups.

    References
    ----------
    Zou and Donner (2008): an interval of a difference from the intervals of both sides.

    Examples
    --------
    >>> gap = rate_difference(rate([91, 92], [100, 100]), rate([95, 97], [100, 100]))
    >>> gap.estimate
    -4.5
    """
    return RateDifference(group=group, others=others)


def rate_ratio(
    group: tuple[Iterable[float], Iterable[float]],
    others: tuple[Iterable[float], Iterable[float]],
    *,
    level: float = 0.95,
) -> RatioOfRates:
    """Give one group's events for each pupil as a multiple of another's.

    Parameters
    ----------
    group, others : pair of iterables of float
        Events of each pupil, and how long each was there (years, or 1 for everybody).
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Returns
    -------
    RatioOfRates
        Above 1 when more fall to the group than its size would bring.

    Raises
    ------
    TooFewPupils
        If one of the groups has no pupils, or no events.

    Examples
    --------
    >>> sen, rest = [3] * 12 + [0] * 134, [1] * 44 + [0] * 810
    >>> found = rate_ratio((sen, [1] * 146), (rest, [1] * 854))
    >>> f"{found.estimate:.2f} ({found.low:.1f} to {found.high:.1f})"
    '4.79 (2.6 to 8.9)'
    """
    sides = [_arrays(*group), _arrays(*others)]
    if not all(events.sum() for events, _ in sides):
        raise TooFewPupils(
            "Nothing of the kind was recorded for one of the groups",
            "a relative rate needs at least 1 on both sides",
        )
    logged = [log(events.sum() / whole.sum()) for events, whole in sides]
    errors = [_error(*side) / float(side[0].sum() / side[1].sum()) for side in sides]
    half = float(ndtri(0.5 + checked_level(level) / 2)) * sqrt(sum(e**2 for e in errors))
    middle = logged[0] - logged[1]
    return RatioOfRates(
        estimate=exp(middle),
        low=exp(middle - half),
        high=exp(middle + half),
        n_group=len(sides[0][0]),
        n_others=len(sides[1][0]),
        level=level,
    )


def _arrays(parts: Any, wholes: Any) -> tuple[Array, Array]:
    part, whole = (np.asarray(list(values), dtype=float) for values in (parts, wholes))
    there = whole > 0
    if not there.any():
        raise TooFewPupils("The group has no pupils", "a rate needs at least 1")
    return part[there], whole[there]


def _error(part: Array, whole: Array) -> float:
    """Give the standard error of the ratio of sums, from how pupils differ from it."""
    n = len(whole)
    off = part - part.sum() / whole.sum() * whole
    return float(np.sqrt((off**2).sum() * n / max(n - 1, 1)) / whole.sum())
