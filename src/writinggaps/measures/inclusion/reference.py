"""What a school is compared with: the figures of its authority, without the school itself.

The table `reference` names a component as `included`, `included.secondary` or
`included.secondary.ehcp`. The most special name that is there is used; where both `ehcp` and
`support` are there, what is expected of a school follows its own mix of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import nbinom

from writinggaps.estimates.index import without
from writinggaps.readers.schema import default

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from writinggaps.readers.school import School

__all__ = [
    "ELSEWHERE",
    "Expected",
    "expected",
    "least_consultations",
    "rate_elsewhere",
    "reference_of",
]

ELSEWHERE = "england"
"""The `la_code` of rows that hold a national figure: another reference to choose."""
_STATUSES = ("ehcp", "support")


class Expected:
    """The reference's figures of one component and phase, by status where it has them."""

    def __init__(self, rows: Mapping[str, pd.DataFrame]) -> None:
        self.rows = rows

    @property
    def rate(self) -> float:
        """The rate of the whole reference, every school included."""
        every = pd.concat(self.rows.values())
        return float(every["count"].sum() / every["total"].sum())

    @property
    def source(self) -> str:
        """Where the figures are from."""
        every = pd.concat(self.rows.values())
        return str(every["source"].dropna().iloc[0]) if every["source"].notna().any() else ""

    def of(self, own: pd.DataFrame) -> float:
        """Give the rate that is expected of a school with these children.

        Parameters
        ----------
        own : DataFrame
            As `counted` gives.

        Raises
        ------
        NoComparison
            If the reference holds no other school.
        """
        rates, mix = [], []
        for status, rows in self.rows.items():
            mine = own[own["status"].eq(status)] if status else own
            same = mine[mine["year"].isin(rows["year"])]
            known = rows[rows["year"].isin(mine["year"])] if len(same) else rows
            sums = (known["count"].sum(), known["total"].sum())
            rates.append(float(without(*sums, same["count"].sum(), same["total"].sum())))
            mix.append(float(mine["total"].sum() if len(own) else rows["total"].sum()))
        return float(np.average(rates, weights=mix if sum(mix) else None))


def reference_of(schools: Sequence[School], given: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the reference table: the one given, or those of the schools without what is doubled."""
    tables = [s.tables["reference"] for s in schools if "reference" in s.tables]
    found = [given] if given is not None else tables
    if not found:
        return pd.DataFrame(columns=["la_code", "component", "year", "count", "total", "source"])
    rows = pd.concat(found).drop_duplicates(["la_code", "component", "year"])
    if "source" not in rows:
        rows = rows.assign(source=None)
    return rows.dropna(subset=["count", "total"])


def expected(
    reference: pd.DataFrame,
    component: str,
    *,
    la_code: str,
    phase: str,
    years: Sequence[str],
    by_status: bool,
) -> Expected | None:
    """Find the reference's figures of a component; None where it has none.

    Examples
    --------
    >>> rows = pd.DataFrame({"la_code": "000", "component": ["stay", "stay.primary"],
    ...                      "year": "2025-26", "count": [50, 20], "total": [1000, 600],
    ...                      "source": "invented"})
    >>> asked = {"la_code": "000", "years": ["2025-26"], "by_status": False}
    >>> expected(rows, "stay", phase="secondary", **asked).rate
    0.05
    >>> expected(rows, "access", phase="secondary", **asked) is None
    True
    """
    here = reference[reference["la_code"].eq(la_code) & reference["year"].isin(years)]
    for name in (f"{component}.{phase}", component):
        parts = {s: here[here["component"].eq(f"{name}.{s}")] for s in _STATUSES}
        if by_status and all(len(rows) for rows in parts.values()):
            return Expected(parts)
        whole = here[here["component"].eq(name)]
        if len(whole):
            return Expected({"": whole})
    return None


def rate_elsewhere(
    reference: pd.DataFrame, component: str, here: Expected, *, phase: str, years: Sequence[str]
) -> float:
    """Give how far a national rate is from this one, in log odds; 0 where there is none."""
    there = expected(
        reference, component, la_code=ELSEWHERE, phase=phase, years=years, by_status=False
    )
    if there is None:
        return 0.0
    odds = [e.rate / (1 - e.rate) for e in (there, here)]
    return float(np.log(odds[0] / odds[1]))


def least_consultations(
    asked: Expected, rolled: Expected, roll: pd.DataFrame
) -> tuple[float, float, list[str]]:
    """Give how often a school of this size is asked, and the fewest that may well be right.

    Parameters
    ----------
    asked, rolled : Expected
        The authority's consultations, and its pupils on roll.
    roll : DataFrame
        The school's own pupils, as `counted` gives them.

    Returns
    -------
    usual, least : float
        Consultations.
    years : list of str
        Those that the authority counted.
    """
    rule = default("inclusion.toml")["missing"]
    told = [pd.concat(found.rows.values()) for found in (asked, rolled)]
    years = sorted(set(told[0]["year"]) & set(told[1]["year"]) & set(roll["year"]))
    sums = [rows.loc[rows["year"].isin(years), "total"].sum() for rows in (*told, roll)]
    usual = float(sums[0] / sums[1] * sums[2]) if sums[1] else 0.0
    shape = 1 / rule["consultations_differ"] ** 2
    chance = rule["consultations_chance"]
    least = nbinom.ppf(chance, shape, shape / (shape + usual)) if usual else 0.0
    return usual, float(least), years
