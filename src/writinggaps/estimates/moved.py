"""How a gap moved, on arrays: the same pupils twice, or a trend over cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from writinggaps.estimates.arrays import Array, Mask
from writinggaps.estimates.within import spread_within, within
from writinggaps.problems import NoSpread

__all__ = ["ROUNDING", "Moved", "dominance", "trend", "twice"]

ROUNDING = 1e-9
"""A gap or a gain smaller than this part of a standard deviation is none."""

_COUNTED = (1.0, 0.0)
"""One pupil of each sort, added to shares so that a small group is never certain."""


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
    cells: tuple[Array, ...]
    weights: tuple[float, ...]
    fixed: int = 0

    @property
    def change(self) -> float:
        """How far the gap moved: positive when the group gained on the others."""
        return self.after - self.before

    @property
    def towards(self) -> int:
        """1 where a gain of the group makes the gap smaller, -1 where it makes it wider."""
        level = abs(self.before) < ROUNDING * self.sd
        return 1 if (self.change < 0 if level else self.before < 0) else -1


def twice(
    before: Array,
    after: Array,
    group: Mask,
    *,
    years: NDArray[Any] | None = None,
    orders: tuple[Array, Array] | None = None,
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
    gains: Array = after - before
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
    cohorts: Sequence[tuple[Array, Array]], *, orders: Sequence[tuple[Array, Array]] | None = None
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


def dominance(group: Array, others: Array) -> float:
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


def _normal(*places: Array) -> list[Array]:
    """Give each place on an order the normal score of its rank among all of them."""
    ranks = rankdata(np.concatenate(places))
    scores = ndtri((ranks - 0.5) / len(ranks))
    return np.split(scores, np.cumsum([len(p) for p in places])[:-1])


def _mean_gap(values: Array, group: Mask) -> float:
    return float(values[group].mean() - values[~group].mean())


def _sd_gap(group: Array, others: Array) -> float:
    n, m = len(group), len(others)
    pooled = ((n - 1) * group.var(ddof=1) + (m - 1) * others.var(ddof=1)) / (n + m - 2)
    gap = float(group.mean() - others.mean())
    return gap / float(np.sqrt(pooled)) if pooled > 0 else gap


def _sd(values: Array) -> float:
    sd = float(values.std(ddof=1))
    if sd == 0:
        raise NoSpread("Every pupil had the same result at the start")
    return sd


def _at_top(times: Sequence[Array], others: Any) -> float:
    top = max(float(values.max()) for values in times)
    return max(float((values[others] == top).mean()) for values in times)


def _top_of_cohorts(cohorts: Sequence[tuple[Array, Array]]) -> float:
    top = max(float(cell.max()) for pair in cohorts for cell in pair)
    return max(float((others == top).mean()) for _, others in cohorts)


def _slope(cohorts: int) -> Array:
    """Weights that give the change from first to last along the least-squares line."""
    away = np.arange(cohorts) - (cohorts - 1) / 2
    return away / (away @ away) * (cohorts - 1)


def _fitted(gaps: Sequence[float]) -> tuple[float, float]:
    middle, change = float(np.mean(gaps)), float(_slope(len(gaps)) @ np.asarray(gaps))
    return middle - change / 2, middle + change / 2
