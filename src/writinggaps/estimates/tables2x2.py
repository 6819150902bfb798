"""Two groups and yes or no: ratios of shares and odds, and change in the same pupils."""

from __future__ import annotations

from math import exp, inf, log, sqrt

import numpy as np
from scipy.special import bdtr, ndtri

from writinggaps.estimates.noncentral import approximate_j, by_t, checked_level
from writinggaps.estimates.samples import Compared
from writinggaps.estimates.shares import Share
from writinggaps.estimates.standardised import Effect
from writinggaps.problems import BadArgument, TooFewPupils
from writinggaps.results import Count, Label, PValue, Ratio, result

__all__ = ["McNemar", "RatioOfShares", "cox_index", "mcnemar", "odds_ratio", "risk_ratio"]

_COX = 1.65


@result
class RatioOfShares(Compared):
    """One group's share or odds as a multiple of the other's; above 1 when the first has more."""

    estimate: Ratio
    low: Ratio
    high: Ratio
    p: PValue
    method: Label = "normal on the log scale; Fisher's exact p"

    @property
    def unit(self) -> str:
        """What the estimate is measured in."""
        return "ratio of shares" if self.measure == "risk_ratio" else "ratio of odds"

    @property
    def ahead(self) -> str:
        """The role with more, or `neither`."""
        return self.leader(self.estimate - 1)


@result
class McNemar:
    """The same pupils at two points: who came to have something, and who lost it."""

    gained: Count
    lost: Count
    n: Count

    unit = "change of share of pupils"
    method = "exact McNemar"

    @property
    def estimate(self) -> float:
        """Change of the share; positive when more gained than lost."""
        return (self.gained - self.lost) / self.n

    @property
    def p(self) -> float:
        """Exact two-sided probability of so uneven a split of those who changed, by chance."""
        changed = self.gained + self.lost
        tail = float(bdtr(min(self.gained, self.lost), changed, 0.5)) if changed else 1.0
        return min(1.0, 2 * tail)


def risk_ratio(taught: Share, comparison: Share) -> RatioOfShares:
    """Give one group's share as a multiple of another's.

    Parameters
    ----------
    taught, comparison : Share
        Of two separate groups; the level of the interval is theirs.

    Returns
    -------
    RatioOfShares
        Above 1 when more of `taught` have it.

    Raises
    ------
    TooFewPupils
        If nobody in one of the groups has it.

    References
    ----------
    Katz et al. (1978).

    Examples
    --------
    >>> from writinggaps.estimates.shares import share
    >>> ratio = risk_ratio(share(56, 70), share(48, 80))
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '1.33 (1.08 to 1.65)'
    """
    _some(taught.count, comparison.count)
    variance = 1 / taught.count - 1 / taught.n + 1 / comparison.count - 1 / comparison.n
    return _ratio("risk_ratio", taught.estimate / comparison.estimate, variance, taught, comparison)


def odds_ratio(taught: Share, comparison: Share) -> RatioOfShares:
    """Give one group's odds as a multiple of another's.

    Parameters
    ----------
    taught, comparison : Share
        Of two separate groups; the level of the interval is theirs.

    Returns
    -------
    RatioOfShares
        Above 1 when more of `taught` have it.

    Raises
    ------
    TooFewPupils
        If nobody, or everybody, in one of the groups has it.

    References
    ----------
    Woolf (1955). With few pupils a 95 % interval is cautious: of 5 a group it holds the truth in
    nearly all cases, of 15 and more in 95 to 97 %.

    Examples
    --------
    >>> from writinggaps.estimates.shares import share
    >>> ratio = odds_ratio(share(56, 70), share(48, 80))
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '2.67 (1.28 to 5.57)'
    """
    logged, variance = _log_odds(taught, comparison)
    return _ratio("odds_ratio", exp(logged), variance, taught, comparison)


def cox_index(taught: Share, comparison: Share) -> Effect:
    """Put a difference of shares into standard deviations, as the What Works Clearinghouse does.

    Parameters
    ----------
    taught, comparison : Share
        Of two separate groups; the level of the interval is theirs.

    Returns
    -------
    Effect
        Positive when more of `taught` have it.

    Raises
    ------
    TooFewPupils
        If nobody, or everybody, in one of the groups has it.

    References
    ----------
    Cox (1970); WWC Procedures Handbook 4.1, pages 15 and 16: ln(odds ratio) / 1.65 times
    1 - 3 / (4N - 9).

    Examples
    --------
    >>> from writinggaps.estimates.shares import share
    >>> f"{cox_index(share(56, 70), share(48, 80)).estimate:.4f}"
    '0.5914'
    """
    logged, variance = _log_odds(taught, comparison)
    n = taught.n + comparison.n
    omega = float(approximate_j(n - 2))
    error = omega * sqrt(variance) / _COX
    return Effect(
        measure="cox_index",
        **by_t(omega * logged / _COX, error, inf, taught.level),
        n=n,
        n_taught=taught.n,
        n_comparison=comparison.n,
        divisor="standard deviation behind yes or no, if it is logistic (1.65)",
        design="two separate groups, yes or no",
        method="normal",
        level=taught.level,
    )


def mcnemar(gained: int, lost: int, n: int) -> McNemar:
    """Give the change in the same pupils from those who changed.

    Parameters
    ----------
    gained, lost : int
        Pupils who had it only afterwards, and only before.
    n : int
        All pupils seen at both points.

    Raises
    ------
    TooFewPupils
        If nobody was seen at both points.
    BadArgument
        If more changed than there are.

    References
    ----------
    McNemar (1947), exact.

    Examples
    --------
    >>> f"{mcnemar(9, 2, 30).p:.4f}"
    '0.0654'
    """
    if n == 0:
        raise TooFewPupils("No pupil was seen at both points", "a change needs at least 1")
    if min(gained, lost) < 0 or gained + lost > n:
        raise BadArgument(f"{gained} gained and {lost} lost, of {n}", "no more than there are")
    return McNemar(gained=int(gained), lost=int(lost), n=int(n))


def _log_odds(taught: Share, comparison: Share) -> tuple[float, float]:
    cells = [taught.count, taught.n - taught.count]
    cells += [comparison.count, comparison.n - comparison.count]
    _some(*cells)
    with_it, without, other_with, other_without = (float(c) for c in cells)
    logged = log(with_it * other_without / (without * other_with))
    return logged, sum(1 / cell for cell in cells)


def _some(*cells: int) -> None:
    if min(cells) == 0:
        raise TooFewPupils(
            "Nobody in one of the groups has it, or nobody lacks it",
            "a ratio needs at least 1 pupil of each",
            remedy="Use the difference of shares, which needs none.",
        )


def _ratio(
    measure: str, estimate: float, variance: float, taught: Share, comparison: Share
) -> RatioOfShares:
    from scipy.stats import fisher_exact

    cells = np.array([[s.count, s.n - s.count] for s in (taught, comparison)])
    factor = exp(float(ndtri(0.5 + checked_level(taught.level) / 2)) * sqrt(variance))
    return RatioOfShares(
        measure=measure,
        estimate=estimate,
        low=estimate / factor,
        high=estimate * factor,
        p=float(fisher_exact(cells).pvalue),
        n=taught.n + comparison.n,
        n_taught=taught.n,
        n_comparison=comparison.n,
        level=taught.level,
    )
