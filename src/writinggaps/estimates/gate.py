"""The gate before the word "closing", on arrays.

A smaller number than last year is no news: with nothing really changing, a gap is smaller half of
the time. Here a gap counts as closing only if every one of these checks holds, and each of them can
be told to a reader by itself:

======================== ==========================================================================
`enough_pupils`          both groups are large enough
`same_pupils_or_trend`   (nearly) the same pupils twice, or a trend over enough cohorts
`not_chosen_by_score`    the group was not chosen because it scored low, or that is allowed for
`same_assessment`        one measure on one scale, both times
`no_ceiling`             the other pupils had room to rise
`behind_at_start`        the group was behind: there was a gap to close
`beyond_chance`          the interval, widened for all statements of the report, excludes no change
`same_on_every_scale`    smaller as counted, in standard deviations of the day, and by rank
`own_level_rose`         the group itself rose; the others did not merely fall
`worth_having`           the change is at least the smallest that matters
`not_two_pupils`         it still excludes no change without any one or two pupils
======================== ==========================================================================

The first five say whether the data could carry a claim at all; `judge` is told some of them,
because they are known to a school and not to an array.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from writinggaps.estimates.contrasts import Contrast, contrast, without_two
from writinggaps.estimates.moved import ROUNDING, Moved
from writinggaps.standards import Gap as Rules

__all__ = ["CHECKS", "Judgement", "Verdict", "judge"]

CHECKS = (
    "enough_pupils",
    "same_pupils_or_trend",
    "not_chosen_by_score",
    "same_assessment",
    "no_ceiling",
    "behind_at_start",
    "beyond_chance",
    "same_on_every_scale",
    "own_level_rose",
    "worth_having",
    "not_two_pupils",
)
"""The checks by name, in the order in which a reader is told of them."""

_SOUND = CHECKS[:5]
_WIDER = ("beyond_chance", "same_on_every_scale", "not_two_pupils")


class Verdict(StrEnum):
    """The rungs of the ladder: the one vocabulary for every change of a gap."""

    CLOSING = "closing"
    SMALLER = "smaller, within chance"
    UNDETECTED = "no detectable change"
    UNCHANGED = "unchanged"
    WIDER = "wider"
    CANNOT_SAY = "cannot be said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What may be said about a change, and why.

    Parameters
    ----------
    verdict : Verdict
        The rung of the ladder.
    checks : mapping of str to bool
        Every check by name, in the order of the module's list.
    estimate, low, high : float
        How much smaller the gap is, in the unit of the values; negative when it is wider.
    level : float
        Of the interval, widened for all statements of the report.
    detectable : float
        The smallest true change that would have been found.
    margin : float
        The smallest change that matters.
    """

    verdict: Verdict
    checks: Mapping[str, bool]
    estimate: float
    low: float
    high: float
    level: float
    detectable: float
    margin: float


def judge(
    *readings: Moved, rules: Rules, statements: int, sound: Mapping[str, bool] | None = None
) -> Judgement:
    """Put a change on the ladder.

    Parameters
    ----------
    *readings : Moved
        The same change, read under different allowances (for regression to the mean); a claim must
        hold under each.
    rules : standards.Gap
        Thresholds.
    statements : int
        How many changes the report speaks about, whatever they turn out to be: the interval is
        widened so that all of them together are wrong as rarely as `rules.level` says.
    sound : mapping of str to bool, optional
        The checks that only a school can answer; those not given hold.

    Raises
    ------
    NoSpread
        If no pupil moved differently from any other.

    Examples
    --------
    >>> import numpy as np
    >>> from writinggaps.estimates.moved import twice
    >>> from writinggaps.standards import load_standards
    >>> random = np.random.default_rng(1)
    >>> before = random.normal(size=90)
    >>> group = np.arange(90) < 30
    >>> after = 0.8 * before + 0.5 * random.normal(size=90) + np.where(group, 1.0, 0.0)
    >>> found = judge(twice(before - group, after - group, group),
    ...               rules=load_standards().gap, statements=4)
    >>> found.verdict, all(found.checks.values())
    (<Verdict.CLOSING: 'closing'>, True)
    """
    level = 1 - (1 - rules.level) / statements
    each = [contrast(m.cells, [m.towards * w for w in m.weights]) for m in readings]
    low, high = min(c.low(level) for c in each), max(c.high(level) for c in each)
    margin = rules.smallest_worthwhile_sd * readings[0].sd
    estimate = float(np.mean([m.change * m.towards for m in readings]))
    beyond = bool(low > 0 or high < 0)
    held = [
        _checks(m, rules, margin, level if beyond else None, higher=estimate >= 0) for m in readings
    ]
    checks = {name: all(h[name] for h in held) for name in held[0]}
    checks |= {"beyond_chance": beyond, **(sound or {})}
    checks = {name: bool(checks.get(name, True)) for name in CHECKS}
    return Judgement(
        verdict=_verdict(checks, estimate, float(low), float(high), margin),
        checks=checks,
        estimate=estimate,
        low=float(low),
        high=float(high),
        level=level,
        detectable=float(max(c.detectable(level, rules.power) for c in each)),
        margin=margin,
    )


def _checks(
    moved: Moved, rules: Rules, margin: float, level: float | None, *, higher: bool
) -> dict[str, bool]:
    narrowing = moved.change * moved.towards
    way = 1 if higher else -1
    smallest = min(len(cell) for cell in moved.cells) - moved.fixed
    return {
        "enough_pupils": smallest >= rules.group_minimum,
        "no_ceiling": moved.at_top <= rules.ceiling_share,
        "behind_at_start": moved.before < -ROUNDING * moved.sd,
        "same_on_every_scale": all(s * moved.towards * way > 0 for s in moved.scales),
        "own_level_rose": moved.own > ROUNDING * moved.sd,
        "worth_having": narrowing >= margin,
        "not_two_pupils": level is not None and _survives(moved, level, way),
    }


def _survives(moved: Moved, level: float, way: int) -> bool:
    """Say whether the interval excludes no change however any two pupils are left out."""
    weights = [moved.towards * way * w for w in moved.weights]
    without = without_two(moved.cells, weights, fixed=moved.fixed)
    cautious = Contrast(without.estimate, without.se, without.df.min()).low(level)
    doubtful = cautious <= 0  # so that the slow quantile of t is taken for few pairs only
    exact = Contrast(without.estimate[doubtful], without.se[doubtful], without.df[doubtful])
    return bool((exact.low(level) > 0).all())


def _verdict(
    checks: Mapping[str, bool], estimate: float, low: float, high: float, margin: float
) -> Verdict:
    sound = all(checks[name] for name in _SOUND)
    if all(checks.values()):
        return Verdict.CLOSING
    if -margin < low and high < margin and sound:
        return Verdict.UNCHANGED
    if high < 0 and sound and all(checks[name] for name in _WIDER):
        return Verdict.WIDER
    if checks["beyond_chance"]:
        return Verdict.CANNOT_SAY
    return Verdict.SMALLER if estimate >= margin else Verdict.UNDETECTED
