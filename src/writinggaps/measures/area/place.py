"""Which rows of the published tables are about an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from writinggaps.measures.area.published import PublishedShare, published_share
from writinggaps.problems import BadArgument, hint
from writinggaps.readers.ks2_tables import Ks2Tables, why_missing
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["STANDARDS", "Area", "Row", "area_of", "figure", "standard_of"]

Row = Any
"""A row of the tidy tables, as `itertuples` gives it."""

STANDARDS = {"expected": "the expected standard", "greater_depth": "greater depth"}
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
    if name not in STANDARDS:
        raise BadArgument(f"The tables hold no standard '{name}'", "", "", hint(name, STANDARDS))
    return STANDARDS[name]


def figure(row: Row, percent: str, pupils: str = "eligible") -> PublishedShare | Withheld:
    """Rebuild a row's share, or say why it was not published."""
    for name in (pupils, percent):
        code = getattr(row, f"{name}_reason")
        if code:
            return Withheld(reason="not_published", found=f"The figure is {why_missing(code)}")
    return published_share(getattr(row, percent), int(getattr(row, pupils)))
