"""Is it one or two pupils?"""

from __future__ import annotations

import numpy as np

from writinggaps.estimates.influence import two_pupils
from writinggaps.estimates.within import within
from writinggaps.measures.gaps.compared import one_scale
from writinggaps.measures.gaps.groups import group_of, large_enough, split
from writinggaps.measures.gaps.results import Influence
from writinggaps.readers.judged import judged
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Standards

__all__ = ["influence"]


def influence(
    school: School, *, by: str, term: str, standards: Standards, statements: int | None = None
) -> Influence:
    """Say whether a gap is one or two pupils, beside what typical cohorts of that size show.

    A share at a standard cannot be carried by two pupils more in one cohort than in another of its
    size; so this asks for scores on one scale.

    Parameters
    ----------
    school : School
        With judgements on one scale in the term.
    by : str
        `disadvantaged`, `sen`, `sex` or `eal`.
    term : str
        Such as `2025-26-autumn`.
    standards : Standards
        How rare it must be.
    statements : int, optional
        How many gaps the report asks this about; as in the standards when not given.

    Returns
    -------
    Influence
        In points of the scale within year groups; negative when the group is behind.

    Raises
    ------
    NoRecords
        If there are no judgements on one scale.
    TooFewPupils
        If a group is smaller than the standards ask for.
    """
    measure, group = one_scale(school, standards, [term]), group_of(by)
    rows = judged(school, measure, term=term)
    kept, first = split(rows[rows["score"].notna()], by)
    large_enough(first, by, standards.gap, of=f"with a score in {Term.parse(term).spoken}")
    scores = within(
        kept["score"].to_numpy(dtype=float), first, kept["year_group"].to_numpy(dtype=int)
    )
    found = two_pupils(scores[first], scores[~first])
    places = np.concatenate([np.flatnonzero(first), np.flatnonzero(~first)])
    gone = abs(found.estimate - found.without) >= standards.influence.part * abs(found.estimate)
    rare = (1 - standards.influence.typical_share) / (statements or standards.gap.statements)
    return Influence(
        by=by,
        group_name=group.name,
        others_name=group.others_name,
        measure=measure.label,
        period=term,
        estimate=found.estimate,
        without=found.without,
        typical_without=found.typical_without,
        chance=found.chance,
        carried=gone and found.chance < rare,
        decided=found.estimate * found.without <= 0,
        n_group=int(first.sum()),
        n_others=int((~first).sum()),
        pupils=tuple(str(kept["pupil_id"].iloc[places[p]]) for p in found.left_out),
    )
