"""Eight areas of a school's own review, beside the index and never inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.estimates.shares import Share, share
from writinggaps.measures.inclusion.facts import rules
from writinggaps.problems import NoRecords
from writinggaps.readers.terms import Term
from writinggaps.results import Label, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from writinggaps.readers.school import School

__all__ = ["Area", "SelfReview", "self_review"]


@result
class Area:
    """One area: how many of those who answered put it in the upper half of the scale."""

    label: Label
    agreed: Share | Withheld


@result
class SelfReview:
    """What the school's own surveys say of eight areas."""

    period: Label
    areas: tuple[Area, ...]


def self_review(school: School, *, term: str) -> SelfReview:
    """Count what surveys up to the end of a term say of eight areas.

    Parameters
    ----------
    school : School
        With surveys whose questions are the areas of `inclusion.toml`, word for word, and whose
        scale is written as 1-5.
    term : str
        Up to whose end; of each area the last date counts.
    """
    told = tuple(
        Area(label=area, agreed=attempt(_agreed, school, area, term))
        for area in rules()["review"]["areas"]
    )
    return SelfReview(period=term, areas=told)


def _agreed(school: School, area: str, term: str) -> Share:
    rows = school.table("surveys")
    rows = rows[rows["question"].str.casefold().eq(area.casefold())]
    rows = rows[rows["date"].le(pd.Timestamp(Term.parse(term).end))]
    rows = rows[rows["date"].eq(rows["date"].max())]
    ends = rows["scale"].str.extract(r"^(\d+)\D+(\d+)$").astype(float)
    given = pd.to_numeric(rows["answer"], errors="coerce")
    kept = given.notna() & ends.notna().all(axis=1)
    if not kept.any():
        raise NoRecords("No survey asked about this area")
    return share(int((given > ends.mean(axis=1))[kept].sum()), int(kept.sum()))
