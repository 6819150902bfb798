"""Shares rebuilt from published percentages, which were rounded before they were published.

82% of 60 pupils stands for 49 of them, because only 49 of 60 rounds to it; 82% of 240 pupils stands
for 196 or 197. Sometimes no count gives the percentage, because a few pupils were left out of it;
then the counts on both sides are taken.
The interval runs from Wilson's lower end for the fewest to his upper end for the most, so that what
rounding hides is never taken for knowledge.

These figures are official statistics that anybody can download, so they are `Number` and
`Constant`: every edition shows them as they were published.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from writinggaps.estimates import share
from writinggaps.problems import NotPublished
from writinggaps.results import Constant, Number, result
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PublishedShare", "published_share", "together"]

_SLACK = 1e-9


@result
class PublishedShare:
    """A published percentage of so many pupils, and the counts that it can stand for."""

    percent: Constant
    fewest: Number
    most: Number
    n: Number
    level: Constant = 0.95

    @property
    def estimate(self) -> float:
        """The share, between 0 and 1."""
        return self.percent / 100

    @property
    def low(self) -> float:
        """Lower end of Wilson's interval for the fewest pupils that it can stand for."""
        return share(self.fewest, self.n, level=self.level).low

    @property
    def high(self) -> float:
        """Upper end of Wilson's interval for the most pupils that it can stand for."""
        return share(self.most, self.n, level=self.level).high

    @property
    def count(self) -> int:
        """Pupils, as near as the percentage tells."""
        return round(self.estimate * self.n)

    @property
    def unit(self) -> str:
        """What the estimate is measured in."""
        return "share of pupils"

    @property
    def method(self) -> str:
        """Where the interval comes from."""
        return "Wilson, for every count that the published percentage can stand for"


def published_share(percent: float, n: int, *, level: float = 0.95) -> PublishedShare:
    """Rebuild a share from a published percentage.

    Parameters
    ----------
    percent : float
        Between 0 and 100, as published: rounded to a whole number or to one decimal.
    n : int
        Pupils of whom it is a percentage.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Examples
    --------
    >>> published_share(82, 60).count
    49
    >>> large = published_share(81, 240)
    >>> large.fewest, large.most
    (194, 195)
    """
    half = 0.5 if float(percent).is_integer() else 0.05
    fewest = ceil((percent - half) * n / 100 - _SLACK)
    most = floor((percent + half) * n / 100 + _SLACK)
    if fewest > most:
        fewest, most = floor(percent * n / 100), ceil(percent * n / 100)
    return PublishedShare(
        percent=float(percent), fewest=max(fewest, 0), most=min(most, n), n=int(n), level=level
    )


def together(shares: Iterable[PublishedShare | Withheld]) -> PublishedShare:
    """Put shares of separate groups of pupils together, each weighing as many as it has pupils.

    Those that were not published are left out.

    Raises
    ------
    NotPublished
        If none was published.

    Examples
    --------
    >>> both = together([published_share(50, 10), published_share(80, 20)])
    >>> both.percent, both.n
    (70.0, 30)
    """
    given = [s for s in shares if not isinstance(s, Withheld)]
    if not given:
        raise NotPublished("No figure was published")
    n = sum(s.n for s in given)
    return PublishedShare(
        percent=sum(s.percent * s.n for s in given) / n,
        fewest=sum(s.fewest for s in given),
        most=sum(s.most for s in given),
        n=n,
        level=given[0].level,
    )
