"""Is it one or two pupils? Attendance and suspensions, set beside typical groups of that size."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.influence import two_pupils
from writinggaps.measures.send.attendance import attended
from writinggaps.measures.send.behaviour import suspended_pupils
from writinggaps.measures.send.status import FEWEST, comparable, sides
from writinggaps.problems import TooFewPupils
from writinggaps.readers.school import School
from writinggaps.results import Answer, Count, Label, PupilIds, PValue, StaffScore, result
from writinggaps.standards import Standards

__all__ = ["SenInfluence", "send_influence"]

_UNITS = {"attendance": "percentage points", "suspensions": "suspensions for a hundred pupils"}
_STATEMENTS = 2
_TYPICAL = 20


@result
class SenInfluence:
    """The gap between pupils with and without SEN, with and without those who count most.

    `chance` is the share of typical groups of the same size in which one or two pupils count for as
    much; `most_goes` says whether most of the gap goes with them, and `carried` whether that is so
    rare, too, that the figure is theirs. `behind` says whether pupils with SEN miss more, or are
    suspended more often; how much is for staff, as it would tell what one or two did.
    """

    question: Label
    unit: Label
    period: Label
    behind: Answer
    estimate: StaffScore
    without: StaffScore
    typical_without: StaffScore
    chance: PValue
    most_goes: Answer
    carried: Answer
    n_group: Count
    n_others: Count
    pupils: PupilIds

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return self.n_group + self.n_others


def send_influence(
    school: School,
    question: Literal["attendance", "suspensions"],
    *,
    term: str,
    standards: Standards,
) -> SenInfluence:
    """Say whether a gap is one or two pupils.

    Parameters
    ----------
    school : School
        With attendance, or with suspensions.
    question : str
        `attendance` of this school year, or `suspensions` of three.
    term : str
        Up to when.
    standards : Standards
        How rare it must be, and how much must go.

    Returns
    -------
    SenInfluence
        Typical groups are drawn from this school's pupils without SEN, spread as widely as the
        middle half of those with SEN: sessions missed and suspensions come in a few pupils
        everywhere, so no bell curve would do.

    Raises
    ------
    TooFewPupils
        If there are fewer than four pupils with SEN, or twenty without.
    NoSpread
        If everybody has the same.
    """
    rows = _values(school, question, term)
    group, others = sides(rows)
    comparable(len(group), len(others))
    if len(group) < FEWEST or len(others) < _TYPICAL:
        raise TooFewPupils(
            "There are too few pupils, with or without SEN, to say whether it is one or two",
            f"at least {FEWEST} with and {_TYPICAL} without SEN are needed",
            "",
            "Talk about these pupils one by one instead.",
        )
    values = [part["value"].to_numpy(dtype=float) for part in (group, others)]
    found = two_pupils(*values, reference=_typical(*values))
    part = abs(found.estimate - found.without) >= standards.influence.part * abs(found.estimate)
    rare = (1 - standards.influence.typical_share) / _STATEMENTS
    who = [*group["pupil_id"], *others["pupil_id"]]
    return SenInfluence(
        question=question,
        unit=_UNITS[question],
        period=term,
        behind=(found.estimate > 0) == (question == "suspensions"),
        estimate=found.estimate,
        without=found.without,
        typical_without=found.typical_without,
        chance=found.chance,
        most_goes=part,
        carried=part and found.chance < rare,
        n_group=len(group),
        n_others=len(others),
        pupils=tuple(str(who[place]) for place in found.left_out),
    )


def _typical(group: Array, others: Array) -> Array:
    spreads = [float(np.subtract(*np.percentile(v, [75, 25]))) for v in (group, others)]
    scale = spreads[0] / spreads[1] if min(spreads) > 0 else 1.0
    return np.asarray(scale * (others - others.mean()))


def _values(school: School, question: str, term: str) -> pd.DataFrame:
    if question == "attendance":
        rows = attended(school, term)
        return rows.assign(value=rows["percent"])
    rows = suspended_pupils(school, term)
    return rows.assign(value=100 * rows["events"])
