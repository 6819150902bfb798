"""What may be made of an index: how far its third is to be relied on, and the mark."""

from __future__ import annotations

import numpy as np

from writinggaps.estimates.composite import average
from writinggaps.estimates.index.draws import third_of
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.phase import Phase
from writinggaps.withheld import Withheld

__all__ = ["mark", "stability"]


def stability(phase: Phase, row: int, pupils: int) -> str:
    """Say how far the third of a school with so many pupils with SEN may be relied on."""
    rule, of = rules(), phase.gathered
    access = of.counts[row]["access"]
    if isinstance(access, Withheld):  # pragma: no cover - there is then no index
        return "too few pupils"
    column = [c.key for c in of.known].index("access")
    a_year = len(access) / len({child.year for child in access})
    plans = a_year * of.facts.expected[row, column]
    if pupils < rule["evidence"]["sen_pupils"] or plans < rule["evidence"]["expected_plans"]:
        return "too few pupils"
    likely = phase.drawn.thirds[row].max()
    if likely >= rule["stability"]["stable"] and _kept(phase, row):
        return "stable"
    return "fairly stable" if likely >= rule["stability"]["fairly_stable"] else "unstable"


def mark(now: Phase, before: Phase | Withheld, row: int) -> str:
    """Say whether the inclusive-school mark is met: in two years running."""
    this = _meets(now, row)
    if this == "met":
        last = "not met" if isinstance(before, Withheld) else _meets(before, row)
        return "met" if last == "met" else "met this year"
    return this


def _kept(phase: Phase, row: int) -> bool:
    """Say whether the third stays with another mean, and without any one component."""
    told, weights, edges = phase.scores.parts[row], phase.weights, phase.drawn.edges
    left = np.where(np.eye(len(told), dtype=bool), np.nan, told)
    kinds = [third_of(float(average(told, weights, kind)), edges[kind]) for kind in edges]
    main = [third_of(float(i), edges["geometric"]) for i in average(left, weights)]
    return set(kinds + main) == {int(phase.drawn.thirds[row].argmax())}


def _meets(phase: Phase, row: int) -> str:
    rule = rules()["mark"]
    median = float(np.median(phase.drawn.index[row]))
    sure = phase.drawn.at_least(rule["score"])[row] >= rule["probability"]
    every = (phase.drawn.above[row] >= rule["part_probability"]).all()
    shown = int((~phase.gathered.held[row]).sum())
    told = phase.evidence(row) >= rule["evidence"] and shown >= rule["parts"]
    if sure and every and told:
        return "met"
    return "working towards" if median >= rule["score"] and told else "not met"
