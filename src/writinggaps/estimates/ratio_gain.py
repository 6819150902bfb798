"""Ratio gains: months gained on a test with ages for each month between the tests.

A ratio gain of 1 is the pace of pupils in general. Pupils chosen because they scored low gain more
than that with no teaching at all (regression to the mean), so `Selection` asks how they were
chosen, and the answer shows what no effect would have looked like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.bootstrap import studentised
from writinggaps.estimates.elapsed import time_between
from writinggaps.estimates.gained import RatioGain, RatioGainDifference
from writinggaps.estimates.noncentral import by_t
from writinggaps.estimates.regression import Selection
from writinggaps.estimates.samples import Scores, Summary, enough, listwise, same
from writinggaps.estimates.samples import summarised as summary_of
from writinggaps.problems import BadArgument, NoAges, NoSpread
from writinggaps.standards import bands

__all__ = ["ratio_gain"]

Rounding: TypeAlias = Literal["none", "month"]

_AGES = {"age", "ages", "months"}
_NO_AGES = {"standardised", "standardized", "scaled", "score", "scores", "raw", "quotient"}


def ratio_gain(
    gain_months: Scores,
    elapsed_months: float | Iterable[float] | None = None,
    *,
    weeks: float | Iterable[float] | None = None,
    dates: tuple[Any, Any] | None = None,
    elapsed_rounding: Rounding = "none",
    scale: str = "age in months",
    comparison: RatioGain | None = None,
    selected: Selection | None = None,
    standard_score_gain: float | None = None,
    pupils: Iterable[object] | None = None,
    band_set: str = "brooks-2007",
    level: float = 0.95,
    seed: int = 0,
) -> RatioGain:
    """Give the months gained on a test for each month between the tests.

    Parameters
    ----------
    gain_months : iterable of float, or Summary
        Each pupil's gain on a scale of ages, in months; or mean, n and SD as published.
    elapsed_months : float or iterable of float, optional
        Calendar months between the tests (not teaching weeks): one for all, or one per pupil.
    weeks : float or iterable of float, optional
        The same in weeks; a month is 52/12 weeks.
    dates : tuple (pre, post), optional
        Dates of the tests, one of each for all or per pupil. Give one of the three; where dates
        come with months or weeks, those are used and a disagreement is a caution.
    elapsed_rounding : {"none", "month"}, optional
        `month` rounds the time to whole months first, as some published ratio gains do.
    scale : str, optional
        The scale of the test, such as "reading age"; one without ages is refused.
    comparison : RatioGain, optional
        Of the comparison group, from this function.
    selected : Selection, optional
        How pupils were chosen, for the ratio gain after regression to the mean.
    standard_score_gain : float, optional
        Mean change of the same pupils' standard scores, to check the ages against.
    pupils : iterable, optional
        Whose gains they are, to make sure that nobody counts twice.
    band_set : str, optional
        Which published labels to use; see `standards.bands`.
    level, seed
        Confidence level; seed of the bootstrap that is used where pupils' times differ.

    Returns
    -------
    RatioGain
        1 is the pace of pupils in general. `cautions` may hold `standard_score_fell` (above 1 while
        the standard score fell) and `months_disagree_with_dates`.

    Raises
    ------
    NoAges
        If the scale has no ages.
    TooFewPupils
        If fewer than two pupils have a gain.
    NotPublished
        If the band set is switched off because nobody has confirmed it.
    BadArgument
        If no time is given, or the post-test is not after the pre-test.

    References
    ----------
    Brooks (2002), What Works for Children with Literacy Difficulties?, DfES RR380; ratio of means
    where times differ. A 95 % interval holds the truth in 94 to 96 % of cases; if gains are skewed
    and pupils fewer than 10 it is too sure (93 %), unless times differ.

    Examples
    --------
    >>> taught = ratio_gain(Summary(n=51, mean=11), weeks=39)
    >>> f"{taught.estimate:.1f}: {taught.band}"
    '1.2: very small impact, doubtful educational significance'
    >>> chosen = Selection(test="spelling test", months_behind=18, reliability=0.85)
    >>> found = ratio_gain([3, 5, 6, 2, 7], weeks=10, selected=chosen)
    >>> f"{found.estimate:.1f}; no effect would have shown {found.after_regression.zero_effect:.1f}"
    '2.0; no effect would have shown 2.2'
    """
    _check(scale, elapsed_rounding)
    stated, disagree = time_between(elapsed_months, weeks, dates)
    elapsed = np.floor(stated + 0.5) if elapsed_rounding == "month" else stated
    if not np.all(np.isnan(elapsed) | (elapsed > 0)):
        raise BadArgument("The post-test is not after the pre-test", "time between the tests")
    bands(band_set)
    told = _pace(gain_months, elapsed, pupils, level, seed)
    found = RatioGain(**told, selected=selected, band_set=band_set, level=level)
    fell = standard_score_gain is not None and standard_score_gain < 0 < found.estimate - 1
    cautions = {"standard_score_fell": fell, "months_disagree_with_dates": disagree}
    return replace(
        found,
        difference=_difference(found, comparison, level) if comparison else None,
        cautions=tuple(name for name, holds in cautions.items() if holds),
    )


def _check(scale: str, rounding: Rounding) -> None:
    words = set(re.findall(r"[a-z]+", scale.lower()))
    if not words & _AGES or words & _NO_AGES:
        raise NoAges(
            f"The scale '{scale}' has no ages",
            "a ratio gain needs gains in months",
            remedy="Use an effect size, or the change of the standard score.",
        )
    if rounding not in get_args(Rounding):
        raise BadArgument(f"There is no rounding '{rounding}'", "none or month")


def _pace(
    gains: Scores, elapsed: Array, pupils: Iterable[object] | None, level: float, seed: int
) -> dict[str, Any]:
    if isinstance(gains, Summary):
        if len(elapsed) > 1:
            raise BadArgument("A published mean came with many times", "one time for all")
        enough(gains.n, 2, "The group", "a ratio gain")
        return _one_time(gains, float(elapsed[0]), level)
    gains = gains if hasattr(gains, "__len__") else list(gains)
    columns = {"gain": gains} | ({"time between the tests": elapsed} if len(elapsed) > 1 else {})
    kept, dropped = listwise(columns, pupils)
    enough(len(kept[0]), 2, "The group", "a ratio gain")
    if len(kept) == 1 or same(kept[1]):
        group = summary_of(kept[0], dropped)
        return _one_time(group, float((*kept, elapsed)[1][0]), level)
    return {**_many_times(kept, level, seed), "dropped": dropped}


def _one_time(group: Summary, elapsed: float, level: float) -> dict[str, Any]:
    low = high = error = None
    method = "t interval of the mean gain, time taken as known"
    if np.isnan(group.sd):
        method = "no interval, because the standard deviation of the gains is not published"
    elif group.sd == 0:
        method = "no interval, because every pupil gained the same"
    else:
        error = group.sd / sqrt(group.n)
        _, low, high, _ = by_t(group.mean, error, group.n - 1, level).values()
    return {
        "gain_months": group.mean,
        "gain_low": low,
        "gain_high": high,
        "elapsed_months": elapsed,
        "standard_error": None if error is None else error / elapsed,
        "n": group.n,
        "dropped": group.dropped,
        "method": method,
    }


def _many_times(kept: list[Array], level: float, seed: int) -> dict[str, Any]:
    gain, elapsed = (float(column.mean()) for column in kept)
    size = float(np.abs(kept[0]).max()) or 1.0
    u, v = kept[0] / size, kept[1] / elapsed
    columns = np.column_stack([u, v, u**2, v**2, u * v])
    low = high = error = None
    method = "ratio of means, bootstrap-t of pupils"
    try:
        found = studentised([columns], _ratio, _ratio_error, level=level, seed=seed)
        low, high, error = (end * size for end in (found.low, found.high, found.standard_error))
    except NoSpread:
        method = "ratio of means, no interval, because too few pupils differ"
    return {
        "gain_months": gain,
        "gain_low": low,
        "gain_high": high,
        "elapsed_months": elapsed,
        "standard_error": None if error is None else error / elapsed,
        "n": len(kept[0]),
        "method": method,
    }


def _ratio(means: Sequence[Array], _sizes: Sequence[int]) -> Array:
    ratio: Array = means[0][..., 0] / means[0][..., 1]
    return ratio


def _ratio_error(means: Sequence[Array], sizes: Sequence[int]) -> Array:
    """Give the error of a ratio of means: that of the mean of gains less ratio times months."""
    ratio, m = _ratio(means, sizes), means[0]
    left = m[..., 2] - 2 * ratio * m[..., 4] + ratio**2 * m[..., 3]
    variance = np.where(left > 1e-12, left, np.nan) / (sizes[0] - 1)
    error: Array = np.sqrt(variance) / m[..., 1]
    return error


def _difference(found: RatioGain, other: RatioGain, level: float) -> RatioGainDifference:
    ahead = found.estimate - other.estimate
    low = high = None
    if found.standard_error is not None and other.standard_error is not None:
        parts = [(found.standard_error**2, found.n), (other.standard_error**2, other.n)]
        variance = sum(v for v, _ in parts)
        df = variance**2 / sum(v**2 / (n - 1) for v, n in parts)
        _, low, high, _ = by_t(ahead, sqrt(variance), df, level).values()
    return RatioGainDifference(
        comparison=other.estimate, estimate=ahead, low=low, high=high, n=other.n
    )
