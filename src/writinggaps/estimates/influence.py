"""Is it one or two pupils?

Leaving out the two pupils who count most always moves a figure, and in small groups it moves it a
lot. Asked by itself - "would the figure look fine without them?" - the question is answered yes for
most ordinary cohorts. Here the answer is set beside what typical cohorts of the same size show.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.problems import NoSpread, TooFewPupils

__all__ = ["TwoPupils", "two_pupils"]

_COHORTS = 2000
_FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPupils:
    """A mean, or a difference of means, with and without the pupils who count most.

    Parameters
    ----------
    estimate, without : float
        The figure, and the figure nearest to `towards` without one or two pupils.
    left_out : tuple of int
        Places of those pupils: in the group first, then (counted on) in the others.
    chance : float
        Share of typical cohorts in which two pupils move the figure at least as far.
    typical_without : float
        The figure without two pupils in the median typical cohort with this estimate.
    """

    estimate: float
    without: float
    left_out: tuple[int, ...]
    chance: float
    typical_without: float


def two_pupils(
    group: Array,
    others: Array | None = None,
    *,
    towards: float = 0.0,
    reference: Array | None = None,
    seed: int = 20251,
) -> TwoPupils:
    """Leave out the one or two pupils who move a figure most towards a benchmark.

    Parameters
    ----------
    group : 1-D array
        One value per pupil, no blanks.
    others : 1-D array, optional
        Another group: the figure is then the mean of `group` less the mean of `others`.
    towards : float, optional
        The benchmark: 0 for a gap; for one group alone, the figure that it is held against.
    reference : 1-D array, optional
        Values of comparable pupils from which typical cohorts are drawn. Without it they are normal
        where values are measured, and binomial where they are only 1 and 0.
    seed : int, optional
        Of the typical cohorts, so that a report says the same each time.

    Returns
    -------
    TwoPupils
        In the unit of the values.

    Raises
    ------
    TooFewPupils
        If a group has fewer than four pupils.
    NoSpread
        If everybody has the same value.

    Examples
    --------
    >>> import numpy as np
    >>> group = np.array([4.0, 5, 6, 5, 4, 6, 5, -20, -22])
    >>> found = two_pupils(group, np.array([5.0, 4, 6, 5, 6, 4, 5, 5, 6, 4]))
    >>> round(found.estimate, 2), found.without, found.left_out, found.chance < 0.01
    (-5.78, 0.0, (7, 8), True)
    """
    cells = [group] if others is None else [group, others]
    if min(len(cell) for cell in cells) < _FEWEST:
        raise TooFewPupils("A group has fewer than 4 pupils", "leaving out two needs at least 4")
    if all(np.ptp(cell) == 0 for cell in cells):
        raise NoSpread("Every pupil of each group has the same value")
    estimate = _figure(cells)
    way = 1.0 if estimate < towards else -1.0
    ways = [way, -way][: len(cells)]
    signed = [w * cell for w, cell in zip(ways, cells, strict=True)]
    left_out = _most(signed)
    moved = float(_furthest([s[None, :] for s in signed])[0])
    typical = _typical(cells, ways, reference, seed)
    tied = np.isclose(typical, moved)
    at_least = ((typical > moved) & ~tied).mean() + tied.mean() / 2
    return TwoPupils(
        estimate=estimate,
        without=estimate + way * moved,
        left_out=left_out,
        chance=float(at_least),
        typical_without=estimate + way * float(np.median(typical)),
    )


def _figure(cells: list[Array]) -> float:
    return float(cells[0].mean() - (cells[1].mean() if len(cells) > 1 else 0.0))


def _furthest(signed: list[Array]) -> Array:
    """Give, for each row, how far leaving out one or two pupils can raise the sum of means.

    Within one group the two lowest raise it most, and groups add up, so this is exact.
    """
    one, two = [], []
    for rows in signed:
        n = rows.shape[1]
        low = np.partition(rows, 1, axis=1)[:, :2]
        away = rows.mean(axis=1, keepdims=True) - low
        one.append(away.max(axis=1) / (n - 1))
        two.append(away.sum(axis=1) / (n - 2))
    raised = np.maximum.reduce([*one, *two])
    return np.asarray(np.maximum(raised, one[0] + one[1]) if len(one) > 1 else raised)


def _most(signed: list[Array]) -> tuple[int, ...]:
    """Give the places of the pupils whom `_furthest` leaves out."""
    lowest = [np.argsort(cell, kind="stable")[:2] for cell in signed]
    starts = np.cumsum([0, *(len(cell) for cell in signed)])
    away = [cell.mean() - cell[low] for cell, low in zip(signed, lowest, strict=True)]
    options: dict[tuple[int, ...], float] = {}
    for start, cell, low, a in zip(starts, signed, lowest, away, strict=False):
        options[(int(start + low[0]),)] = a[0] / (len(cell) - 1)
        options[(int(start + low[0]), int(start + low[1]))] = a.sum() / (len(cell) - 2)
    if len(signed) > 1:
        pair = (int(lowest[0][0]), int(starts[1] + lowest[1][0]))
        options[pair] = sum(a[0] / (len(c) - 1) for a, c in zip(away, signed, strict=True))
    pupils, _ = max(options.items(), key=lambda option: option[1])
    return tuple(sorted(pupils))


def _typical(cells: list[Array], ways: list[float], reference: Array | None, seed: int) -> Array:
    """Give how far two pupils move the figure in typical cohorts of the same sizes."""
    random = np.random.default_rng(seed)
    shapes = [(_COHORTS, len(cell)) for cell in cells]
    if reference is not None:
        about = reference - reference.mean()
        return _furthest(
            [w * random.choice(about, shape) for w, shape in zip(ways, shapes, strict=True)]
        )
    values = np.unique(np.concatenate(cells))
    if len(values) == 2:
        return _furthest(
            [w * _two_values(c, values, random) for w, c in zip(ways, cells, strict=True)]
        )
    pooled = float(_pooled([cell[None, :] for cell in cells])[0])
    return _normal_cohorts(tuple(len(cell) for cell in cells), seed) * pooled


@lru_cache(maxsize=64)
def _normal_cohorts(sizes: tuple[int, ...], seed: int) -> Array:
    """Give how far two pupils move the figure, in standard deviations, where all are normal."""
    random = np.random.default_rng(seed)
    drawn: list[Array] = [random.standard_normal((_COHORTS, n)) for n in sizes]
    return np.asarray(_furthest(drawn) / _pooled(drawn))


def _two_values(cell: Array, values: Array, random: np.random.Generator) -> Array:
    share = float((cell == values[1]).mean())
    ones = random.random((_COHORTS, len(cell))) < share
    return np.asarray(np.where(ones, values[1], values[0]))


def _pooled(cells: list[Array]) -> Array:
    """Give each row's standard deviation within its groups."""
    squares: Any = sum(c.var(axis=1) * c.shape[1] for c in cells)
    return np.asarray(np.sqrt(squares / (sum(c.shape[1] for c in cells) - len(cells))))
