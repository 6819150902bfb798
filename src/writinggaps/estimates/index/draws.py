"""What the index could be: seeded draws over what chance and what our own choices leave open.

The draws of a school come from its own dice, by the seed, its key and the component. A school's
figures therefore do not change when another joins, and one more pupil is compared under the same
luck. Only the choices - weights, kind of mean, reference - are drawn once for all schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtr

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.composite import average
from writinggaps.estimates.index.scores import Choices, Component, Facts, Scale, Scores, better

__all__ = ["Drawn", "draw"]

_GRID = np.linspace(-4.5, 4.5, 73)
"""Quantiles of each true rate are worked out at these, and drawn between them."""
_EDGE = 1e-14
_PRIOR_DRAWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Draws of the index of each school.

    Parameters
    ----------
    index : array, shape (k, draws)
        Over everything that is not known.
    thirds : array, shape (k, 3)
        Probability of the lowest, middle and highest third of the authority's schools.
    above : array, shape (k, m)
        Probability that each part is at least the score asked about.
    chance : array, shape (k,)
        Share of the doubt that is pupils' chance; the rest is our choices.
    edges : dict of str to array, shape (2,)
        Between the thirds, by kind of mean.
    """

    index: Array
    thirds: Array
    above: Array
    chance: Array
    edges: dict[str, Array]

    def interval(self, level: float = 0.9) -> Array:
        """Give the equal-tailed interval of each index, shape (k, 2)."""
        tails = [(1 - level) / 2, (1 + level) / 2]
        return np.asarray(np.quantile(self.index, tails, axis=1).T)

    def ranks(self, level: float = 0.9) -> Array:
        """Give the interval of each school's rank among these, 1 the highest, shape (k, 2)."""
        order = np.argsort(np.argsort(-self.index, axis=0), axis=0) + 1
        tails = [(1 - level) / 2, (1 + level) / 2]
        return np.asarray(np.quantile(order, tails, axis=1, method="inverted_cdf").T)

    def at_least(self, score: float) -> Array:
        """Give the probability that each index is at least a score."""
        return np.asarray((self.index >= score).mean(axis=1))


def draw(
    facts: Facts,
    found: Scores,
    components: tuple[Component, ...],
    *,
    scale: Scale | None = None,
    choices: Choices | None = None,
    draws: int = 4000,
    part_score: float = 40.0,
) -> Drawn:
    """Draw the index of every school over what is not known.

    Parameters
    ----------
    facts, found : Facts, Scores
        Of the schools.
    components : tuple of Component
        What the index is made of.
    scale, choices : Scale, Choices, optional
        How scores are made, and what reasonable people would choose differently.
    draws : int, optional
        At least 4,000 for a report.
    part_score : float, optional
        Which score of a component `above` asks about.

    Returns
    -------
    Drawn
        The same each time for the same school.
    """
    scale, choices = scale or Scale(), choices or Choices()
    weights = np.array([c.weight for c in components])
    kinds, drawn_weights, elsewhere = _choices(facts, weights, choices, draws)
    edges = {kind: _edges(weights, kind, scale, choices.seed) for kind in choices.means}
    limits = np.stack([edges[kind] for kind in choices.means])[kinds]
    tables = _tables(found)
    index, above = np.empty((len(facts.keys), draws)), np.empty(found.parts.shape)
    thirds, chance = np.empty((len(facts.keys), 3)), np.empty(len(facts.keys))
    for row, key in enumerate(facts.keys):
        apart = _apart(key, tables[row], components, choices.seed, draws)
        parts = _parts(apart + elsewhere, facts.held_back[row], components, scale)
        above[row] = (parts >= part_score).mean(axis=0)
        index[row] = _mixed(parts, drawn_weights, kinds, choices.means)
        thirds[row] = _thirds(index[row], limits)
        if np.any(elsewhere):
            parts = _parts(apart, facts.held_back[row], components, scale)
        by_pupils = average(parts, weights).var()
        at_mean = found.apart[row] + np.broadcast_to(elsewhere, (draws, len(components)))
        at_mean = _parts(at_mean, facts.held_back[row], components, scale)
        by_us = _mixed(at_mean, drawn_weights, kinds, choices.means).var()
        chance[row] = by_pupils / max(by_pupils + by_us, _EDGE)
    return Drawn(index=index, thirds=thirds, above=above, chance=chance, edges=edges)


def third_of(index: float, edges: Array) -> int:
    """Say in which third an index lies: 0 the lowest."""
    return int(np.searchsorted(edges, index, side="right"))


def _choices(
    facts: Facts, weights: Array, choices: Choices, draws: int
) -> tuple[NDArray[np.int64], Array, Array]:
    """Draw kinds of mean, weights, and how far the reference lies elsewhere, for all schools."""
    random = np.random.default_rng([choices.seed, crc32(b"choices")])
    kinds = random.integers(len(choices.means), size=draws)
    if choices.weights_vary > 0 and len(weights) > 1:
        size = 3 / choices.weights_vary**2 - 1  # a weight of a quarter then varies as asked
        drawn = random.dirichlet(weights * size, draws)
    else:
        drawn = np.broadcast_to(weights, (draws, len(weights)))
    return kinds, drawn, -random.integers(2, size=(draws, 1)) * facts.other


def _edges(weights: Array, kind: str, scale: Scale, seed: int) -> Array:
    """Give the scores between the thirds of the reference's schools, by the spreads themselves."""
    random = np.random.default_rng([seed, crc32(b"thirds")])
    schools = scale.score(random.standard_normal((_PRIOR_DRAWS, len(weights))))
    return np.asarray(np.quantile(average(schools, weights, kind), [1 / 3, 2 / 3]))


def _tables(found: Scores) -> Array:
    """Give each school's quantiles of log odds from the average school, shape (k, m, grid)."""
    rate = betaincinv(found.a[..., None], found.b[..., None], ndtr(_GRID))
    rate = np.clip(rate, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(rate) - np.log1p(-rate) - found.centre[..., None])


def _apart(
    key: str, table: Array, components: tuple[Component, ...], seed: int, draws: int
) -> Array:
    """Draw one school's log odds from the average school, shape (draws, m)."""
    columns = []
    for line, component in zip(table, components, strict=True):
        random = np.random.default_rng([seed, crc32(key.encode()), crc32(component.key.encode())])
        columns.append(np.interp(random.standard_normal(draws), _GRID, line))
    return np.stack(columns, axis=1)


def _parts(
    apart: Array, held_back: Array, components: tuple[Component, ...], scale: Scale
) -> Array:
    found = scale.score(better(apart, components))
    return np.where(np.isnan(held_back), found, held_back)


def _mixed(parts: Array, weights: Array, kinds: NDArray[np.int64], means: tuple[str, ...]) -> Array:
    """Take of each draw the kind of mean that was drawn for it."""
    found = np.empty(len(parts))
    for place, kind in enumerate(means):
        here = kinds == place
        found[here] = average(parts[here], weights[here], kind)
    return found


def _thirds(index: Array, limits: Array) -> Array:
    low, high = (index < limits[:, 0]).mean(), (index >= limits[:, 1]).mean()
    return np.array([low, 1 - low - high, high])
