"""The area as a whole, year by year: rebuilt from its schools, beside what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.area.place import Area, figure, standard_of
from writinggaps.measures.area.published import PublishedShare, together
from writinggaps.readers.ks2_tables import framework
from writinggaps.results import Constant, Label, Number, result
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AreaShares", "AreaYear", "area_shares"]


@result
class AreaYear:
    """One year: the schools' figures put together, and the published rows beside them.

    `eligible` counts all the schools' pupils, also those of schools whose figure is suppressed;
    `published` and `england` are the percentages of the authority's row and of the row for
    England's state-funded schools.
    """

    year_ending: Number
    framework: Label
    schools: Number
    rebuilt: PublishedShare
    eligible: Number
    published: Constant | None
    published_eligible: Number | None
    england: Constant | None

    @property
    def period(self) -> str:
        """The school year: `2018-19`."""
        return f"{self.year_ending - 1}-{self.year_ending % 100:02d}"


@result
class AreaShares:
    """The area's share at a standard, oldest year first, and all years together."""

    place: Label
    standard: Label
    years: tuple[AreaYear, ...]
    pooled: PublishedShare

    @property
    def latest(self) -> AreaYear:
        """The last year."""
        return self.years[-1]

    @property
    def estimate(self) -> float:
        """The share of the last year, between 0 and 1."""
        return self.latest.rebuilt.estimate

    @property
    def low(self) -> float:
        """Lower end of its interval."""
        return self.latest.rebuilt.low

    @property
    def high(self) -> float:
        """Upper end of its interval."""
        return self.latest.rebuilt.high

    @property
    def n(self) -> int:
        """Pupils of the last year whose schools' figures were published."""
        return self.latest.rebuilt.n

    @property
    def period(self) -> str:
        """The last school year."""
        return self.latest.period

    @property
    def frameworks(self) -> tuple[str, ...]:
        """By what writing was judged, in order of time."""
        return tuple(dict.fromkeys(year.framework for year in self.years))


def area_shares(area: Area, standard: str = "expected") -> AreaShares:
    """Put the schools' published figures together, and lay the published summary beside them.

    Parameters
    ----------
    area : Area
        From `area_of`.
    standard : str, optional
        `expected` or `greater_depth`.

    Returns
    -------
    AreaShares
        Each school weighs as many as it has eligible pupils.

    Raises
    ------
    NotPublished
        If no school of a year has a figure.
    """
    said = standard_of(standard)
    years = tuple(_year(area, year, standard) for year in area.years)
    return AreaShares(
        place=area.name,
        standard=said,
        years=years,
        pooled=together(year.rebuilt for year in years),
    )


def _year(area: Area, year: int, standard: str) -> AreaYear:
    schools = list(area.each(year))
    figures = [figure(row, standard) for row in schools]
    la, england = area.summary("la", year), area.summary("england", year)
    return AreaYear(
        year_ending=year,
        framework=framework(year),
        schools=_given(figures),
        rebuilt=together(figures),
        eligible=int(sum(row.eligible for row in schools if not row.eligible_reason)),
        published=getattr(la, standard, None),
        published_eligible=None if la is None else int(la.eligible),
        england=getattr(england, standard, None),
    )


def _given(figures: Iterable[PublishedShare | Withheld]) -> int:
    return sum(not isinstance(f, Withheld) for f in figures)
