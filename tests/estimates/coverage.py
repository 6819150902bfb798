"""How often 95 % intervals hold the truth: python tests/estimates/coverage.py [simulations]

Prints docs/coverage.md. Trials are drawn from a known truth (normal, skewed and three-grade scores;
5 to 30 pupils a group), and each interval is asked whether it holds it. What an estimate is truly
of is worked out on 100,000 pupils a group.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache, partial

import numpy as np
from scipy.special import gammainccinv, ndtr

from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.effects import glass_delta, hedges_g
from writinggaps.estimates.means import mean_difference
from writinggaps.estimates.ordinal import cliffs_delta
from writinggaps.estimates.paired import paired_effect, pre_post_control_effect
from writinggaps.estimates.pooling import pool
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.shares import share, share_difference
from writinggaps.estimates.tables2x2 import odds_ratio, risk_ratio
from writinggaps.estimates.trial import cluster_trial
from writinggaps.problems import CannotSay

SIZES = (5, 8, 15, 30)
EFFECT = 0.5
CORRELATION = 0.7
MANY = 100_000
AS_STATED = (94.0, 96.5)

SHAPES = {
    "normal": lambda latent: latent,
    "skewed": lambda latent: 0.5 * gammainccinv(4.0, ndtr(-latent)),
    "three grades": lambda latent: np.digitize(latent, [-0.52, 0.84]).astype(float),
}
"""Normal scores made skewed (skewness 1, SD 1), or grades: 3 in 10, half, 2 in 10."""


def group(rng, n, shape, shift):
    """Scores of one group; skewed ones are shifted after, so that their shape stays."""
    latent = rng.normal(size=n)
    if shape == "three grades":
        return SHAPES[shape](latent + shift)
    return SHAPES[shape](latent) + shift


def before_and_after(rng, n, shape, shift):
    """Scores of the same pupils, before and after."""
    first = rng.normal(size=n)
    second = CORRELATION * first + np.sqrt(1 - CORRELATION**2) * rng.normal(size=n)
    if shape == "three grades":
        return SHAPES[shape](first), SHAPES[shape](second + shift)
    return SHAPES[shape](first), SHAPES[shape](second) + shift


def two_groups(estimate, shape, rng, n):
    return estimate(group(rng, n, shape, EFFECT), group(rng, n, shape, 0.0))


def one_group_twice(estimate, shape, rng, n):
    return estimate(*before_and_after(rng, n, shape, EFFECT))


def two_groups_twice(estimate, shape, rng, n):
    taught, comparison = (before_and_after(rng, n, shape, shift) for shift in (EFFECT, 0.0))
    return estimate(*taught, *comparison)


def two_shares(estimate, _, rng, n):
    taught, comparison = (share(int(rng.binomial(n, p)), n) for p in (0.7, 0.5))
    return estimate(taught, comparison)


def gains(rng, n, shape, times_differ):
    months = rng.integers(2, 5, n).astype(float) if times_differ else np.full(n, 3.0)
    latent = rng.normal(size=n)
    rate = {"normal": 5 / 3 + 5 / 6 * latent}.get(shape, gamma_of(latent))
    return ratio_gain(rate * months, months if times_differ else 3.0)


def gamma_of(latent):
    """Skewed gains of 5/3 months a month on average."""
    return 5 / 6 * SHAPES["skewed"](latent)


def schools(pick, _, rng, n):
    """Trials of n schools a group with 15 pupils each, 15 % of the spread between schools."""
    school = np.repeat(np.arange(2 * n), 15)
    pre = rng.normal(size=30 * n)
    post = EFFECT * (school % 2) + 0.6 * pre + np.sqrt(0.15) * rng.normal(size=2 * n)[school]
    found = cluster_trial(post + 0.7 * rng.normal(size=30 * n), school % 2 == 1, school, pre=pre)
    return pick(found)


def studies(_, __, rng, n):
    """Studies of 20 to 100 pupils whose true effects differ by an SD of 0.15."""
    variances = 4 / rng.integers(20, 101, n)
    return pool(EFFECT + rng.normal(size=n) * np.sqrt(variances + 0.15**2), variances)


def gain_of(name):
    return partial(paired_effect, divisor=name)


TWO = {
    "hedges_g, cohens_d": (two_groups, hedges_g, 1),
    "hedges_g by BCa": (two_groups, partial(hedges_g, interval="bca"), 8),
    "glass_delta": (two_groups, glass_delta, 1),
    "mean_difference": (two_groups, mean_difference, 1),
    "cliffs_delta, rank_gap": (two_groups, cliffs_delta, 1),
    "paired_effect, pre": (one_group_twice, gain_of("pre"), 1),
    "paired_effect, average": (one_group_twice, gain_of("average"), 1),
    "paired_effect, change": (one_group_twice, gain_of("change"), 1),
    "paired_effect, change_corrected": (one_group_twice, gain_of("change_corrected"), 1),
    "pre_post_control_effect": (two_groups_twice, pre_post_control_effect, 1),
    "ancova_effect": (two_groups_twice, ancova_effect, 1),
    "ancova_effect, eef": (two_groups_twice, partial(ancova_effect, standard="eef"), 1),
    "ratio_gain": (lambda _, shape, rng, n: gains(rng, n, shape, times_differ=False), None, 1),
    "ratio_gain, times differ": (
        lambda _, shape, rng, n: gains(rng, n, shape, times_differ=True),
        None,
        8,
    ),
}
"""Estimates from scores: how to draw, what to ask, and how many times fewer draws to make."""

OTHERS = {
    "share_difference": (two_shares, share_difference, 1),
    "risk_ratio": (two_shares, risk_ratio, 4),
    "odds_ratio, cox_index": (two_shares, odds_ratio, 4),
    "cluster_trial, mixed model": (schools, lambda t: t.mixed, 7),
    "cluster_trial, CR2": (schools, lambda t: t.robust, 7),
    "cluster_trial, school means": (schools, lambda t: t.school_means, 7),
    "pool, REML and Knapp-Hartung": (studies, None, 2),
}
"""Estimates from counts, schools or studies: their sizes are of those."""


@cache
def truth(name, shape):
    """What an estimate is truly of."""
    fixed = {"share_difference": 0.2, "risk_ratio": 1.4, "odds_ratio, cox_index": 7 / 3}
    if name in OTHERS:
        return fixed.get(name, EFFECT)
    if name.startswith("ratio_gain"):
        return 5 / 3
    draw, estimate, _ = TWO[name]
    if name == "hedges_g by BCa":
        estimate = hedges_g
    return draw(estimate, shape, np.random.default_rng(99), MANY).estimate


def coverage(name, shape, n, simulations):
    """Percentage of intervals that hold the truth, of those that were given."""
    draw, estimate, fewer = (TWO | OTHERS)[name]
    rng, target, held = np.random.default_rng([n, len(name)]), truth(name, shape), []
    for _ in range(max(1, simulations // fewer)):
        try:
            found = draw(estimate, shape, rng, n)
        except CannotSay:
            continue
        if found.low is not None:
            held.append(found.low <= target <= found.high)
    return 100 * float(np.mean(held)), len(held)


def said(cells):
    """Say whether intervals hold the truth as often as they say, allowing for the draws made."""
    noise = [2 * np.sqrt(held * (100 - held) / max(n, 1)) for held, n in cells]
    low = [n for n, (held, _), e in zip(SIZES, cells, noise, strict=True) if held < 94 - e]
    high = [n for n, (held, _), e in zip(SIZES, cells, noise, strict=True) if held > 96.5 + e]
    told = [f"too sure at {', '.join(map(str, low))}"] if low else []
    told += [f"cautious at {', '.join(map(str, high))}"] if high else []
    return "; ".join(told) or "as stated"


HEAD = """# How often intervals hold the truth

Made by `make coverage`: {n:,} draws for each figure, with a standard error of {e:.1f}; fewer for
slow ones (an eighth for bootstraps, about a seventh for trials of schools, half for pooling, a
quarter for ratios of shares). A 95 % interval that does what it says holds the truth in {low} to
{high} % of cases; "too sure" and "cautious" are said where a figure is outside that by more than
twice its standard error. Docstrings repeat what is said here.

Scores are normal, skewed (skewness 1) or three grades (3 in 10, half, 2 in 10). The true difference
is half a standard deviation; scores before and after have a correlation of 0.7. Sizes are pupils in
each group; for shares as well; for trials of schools, schools in each group; for pooling, studies.
Estimates that cannot be given for a draw (all of one grade) are left out and counted nowhere.

Where an interval is too sure, others were tried. For Cliff's delta, the interval of the log odds is
far too cautious instead (99 % and more below 10 pupils a group). BCa intervals of g do no better
than those by the noncentral t. What is left is told in the docstrings: with skewed scores prefer
`hedges_g` to `glass_delta`, and the divisor `average` to `pre`; below 10 pupils do not use
`change_corrected`.

| estimate | scores | {sizes} | in short |
|---|---|{rule}---|"""


def line(name, shape, simulations):
    cells = [coverage(name, shape, n, simulations) for n in SIZES]
    figures = " | ".join(f"{held:.1f}" for held, _ in cells)
    sys.stdout.write(f"| {name} | {shape} | {figures} | {said(cells)} |\n")
    sys.stdout.flush()


def report(simulations, *wanted):
    """Print every line, or (without the head) those whose names begin with one of `wanted`."""
    warnings.simplefilter("error")
    for name in TWO | OTHERS if wanted else ():
        if name.startswith(tuple(wanted)):
            lines(name, simulations)
    if wanted:
        return
    error = np.sqrt(95 * 5 / simulations)
    sizes, rule = " | ".join(map(str, SIZES)), "---|" * len(SIZES)
    low, high = AS_STATED
    sys.stdout.write(
        HEAD.format(n=simulations, e=error, low=low, high=high, sizes=sizes, rule=rule) + "\n"
    )
    for name in TWO | OTHERS:
        lines(name, simulations)


def lines(name, simulations):
    for shape in SHAPES if name in TWO else ("",):
        if not (name.startswith("ratio_gain") and shape == "three grades"):
            line(name, shape, simulations)


if __name__ == "__main__":
    report(int(sys.argv[1]) if sys.argv[1:] else 4000, *sys.argv[2:])
