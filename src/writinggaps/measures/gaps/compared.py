"""Two groups of a school with their judgements, as every question about gaps reads them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from writinggaps.estimates import ShareDifference, share, share_difference
from writinggaps.estimates.arrays import Mask
from writinggaps.measures.gaps.groups import group_of, large_enough, split
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Measure, Standards

__all__ = ["one_scale", "points", "two_groups"]


def one_scale(school: School, standards: Standards, terms: Iterable[str]) -> Measure:
    """Give the first measure on one scale on which pupils were scored in all of the terms.

    Raises
    ------
    NoRecords
        If there is none.
    """
    rows, wanted = school.table("judgements"), list(terms)
    for measure in (m for m in standards.measures.values() if m.one_scale):
        held = rows.loc[rows["measure"] == measure.id, "term"].unique()
        if set(wanted) <= set(held):
            return measure
    raise NoRecords(
        "No measure on one scale was used",
        "standard deviations need scores that mean the same in every year group",
        "",
        "Comparative judgement gives such scores.",
    )


def two_groups(
    school: School, measure: Measure, by: str, term: str, standards: Standards
) -> tuple[pd.DataFrame, Mask]:
    """Give the pupils of both groups who were judged in a term, and which are in the first."""
    rows = judged(school, measure, term=term)
    kept, first = split(rows[rows["score"].notna()], by)
    large_enough(first, by, standards.gap, of=f"with a judgement in {Term.parse(term).spoken}")
    return kept, first


def points(rows: pd.DataFrame, first: Mask, by: str) -> ShareDifference:
    """Compare the shares of both groups that reached the expected standard."""
    pupils, found = rows["pupil_id"], group_of(by)
    reached = rows["expected"].to_numpy(dtype=bool)
    return share_difference(
        share(pupils[reached & first], pupils[first]),
        share(pupils[reached & ~first], pupils[~first]),
        group_name=found.name,
        others_name=found.others_name,
    )
