"""What a school's figure is held against: England's and its authority's, or why there is none."""

from __future__ import annotations

from writinggaps.official import Official, measures_published, official_series
from writinggaps.problems import MixedReleases, NotPublished
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import result
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "GROUPS",
    "SO_FAR",
    "ByStatus",
    "Yardsticks",
    "absence",
    "by_status",
    "carried",
    "yardsticks",
]

_PHASES = {"primary": "primary", "secondary": "secondary", "all-through": "all"}
SO_FAR = "absence_rate_to_date"
GROUPS = ("ehcp", "sen_support", "no_sen")
"""Groups of official figures, in the order of the statuses."""


@result
class Yardsticks:
    """Official figures for the same thing; neither is a target."""

    england: Official | Withheld
    authority: Official | Withheld


@result
class ByStatus:
    """England's figures by SEN status, of one release and year."""

    ehcp: Official
    sen_support: Official
    no_sen: Official

    @property
    def three(self) -> tuple[Official, Official, Official]:
        """In the order of the statuses."""
        return self.ehcp, self.sen_support, self.no_sen


def yardsticks(school: School, measure: str, *, term: str) -> Yardsticks:
    """Give the latest official figures up to a school year, for all pupils of the phase."""
    return Yardsticks(
        england=attempt(_latest, school, measure, "all", term, ""),
        authority=attempt(_authority, school, measure, term),
    )


def absence(school: School, *, term: str) -> Yardsticks:
    """Give absence of the school year so far where it was imported, else of the last whole year."""
    if SO_FAR in measures_published():
        found = yardsticks(school, SO_FAR, term=term)
        england, asked = found.england, Term.parse(term).year_ending
        if isinstance(england, Official) and england.year_ending == asked:
            return found
    return yardsticks(school, "absence_rate", term=term)


def by_status(school: School, measure: str, *, term: str) -> ByStatus:
    """Give England's latest figures by SEN status up to a school year.

    Figures by SEN status are carried for all phases together where the phase has none.

    Raises
    ------
    NotPublished
        If one of the three is not carried, or they are not of one year.
    """
    own = attempt(_three, school, measure, term, own_phase=True)
    if not isinstance(own, Withheld):
        return own
    found = attempt(_three, school, measure, term, own_phase=False)
    if isinstance(found, Withheld):
        raise NotPublished(own.found)
    return found


def carried(school: School, measure: str, *, term: str) -> tuple[Official, ...]:
    """Give England's latest figures by SEN status that are carried, else that of all pupils."""
    for groups in (GROUPS, ("all",)):
        told = [attempt(_latest, school, measure, group, term, "") for group in groups]
        found = [figure for figure in told if isinstance(figure, Official)]
        if found:
            last = max(found, key=lambda figure: figure.year_ending)
            return tuple(
                f for f in found if (f.year_ending, f.version) == (last.year_ending, last.version)
            )
    return ()


def _three(school: School, measure: str, term: str, *, own_phase: bool) -> ByStatus:
    each = [_latest(school, measure, group, term, "", own_phase=own_phase) for group in GROUPS]
    if len({(f.year_ending, f.version) for f in each}) > 1:
        raise MixedReleases("Figures by SEN status are of different years")
    return ByStatus(ehcp=each[0], sen_support=each[1], no_sen=each[2])


def _authority(school: School, measure: str, term: str) -> Official:
    if not school.la_code:
        raise NotPublished("The school's settings name no local authority")
    found = attempt(_latest, school, measure, "all", term, school.la_code)
    if isinstance(found, Withheld):
        raise NotPublished("No figure is carried for the school's local authority")
    return found


def _latest(
    school: School, measure: str, group: str, term: str, la_code: str, *, own_phase: bool = True
) -> Official:
    if school.phase not in _PHASES:
        raise NotPublished(f"No official figure is carried for {school.phase} schools")
    phase = _PHASES[school.phase] if own_phase else "all"
    series = official_series(measure, group=group, phase=phase, la_code=la_code)
    known = [f for f in series if f.year_ending <= Term.parse(term).year_ending]
    if not known:
        raise NotPublished("No official figure is carried for a year so early")
    return known[-1]
