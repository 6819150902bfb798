"""Counts of schools, drawn towards their authority's rates, as scores on one scale.

Each rate is looked at on the scale of log odds. What schools of the authority are like (the prior)
is a beta distribution whose mean is the authority's rate without the school, and whose spread in
log odds is given. With the school's counts it becomes, exactly, another beta distribution; the
mean and the variance of its log odds are known in closed form (digamma and trigamma).

A score is how far that mean is from the average school, in spreads: 50 is the average school, 65 is
one spread better. No school's score depends on which other schools are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, polygamma, zeta

from writinggaps.estimates.arrays import Array, Mask
from writinggaps.estimates.composite import average
from writinggaps.estimates.shrinkage import fit_beta
from writinggaps.problems import BadArgument, NoComparison

Flags = Mask

__all__ = [
    "Choices",
    "Component",
    "Facts",
    "Scale",
    "Scores",
    "prior_size",
    "scores",
    "spread_of",
    "without",
]

_STEPS, _CLOSE = 60, 1e-9  # a last step of this size leaves an error of its square


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One thing that the index is made of.

    Parameters
    ----------
    key : str
        Also part of the seed of its draws.
    weight : float
        In the index; weights add up to 1.
    spread : float
        Standard deviation of schools' true rates, in log odds.
    way : int
        1 where a higher rate is better, -1 where a lower one is.
    cap : float
        No further credit above so many times the reference rate; infinite for no cap.
    """

    key: str
    weight: float
    spread: float
    way: int = 1
    cap: float = np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What spreads become: `centre` plus `per_spread` for each, kept between two ends."""

    centre: float = 50.0
    per_spread: float = 15.0
    lowest: float = 5.0
    highest: float = 100.0

    def score(self, spreads: ArrayLike) -> Array:
        """Turn spreads better than the average school into a score."""
        told = self.centre + self.per_spread * np.asarray(spreads, dtype=np.float64)
        return np.clip(told, self.lowest, self.highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What reasonable people would choose differently.

    `weights_vary` is the relative standard deviation of a weight of a quarter; `means` are the
    kinds of mean; `seed` is that of all draws.
    """

    weights_vary: float = 0.25
    means: tuple[str, ...] = ("geometric", "arithmetic")
    seed: int = 20251


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of some schools, one row a school and one column a component.

    Parameters
    ----------
    keys : tuple of str, length k
        Of the schools; part of the seed of their draws.
    counts, totals : array, shape (k, m)
        Of so many, so many. Totals of 0 mean that there was nothing to count.
    worth : array, shape (k, m)
        How much one of `totals` tells, compared with one independent child: below 1 where the same
        child is counted more than once.
    expected : array, shape (k, m)
        The reference's rate without the school.
    held_back : array, shape (k, m)
        nan, or the score given where the school did not supply what it must have.
    other : array, shape (m,)
        How far another reference's rate is from this one, in log odds; 0 where there is none.
    """

    keys: tuple[str, ...]
    counts: Array
    totals: Array
    worth: Array
    expected: Array
    held_back: Array
    other: Array

    def of(self, rows: Sequence[int]) -> Facts:
        """Give the facts of some schools; a school may be there more than once."""
        chosen = list(rows)
        tables = ("counts", "totals", "worth", "expected", "held_back")
        return replace(
            self,
            keys=tuple(self.keys[row] for row in chosen),
            **{name: getattr(self, name)[chosen] for name in tables},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the counts say, before any draw.

    Parameters
    ----------
    a, b : array, shape (k, m)
        Of the beta distribution of each true rate.
    centre : array, shape (k, m)
        Mean log odds of the reference's schools.
    apart : array, shape (k, m)
        Mean log odds of each school from that.
    parts : array, shape (k, m)
        Scores of the components.
    told : array, shape (k, m)
        Share of the posterior that is the school's own children, between 0 and 1. It follows from
        how many there were, never from how they fared.
    index : array, shape (k,)
        Weighted geometric mean of the parts.
    """

    a: Array
    b: Array
    centre: Array
    apart: Array
    parts: Array
    told: Array
    index: Array


def prior_size(mean: ArrayLike, spread: ArrayLike) -> Array:
    """Give how many children a prior is worth, so that log odds have the spread asked for.

    Examples
    --------
    >>> size = prior_size(0.04, 0.5)
    >>> size.round(1).item(), np.sqrt(polygamma(1, [0.04 * size, 0.96 * size]).sum()).round(6)
    (115.8, np.float64(0.5))
    """
    p, tau = np.broadcast_arrays(np.asarray(mean, float), np.asarray(spread, float))
    logged = -np.log(tau**2 * p * (1 - p))  # for a small spread; Newton's steps do the rest
    for _ in range(_STEPS):
        a, b = p * np.exp(logged), (1 - p) * np.exp(logged)
        variance = zeta(2, a) + zeta(2, b)  # trigamma of both, and its slope below
        slope = -2 * (a * zeta(3, a) + b * zeta(3, b)) / variance
        step = np.log(variance / tau**2) / slope
        logged = logged - step
        if np.all(np.abs(step) < _CLOSE):
            break
    return np.asarray(np.exp(logged))


def scores(facts: Facts, components: tuple[Component, ...], scale: Scale | None = None) -> Scores:
    """Turn counts into scores.

    Raises
    ------
    BadArgument
        If a count is not between 0 and its total.

    Examples
    --------
    >>> one = Component(key="access", weight=1.0, spread=0.5)
    >>> def of(count, total):
    ...     table = [np.array([[float(v)]]) for v in (count, total, 1, 0.04, np.nan)]
    ...     names = ("counts", "totals", "worth", "expected", "held_back")
    ...     return Facts(keys=("A",), other=np.zeros(1), **dict(zip(names, table)))
    >>> [scores(of(*told), (one,)).index.round(1).item() for told in ((0, 0), (4, 100), (12, 100))]
    [50.0, 51.5, 73.2]
    """
    scale = scale or Scale()
    if np.any(facts.counts < 0) or np.any(facts.counts > facts.totals):
        raise BadArgument("A count is not between 0 and its total", "0 <= count <= total")
    spread = np.array([c.spread for c in components])
    size = prior_size(facts.expected, spread)
    a0, b0 = facts.expected * size, (1 - facts.expected) * size
    a = a0 + facts.worth * facts.counts
    b = b0 + facts.worth * (facts.totals - facts.counts)
    centre = digamma(a0) - digamma(b0)
    apart = digamma(a) - digamma(b) - centre
    held = ~np.isnan(facts.held_back)
    parts = np.where(held, facts.held_back, scale.score(better(apart, components)))
    own = facts.worth * facts.totals
    weights = np.array([c.weight for c in components])
    return Scores(
        a=a,
        b=b,
        centre=centre,
        apart=apart,
        parts=parts,
        told=np.where(held, 0.0, own / (own + size)),
        index=average(parts, weights),
    )


def better(apart: Array, components: tuple[Component, ...]) -> Array:
    """Turn log odds from the average school into spreads better than it; a cap ends the credit."""
    cap = np.log([c.cap for c in components])
    way = np.array([c.way for c in components])
    return np.asarray(way * np.minimum(apart, cap) / np.array([c.spread for c in components]))


def without(
    count: ArrayLike, total: ArrayLike, own_count: ArrayLike, own_total: ArrayLike
) -> Array:
    """Give the rate of an authority without one of its schools.

    Half a case is added on each side, so that a rate of nought is never certain.

    Raises
    ------
    NoComparison
        If there is nothing in the authority but the school.
    BadArgument
        If the authority counted fewer than its school.

    Examples
    --------
    >>> without(400, 10_000, 12, 300).round(4).item()
    0.04
    """
    x, n = np.asarray(count, float) - own_count, np.asarray(total, float) - own_total
    if np.any(n < -0.5) or np.any(x < -0.5) or np.any(x > n):
        raise BadArgument(
            "The authority's figures count fewer children than the school's own",
            "figures of the same years and the same children",
        )
    if np.any(n < 1):
        raise NoComparison("The authority's figures hold no other school")
    return np.asarray((x + 0.5) / (n + 1))


def spread_of(counts: ArrayLike, totals: ArrayLike, worth: ArrayLike = 1.0) -> float:
    """Estimate from many schools how much true rates differ, in log odds; 0 where chance is enough.

    Examples
    --------
    >>> round(spread_of([10, 3, 21, 0, 7, 5, 12, 2], [210, 180, 420, 95, 300, 240, 400, 150]), 2)
    0.37
    >>> spread_of([5, 5, 5, 5], [100, 100, 100, 100])
    0.0
    """
    w = np.asarray(worth, dtype=np.float64)
    prior = fit_beta(w * np.asarray(counts), w * np.asarray(totals))
    if np.isinf(prior.size):
        return 0.0
    a, b = prior.mean * prior.size, (1 - prior.mean) * prior.size
    return float(np.sqrt(polygamma(1, a) + polygamma(1, b)))
