"""From schools' tables to the arrays that the index is estimated from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from writinggaps.estimates.index import Choices, Component, Facts, Scale
from writinggaps.measures.inclusion.counts import COMPONENTS, counted, nine_to_eleven, window
from writinggaps.measures.inclusion.reference import Expected, expected, rate_elsewhere
from writinggaps.problems import NoComparison
from writinggaps.readers.schema import default
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from writinggaps.readers.school import School

__all__ = ["Asked", "Gathered", "components", "gather", "rules"]

_SAME_CHILD = ("access", "included")
"""Components in which a child is counted once a year, and says the same thing each time."""
LATE = "stay911"
"""The mission's own measure for secondary schools, which replaces `stay` where it can."""
_FEWEST_LEAVERS = 5


@cache
def rules() -> dict[str, Any]:
    """Give what the index is made of."""
    return default("inclusion.toml")


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
    """Of when, against what, and with which settings."""

    term: str
    reference: pd.DataFrame
    components: tuple[Component, ...]
    draws: int
    choices: Choices

    @property
    def years(self) -> tuple[str, ...]:
        """The school years taken together."""
        return window(self.term, rules()["years"]["pooled"])

    @property
    def scale(self) -> Scale:
        """What spreads become."""
        return Scale(**{k: v for k, v in rules()["scale"].items() if k != "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Schools of one phase and authority, ready to be scored.

    `known` are the components that the reference has; `counts` are each school's tables.
    """

    schools: tuple[School, ...]
    known: tuple[Component, ...]
    references: Mapping[str, Expected]
    counts: tuple[Mapping[str, pd.DataFrame | Withheld], ...]
    facts: Facts


def gather(schools: Sequence[School], asked: Asked) -> Gathered:
    """Count everything, and find what is expected of each school.

    Raises
    ------
    NoComparison
        If the authority's figures lack what the index cannot do without.
    """
    keys = (*(c.key for c in asked.components), LATE)
    references = {key: _expected(key, schools[0], asked) for key in keys}
    known = {key: found for key, found in references.items() if found is not None}
    kept = tuple(c for c in asked.components if c.key in known)
    _enough(kept)
    weight = sum(c.weight for c in kept)
    kept = tuple(
        Component(key=c.key, weight=c.weight / weight, spread=c.spread, way=c.way, cap=c.cap)
        for c in kept
    )
    counts = tuple(_counts(school, asked) for school in schools)
    return Gathered(
        schools=tuple(schools),
        known=kept,
        references=known,
        counts=counts,
        facts=_facts(schools, counts, kept, known, asked),
    )


def _expected(key: str, school: School, asked: Asked) -> Expected | None:
    return expected(
        asked.reference,
        key,
        la_code=school.la_code,
        phase=school.phase,
        years=asked.years,
        by_status=key != LATE and rules()["components"][key]["status"],
    )


def _enough(kept: tuple[Component, ...]) -> None:
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


def _counts(school: School, asked: Asked) -> dict[str, pd.DataFrame | Withheld]:
    years = len(asked.years)
    found = {key: attempt(counted, school, key, term=asked.term, years=years) for key in COMPONENTS}
    late = attempt(nine_to_eleven, school, term=asked.term, years=years)
    return {**found, LATE: late}


def _counted_as(
    key: str, of: Mapping[str, pd.DataFrame | Withheld], references: Mapping[str, Expected]
) -> str:
    """Follow pupils with plans from Year 9 to Year 11 where there are enough of them."""
    late = of[LATE]
    enough = not isinstance(late, Withheld) and len(late) >= _FEWEST_LEAVERS
    return LATE if key == "stay" and enough and LATE in references else key


def _facts(
    schools: Sequence[School],
    counts: Sequence[Mapping[str, pd.DataFrame | Withheld]],
    kept: tuple[Component, ...],
    references: Mapping[str, Expected],
    asked: Asked,
) -> Facts:
    shape = (len(schools), len(kept))
    tables = {name: np.zeros(shape) for name in ("counts", "totals", "worth", "expected")}
    held = np.full(shape, np.nan)
    lowest = asked.scale.score(ndtri(rules()["missing"]["withheld_percentile"]))
    for row, of in enumerate(counts):
        for column, component in enumerate(kept):
            name = _counted_as(component.key, of, references)
            found = of[name]
            if isinstance(found, Withheld):
                held[row, column] = lowest
                found = _nothing()
            told = _one(name, found, references[name])
            for table, value in zip(tables.values(), told, strict=True):
                table[row, column] = value
    other = [
        rate_elsewhere(
            asked.reference, c.key, references[c.key], phase=schools[0].phase, years=asked.years
        )
        for c in kept
    ]
    return Facts(
        keys=tuple(s.key for s in schools), held_back=held, other=np.array(other), **tables
    )


def _one(key: str, found: pd.DataFrame, reference: Expected) -> tuple[float, float, float, float]:
    """Give count, total, worth and expected rate of one component of one school."""
    count, total = float(found["count"].sum()), float(found["total"].sum())
    rate = reference.of(found)
    return count, total, _worth(key, found, total, rate), rate


def _worth(key: str, found: pd.DataFrame, total: float, rate: float) -> float:
    """Give how many independent children one of `total` tells as much as."""
    if not total:
        return 1.0
    if key in _SAME_CHILD:
        return float(found["pupil_id"].nunique() / total)
    if key == "present":
        each = found.groupby("pupil_id")["total"].sum()
        pupils = float(each.sum() ** 2 / (each**2).sum())
        return float(pupils * rate * (1 - rate) / rules()["pupils"]["absence_sd"] ** 2 / total)
    return 1.0


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {"year": [], "status": [], "pupil_id": [], "count": np.zeros(0), "total": np.zeros(0)}
    )
