"""What a school can be told without its authority's figures: the parts, counted, and no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.measures.inclusion.counts import COMPONENTS, counted, window
from writinggaps.measures.inclusion.facts import rules
from writinggaps.problems import NoRecords
from writinggaps.results import Count, Label, Labels, Percentage, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from writinggaps.readers.school import School

__all__ = ["OwnPart", "OwnParts", "OwnRow", "own_parts"]


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


def own_parts(school: School, *, term: str) -> OwnParts:
    """Count the parts of the index in one school, three years together.

    Parameters
    ----------
    school : School
        With whichever tables it has.
    term : str
        Up to whose end is counted.

    Returns
    -------
    OwnParts
        Children are counted once for each year in which they were there.

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
    years = rules()["years"]["pooled"]
    rows = tuple(
        OwnRow(label=key, part=attempt(_part, school, key, term, years)) for key in COMPONENTS
    )
    return OwnParts(period=term, years=window(term, years), rows=rows)


def _part(school: School, key: str, term: str, years: int) -> OwnPart:
    found = counted(school, key, term=term, years=years)
    if found.empty:
        raise NoRecords("There was nothing to count in these years")
    if key == "present":
        percent = float(100 * found["count"].sum() / found["total"].sum())
        return OwnPart(n=found["pupil_id"].nunique(), count=None, percent=percent)
    return OwnPart(n=len(found), count=int(found["count"].sum()), percent=None)
