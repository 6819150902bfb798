"""What a school can be told without its authority's figures: the parts, counted, and no score."""

from __future__ import annotations

import pandas as pd

from writinggaps.measures.inclusion.cohort import rules, window
from writinggaps.measures.inclusion.counts import COMPONENTS, counted
from writinggaps.measures.inclusion.facts import asked_of, enough, expected_of
from writinggaps.problems import NoComparison, NoRecords
from writinggaps.readers.school import School
from writinggaps.results import Count, Label, Labels, Percentage, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["OwnPart", "OwnParts", "OwnRow", "own_part", "own_parts"]


@result
class OwnPart:
    """One part: `count` of `n` children or consultations, or a percentage of sessions missed."""

    n: Count
    count: Count | None
    percent: Percentage | None


@result
class OwnRow:
    """One part by name, whether or not it may be told."""

    label: Label
    part: OwnPart | Withheld


@result
class OwnParts:
    """The parts of the index in one school. They are not compared with anything."""

    period: Label
    years: Labels
    rows: tuple[OwnRow, ...]


def own_parts(school: School, reference: pd.DataFrame | None = None, *, term: str) -> OwnParts:
    """Count the parts of the index in one school for which there is no index.

    Parameters
    ----------
    school : School
        With whichever tables it has.
    reference : DataFrame, optional
        As for `inclusion_index`.
    term : str
        Up to whose end is counted, three years together.

    Returns
    -------
    OwnParts
        Children are counted once for each year in which they were there.

    Raises
    ------
    NoComparison
        If the authority's figures are there: the index then says more.

    Examples
    --------
    >>> import pandas as pd
    >>> from writinggaps.readers import School
    >>> rows = pd.DataFrame({"pupil_id": ["1", "2"], "sen_provision": ["E", "N"],
    ...                      "date": pd.Timestamp("2026-01-15")})
    >>> pupils = pd.DataFrame({"pupil_id": ["1", "2"], "year_group": 4})
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "census": rows})
    >>> found = own_parts(school, term="2025-26-summer")
    >>> found.rows[0].part.count, found.rows[0].part.n
    (1, 2)
    """
    asked, years = asked_of([school], reference, term), rules()["years"]["pooled"]
    known = [c for c in asked.components if expected_of(c.key, school, asked) is not None]
    if not isinstance(attempt(enough, tuple(known)), Withheld):
        raise NoComparison("The authority's figures are there: the index says more")
    rows = tuple(OwnRow(label=k, part=attempt(own_part, school, k, term)) for k in COMPONENTS)
    return OwnParts(period=term, years=window(term, years), rows=rows)


def own_part(school: School, key: str, term: str) -> OwnPart:
    """Count one part as it is, children once for each year.

    Raises
    ------
    NoRecords
        If there is nothing to count.
    """
    found = counted(school, key, term=term, years=rules()["years"]["pooled"])
    if not found:
        raise NoRecords("There was nothing to count in these years")
    count = sum(child.part for child in found)
    if key == "present":
        percent = 100 * count / sum(child.whole for child in found)
        n = len({child.pupil_id for child in found})
        return OwnPart(n=n, count=None, percent=percent)
    return OwnPart(n=len(found), count=int(count), percent=None)
