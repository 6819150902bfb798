"""Regression to the mean: what pupils chosen by a low score gain with no teaching at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from writinggaps.problems import BadArgument
from writinggaps.results import Constant, Label, Months, result
from writinggaps.standards import bands

__all__ = ["RELIABILITIES", "AfterRegression", "Selection", "ZeroEffect", "after_regression"]

RELIABILITIES = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
"""How reliable the test that pupils were chosen by may have been, for the sensitivity table."""


@result
class Selection:
    """How pupils came to be taught the scheme: by a low score on a test.

    Parameters
    ----------
    test : str
        The test that they were chosen by; where it is also the pre-test, part of every gain is
        regression to the mean.
    months_behind : float
        How far behind their age they were on it, on average.
    reliability : float
        Of the test, from its manual: between 0 and 1.
    """

    test: Label
    months_behind: Months
    reliability: Constant

    def __post_init__(self) -> None:
        if not (0 < self.reliability <= 1 and 0 <= self.months_behind < np.inf):
            raise BadArgument(
                f"Pupils were chosen {self.months_behind} months behind by a test of reliability "
                f"{self.reliability}",
                "months that are not negative, and a reliability between 0 and 1",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroEffect:
    """What a scheme without effect would have shown, and what is left of the ratio gain."""

    reliability: float
    zero_effect: float
    estimate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterRegression:
    """The ratio gain after regression to the mean.

    `zero_effect` is the ratio gain that pupils chosen like this would have shown at the pace of
    pupils in general; `estimate` is the ratio gain less what was due to the choice.
    """

    months_by_chance: float
    zero_effect: float
    zero_effect_band: str
    estimate: float
    low: float | None
    high: float | None
    band: str
    sensitivity: tuple[ZeroEffect, ...]


def after_regression(
    ratio: tuple[float, float | None, float | None],
    elapsed_months: float,
    chosen: Selection,
    band_set: str,
) -> AfterRegression:
    """Take what chance would give from a ratio gain and its interval.

    Parameters
    ----------
    ratio : tuple of float
        The ratio gain, and the ends of its interval or None.
    elapsed_months : float
        Between the tests.
    chosen : Selection
        How pupils were chosen.
    band_set : str
        Which published labels to use.

    Examples
    --------
    >>> chosen = Selection(test="spelling test", months_behind=18, reliability=0.85)
    >>> after = after_regression((2.0, 1.1, 2.9), 10 * 12 / 52, chosen, "brooks-2007")
    >>> f"{after.zero_effect:.2f}, so {after.estimate:.2f} is left"
    '2.17, so 0.83 is left'
    """

    def by_chance(reliability: float) -> float:
        return (1 - reliability) * chosen.months_behind / elapsed_months

    estimate, low, high = ratio
    allowance = by_chance(chosen.reliability)
    label = bands(band_set).label
    return AfterRegression(
        months_by_chance=allowance * elapsed_months,
        zero_effect=1 + allowance,
        zero_effect_band=label(round(1 + allowance, 9)),
        estimate=estimate - allowance,
        low=None if low is None else low - allowance,
        high=None if high is None else high - allowance,
        band=label(round(estimate - allowance, 9)),
        sensitivity=tuple(
            ZeroEffect(
                reliability=r, zero_effect=1 + by_chance(r), estimate=estimate - by_chance(r)
            )
            for r in RELIABILITIES
        ),
    )
