"""What a ratio gain is: months gained, and everything that follows from them."""

from __future__ import annotations

from writinggaps.estimates.regression import AfterRegression, Selection, after_regression
from writinggaps.estimates.samples import Dropped
from writinggaps.results import Constant, Count, Elapsed, Label, Labels, Months, Ratio, result
from writinggaps.standards import bands

__all__ = ["RatioGain", "RatioGainDifference"]


@result
class RatioGainDifference:
    """The comparison group's own ratio gain, and how far `taught` were ahead of it."""

    comparison: Ratio
    estimate: Ratio
    low: Ratio | None
    high: Ratio | None
    n: Count


@result
class RatioGain:
    """Months gained for each month between the tests.

    Everything but the months is worked out from them. Without a spread of gains there is no
    interval: its ends are None.
    """

    gain_months: Months
    gain_low: Months | None
    gain_high: Months | None
    elapsed_months: Elapsed
    standard_error: Ratio | None
    n: Count
    dropped: tuple[Dropped, ...] = ()
    band_set: Label
    difference: RatioGainDifference | None = None
    selected: Selection | None = None
    cautions: Labels = ()
    method: Label
    level: Constant = 0.95

    measure = "ratio_gain"
    unit = "months gained for each month"
    divisor = "months between pre-test and post-test"

    @property
    def estimate(self) -> float:
        """Months gained over months between the tests; 1 is the pace of pupils in general."""
        return self.gain_months / self.elapsed_months

    @property
    def low(self) -> float | None:
        """Lower end of the interval."""
        return None if self.gain_low is None else self.gain_low / self.elapsed_months

    @property
    def high(self) -> float | None:
        """Upper end of the interval."""
        return None if self.gain_high is None else self.gain_high / self.elapsed_months

    @property
    def band(self) -> str:
        """The published words for it; what is on an edge but for rounding noise is on it."""
        return bands(self.band_set).label(round(self.estimate, 9))

    @property
    def after_regression(self) -> AfterRegression | None:
        """What is left when regression to the mean is allowed for, if it is known how to."""
        if self.selected is None:
            return None
        ends = self.estimate, self.low, self.high
        return after_regression(ends, self.elapsed_months, self.selected, self.band_set)

    @property
    def design(self) -> str:
        """Whether there was a group to compare with."""
        return "gains of two groups" if self.difference else "gains of one group, no comparison"

    @property
    def ahead(self) -> str:
        """The group that gained more, `neither`, or empty without a comparison group."""
        if self.difference is None:
            return ""
        ahead = self.difference.estimate
        return "neither" if ahead == 0 else "taught" if ahead > 0 else "comparison"
