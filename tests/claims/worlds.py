"""Simulated schools and trusts of which it is known what changed, many at once.

A claim needs an interval that excludes no change. That is asked of all schools at once on arrays;
only those in which it does are put before the gate itself, so ten thousand schools take seconds.
"""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from writinggaps.estimates import share, share_difference
from writinggaps.estimates.gate import Verdict, judge, trend, twice
from writinggaps.estimates.influence import two_pupils
from writinggaps.measures import progress
from writinggaps.measures.trust import records
from writinggaps.standards import load_standards

STANDARDS = load_standards()
RULES = STANDARDS.gap
SEED, R = 20260, 0.8
SIZES = [(10, 10), (10, 20), (10, 40), (16, 44), (20, 10), (30, 60), (60, 30), (40, 160)]
TWICE = ["scores", "skewed scores", "few levels", "unequal spread", "shares"]
COHORTS = ["cohorts", "cohorts of shares"]


def later(random, before, group, gap, narrowed, r=R):
    """Give scores a year later: correlated r within groups, the gap narrowed by so much."""
    own = before - gap * group
    noise = np.sqrt(1 - r * r) * random.standard_normal(own.shape)
    return r * own + noise + (gap + narrowed) * group


def schools(kind, random, n, m, count, *, gap=-0.7, narrowed=0.0):
    """Draw schools: (before, after) or three cohorts, with places on an order where shares."""
    group = np.arange(n + m) < n
    steps = 3 if kind in COHORTS else 1
    before = random.standard_normal((steps, count, n + m)) + gap * group
    if kind in COHORTS:
        times = before + narrowed * group * np.arange(3)[:, None, None] / 2
    else:
        times = np.stack([before[0], later(random, before[0], group, gap, narrowed)])
    if kind == "unequal spread":  # the group scatters twice as much as the others
        middle = (gap * group, (gap + narrowed) * group)
        times = np.stack(
            [np.where(group, 2 * t - c, t) for t, c in zip(times, middle, strict=True)]
        )
    if kind == "skewed scores":
        times = np.exp(times)
    if kind == "few levels":
        times = np.round(times)
    if "shares" not in kind:
        return group, times, None
    places = np.searchsorted([-2.2, -0.6, 1.0], times).astype(float)
    return group, (places >= 2).astype(float), places


def candidates(group, times, places, level):
    """Say in which schools the interval of the change lies above no change, by Welch."""
    slope = np.array([-1.0, 1.0]) if len(times) == 2 else np.array([-1.0, 0.0, 1.0])
    cells = []  # weight, values
    for who, sign in ((group, 1), (~group, -1)):
        if len(times) == 2:
            cells.append((sign, (times[1] - times[0])[:, who]))
        else:
            cells += [(sign * w, t[:, who]) for w, t in zip(slope, times, strict=True)]
    extra = () if places is None else ((1, -1) if len(times) == 2 else (1, 0))
    estimate = variance = welch = 0.0
    for weight, values in cells:
        n = values.shape[1] + len(extra)
        total, squares = values.sum(axis=1) + sum(extra), (values**2).sum(axis=1)
        mean = total / n
        spread = np.maximum((squares + sum(e * e for e in extra) - n * mean**2) / (n - 1), 0)
        part = weight**2 * spread / n
        estimate, variance = estimate + weight * mean, variance + part
        welch = welch + part**2 / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where(welch > 0, variance**2 / welch, 1.0)
    return estimate, stdtrit(df, 0.5 + level / 2) * np.sqrt(variance) * (1 - 1e-9)


def moved(group, times, places, k):
    """Read one of the schools as a measure reads it."""
    if len(times) == 2:
        orders = None if places is None else (places[0, k], places[1, k])
        return twice(times[0, k], times[1, k], group, orders=orders)
    pairs = [(t[k, group], t[k, ~group]) for t in times]
    orders = None if places is None else [(p[k, group], p[k, ~group]) for p in places]
    return trend(pairs, orders=orders)


def share_of(verdict, kind, n, m, count, *, statements=1, seed=SEED, way=1, **truth):
    """Give the share of simulated schools of which the gate says this."""
    random, found = np.random.default_rng([seed, n, m]), 0
    level = 1 - (1 - RULES.level) / statements
    for part in _parts(count):
        drawn = schools(kind, random, n, m, part, **truth)
        estimate, half = candidates(*drawn, level)
        for k in np.flatnonzero(way * estimate > half):
            judged = judge(moved(*drawn, k), rules=RULES, statements=statements)
            found += judged.verdict == verdict
    return found / count


def _parts(count, most=2000):
    return [min(most, count - done) for done in range(0, count, most)]


TRAITS = {"disadvantaged": 0.27, "sen": 0.18, "sex": 0.5, "eal": 0.2}
GAPS = (-0.6, -0.9, -0.3, 0.0)


def reports(random, n, count, *, gaps=GAPS):
    """Say which reports on schools of n pupils claim anything, of each kind, with nothing changed.

    Four overlapping groups; six year groups of two classes. Gaps are there or not; every class
    teaches alike, and no pupil is far from all others.
    """
    sizes = [round(n * share) for share in TRAITS.values()]
    traits = [np.argsort(random.random((count, n)), axis=1) < size for size in sizes]
    shift = sum(gap * trait for gap, trait in zip(gaps, traits, strict=True))
    own = random.standard_normal((count, n))
    before, after = own + shift, later(random, own, 0, 0, 0) + shift
    said = {name: np.zeros(count, bool) for name in ("change", "behind", "carried", "class")}
    for gap, trait in zip(gaps, traits, strict=True):
        for k in range(count):
            said["change"][k] |= _changed(before[k], after[k], trait[k])
            said["carried"][k] |= _carried(after[k], trait[k])
            if gap == 0:  # to say that a group is behind which is behind is no false claim
                said["behind"][k] |= _behind(after[k] > -0.9, trait[k])
    year = np.arange(n) % 6
    for k in range(count):
        said["class"][k] = _a_class(before[k], after[k], year, np.arange(n) // 6 % 2)
    return said


def _changed(before, after, trait):
    gains = after - before
    ours, theirs = gains[trait], gains[~trait]
    far = abs(ours.mean() - theirs.mean())
    if far < 2 * np.sqrt(ours.var() / len(ours) + theirs.var() / len(theirs)):
        return False  # not beyond chance by any interval that the gate may use
    verdict = judge(twice(before, after, trait), rules=RULES, statements=len(TRAITS)).verdict
    return verdict in (Verdict.CLOSING, Verdict.WIDER)


def _behind(reached, trait):
    parts = [share(int(reached[who].sum()), int(who.sum())) for who in (trait, ~trait)]
    level = 1 - (1 - RULES.behind_level) / len(TRAITS)
    wide = [replace(part, level=level) for part in parts]
    return share_difference(*wide, group_name="a", others_name="b").high < 0


def _carried(scores, trait):
    """As `measures.gaps.influence` says it."""
    found = two_pupils(scores[trait], scores[~trait])
    gone = abs(found.estimate - found.without) >= STANDARDS.influence.part * abs(found.estimate)
    return gone and found.chance < (1 - STANDARDS.influence.typical_share) / len(TRAITS)


def _a_class(before, after, year, side):
    rows = pd.DataFrame({"start_score": before, "score": after, "year_group": year})
    above, _ = progress._above(rows)
    groups = {
        f"{y}{s}": above[(year == y) & (side == s)].to_numpy() for y in range(6) for s in (0, 1)
    }
    parts = progress._parts(groups, float(above.var(ddof=2)))
    return any(p.added.low > 0 or p.added.high < 0 for p in parts)


def lowest(random, n, r):
    """The lowest fifth of a school in which nobody changed, read as the measure reads it."""
    before = random.standard_normal(n)
    after = r * before + np.sqrt(1 - r * r) * random.standard_normal(n)
    group = before <= np.quantile(before, 0.2)
    return [
        twice(before, after - (1 - low) * (before.mean() - before), group)
        for low in RULES.reliability
    ]


def announced(random, pupils=2500, traits=(0.05, 0.1, 0.2, 0.3, 0.4, 0.5)):
    """Say whether any of six meaningless traits is said to be behind."""
    reached = random.random(pupils) < 0.7
    level = 1 - (1 - RULES.behind_level) / len(traits)
    for trait in (random.random(pupils) < of for of in traits):
        both = [share(int(reached[w].sum()), int(w.sum()), level=level) for w in (trait, ~trait)]
        if share_difference(*both, group_name="a", others_name="b").high < 0:
            return True
    return False


def trust(random, schools=30):
    """Give the records of a trust in which no school, group or year group differs."""
    found = []
    for k in range(schools):
        add = partial(_record, found, f"S{k:02d}")
        n = int(random.integers(10, 60))
        counts = {f"Year {y}": (int(random.binomial(n, 0.6 + y / 30)), n) for y in range(1, 7)}
        for group, pair in counts.items():
            add(records.AT_EXPECTED, group, pair)
        for year in range(23, 26):
            pair = (int(random.binomial(n, 0.75)), n)
            add(records.BY_YEAR, "Year 6", pair, period=f"20{year}-{year + 1}")
        higher, lower = (int(c) for c in random.binomial(30, [0.08, 0.08]))
        for group, c in ((records.SAME, 60), (records.HIGHER, higher), (records.LOWER, lower)):
            add(records.MODERATED, group, (c, 60 + higher + lower))
        for block in range(5):  # just as many as a claim of either kind is held against
            pair = (int(random.binomial(6 * n, 0.6)), 6 * n)
            add("secure?", records.EVERYBODY, pair, measure=f"{records.SECURE}block {block}")
        for group in range(4):
            for name in (f"group {group}", f"others {group}"):
                size = int(random.integers(10, 120))
                add(records.IN_GROUPS, name, (int(random.binomial(size, 0.7)), size))
            df = int(random.choice([9, 14, 40, 90]))
            half = float(stdtrit(df, 0.5 + 0.9875 / 2))
            change = float(random.standard_t(df))
            ends = {"low": change - half, "high": change + half, "level": 0.9875}
            add(records.GAP_CHANGE, f"group {group}", (0, 90), **ends, estimate=change)
    return found


def _record(found, school, question, group, pair, **facts):
    count, n = pair
    told = {"school": school, "school_name": "", "measure": "Writing", "period": "2025-26"}
    told |= {"estimate": count / n, "n": n, "low": None, "high": None, "level": None, "verdict": ""}
    found.append(SimpleNamespace(**{**told, "question": question, "group": group, **facts}))
