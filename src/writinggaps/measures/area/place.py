"""Which rows of the published tables are about an area, and what their percentages stand for.

Percentages were rounded before they were published: 82% of 60 pupils stands for 49 of them, because
only 49 of 60 rounds to it; 82% of 240 pupils stands for 196 or 197. Sometimes no count gives the
percentage, because a few pupils were left out of it; then the counts on both sides are taken.
The interval runs from Wilson's lower end for the fewest to his upper end for the most, so that what
rounding hides is never taken for knowledge.

These figures are official statistics that anybody can download, so they are `Number` and
`Constant`: every edition shows them as they were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import pandas as pd

from writinggaps.estimates import share
from writinggaps.problems import BadArgument, DifferentTests, NotPublished, hint
from writinggaps.readers.ks2_tables import Ks2Tables, framework, why_missing
from writinggaps.results import Constant, Number, result
from writinggaps.withheld import Withheld

__all__ = [
    "Area",
    "OfYears",
    "PublishedShare",
    "Row",
    "alike",
    "area_of",
    "figure",
    "period",
    "published_share",
    "standard_of",
    "together",
]

_SLACK = 1e-9
Row = Any
"""A row of the tidy tables, as `itertuples` gives it."""

_STANDARDS = {"expected": "the expected standard", "greater_depth": "greater depth"}
"""The two standards of writing that are published, as words say them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One local authority's rows.

    Parameters
    ----------
    la_code, name : str
        Three digits, and the name that the authority's own row gives (its code without one).
    tables : Ks2Tables
        All that was read.
    rows : DataFrame
        The area's schools, one row per school and year.
    """

    la_code: str
    name: str
    tables: Ks2Tables
    rows: pd.DataFrame

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which the school years end, oldest first."""
        return self.tables.years

    def each(self, year: int) -> Iterator[Row]:
        """Yield the schools of one year."""
        yield from self.rows[self.rows["year_ending"] == year].itertuples()

    def summary(self, level: str, year: int) -> Row | None:
        """Give the published row of the authority (`la`) or of England (`england`), if any."""
        rows = self.tables.rows
        found = rows[(rows["level"] == level) & (rows["year_ending"] == year)]
        if level == "la":
            found = found[found["la_code"] == self.la_code]
        return next(found.itertuples(), None)


def area_of(tables: Ks2Tables, area: str = "") -> Area:
    """Choose an area.

    Parameters
    ----------
    tables : Ks2Tables
        As read.
    area : str, optional
        Local authority, by its three digits or its name; not needed where the files hold one.

    Raises
    ------
    BadArgument
        If the files hold no such area, or several and none was named.
    """
    rows = tables.rows
    codes = sorted(set(rows.loc[rows["level"] == "school", "la_code"]))
    named = rows[rows["level"] == "la"].set_index("la_code")["name"]
    names = {code: str(named[named.index == code].iloc[-1]) for code in named.index}
    wanted = [c for c in codes if area in ("", c) or area.casefold() == names.get(c, "").casefold()]
    if len(wanted) != 1:
        known = [*codes, *names.values()]
        raise BadArgument(
            f"The area '{area}' is not one of the {len(codes)} in the files"
            if area
            else f"The files hold {len(codes)} areas and none was named",
            "a local authority's three digits or its name",
            remedy=hint(area, known) if area else "",
        )
    schools = rows[(rows["level"] == "school") & (rows["la_code"] == wanted[0])]
    return Area(
        la_code=wanted[0], name=names.get(wanted[0], wanted[0]), tables=tables, rows=schools
    )


def standard_of(name: str) -> str:
    """Give a standard in words.

    Raises
    ------
    BadArgument
        If it is neither `expected` nor `greater_depth`.
    """
    if name not in _STANDARDS:
        raise BadArgument(f"The tables hold no standard '{name}'", "", "", hint(name, _STANDARDS))
    return _STANDARDS[name]


def figure(row: Row, percent: str, pupils: str = "eligible") -> PublishedShare | Withheld:
    """Rebuild a row's share, or say why it was not published."""
    for name in (pupils, percent):
        code = getattr(row, f"{name}_reason")
        if code:
            return Withheld(reason="not_published", found=f"The figure is {why_missing(code)}")
    return published_share(getattr(row, percent), int(getattr(row, pupils)))


def period(year_ending: int) -> str:
    """Name a school year by the calendar year in which it ends.

    Examples
    --------
    >>> period(2019)
    '2018-19'
    """
    return f"{year_ending - 1}-{year_ending % 100:02d}"


def alike(years: Iterable[int]) -> list[int]:
    """Give the years that were judged by the framework of the last one: two or more of them.

    Raises
    ------
    DifferentTests
        If it is the only one.
    """
    given = list(years)
    found = [year for year in given if framework(year) == framework(given[-1])]
    if len(found) == 1:
        raise DifferentTests(
            "In the last year of these files writing was judged by a new framework",
            "a change needs years judged by the same framework",
        )
    return found


class OfYears:
    """A result of several years that is told by its latest."""

    __slots__ = ()
    years: tuple[Any, ...]

    @property
    def latest(self) -> Any:
        """The latest year."""
        return self.years[-1]

    @property
    def estimate(self) -> float:
        """Of the latest year."""
        return float(self.latest.told.estimate)

    @property
    def low(self) -> float:
        """Lower end of its interval."""
        return float(self.latest.told.low)

    @property
    def high(self) -> float:
        """Upper end of its interval."""
        return float(self.latest.told.high)

    @property
    def n(self) -> int:
        """Pupils behind it."""
        return int(self.latest.told.n)

    @property
    def period(self) -> str:
        """The latest school year."""
        return str(self.latest.period)


@result
class PublishedShare:
    """A published percentage of so many pupils, and the counts that it can stand for."""

    percent: Constant
    fewest: Number
    most: Number
    n: Number
    level: Constant = 0.95

    @property
    def estimate(self) -> float:
        """The share, between 0 and 1."""
        return self.percent / 100

    @property
    def low(self) -> float:
        """Lower end of Wilson's interval for the fewest pupils that it can stand for."""
        return share(self.fewest, self.n, level=self.level).low

    @property
    def high(self) -> float:
        """Upper end of Wilson's interval for the most pupils that it can stand for."""
        return share(self.most, self.n, level=self.level).high

    @property
    def count(self) -> int:
        """Pupils, as near as the percentage tells."""
        return round(self.estimate * self.n)


def published_share(percent: float, n: int, *, level: float = 0.95) -> PublishedShare:
    """Rebuild a share from a published percentage.

    Parameters
    ----------
    percent : float
        Between 0 and 100, as published: rounded to a whole number or to one decimal.
    n : int
        Pupils of whom it is a percentage.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Examples
    --------
    >>> published_share(82, 60).count
    49
    >>> large = published_share(81, 240)
    >>> large.fewest, large.most
    (194, 195)
    """
    half = 0.5 if float(percent).is_integer() else 0.05
    fewest = ceil((percent - half) * n / 100 - _SLACK)
    most = floor((percent + half) * n / 100 + _SLACK)
    if fewest > most:
        fewest, most = floor(percent * n / 100), ceil(percent * n / 100)
    return PublishedShare(
        percent=float(percent), fewest=max(fewest, 0), most=min(most, n), n=int(n), level=level
    )


def together(shares: Iterable[PublishedShare | Withheld]) -> PublishedShare:
    """Put shares of separate groups of pupils together, each weighing as many as it has pupils.

    Those that were not published are left out.

    Raises
    ------
    NotPublished
        If none was published.

    Examples
    --------
    >>> both = together([published_share(50, 10), published_share(80, 20)])
    >>> both.percent, both.n
    (70.0, 30)
    """
    given = [s for s in shares if not isinstance(s, Withheld)]
    if not given:
        raise NotPublished("No figure was published")
    n = sum(s.n for s in given)
    return PublishedShare(
        percent=sum(s.percent * s.n for s in given) / n,
        fewest=sum(s.fewest for s in given),
        most=sum(s.most for s in given),
        n=n,
        level=given[0].level,
    )
