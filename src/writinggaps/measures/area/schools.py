"""Every school of the area: each year, all years together, and whether it stands out.

Schools are not ranked: most differences between two schools of a class or two are chance. A school
stands out when its figure for all years together would come from a school like the others once in
five hundred times or less, for every count that its published percentages can stand for.
"""

from __future__ import annotations

from dataclasses import replace

from scipy.special import bdtr, bdtrc

from writinggaps.measures.area.place import Area, Row, figure, standard_of
from writinggaps.measures.area.published import PublishedShare, together
from writinggaps.problems import NotPublished
from writinggaps.results import Constant, Label, Number, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["AreaSchool", "AreaSchools", "SchoolGap", "SchoolYear", "area_schools"]

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
class SchoolGap:
    """Disadvantaged pupils of a school beside the others, years with both figures together."""

    disadvantaged: PublishedShare
    others: PublishedShare
    years: Number

    @property
    def estimate(self) -> float:
        """Share of disadvantaged pupils less share of the others: negative when behind."""
        return self.disadvantaged.estimate - self.others.estimate

    @property
    def low(self) -> float:
        """Lower end of Newcombe's interval (his method 10)."""
        d, o = self.disadvantaged, self.others
        return float(
            self.estimate - ((d.estimate - d.low) ** 2 + (o.high - o.estimate) ** 2) ** 0.5
        )

    @property
    def high(self) -> float:
        """Upper end of Newcombe's interval."""
        d, o = self.disadvantaged, self.others
        return float(
            self.estimate + ((d.high - d.estimate) ** 2 + (o.estimate - o.low) ** 2) ** 0.5
        )


@result
class AreaSchool:
    """One school.

    `standing` is `above`, `below` or `within` what the mainstream schools' common share and chance
    would give; special schools and schools without a figure have none.
    """

    name: Label
    urn: Label
    laestab: Label
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
        """Give the schools that stand `above` or `below`, the furthest from the limit first."""
        found = [row for row in self.rows if row.standing == where]
        return tuple(sorted(found, key=lambda row: -abs(self.distance(row))))

    def distance(self, row: AreaSchool) -> float:
        """Give how far a school is from the common share, in standard errors of its size."""
        if isinstance(row.pooled, Withheld):
            return 0.0
        p = self.common.estimate
        return float((row.pooled.estimate - p) / (p * (1 - p) / row.pooled.n) ** 0.5)

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
        academy; its name and URN are the latest.

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
        rows=tuple(sorted(judged, key=lambda s: (s.name.casefold(), s.laestab))),
        common=common,
    )


def _school(rows: list[Row], standard: str) -> AreaSchool:
    latest = rows[-1]
    years = tuple(
        SchoolYear(year_ending=row.year_ending, share=figure(row, standard)) for row in rows
    )
    return AreaSchool(
        name=latest.name,
        urn=latest.urn,
        laestab=latest.laestab,
        school_type=latest.school_type,
        standing="",
        years=years,
        pooled=attempt(together, [year.share for year in years]),
        gap=attempt(_gap, rows, standard),
    )


def _gap(rows: list[Row], standard: str) -> SchoolGap:
    pairs = [
        (
            figure(row, f"{standard}_disadvantaged", "disadvantaged"),
            figure(row, f"{standard}_others", "others"),
        )
        for row in rows
    ]
    both = [pair for pair in pairs if not any(isinstance(f, Withheld) for f in pair)]
    if not both:
        raise NotPublished("No year's figures were published for both groups")
    return SchoolGap(
        disadvantaged=together(d for d, _ in both),
        others=together(o for _, o in both),
        years=len(both),
    )


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
