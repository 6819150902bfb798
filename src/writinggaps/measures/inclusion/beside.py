"""What would only look like inclusion, and what a reader must look at beside the index."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from writinggaps.estimates.shares import Share, share, share_difference
from writinggaps.measures.inclusion.cohort import Roll, back, resourced, rolls
from writinggaps.measures.inclusion.counts import counted
from writinggaps.measures.inclusion.facts import Asked, asked_of, expected_of
from writinggaps.measures.inclusion.phase import shown
from writinggaps.measures.inclusion.reference import least_consultations
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.results import Constant, Label, Labels, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["Appearances", "Beside", "appearances"]

_HALF = 0.5
_MOSTLY, _SOME = 0.75, 5


@result
class Beside:
    """What stands beside one school's index.

    Parameters
    ----------
    answers : Share
        Consultations answered positively.
    usual, least : float or None
        How often a school of its size is asked, and the fewest that may well be right.
    joined : Share
        Of the pupils who came in these years, those who came with a plan.
    first, last : Share
        On SEN Support, at the census before these years, or their first, and at the last.
    away : Share
        Of the pupils with SEN, those who missed at least half of their sessions in a year.
    places : Share
        Pupils in resourced places, which *places for pupils with plans* leaves out.
    """

    label: Label
    answers: Share | Withheld
    usual: Constant | None
    least: Constant | None
    joined: Share | Withheld
    first: Share | Withheld
    last: Share | Withheld
    away: Share | Withheld
    places: Share | Withheld

    @property
    def on_paper(self) -> bool:
        """Whether most consultations were answered positively and nobody with a plan came."""
        if isinstance(self.answers, Withheld) or isinstance(self.joined, Withheld):
            return False
        many = self.answers.count >= max(_SOME, _MOSTLY * self.answers.n)
        return many and not self.joined.count

    @property
    def few(self) -> bool:
        """Whether fewer consultations are shown than there must have been."""
        if isinstance(self.answers, Withheld):
            return bool(self.least) and self.answers.reason == "too_few_pupils"
        return self.least is not None and self.answers.n < self.least

    @property
    def grew(self) -> bool:
        """Whether the register grew faster than the roll, beyond chance."""
        if isinstance(self.first, Withheld) or isinstance(self.last, Withheld):
            return False
        return share_difference(self.last, self.first).low > 0


@result
class Appearances:
    """What stands beside the index of each school."""

    period: Label
    years: Labels
    schools: tuple[Beside, ...]


def appearances(
    schools: Sequence[School],
    reference: pd.DataFrame | None = None,
    *,
    term: str,
    own: str = "",
    named: bool = False,
) -> Appearances:
    """Set beside each school's index what tells inclusion from looking inclusive.

    Parameters
    ----------
    schools, reference, term, own, named
        As for `inclusion_index`.

    Returns
    -------
    Appearances
        Of the schools that are named; nothing of it is part of the index.
    """
    asked = asked_of(schools, reference, term)
    return Appearances(
        period=term,
        years=asked.years,
        schools=tuple(_beside(s.name, s, asked) for s in shown(schools, own, named)),
    )


def _beside(label: str, school: School, asked: Asked) -> Beside:
    usual, least = _usual(school, asked)
    census = attempt(rolls, school, asked.term)
    found = {} if isinstance(census, Withheld) else census
    days = [year for year in found if year >= back(asked.years[0], 1)]
    nothing = Withheld(reason="no_records", found="No census is of these years")
    return Beside(
        label=label,
        answers=attempt(_answers, school, asked),
        usual=usual,
        least=least,
        joined=attempt(_joined, found, asked),
        first=_with("K", found[days[0]].values()) if days else nothing,
        last=_with("K", found[days[-1]].values()) if days else nothing,
        away=attempt(_away, school, asked),
        places=_places(school, asked.term, days[-1]) if days else nothing,
    )


def _usual(school: School, asked: Asked) -> tuple[float | None, float | None]:
    expected = [expected_of(key, school, asked) for key in ("welcome", "access")]
    roll = attempt(counted, school, "access", term=asked.term, years=len(asked.years))
    if expected[0] is None or expected[1] is None or isinstance(roll, Withheld):
        return None, None
    return least_consultations(expected[0], expected[1], roll)[:2]


def _answers(school: School, asked: Asked) -> Share:
    rows = counted(school, "welcome", term=asked.term, years=len(asked.years))
    return share(int(sum(one.part for one in rows)), len(rows))


def _joined(found: dict[str, Roll], asked: Asked) -> Share:
    before: set[str] = set()
    came: list[list[str]] = []
    for year, roll in found.items():
        new = [status for pupil, status in roll.items() if pupil not in before]
        came += [new] if before and year in asked.years else []
        before |= roll.keys()
    if not came:
        raise NoRecords("One census does not say who came")
    return _with("E", [status for new in came for status in new])


def _with(status: str, found: Collection[str]) -> Share:
    return share(sum(one == status for one in found), len(found))


def _places(school: School, term: str, year: str) -> Share:
    return share(len(resourced(school, term)[year]), len(rolls(school, term)[year]))


def _away(school: School, asked: Asked) -> Share:
    rows = counted(school, "present", term=asked.term, years=len(asked.years))
    half = {child.pupil_id for child in rows if child.part >= _HALF * child.whole}
    return share(len(half), len({child.pupil_id for child in rows}))
