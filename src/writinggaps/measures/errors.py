"""Which errors have become habits, and which habits have stopped?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.readers.roll import on_roll, until, year_label
from writinggaps.readers.school import School
from writinggaps.results import Label, PupilIds, StaffLabels, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Habit", "HabitualErrors", "habits", "habitual_errors"]

_KEYS = ["pupil_id", "kind", "item"]


@result
class Habit:
    """One error that is, or was, a habit of some pupils of the school.

    `since` is the month of its first occurrence among them, `last` that of its last.
    `year_groups` lists every year group in which any of them is, and so is for staff.
    """

    label: Label
    kind: Label
    since: Label
    last: Label
    year_groups: StaffLabels
    pupils: Share | Withheld


@result
class HabitualErrors:
    """Habits of a school's pupils, those of most pupils first, and habits that stopped."""

    period: Label
    pupils: Share | Withheld
    habits: tuple[Habit, ...]
    stopped: tuple[Habit, ...]
    habit_pupils: PupilIds


def habits(school: School, *, term: str, standards: Standards) -> pd.DataFrame:
    """Give every habit of every pupil on roll.

    An error is a habit when it came back as often, in as many pieces and over as many weeks as the
    rule `habitual` says. It has stopped when the pupil has since written as many pieces, for as
    many weeks, without it as the rule `stopped` says.

    Parameters
    ----------
    school : School
        With writing_errors; with pieces too, or no habit can be said to have stopped.
    term : str
        What was written up to its end counts.
    standards : Standards
        With the two rules.

    Returns
    -------
    DataFrame
        One row per pupil and error: pupil_id, year_group, class, kind, item, repeats, pieces,
        first, last, stopped.

    Raises
    ------
    NoRecords
        If the school keeps no writing errors.
    """
    rules = standards.for_phase(school.phase)
    errors = until(school.table("writing_errors"), term)
    place = errors["piece"].where(errors["piece"].notna(), errors["date"].astype(str))
    grouped = errors.assign(place=place).groupby(_KEYS)
    found = grouped.agg(
        repeats=("date", "size"),
        pieces=("place", "nunique"),
        first=("date", "min"),
        last=("date", "max"),
    ).reset_index()
    rule = rules.habitual
    found = found[
        found["repeats"].ge(rule.repeats)
        & found["pieces"].ge(rule.pieces)
        & (found["last"] - found["first"]).ge(pd.Timedelta(weeks=rule.over_weeks))
    ]
    roll = on_roll(school, term).reindex(columns=["pupil_id", "year_group", "class"])
    found = found.merge(roll, on="pupil_id").reset_index(drop=True)
    return found.assign(stopped=_stopped(found, school, term, standards))


def habitual_errors(
    school: School, *, term: str, standards: Standards, count: int = 10
) -> HabitualErrors:
    """Say which errors have become habits, of how many pupils, and which have stopped.

    Parameters
    ----------
    school, term, standards
        As for `habits`.
    count : int, optional
        The most errors to give in each list.
    """
    found = habits(school, term=term, standards=standards)
    now, roll = found[~found["stopped"]], on_roll(school, term)["pupil_id"]
    ids = tuple(sorted(now["pupil_id"].unique()))
    return HabitualErrors(
        period=term,
        pupils=attempt(share, ids, roll),
        habits=_most(now, roll, count),
        stopped=_most(found[found["stopped"]], roll, count),
        habit_pupils=ids,
    )


def _stopped(found: pd.DataFrame, school: School, term: str, standards: Standards) -> pd.Series:
    rule = standards.for_phase(school.phase).stopped
    pieces = school.tables.get("pieces")
    if pieces is None or found.empty:
        return pd.Series(data=False, index=found.index)
    written = until(pieces, term)[["pupil_id", "date"]]
    later = found[["pupil_id", "last"]].reset_index().merge(written, on="pupil_id")
    dates = later[later["date"] > later["last"]].groupby("index")["date"].agg(["size", "max"])
    dates = dates.reindex(found.index)
    weeks = (dates["max"] - found["last"]).ge(pd.Timedelta(weeks=rule.weeks_without))
    return dates["size"].ge(rule.pieces_without) & weeks


def _most(found: pd.DataFrame, roll: pd.Series, count: int) -> tuple[Habit, ...]:
    grouped = found.groupby(["kind", "item"], sort=True)
    size = grouped["pupil_id"].size().sort_values(ascending=False, kind="stable")
    return tuple(_habit(grouped.get_group(key), roll) for key in size.head(count).index)


def _habit(rows: pd.DataFrame, roll: pd.Series) -> Habit:
    years = sorted(rows["year_group"].dropna().unique())
    return Habit(
        label=str(rows["item"].iloc[0]),
        kind=str(rows["kind"].iloc[0]),
        since=f"{rows['first'].min():%B %Y}",
        last=f"{rows['last'].max():%B %Y}",
        year_groups=tuple(year_label(int(y)) for y in years),
        pupils=attempt(share, rows["pupil_id"], roll),
    )
