"""Simulated schools and trusts of which it is known what changed, many at once.

A claim needs an interval that excludes no change. That is asked of all schools at once on arrays;
only those in which it does are put before the gate itself, so ten thousand schools take seconds.
"""

from functools import partial
from types import SimpleNamespace

import numpy as np
from scipy.special import stdtrit

from writinggaps.estimates import influence, share, share_difference
from writinggaps.estimates.gate import Verdict, judge
from writinggaps.estimates.moved import trend, twice
from writinggaps.measures.progress import added
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
    teaches alike, and no pupil is far from all others. What is asked of all reports at once only
    leaves out those of which the measure could not claim anything.
    """
    sizes = [round(n * share) for share in TRAITS.values()]
    orders = [np.argsort(random.random((count, n)), axis=1) for _ in sizes]
    shift = np.zeros((count, n))
    for gap, size, order in zip(gaps, sizes, orders, strict=True):
        np.put_along_axis(shift, order[:, :size], gap + np.take_along_axis(
            shift, order[:, :size], axis=1), axis=1)  # fmt: skip
    own = random.standard_normal((count, n))
    before, after = own + shift, later(random, own, 0, 0, 0) + shift
    kinds = ("a gap moved", "a group is behind", "one or two pupils make a gap",
             "a class came further", "a group is less secure")  # fmt: skip
    said = {kind: np.zeros(count, bool) for kind in kinds}
    for gap, size, order in zip(gaps, sizes, orders, strict=True):
        parts = [order[:, :size], order[:, size:]]
        first, last = ([np.take_along_axis(x, p, axis=1) for p in parts] for x in (before, after))
        gains = [now - then for then, now in zip(first, last, strict=True)]
        asked = [
            (kinds[0], _changed, _apart(gains) > 2),
            (kinds[2], _carried, _pulled(last) > 0.97),
        ]
        if gap == 0:  # to say that a group is behind which is behind is no false claim
            asked.append((kinds[1], _behind, _apart([x > -0.9 for x in last]) > 2))
        for kind, ask, worth in asked:
            for k in np.flatnonzero(worth):
                said[kind][k] |= ask([x[k] for x in first], [x[k] for x in last])
    said[kinds[3]] = _classes(before, after)
    said[kinds[4]] = _less_secure(random, sizes[0], n - sizes[0], count)
    return said


def _apart(cells):
    """Give how many standard errors the means of two groups are apart, for every report."""
    means = [cell.mean(axis=1) for cell in cells]
    error = np.sqrt(sum(cell.var(axis=1) / cell.shape[1] for cell in cells))
    return abs(means[0] - means[1]) / np.maximum(error, 1e-12)


def _pulled(cells):
    """Give the share of typical cohorts in which two pupils move the gap less than here."""
    way = np.where(cells[0].mean(axis=1) < cells[1].mean(axis=1), 1.0, -1.0)[:, None]
    moved = influence._furthest([way * cells[0], -way * cells[1]]) / influence._pooled(cells)
    typical = influence._normal_cohorts(tuple(cell.shape[1] for cell in cells), 20251)
    return np.searchsorted(np.sort(typical), moved) / len(typical)


def _changed(first, last):
    group = np.arange(sum(map(len, first))) < len(first[0])
    change = twice(np.concatenate(first), np.concatenate(last), group)
    verdict = judge(change, rules=RULES, statements=len(TRAITS)).verdict
    return verdict in (Verdict.CLOSING, Verdict.WIDER)


def _behind(_, last):
    level = 1 - (1 - RULES.behind_level) / len(TRAITS)
    parts = [share(int((x > -0.9).sum()), len(x), level=level) for x in last]
    return share_difference(*parts, group_name="a", others_name="b").high < 0


def _carried(_, last):
    """As `measures.gaps.influence` says it."""
    found = influence.two_pupils(*last)
    gone = abs(found.estimate - found.without) >= STANDARDS.influence.part * abs(found.estimate)
    return gone and found.chance < (1 - STANDARDS.influence.typical_share) / len(TRAITS)


def _classes(before, after):
    """Say in which reports a class is said to have come further, or less far."""
    count, n = before.shape
    year, side = np.arange(n) % 6, np.arange(n) // 6 % 2
    x, y = before.copy(), after.copy()
    for values in (x, y):
        for k in range(6):
            values[:, year == k] -= values[:, year == k].mean(axis=1, keepdims=True)
    above = y - ((x * y).sum(axis=1) / (x * x).sum(axis=1))[:, None] * x
    places = [(year == k) & (side == s) for k in range(6) for s in (0, 1)]
    spread = above.std(axis=1, ddof=2)
    far = [abs(above[:, p].mean(axis=1)) * np.sqrt(p.sum()) / spread for p in places]
    said = np.zeros(count, bool)
    for k in np.flatnonzero(np.max(far, axis=0) > 2):
        groups = {f"{i}": above[k, p] for i, p in enumerate(places)}
        parts = added._parts(groups, float(above[k].var(ddof=2)))
        said[k] = any(p.added.low > 0 or p.added.high < 0 for p in parts)
    return said


def _less_secure(random, n, m, count, blocks=5):
    """Say in which reports a group is said to be less, or more, secure in the weakest block."""
    held = [random.binomial(size, 0.7, (count, blocks)) for size in (n, m)]
    weakest = (held[0] + held[1]).argmin(axis=1)
    said = np.zeros(count, bool)
    for k in range(count):
        parts = [int(h[k, weakest[k]]) for h in held]
        if abs(parts[0] / n - parts[1] / m) > 2 * np.sqrt(0.2 * (1 / n + 1 / m)):
            wide = [
                share(c, s, level=1 - 0.05 / blocks) for c, s in zip(parts, (n, m), strict=True)
            ]
            found = share_difference(*wide, group_name="a", others_name="b")
            said[k] = found.high < 0 or found.low > 0
    return said


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
