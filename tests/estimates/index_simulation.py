# ruff: noqa: T201
"""Does the index find what is true? Invented authorities, drawn from the model's own spreads.

Run `python tests/estimates/index_simulation.py 400` for the long version; the tests run a short
one. The naive index is the plain composite of the schools' own rates (min-max, arithmetic).
"""

import sys
from itertools import product

import numpy as np
from scipy.special import expit
from scipy.stats import spearmanr

from writinggaps.estimates.composite import average, composite
from writinggaps.estimates.index.draws import draw
from writinggaps.estimates.index.scores import Choices, Component, Facts, Scale, prior_size, scores

COMPONENTS = (
    Component(key="access", weight=0.25, spread=0.5, way=1, cap=3.0),
    Component(key="welcome", weight=0.25, spread=0.8, way=1, cap=3.0),
    Component(key="stay", weight=0.25, spread=0.5, way=-1),
    Component(key="present", weight=0.125, spread=0.3, way=-1),
    Component(key="included", weight=0.125, spread=0.8, way=-1),
)
WEIGHTS = np.array([c.weight for c in COMPONENTS])
SPREADS = np.array([c.spread for c in COMPONENTS])
WAYS = np.array([c.way for c in COMPONENTS])
RATES = np.array([0.04, 0.5, 0.05, 0.09, 0.08])
NAMES = ("ours", "naive", "ranks covered", "scores covered")
YEARLY = np.array([1.0, 0.02, 0.17, 0.9, 0.17])
"""Of each pupil on roll, in a year: on roll, consultations, SEND pupil-years, the worth of their
sessions, SEND pupil-years. Assumptions, as the spreads are."""


def authority(random, schools=40, years=3, *, average_schools=False, sizes=None):
    """Give one invented authority: its schools' counts, and their true scores."""
    roll = random.integers(60, 480, schools) if sizes is None else np.asarray(sizes)
    totals = np.maximum(np.round(np.outer(roll, YEARLY) * years), 1)
    totals[:, 0] = roll  # the same pupils are counted again each year
    size = prior_size(RATES, SPREADS)
    centre = np.log(RATES / (1 - RATES))
    if average_schools:
        rates = np.broadcast_to(expit(_centre(size)), (schools, 5))
    else:
        rates = random.beta(RATES * size, (1 - RATES) * size, (schools, 5))
    counts = random.binomial(totals.astype(int), rates).astype(float)
    facts = Facts(
        keys=tuple(f"S{n}" for n in range(schools)),
        counts=counts,
        totals=totals,
        worth=np.ones(totals.shape),
        expected=np.broadcast_to(RATES, totals.shape),
        held_back=np.full(totals.shape, np.nan),
        other=np.zeros(len(centre)),
    )
    caps = np.log([c.cap for c in COMPONENTS])
    spreads = WAYS * np.minimum(np.log(rates / (1 - rates)) - _centre(size), caps)
    return facts, average(Scale().score(spreads / SPREADS), WEIGHTS)


def _centre(size):
    from scipy.special import digamma

    return digamma(RATES * size) - digamma((1 - RATES) * size)


def naive(facts):
    """Give the plain composite of the schools' own rates."""
    return composite(
        facts.counts / facts.totals,
        ways=list(WAYS),
        pillars=[c.key for c in COMPONENTS],
        weights=[1] * 5,
        pillar_weights={c.key: c.weight for c in COMPONENTS},
    )


def ranking(random, years, times):
    """Give mean rank correlation with the truth (ours, naive) and coverage of rank intervals."""
    ours, plain, covered, scored = [], [], [], []
    for _ in range(times):
        facts, truth = authority(random, years=years)
        found = scores(facts, COMPONENTS)
        drawn = draw(facts, found, COMPONENTS, draws=1000, choices=Choices(seed=7))
        ours.append(spearmanr(found.index, truth)[0])
        plain.append(spearmanr(naive(facts), truth)[0])
        ranks, true = drawn.ranks(), len(truth) - np.argsort(np.argsort(truth))
        covered.append(np.mean((ranks[:, 0] <= true) & (true <= ranks[:, 1])))
        ends = drawn.interval()
        scored.append(np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1])))
    return np.mean(ours), np.mean(plain), np.mean(covered), np.mean(scored)


def marks(random, times, sizes, *, mark):
    """Give the share of truly average schools that meet the mark in one window."""
    given = []
    for _ in range(times):
        facts, _ = authority(random, len(sizes), average_schools=True, sizes=sizes)
        found = scores(facts, COMPONENTS)
        drawn = draw(facts, found, COMPONENTS, draws=1000, part_score=mark["part_score"])
        likely = drawn.at_least(mark["score"]) >= mark["probability"]
        every = (drawn.above >= mark["part_probability"]).all(axis=1)
        known = (found.told @ WEIGHTS) >= mark["evidence"]
        given.append(likely & every & known)
    return float(np.mean(given))


if __name__ == "__main__":
    from writinggaps.readers.schema import default

    times = int(sys.argv[1])
    for years, seed in product((1, 3), (1, 2)):
        told = ranking(np.random.default_rng(seed), years, times)
        print(
            years, seed, *(f"{name} {share:.3f}" for name, share in zip(NAMES, told, strict=True))
        )
    sizes = [60, 120, 200, 300, 420, 600, 900, 1200] * 5
    share = marks(np.random.default_rng(3), times, sizes, mark=default("inclusion.toml")["mark"])
    print(f"false awards in one window: {100 * share:.2f}% of {times * len(sizes)} average schools")
