"""What would only look like inclusion, and what a reader must look at beside the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.estimates.shares import Share, share, share_difference
from writinggaps.measures.inclusion.cohort import back, rolls
from writinggaps.measures.inclusion.counts import counted
from writinggaps.measures.inclusion.facts import Asked, asked_of, expected_of
from writinggaps.measures.inclusion.phase import shown
from writinggaps.measures.inclusion.reference import least_consultations
from writinggaps.problems import NoRecords
from writinggaps.results import Constant, Label, Labels, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writinggaps.readers.school import School

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
    days = [roll for year, roll in sorted(found.items()) if year >= back(asked.years[0], 1)]
    nothing = Withheld(reason="no_records", found="No census is of these years")
    return Beside(
        label=label,
        answers=attempt(_answers, school, asked),
        usual=usual,
        least=least,
        joined=attempt(_joined, found, asked),
        first=_support(days[0]) if days else nothing,
        last=_support(days[-1]) if days else nothing,
        away=attempt(_away, school, asked),
        places=_places(days[-1]) if days else nothing,
    )


def _usual(school: School, asked: Asked) -> tuple[float | None, float | None]:
    expected = [expected_of(key, school, asked) for key in ("welcome", "access")]
    roll = attempt(counted, school, "access", term=asked.term, years=len(asked.years))
    if expected[0] is None or expected[1] is None or isinstance(roll, Withheld):
        return None, None
    return least_consultations(expected[0], expected[1], roll)[:2]


def _answers(school: School, asked: Asked) -> Share:
    rows = counted(school, "welcome", term=asked.term, years=len(asked.years))
    return share(int(rows["count"].sum()), len(rows))


def _joined(found: dict[str, pd.DataFrame], asked: Asked) -> Share:
    before: set[str] = set()
    came = []
    for year, roll in sorted(found.items()):
        new = roll[~roll["pupil_id"].isin(before)]
        came += [new] if before and year in asked.years else []
        before |= set(roll["pupil_id"])
    if not came:
        raise NoRecords("One census does not say who came")
    every = pd.concat(came)
    return share(int(every["sen_provision"].eq("E").sum()), len(every))


def _support(roll: pd.DataFrame) -> Share:
    return share(int(roll["sen_provision"].eq("K").sum()), len(roll))


def _places(roll: pd.DataFrame) -> Share:
    taken = roll["resourced_place"].fillna(value=False) if "resourced_place" in roll else ()
    return share(int(sum(taken)), len(roll))


def _away(school: School, asked: Asked) -> Share:
    rows = counted(school, "present", term=asked.term, years=len(asked.years))
    half = rows.loc[rows["count"].ge(_HALF * rows["total"]), "pupil_id"]
    return share(half.nunique(), rows["pupil_id"].nunique())
