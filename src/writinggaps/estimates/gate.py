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

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from writinggaps.estimates.contrasts import Contrast, contrast, without_two
from writinggaps.estimates.within import spread_within, within
from writinggaps.problems import NoSpread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from writinggaps.standards import Gap as Rules

    Values = NDArray[np.float64]

__all__ = ["CHECKS", "Judgement", "Moved", "Verdict", "dominance", "judge", "trend", "twice"]

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

_COUNTED = (1.0, 0.0)
"""One pupil of each sort, added to shares so that a small group is never certain."""


_ROUNDING = 1e-9


class Verdict(StrEnum):
    """The rungs of the ladder: the one vocabulary for every change of a gap."""

    CLOSING = "closing"
    SMALLER = "smaller, within chance"
    UNDETECTED = "no detectable change"
    UNCHANGED = "unchanged"
    WIDER = "wider"
    CANNOT_SAY = "cannot be said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a gap moved, with the groups that it was worked out from.

    Parameters
    ----------
    before, after : float
        The gap at both ends, group less others: negative when the group is behind.
    own : float
        How far the group's own mean moved.
    sd : float
        Standard deviation at the start, all pupils: it stays fixed.
    scales : tuple of float
        How far the gap moved in standard deviations of the day, and on the rank scale (-1 to 1).
    at_top : float
        Largest share of others with the highest value that was given.
    cells, weights, fixed
        As `contrasts.without_two` takes them.
    """

    before: float
    after: float
    own: float
    sd: float
    scales: tuple[float, float]
    at_top: float
    cells: tuple[Values, ...]
    weights: tuple[float, ...]
    fixed: int = 0

    @property
    def change(self) -> float:
        """How far the gap moved: positive when the group gained on the others."""
        return self.after - self.before

    @property
    def towards(self) -> int:
        """1 where a gain of the group makes the gap smaller, -1 where it makes it wider."""
        level = abs(self.before) < _ROUNDING * self.sd
        return 1 if (self.change < 0 if level else self.before < 0) else -1


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


def twice(
    before: Values,
    after: Values,
    group: NDArray[np.bool_],
    *,
    years: NDArray[Any] | None = None,
    orders: tuple[Values, Values] | None = None,
) -> Moved:
    """Compare how far the same pupils moved: those of a group, and the others.

    Parameters
    ----------
    before, after : 1-D arrays
        One value per pupil: a score, or 1 and 0 for a share.
    group : 1-D array of bool
        Who is in the group.
    years : 1-D array, optional
        Each pupil's year group at the start: pupils are compared within it.
    orders : pair of 1-D arrays, optional
        The place of each pupil's judgement on its whole order, where `before` and `after` say only
        1 or 0.

    Returns
    -------
    Moved
        Shares get one pupil who gained and one who lost in each group (Bonett and Price 2012).

    Raises
    ------
    NoSpread
        If all pupils had the same value at the start.

    Examples
    --------
    >>> import numpy as np
    >>> before = np.array([3.0, 4, 5, 4, 6, 7, 6, 8])
    >>> moved = twice(before, before + np.array([2.0, 1, 2, 1, 0, 1, 0, 1]), np.arange(8) < 4)
    >>> moved.before, moved.change
    (-2.75, 1.0)
    """
    counted, own = orders is not None, float((after - before)[group].mean())
    at_top = 0.0 if counted else _at_top((before, after), ~group)
    gains = after - before
    if years is not None:
        before, after = within(before, group, years), within(after, group, years)
        gains = spread_within(after - before, group, years)
    pseudo = np.array([1.0, -1.0]) if counted else np.empty(0)
    first, last = (before, after) if orders is None else _normal(*orders)
    return Moved(
        before=_mean_gap(before, group),
        after=_mean_gap(after, group),
        own=own,
        sd=_sd(before),
        scales=(
            _sd_gap(last[group], last[~group]) - _sd_gap(first[group], first[~group]),
            dominance(last[group], last[~group]) - dominance(first[group], first[~group]),
        ),
        at_top=at_top,
        cells=(np.append(gains[group], pseudo), np.append(gains[~group], pseudo)),
        weights=(1.0, -1.0),
        fixed=len(pseudo),
    )


def trend(
    cohorts: Sequence[tuple[Values, Values]],
    *,
    orders: Sequence[tuple[Values, Values]] | None = None,
) -> Moved:
    """Compare successive cohorts: the straight line through their gaps, from first to last.

    Parameters
    ----------
    cohorts : sequence of (group, others)
        Values of each cohort's pupils, in order of time; no pupil in two cohorts.
    orders : sequence of (group, others), optional
        As in `twice`.

    Returns
    -------
    Moved
        Shares get one more pupil of each sort in each group (Agresti and Caffo 2000).

    Examples
    --------
    >>> import numpy as np
    >>> years = [(np.array([1.0, 2, 3]) + k, np.array([5.0, 6, 7])) for k in range(3)]
    >>> trend(years).change
    2.0
    """
    slope = _slope(len(cohorts))
    pseudo = np.array(_COUNTED if orders is not None else ())
    cells = _normal(*(cell for pair in orders or cohorts for cell in pair))
    on_order = cohorts if orders is None else list(zip(cells[::2], cells[1::2], strict=True))
    ends = _fitted([float(g.mean() - o.mean()) for g, o in cohorts])
    return Moved(
        before=ends[0],
        after=ends[1],
        own=float(slope @ [g.mean() for g, _ in cohorts]),
        sd=_sd(np.concatenate(cohorts[0])),
        scales=(
            float(slope @ [_sd_gap(g, o) for g, o in on_order]),
            float(slope @ [dominance(g, o) for g, o in on_order]),
        ),
        at_top=0.0 if orders is not None else _top_of_cohorts(cohorts),
        cells=tuple(np.append(cell, pseudo) for pair in cohorts for cell in pair),
        weights=tuple(float(w) for s in slope for w in (s, -s)),
        fixed=len(pseudo),
    )


def judge(
    *readings: Moved,
    rules: Rules,
    statements: int,
    sound: Mapping[str, bool] | None = None,
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


def dominance(group: Values, others: Values) -> float:
    """Give Cliff's delta: how much more often a pupil of the group is above one of the others.

    Examples
    --------
    >>> import numpy as np
    >>> pupil_premium = np.repeat([0.0, 1, 2], [9, 10, 2])
    >>> round(dominance(pupil_premium, np.repeat([0.0, 1, 2], [8, 30, 12])), 5)
    -0.32571
    """
    ordered = np.sort(others)
    below = np.searchsorted(ordered, group, "left")
    not_above = np.searchsorted(ordered, group, "right")
    return float((below + not_above - len(others)).mean() / len(others))


def _checks(
    moved: Moved, rules: Rules, margin: float, level: float | None, *, higher: bool
) -> dict[str, bool]:
    narrowing = moved.change * moved.towards
    way = 1 if higher else -1
    smallest = min(len(cell) for cell in moved.cells) - moved.fixed
    return {
        "enough_pupils": smallest >= rules.group_minimum,
        "no_ceiling": moved.at_top <= rules.ceiling_share,
        "behind_at_start": moved.before < -_ROUNDING * moved.sd,
        "same_on_every_scale": all(s * moved.towards * way > 0 for s in moved.scales),
        "own_level_rose": moved.own > _ROUNDING * moved.sd,
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


def _normal(*places: Values) -> list[Values]:
    """Give each place on an order the normal score of its rank among all of them."""
    ranks = rankdata(np.concatenate(places))
    scores = ndtri((ranks - 0.5) / len(ranks))
    return np.split(scores, np.cumsum([len(p) for p in places])[:-1])


def _mean_gap(values: Values, group: NDArray[np.bool_]) -> float:
    return float(values[group].mean() - values[~group].mean())


def _sd_gap(group: Values, others: Values) -> float:
    n, m = len(group), len(others)
    pooled = ((n - 1) * group.var(ddof=1) + (m - 1) * others.var(ddof=1)) / (n + m - 2)
    gap = float(group.mean() - others.mean())
    return gap / float(np.sqrt(pooled)) if pooled > 0 else gap


def _sd(values: Values) -> float:
    sd = float(values.std(ddof=1))
    if sd == 0:
        raise NoSpread("Every pupil had the same result at the start")
    return sd


def _at_top(times: Sequence[Values], others: Any) -> float:
    top = max(float(values.max()) for values in times)
    return max(float((values[others] == top).mean()) for values in times)


def _top_of_cohorts(cohorts: Sequence[tuple[Values, Values]]) -> float:
    top = max(float(cell.max()) for pair in cohorts for cell in pair)
    return max(float((others == top).mean()) for _, others in cohorts)


def _slope(cohorts: int) -> Values:
    """Weights that give the change from first to last along the least-squares line."""
    away = np.arange(cohorts) - (cohorts - 1) / 2
    return away / (away @ away) * (cohorts - 1)


def _fitted(gaps: Sequence[float]) -> tuple[float, float]:
    middle, change = float(np.mean(gaps)), float(_slope(len(gaps)) @ np.asarray(gaps))
    return middle - change / 2, middle + change / 2
