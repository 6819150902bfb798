"""Every school of the area: each year, all years together, and whether it stands out.

Schools are not ranked: most differences between two schools of a class or two are chance. A school
stands out when its figure for all years together would come from a school like the others once in
five hundred times or less, for every count that its published percentages can stand for.
"""

from __future__ import annotations

from dataclasses import replace

from scipy.special import bdtr, bdtrc

from writinggaps.estimates.shares import Difference
from writinggaps.measures.area.place import Area, PublishedShare, Row, figure, standard_of, together
from writinggaps.problems import NotPublished
from writinggaps.results import Constant, Label, Number, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["AreaSchool", "AreaSchools", "SchoolGap", "SchoolYear", "area_schools", "gap_of"]

CLEARLY = 0.998
"""How sure before a school is named: the outer limits that funnel plots are drawn with."""
LIKELY = 0.95
"""The inner limits."""


@result
class SchoolYear:
    """One school's published figure of one year, or why there is none."""

    year_ending: Number
    share: PublishedShare | Withheld


@result
class SchoolGap(Difference):
    """Disadvantaged pupils of a school beside the others, years with both figures together."""

    disadvantaged: PublishedShare
    others: PublishedShare
    years: Number

    @property
    def group(self) -> PublishedShare:
        """The group that is compared with the others."""
        return self.disadvantaged


@result
class AreaSchool:
    """One school.

    `standing` is `above`, `below` or `within` what the mainstream schools' common share and chance
    would give; special schools and schools without a figure have none.
    """

    name: Label
    school_type: Label
    standing: Label
    years: tuple[SchoolYear, ...]
    pooled: PublishedShare | Withheld
    gap: SchoolGap | Withheld


@result
class AreaSchools:
    """All schools in order of their names, with the share that mainstream schools have together."""

    place: Label
    standard: Label
    years: tuple[Number, ...]
    rows: tuple[AreaSchool, ...]
    common: PublishedShare
    level: Constant = CLEARLY

    def standing(self, where: str) -> tuple[AreaSchool, ...]:
        """Give the schools that stand `above` or `below`, in order of their names."""
        return tuple(row for row in self.rows if row.standing == where)

    @property
    def compared(self) -> tuple[AreaSchool, ...]:
        """Mainstream schools with a figure."""
        return tuple(row for row in self.rows if row.standing)

    @property
    def by_chance(self) -> float:
        """How many schools would stand out if all had the same share and only chance differed."""
        return len(self.compared) * (1 - self.level)


def area_schools(area: Area, standard: str = "expected") -> AreaSchools:
    """Give every school's figures, and say which stand out.

    Parameters
    ----------
    area : Area
        From `area_of`.
    standard : str, optional
        `expected` or `greater_depth`.

    Returns
    -------
    AreaSchools
        A school is followed by its number within the authority, which it keeps when it becomes an
        academy; its name is the latest.

    Raises
    ------
    NotPublished
        If no mainstream school has a figure.
    """
    said = standard_of(standard)
    rows: dict[str, list[Row]] = {}
    for year in area.years:
        for row in area.each(year):
            rows.setdefault(row.laestab, []).append(row)
    schools = [_school(found, standard) for found in rows.values()]
    common = together(s.pooled for s in schools if s.school_type == "mainstream")
    judged = [_standing(school, common) for school in schools]
    return AreaSchools(
        place=area.name,
        standard=said,
        years=area.years,
        rows=tuple(sorted(judged, key=lambda s: s.name.casefold())),
        common=common,
    )


def _school(rows: list[Row], standard: str) -> AreaSchool:
    latest = rows[-1]
    years = tuple(
        SchoolYear(year_ending=row.year_ending, share=figure(row, standard)) for row in rows
    )
    return AreaSchool(
        name=latest.name,
        school_type=latest.school_type,
        standing="",
        years=years,
        pooled=attempt(together, [year.share for year in years]),
        gap=attempt(gap_of, *rows, standard=standard),
    )


def gap_of(*rows: Row, standard: str) -> SchoolGap:
    """Put disadvantaged pupils beside the others, from the rows that give both groups' figures.

    Raises
    ------
    NotPublished
        If no row gives both.
    """
    groups = ("disadvantaged", "others")
    pairs = [[figure(row, f"{standard}_{group}", group) for group in groups] for row in rows]
    both = [pair for pair in pairs if not any(isinstance(found, Withheld) for found in pair)]
    if not both:
        raise NotPublished("No year's figures were published for both groups")
    behind, others = (together(pair[side] for pair in both) for side in (0, 1))
    return SchoolGap(disadvantaged=behind, others=others, years=len(both))


def _standing(school: AreaSchool, common: PublishedShare) -> AreaSchool:
    pooled = school.pooled
    if school.school_type != "mainstream" or isinstance(pooled, Withheld):
        return school
    tail = (1 - CLEARLY) / 2
    if bdtr(pooled.most, pooled.n, common.estimate) <= tail:
        return replace(school, standing="below")
    if bdtrc(pooled.fewest - 1, pooled.n, common.estimate) <= tail:
        return replace(school, standing="above")
    return replace(school, standing="within")
