"""The schools of a trust side by side: who is at the expected standard, and what is only chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.estimates.funnel import places
from writinggaps.estimates.shrinkage import BetaPrior, fit_beta
from writinggaps.findings import Finding
from writinggaps.measures.trust.claims import COHORTS, STANDING, claims
from writinggaps.measures.trust.records import AT_EXPECTED, BY_YEAR, EVERYBODY, shares, years
from writinggaps.problems import NoRecords
from writinggaps.results import Label, Number, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Cohort", "SchoolRow", "Standing", "TrustSchools", "YearGroup", "trust_schools"]


@result
class YearGroup:
    """One year group, by school."""

    label: Label
    schools: Breakdown | Withheld


@result
class Standing:
    """Where a school stands beside the others: `above`, `below`, `within` chance, or not compared.

    Not compared, with an empty word, are schools none of whose year groups another school has.
    """

    name: Label
    where: Label


@result
class Cohort:
    """The oldest year group that was judged, last school year and this one.

    `moved` is `up`, `down`, or empty where the difference is within what chance gives.
    """

    name: Label
    who: Label
    moved: Label
    before: Share | Withheld
    after: Share | Withheld
    before_period: Label
    after_period: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """A compared school: its share, the same drawn towards the others', and its possible places."""

    name: str
    share: Share
    where: str
    drawn: float
    low: float
    high: float
    best: int
    worst: int


@result
class TrustSchools:
    """Every school's share at the expected standard, in all and by year group.

    `asked` is how many comparisons the whole trust report makes.
    """

    measure: Label
    period: Label
    schools: Breakdown
    years: tuple[YearGroup, ...]
    standing: tuple[Standing, ...]
    cohorts: tuple[Cohort, ...]
    asked: Number

    @property
    def compared(self) -> dict[str, Share]:
        """The schools that are compared and may be shown, by name."""
        can = {row.name for row in self.standing if row.where}
        given = self.schools.shares.items()
        return {name: s for name, s in given if name in can and isinstance(s, Share)}

    @property
    def prior(self) -> BetaPrior | Withheld:
        """How much the compared schools differ beyond chance."""
        given = self.compared.values()
        return attempt(fit_beta, [s.count for s in given], [s.n for s in given])

    @property
    def rows(self) -> tuple[SchoolRow, ...]:
        """The compared schools, the highest drawn share first; empty with fewer than three."""
        found, prior = self.compared, self.prior
        if isinstance(prior, Withheld):
            return ()
        counts, n = [s.count for s in found.values()], [s.n for s in found.values()]
        drawn, ends = prior.posterior(counts, n), prior.interval(counts, n, level=0.95)
        wide = [replace(s, level=1 - 0.05 / len(found)) for s in found.values()]
        ranked = places([s.low for s in wide], [s.high for s in wide])
        where = {row.name: row.where for row in self.standing}
        rows = [
            SchoolRow(name=name, share=s, where=where[name], drawn=float(d), low=float(e[0]),
                      high=float(e[1]), best=r[0], worst=r[1])
            for (name, s), d, e, r in zip(found.items(), drawn, ends, ranked, strict=True)
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (-row.drawn, -row.share.estimate, row.name)))

    def standing_out(self, where: str) -> tuple[str, ...]:
        """Name the schools that stand `above` or `below`, of those that may be shown."""
        found = self.compared
        return tuple(row.name for row in self.standing if row.where == where and row.name in found)


def trust_schools(found: Sequence[Finding], *, term: str, standards: Standards) -> TrustSchools:
    """Set the schools' shares at the expected standard side by side.

    Parameters
    ----------
    found : sequence of records
        Exact findings of all schools' reports.
    term : str
        Of the report.
    standards : Standards
        How many claims may be false.

    Raises
    ------
    NoRecords
        If no school's report said who is at the expected standard.
    """
    given = shares(found, AT_EXPECTED)
    if not given:
        raise NoRecords(
            "No school's report says who is at the expected standard", "judgements are needed"
        )
    held = claims(found, rules=standards.trust)
    schools = list(dict.fromkeys(school for school, _ in given))
    groups = sorted({group for _, group in given if group != EVERYBODY}, key=_age)
    inside = {s: [g for g in groups if (s, g) in given] for s in schools}
    beside = {s: any(_others(given, s, g) for g in inside[s]) for s in schools}
    words = {1: "above", 0: "within", -1: "below"}
    return TrustSchools(
        measure=next(r.measure for r in found if r.question == AT_EXPECTED),
        period=term,
        schools=_by_school(given, {s: _all_of(given, s, inside[s]) for s in schools}),
        years=tuple(
            YearGroup(
                label=g, schools=_by_school(given, {s: [g] for s in schools if g in inside[s]})
            )
            for g in groups
        ),
        standing=tuple(
            Standing(name=s, where=words[held.where(STANDING, s)] if beside[s] else "")
            for s in schools
        ),
        cohorts=tuple(
            _cohort(place, cohorts, {1: "up", 0: "", -1: "down"}[held.where(COHORTS, *place)])
            for place, cohorts in years(found, BY_YEAR).items()
            if len(cohorts) > 1
        ),
        asked=held.asked,
    )


def _by_school(
    given: Mapping[tuple[str, str], Share], groups: Mapping[str, Sequence[str]]
) -> Breakdown:
    """Give the share of some year groups of each school, and of all of them."""
    parts = {school: _pupils(given, school, of) for school, of in groups.items()}
    return breakdown("school", parts, elsewhere=True)


def _pupils(
    given: Mapping[tuple[str, str], Share], school: str, groups: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Give stand-ins for the pupils of a school's year groups: who counted, and everybody.

    Records hold no pupils. With stand-ins disclosure sees that a school's total and the trust's
    are made of the same year groups, and hides what could be worked out from one or the other.
    """
    counted, everybody = [], []
    for group in groups:
        names = [f"{school}/{group}/{i}" for i in range(given[school, group].n)]
        counted += names[: given[school, group].count]
        everybody += names
    return counted, everybody


def _all_of(
    given: Mapping[tuple[str, str], Share], school: str, groups: Sequence[str]
) -> Sequence[str]:
    """Give the year groups that make up the school; where some are not told, the school itself."""
    whole = given.get((school, EVERYBODY))
    parts = sum(given[school, group].n for group in groups)
    return groups if whole is None or whole.n == parts else [EVERYBODY]


def _others(given: Mapping[tuple[str, str], Share], school: str, group: str) -> bool:
    return any(s != school and g == group for s, g in given)


def _cohort(place: tuple[str, str], cohorts: Mapping[str, Share], moved: str) -> Cohort:
    (before_period, before), (after_period, after) = list(cohorts.items())[-2:]
    return Cohort(
        name=place[0],
        who=place[1],
        moved=moved,
        before=before,
        after=after,
        before_period=before_period,
        after_period=after_period,
    )


def _age(label: str) -> int:
    """Order year groups by age: Reception, Year 1, ..."""
    digits = "".join(sign for sign in label if sign.isdigit())
    return int(digits) if digits else 0
