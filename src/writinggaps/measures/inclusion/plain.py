"""The plain equation for the same schools, and how much it depends on who else is in the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.composite import composite
from writinggaps.measures.inclusion.facts import Asked, Told, asked_of, gather
from writinggaps.measures.inclusion.phase import grouped, shown
from writinggaps.problems import NoComparison
from writinggaps.readers.school import School
from writinggaps.results import Count, Label, Score, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["Plain", "PlainIndex", "PlainRow", "plain_index"]

_FEWEST = 4


@result
class Plain:
    """A school's plain score, and its lowest and highest as each other school leaves the table."""

    n: Count
    estimate: Score
    low: Score
    high: Score


@result
class PlainRow:
    """One school by name."""

    label: Label
    phase: Label
    plain: Plain | Withheld


@result
class PlainIndex:
    """The plain equation: which scale, which mean."""

    period: Label
    normal: Label
    mean: Label
    schools: tuple[PlainRow, ...]


def plain_index(
    schools: Sequence[School],
    reference: pd.DataFrame | None = None,
    *,
    term: str,
    weights: Mapping[str, float] | None = None,
    normal: str = "min-max",
    mean: str = "arithmetic",
    own: str = "",
    named: bool = False,
    told: Told | None = None,
) -> PlainIndex:
    """Give the mission's plain equation: the schools' own rates on one scale, and their mean.

    Parameters
    ----------
    schools, reference, term, own, named, told
        As for `inclusion_index`. What the authority does not record is left out here, too.
    weights : mapping of str to float, optional
        Of each component; those of the index where it is not given.
    normal, mean : str, optional
        As for `composite`.

    Returns
    -------
    PlainIndex
        With no account of chance. A school's score changes when another joins or leaves.
    """
    asked = asked_of(schools, reference, term, told=told)
    scored: dict[str, Plain | Withheld] = {}
    for group in grouped(schools):
        found = attempt(_scores, group, asked, weights, normal, mean)
        for place, school in enumerate(group):
            scored[school.key] = found if isinstance(found, Withheld) else found[place]
    return PlainIndex(
        period=term,
        normal=normal,
        mean=mean,
        schools=tuple(
            PlainRow(label=s.name, phase=s.phase, plain=scored[s.key])
            for s in shown(schools, own, named)
        ),
    )


def _scores(
    schools: list[School], asked: Asked, weights: Mapping[str, float] | None, normal: str, mean: str
) -> list[Plain]:
    if len(schools) < _FEWEST:
        raise NoComparison(
            f"There are {len(schools)} schools of this phase", f"at least {_FEWEST} are needed"
        )
    found = gather(schools, asked)
    known, facts = found.known, found.facts
    totals = np.where(facts.totals > 0, facts.totals, np.nan)
    told = (weights or {}).get

    def of(rates: Array) -> Array:
        return np.asarray(
            composite(
                rates,
                ways=[c.way for c in known],
                pillars=[c.key for c in known],
                weights=[1.0] * len(known),
                pillar_weights={c.key: told(c.key, c.weight) for c in known},
                normal=normal,
                mean=mean,
            ),
            dtype=np.float64,
        )

    rates = facts.counts / totals
    without = np.full((len(schools),) * 2, np.nan)
    for gone in range(len(schools)):
        without[gone, np.arange(len(schools)) != gone] = of(np.delete(rates, gone, axis=0))
    sizes = [len({p for t in row for p in t}) for row in found.children]
    low, high = np.nanmin(without, axis=0), np.nanmax(without, axis=0)
    return [
        Plain(n=n, estimate=float(e), low=float(a), high=float(b))
        for n, e, a, b in zip(sizes, of(rates), low, high, strict=True)
    ]
