"""Who was on roll, in which year group, class and groups."""

from __future__ import annotations

import pandas as pd

from writinggaps.problems import BadArgument, NoRecords, hint
from writinggaps.readers.groups import GROUPS
from writinggaps.readers.judged import year_groups
from writinggaps.readers.kept import kept
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term

__all__ = ["NOT_RECORDED", "group_labels", "on_roll", "until", "year_label"]

NOT_RECORDED = "not recorded"


@kept
def on_roll(school: School, term: str) -> pd.DataFrame:
    """Give the pupils who were on roll at the end of a term, in the year groups of that term.

    Pupils who leave in the last weeks of a term, as Year 6 does in July, were on roll in it. Blank
    joining dates mean always, blank leaving dates mean still.

    Raises
    ------
    NoRecords
        If nobody was on roll.
    """
    pupils, asked = school.pupils, Term.parse(term)
    here = pd.Series(data=True, index=pupils.index)
    if "joined" in pupils:
        here &= ~(pupils["joined"] > pd.Timestamp(asked.end))
    if "left" in pupils:
        here &= ~(pupils["left"] < pd.Timestamp(asked.closes))
    if not here.any():
        raise NoRecords(
            f"Nobody was on roll at the end of {Term.parse(term).spoken}",
            "pupils have to be on roll",
        )
    if "year_group" in pupils:
        pupils = pupils.assign(year_group=year_groups(school, term))
    return pupils[here].reset_index(drop=True)


def until(table: pd.DataFrame, term: str) -> pd.DataFrame:
    """Give the rows of a table dated up to the end of a term."""
    return table[table["date"] <= pd.Timestamp(Term.parse(term).end)]


def group_labels(pupils: pd.DataFrame, by: str) -> pd.Series:
    """Name the part of the school that each pupil is in, in the order for reading.

    Parameters
    ----------
    pupils : DataFrame
        Rows with the column that `by` is told by.
    by : str
        `year_group`, `class`, or one of `GROUPS`.

    Returns
    -------
    Series
        Ordered categories; pupils without a value are "not recorded".

    Examples
    --------
    >>> group_labels(pd.DataFrame({"year_group": [4, 0]}), "year_group").tolist()
    ['Year 4', 'Reception']
    """
    if by not in (*GROUPS, "year_group", "class"):
        raise BadArgument(
            f"Pupils cannot be grouped by '{by}'",
            "",
            "",
            hint(by, [*GROUPS, "year_group", "class"]),
        )
    group = GROUPS.get(by)
    values = pupils[group.column if group else by]
    known = [] if group else sorted(values.dropna().unique())
    named = {v: year_label(v) if by == "year_group" else str(v) for v in known}
    names = dict(group.labels) if group else named
    labels = values.map(names).astype(object).where(values.notna(), NOT_RECORDED)
    return pd.Series(
        pd.Categorical(labels, [*names.values(), NOT_RECORDED], ordered=True), index=pupils.index
    )


def year_label(year_group: int) -> str:
    """Name a year group.

    Examples
    --------
    >>> year_label(0), year_label(4)
    ('Reception', 'Year 4')
    """
    return "Reception" if year_group == 0 else f"Year {year_group}"
