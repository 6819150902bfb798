"""How long it was between two tests: calendar months, from months, weeks or dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.samples import numbers
from writinggaps.problems import BadArgument

__all__ = ["months_between", "time_between"]

_MONTHS_A_WEEK = 12 / 52
_DATES_AGREE_WITHIN = 0.5


def months_between(pre: Any, post: Any) -> Array:
    """Give the calendar months between dates, 52/12 weeks each.

    Parameters
    ----------
    pre, post : date, or iterable of dates
        When the tests were; blanks become nan.

    Raises
    ------
    BadArgument
        If something is not a date.

    Examples
    --------
    >>> f"{months_between('2025-09-08', '2025-11-17').item():.4f}"
    '2.3077'
    """
    try:
        before, after = (pd.DatetimeIndex(pd.to_datetime(_listed(dates))) for dates in (pre, post))
    except (ValueError, TypeError) as why:
        raise BadArgument(f"The dates of the tests cannot be read ({why})", "dates") from why
    if len(before) != len(after) and 1 not in (len(before), len(after)):
        raise BadArgument(
            f"There are {len(before)} dates before and {len(after)} after", "one of each per pupil"
        )
    days = (after.to_numpy() - before.to_numpy()) / np.timedelta64(1, "D")
    months: Array = days / 7 * _MONTHS_A_WEEK
    return months


def time_between(
    months: float | Iterable[float] | None,
    weeks: float | Iterable[float] | None,
    dates: tuple[Any, Any] | None,
) -> tuple[Array, bool]:
    """Give the months between the tests, and whether dates disagree with them."""
    if months is not None and weeks is not None:
        raise BadArgument("The time was given both in months and in weeks", "one of them")
    found: list[Array] = []
    if months is not None:
        found.append(numbers(_listed(months), "The time between the tests"))
    if weeks is not None:
        found.append(numbers(_listed(weeks), "The time between the tests") * _MONTHS_A_WEEK)
    if dates is not None:
        found.append(months_between(*dates))
    if not found or any(np.isnan(time).all() for time in found):
        raise BadArgument("No time between the tests was given", "months, weeks or dates")
    apart = float(np.nanmean(found[0]) - np.nanmean(found[-1]))
    return found[0], abs(apart) > _DATES_AGREE_WITHIN


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) or not isinstance(given, Iterable) else given
