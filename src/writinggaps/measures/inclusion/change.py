"""How the index moved from the year before: by component, and by who came, stayed and went."""

from __future__ import annotations

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.composite import fair_shares, log_mean
from writinggaps.estimates.index.scores import Facts, scores
from writinggaps.measures.inclusion.facts import Asked, moments, worth
from writinggaps.measures.inclusion.phase import Phase
from writinggaps.measures.inclusion.results import Change, Moved
from writinggaps.withheld import Withheld

__all__ = ["change"]

_CAUSES = (2, 2, 2, 2)
"""Those there both times, those who came, those who went, and what is expected of a school."""


def change(
    now: Phase, before: Phase | Withheld, row: int, asked: Asked, level: float
) -> Change | Withheld:
    """Compare with the year before; as the two share years, the interval errs on the safe side.

    Each component's part is split among four causes by the mean over all orders in which they could
    have come, so the parts add up exactly.
    """
    if isinstance(before, Withheld):
        return before
    same = [(p.gathered.named[row], p.gathered.held[row].tolist()) for p in (now, before)]
    if same[0] != same[1]:
        return Withheld(
            reason="no_comparison", found="The index of the year before was made of other parts"
        )
    apart = now.drawn.index[row] - np.random.default_rng(row).permutation(before.drawn.index[row])
    low, high = np.quantile(apart, [(1 - level) / 2, (1 + level) / 2])
    after, start = float(now.scores.index[row]), float(before.scores.index[row])
    points = np.array([c.weight for c in now.gathered.known]) * float(log_mean(after, start))
    added = points * np.log(now.scores.parts[row] / before.scores.parts[row])
    added = np.where(now.gathered.held[row], 0.0, added)
    each = [points[c] * _moved(now, before, row, c, asked) for c in range(len(points))]
    return Change(
        estimate=after - start,
        low=float(low),
        high=float(high),
        level=level,
        parts=tuple(
            Moved(
                label=component.key,
                added=float(more),
                stayers=float(causes[0]),
                joiners=float(causes[1]),
                leavers=float(causes[2]),
                elsewhere=float(causes[3]),
            )
            for component, more, causes in zip(now.gathered.known, added, each, strict=True)
        ),
    )


def _moved(now: Phase, before: Phase, row: int, column: int, asked: Asked) -> Array:
    """Split how far the logarithm of a component's score moved among the four causes."""
    if now.gathered.held[row, column]:
        return np.zeros(len(_CAUSES))
    name, component = now.gathered.named[row][column], now.gathered.known[column]
    here, there = (p.gathered.children[row][column] for p in (now, before))
    both = here.keys() & there.keys()
    stayed = [moments(v for p, v in table.items() if p in both) for table in (there, here)]
    joined = [np.zeros(4), moments(v for p, v in here.items() if p not in both)]
    for part, phase in zip(joined, (before, now), strict=True):
        part[1] += phase.gathered.unshown[row, column]
    gone = [moments(v for p, v in there.items() if p not in both), np.zeros(4)]
    rates = [p.gathered.facts.expected[row, column] for p in (before, now)]
    could = [(stayed[s] + joined[j] + gone[g], rates[e]) for s, j, g, e in np.ndindex(_CAUSES)]
    sums, rate = np.array([c[0] for c in could]), np.array([c[1] for c in could])
    facts = Facts(
        keys=(now.gathered.schools[row].key,) * len(could),
        counts=sums[:, :1],
        totals=sums[:, 1:2],
        worth=np.array([[worth(name, s, r)] for s, r in could]),
        expected=rate[:, None],
        held_back=np.full((len(could), 1), np.nan),
        other=np.zeros(1),
    )
    told = scores(facts, (component,), asked.scale).parts[:, 0]
    return np.asarray(fair_shares(np.log(told).reshape(_CAUSES)), dtype=np.float64)
