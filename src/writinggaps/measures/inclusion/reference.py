"""What a school is compared with: the figures of its authority, without the school itself.

The table `reference` names a component as `included`, `included.secondary` or
`included.secondary.ehcp`. The most special name that is there is used; where both `ehcp` and
`support` are there, what is expected of a school follows its own mix of the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from scipy.stats import nbinom

from writinggaps.estimates.index.scores import without
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.counts import Counted
from writinggaps.readers.school import School

Sums: TypeAlias = "dict[str, tuple[float, float]]"
"""A count and its total, by school year."""

__all__ = ["Expected", "Reference", "least_consultations", "reference_of"]

_STATUSES = ("ehcp", "support")


@dataclass(frozen=True, slots=True)
class Expected:
    """The reference's figures of one component and phase, by status where it has them."""

    rows: Mapping[str, Sums]

    @property
    def rate(self) -> float:
        """The rate of the whole reference, every school included."""
        count, total = _added([_added(list(sums.values())) for sums in self.rows.values()])
        return count / total

    @property
    def totals(self) -> dict[str, float]:
        """How many there were in each school year."""
        years = {year for sums in self.rows.values() for year in sums}
        return {y: sum(s[y][1] for s in self.rows.values() if y in s) for y in sorted(years)}

    def of(self, own: Sequence[Counted]) -> float:
        """Give the rate that is expected of a school with these children.

        Parameters
        ----------
        own : sequence of Counted
            As `counted` gives.

        Raises
        ------
        NoComparison
            If the reference holds no other school.
        """
        mine: dict[str, Sums] = {status: {} for status in self.rows}
        for child in own:
            sums = mine["" if "" in mine else child.status]
            count, total = sums.get(child.year, (0.0, 0.0))
            sums[child.year] = count + child.part, total + child.whole
        rates, mix = [], []
        for status, rows in self.rows.items():
            shared = [year for year in mine[status] if year in rows]
            whole = _added([rows[year] for year in shared or rows])
            rates.append(float(without(*whole, *_added([mine[status][y] for y in shared]))))
            weighed = mine[status] if len(own) else rows
            mix.append(_added(list(weighed.values()))[1])
        return float(np.average(rates, weights=mix if sum(mix) else None))


@dataclass(frozen=True, slots=True)
class Reference:
    """The figures of authorities, by `la_code` and component, and where the first are from."""

    rows: Mapping[tuple[str, str], Sums]
    source: str = ""

    def of(self, la_code: str, component: str, years: Sequence[str]) -> Sums:
        """Give what is known of a component in some years."""
        known = self.rows.get((la_code, component), {})
        return {year: sums for year, sums in known.items() if year in years}

    def expected(
        self, component: str, la_code: str, phase: str, years: Sequence[str], *, by_status: bool
    ) -> Expected | None:
        """Find the figures of a component; None where there are none.

        Examples
        --------
        >>> rows = pd.DataFrame({"la_code": "000", "component": ["stay", "stay.primary"],
        ...                      "year": "2025-26", "count": [50, 20], "total": [1000, 600]})
        >>> asked = "000", "secondary", ["2025-26"]
        >>> reference_of([], rows).expected("stay", *asked, by_status=False).rate
        0.05
        >>> reference_of([], rows).expected("access", *asked, by_status=False) is None
        True
        """
        for name in (f"{component}.{phase}", component):
            parts = {s: self.of(la_code, f"{name}.{s}", years) for s in _STATUSES}
            if by_status and all(parts.values()):
                return Expected(parts)
            whole = self.of(la_code, name, years)
            if whole:
                return Expected({"": whole})
        return None


def reference_of(schools: Sequence[School], given: pd.DataFrame | None = None) -> Reference:
    """Read the reference table: the one given, or those of the schools."""
    tables = [s.tables["reference"] for s in schools if "reference" in s.tables]
    found = [given] if given is not None else tables
    if not found:
        return Reference({})
    told = pd.concat(found).dropna(subset=["count", "total"])
    rows: dict[tuple[str, str], Sums] = {}
    columns = (told[name].tolist() for name in ("la_code", "component", "year", "count", "total"))
    for la_code, component, year, count, total in zip(*columns, strict=True):
        rows.setdefault((la_code, component), {}).setdefault(year, (float(count), float(total)))
    return Reference(rows, next(iter(told["source"].dropna()), "") if "source" in told else "")


def least_consultations(
    asked: Expected, rolled: Expected, roll: Sequence[Counted]
) -> tuple[float, float, list[str]]:
    """Give how often a school of this size is asked, and the fewest that may well be right.

    Parameters
    ----------
    asked, rolled : Expected
        The authority's consultations, and its pupils on roll.
    roll : sequence of Counted
        The school's own pupils, as `counted` gives them.

    Returns
    -------
    usual, least : float
        Consultations.
    years : list of str
        Those that the authority counted.
    """
    rule = rules()["missing"]
    places, pupils = asked.totals, rolled.totals
    own = Counter(child.year for child in roll)
    years = [year for year in places if year in pupils and year in own]
    sums = [sum(table[year] for year in years) for table in (places, pupils, own)]
    usual = float(sums[0] / sums[1] * sums[2]) if sums[1] else 0.0
    shape = 1 / rule["consultations_differ"] ** 2
    chance = rule["consultations_chance"]
    least = nbinom.ppf(chance, shape, shape / (shape + usual)) if usual else 0.0
    return usual, float(least), years


def _added(sums: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(count for count, _ in sums), sum(total for _, total in sums)
