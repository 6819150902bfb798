"""From schools' tables to the arrays that the index is estimated from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from writinggaps.estimates.arrays import Array, Mask
from writinggaps.estimates.index.scores import Choices, Component, Facts, Scale
from writinggaps.measures.inclusion.cohort import rules, window
from writinggaps.measures.inclusion.counts import COMPONENTS, Counted, counted, nine_to_eleven
from writinggaps.measures.inclusion.reference import (
    Expected,
    Reference,
    least_consultations,
    reference_of,
)
from writinggaps.problems import NoComparison
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.withheld import Withheld, attempt

Counts = Mapping[str, list[Counted] | Withheld]
Known = Mapping[str, Mapping[str, float]]
Children = dict[str, tuple[float, float]]
Told = Callable[[int, int], float | None]

__all__ = [
    "Asked",
    "Gathered",
    "asked_of",
    "components",
    "enough",
    "expected_of",
    "gather",
    "moments",
    "worth",
]

_SAME_CHILD = ("access", "included")
"""Components in which a child is counted once a year, and says the same thing each time."""
LATE = "stay911"
"""The mission's own measure for secondary schools, which replaces `stay` where it can."""
_FEWEST_LEAVERS = 5
_ELSEWHERE = "england"
"""The `la_code` of rows that hold a national figure: another reference to choose."""


def components(spreads: Mapping[str, float] | None = None) -> tuple[Component, ...]:
    """Give the components by default, or with other spreads.

    Examples
    --------
    >>> [c.key for c in components()]
    ['access', 'welcome', 'stay', 'present', 'included']
    """
    return tuple(
        Component(
            key=key,
            weight=told["weight"],
            spread=(spreads or {}).get(key, told["spread"]),
            way=told["way"],
            cap=told["cap"] or np.inf,
        )
        for key, told in rules()["components"].items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of when, against what, and with which settings.

    `told` gives what may be known of so many of so many children, None for nothing; without it the
    index is worked out from exact counts. An index of exact counts would give small ones away.
    """

    term: str
    reference: Reference
    components: tuple[Component, ...]
    draws: int
    choices: Choices
    told: Told | None = None

    @property
    def years(self) -> tuple[str, ...]:
        """The school years taken together."""
        return window(self.term, rules()["years"]["pooled"])

    @property
    def scale(self) -> Scale:
        """What spreads become."""
        return Scale(**{k: v for k, v in rules()["scale"].items() if k != "source"})

    @property
    def earlier(self) -> Asked:
        """The same of a year before."""
        return replace(self, term=str(Term.parse(self.term).back(3)))


def asked_of(
    schools: Sequence[School],
    reference: pd.DataFrame | None,
    term: str,
    *,
    spreads: Mapping[str, float] | None = None,
    draws: int = 4000,
    seed: int = 20251,
    told: Told | None = None,
) -> Asked:
    """Put together what is asked, with the rest as `inclusion.toml` says."""
    rule = rules()["choices"]
    return Asked(
        term=term,
        reference=reference_of(schools, reference),
        components=components(spreads),
        draws=draws,
        choices=Choices(weights_vary=rule["weights_vary"], means=tuple(rule["means"]), seed=seed),
        told=told,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Schools of one phase and authority, ready to be scored.

    Parameters
    ----------
    known : tuple of Component, length m
        Those that the reference has.
    counts : tuple of mapping, length k
        What was counted in each school, by component.
    named : tuple of tuple of str, k by m
        As what each component was counted: `stay` may be `stay911`.
    children : tuple of tuple of dict, k by m
        Count and total of each child, or consultation, by its name.
    unshown : array, shape (k, m)
        Consultations that are missing beyond chance, which count as not positive.
    """

    schools: tuple[School, ...]
    known: tuple[Component, ...]
    references: Mapping[str, Expected]
    counts: tuple[Counts, ...]
    named: tuple[tuple[str, ...], ...]
    children: tuple[tuple[Children, ...], ...]
    unshown: Array
    facts: Facts

    @property
    def held(self) -> Mask:
        """Which components each school held back, shape (k, m)."""
        return ~np.isnan(self.facts.held_back)


def gather(schools: Sequence[School], asked: Asked, last: Known | None = None) -> Gathered:
    """Count everything, and find what is expected of each school.

    Parameters
    ----------
    schools : sequence of School
        Of one phase and authority.
    asked : Asked
        Of when, against what.
    last : mapping of str to mapping, optional
        Each school's last known scores of components, which count for what it holds back where
        they are lower than what every school gets that does.

    Raises
    ------
    NoComparison
        If the authority's figures lack what the index cannot do without.
    """
    keys = (*(c.key for c in asked.components), LATE)
    found = {key: expected_of(key, schools[0], asked) for key in keys}
    references = {key: told for key, told in found.items() if told is not None}
    known = tuple(c for c in asked.components if c.key in references)
    enough(known)
    weight = sum(c.weight for c in known)
    known = tuple(replace(c, weight=c.weight / weight) for c in known)
    counts = tuple(_counts(school, asked) for school in schools)
    named = tuple(tuple(_as(c.key, of, references) for c in known) for of in counts)
    children = tuple(
        tuple(_children(of[name]) for name in names)
        for of, names in zip(counts, named, strict=True)
    )
    schooled = [*zip(counts, named, strict=True)]
    missing = np.array([[_unshown(n, of, references) for n in names] for of, names in schooled])
    rates = np.array([[references[n].of(_shown(of[n])) for n in names] for of, names in schooled])
    lowest = [(last or {}).get(school.key, {}) for school in schools]
    held = [
        [_held(of[n], c.key, own, asked) for c, n in zip(known, names, strict=True)]
        for own, (of, names) in zip(lowest, schooled, strict=True)
    ]
    sums = np.array([[moments(each.values()) for each in row] for row in children])
    sums[..., 1] += missing
    if asked.told is not None:
        _as_told(sums, named, rates, asked.told)
    told = [
        [worth(*each) for each in zip(*row, strict=True)]
        for row in zip(named, sums, rates, strict=True)
    ]
    facts = Facts(
        keys=tuple(s.key for s in schools),
        counts=sums[..., 0],
        totals=sums[..., 1],
        worth=np.array(told),
        expected=rates,
        held_back=np.array(held),
        other=np.array([_elsewhere(c.key, references[c.key], schools[0], asked) for c in known]),
    )
    return Gathered(
        schools=tuple(schools), known=known, references=references, counts=counts, named=named,
        children=children, unshown=missing, facts=facts,
    )  # fmt: skip


def _as_told(sums: Array, named: Sequence[Sequence[str]], rates: Array, told: Told) -> None:
    """Put in what may be known of each count, and what is expected where nothing may."""
    for (row, column), rate in np.ndenumerate(rates):
        if named[row][column] != "present":  # sessions, of which there are thousands
            count, total = sums[row, column, :2]
            known = told(int(count), int(total))
            sums[row, column, 0] = rate * total if known is None else known


def moments(children: Iterable[tuple[float, float]]) -> Array:
    """Add up some children: their count, total, number, and the squares of their totals."""
    count, total = np.array(list(children), dtype=np.float64).reshape(-1, 2).T
    return np.array([count.sum(), total.sum(), len(total), (total**2).sum()])


def worth(name: str, sums: Array, rate: float) -> float:
    """Give how many independent children one of a total tells as much as.

    Parameters
    ----------
    name : str
        As what the component was counted.
    sums : array, length 4
        As `moments` gives.
    rate : float
        What is expected.
    """
    _, total, children, squares = sums
    if not total:
        return 1.0
    if name in _SAME_CHILD:
        return float(children / total)
    if name == "present":
        return float(total / squares * rate * (1 - rate) / rules()["pupils"]["absence_sd"] ** 2)
    return 1.0


def expected_of(key: str, school: School, asked: Asked) -> Expected | None:
    """Find what the authority's figures say of a component, for a school of this phase."""
    by_status = key != LATE and rules()["components"][key]["status"]
    return asked.reference.expected(
        key, school.la_code, school.phase, asked.years, by_status=by_status
    )


def _elsewhere(key: str, here: Expected, school: School, asked: Asked) -> float:
    """Give how far a national rate is from this one, in log odds; 0 where there is none."""
    there = asked.reference.expected(key, _ELSEWHERE, school.phase, asked.years, by_status=False)
    if there is None:
        return 0.0
    odds = [told.rate / (1 - told.rate) for told in (there, here)]
    return float(np.log(odds[0] / odds[1]))


def enough(kept: tuple[Component, ...]) -> None:
    """Check that these components are enough for an index.

    Raises
    ------
    NoComparison
        If places are not among them, or they are too little of its weight.
    """
    rule = rules()["missing"]
    if rule["needed"] not in [c.key for c in kept]:
        found = "The authority's figures do not say what share of its pupils have plans"
    elif sum(c.weight for c in kept) < rule["least_weight"]:
        found = "The authority's figures hold too little of what the index is made of"
    else:
        return
    raise NoComparison(
        found,
        "a score is a comparison with the authority",
        remedy="Ask the authority for the table that the codebook calls reference.",
    )


def _counts(school: School, asked: Asked) -> dict[str, list[Counted] | Withheld]:
    years = len(asked.years)
    found = {key: attempt(counted, school, key, term=asked.term, years=years) for key in COMPONENTS}
    late = attempt(nine_to_eleven, school, term=asked.term, years=years)
    return {**found, LATE: late}


def _as(key: str, of: Counts, references: Mapping[str, Expected]) -> str:
    """Follow pupils with plans from Year 9 to Year 11 where there are enough of them."""
    late = of[LATE]
    enough = not isinstance(late, Withheld) and len(late) >= _FEWEST_LEAVERS
    return LATE if key == "stay" and enough and LATE in references else key


def _shown(found: list[Counted] | Withheld) -> list[Counted]:
    return [] if isinstance(found, Withheld) else found


def _children(found: list[Counted] | Withheld) -> Children:
    children: Children = {}
    for child in _shown(found):
        count, total = children.get(child.pupil_id, (0.0, 0.0))
        children[child.pupil_id] = count + child.part, total + child.whole
    return children


def _unshown(name: str, of: Counts, references: Mapping[str, Expected]) -> float:
    """Count consultations that are missing beyond chance; what is not shown is not positive."""
    shown, roll = of[name], of["access"]
    if name != "welcome" or isinstance(shown, Withheld) or isinstance(roll, Withheld):
        return 0.0
    _, least, years = least_consultations(references["welcome"], references["access"], roll)
    return float(max(least - sum(one.year in years for one in shown), 0.0))


def _held(
    found: list[Counted] | Withheld, key: str, last: Mapping[str, float], asked: Asked
) -> float:
    """Give the score of what a school holds back, nan where it holds nothing back."""
    if not isinstance(found, Withheld):
        return np.nan
    lowest = float(asked.scale.score(ndtri(rules()["missing"]["withheld_percentile"])))
    return min(lowest, last.get(key, lowest))
