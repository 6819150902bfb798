"""Scores as they come -> clean arrays, with what was left out and why.

Every estimate takes its pupils through here, so that blanks, text, infinities, unequal pairs,
pupils listed twice and groups in which everybody has the same score are met once and in the same
words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress
from numbers import Real
from typing import TypeAlias

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Vector
from writinggaps.problems import BadArgument, NotPublished, TooFewPupils
from writinggaps.results import Constant, Count, Label, Labels, Tally, result

__all__ = [
    "Compared",
    "Dropped",
    "Scores",
    "Summary",
    "enough",
    "listwise",
    "numbers",
    "same",
    "summarise",
    "summarised",
    "vector",
]

_ROUNDING = 1e-10


@result
class Dropped:
    """How many pupils were left out for one reason."""

    reason: Label
    count: Tally


@result
class Compared:
    """What every comparison of two roles says of itself, whatever it is measured in."""

    measure: Label
    n: Count
    n_taught: Count
    n_comparison: Count | None = None
    dropped: tuple[Dropped, ...] = ()
    design: Label = "two separate groups"
    method: Label
    roles: Labels = ("taught", "comparison")
    level: Constant = 0.95

    def leader(self, ahead: float) -> str:
        """Name the role that is ahead: the first if `ahead` is positive, `neither` if it is 0."""
        return "neither" if ahead == 0 else self.roles[0 if ahead > 0 else 1]


@dataclass(frozen=True, slots=True)
class Summary:
    """A group as a publication gives it: how many pupils, their mean and standard deviation.

    Effects and ratio gains take this in the place of pupils' scores. `sd` is the sample standard
    deviation (divided by n - 1), and nan where the publication gives none.

    Examples
    --------
    >>> Summary(n=50, mean=103.0, sd=5.5).mean
    103.0
    """

    n: int
    mean: float
    sd: float = float("nan")
    dropped: tuple[Dropped, ...] = ()
    values: Vector | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not np.isfinite(self.mean) or np.isinf(self.sd) or self.sd < 0:
            raise BadArgument(
                f"A group was summarised by a mean of {self.mean} and an SD of {self.sd}",
                "a mean, and a standard deviation that is not negative",
            )


Scores: TypeAlias = Iterable[float] | Summary
"""One score per pupil, or a published summary of them."""


def numbers(values: Iterable[float], who: str) -> Vector:
    """Give values as floats, blanks as nan.

    Parameters
    ----------
    values : iterable of float
        One per pupil; None, nan and NA are blanks.
    who : str
        What the values are, to begin an error message with: "The comparison group".

    Raises
    ------
    BadArgument
        If a value is text, a date, true or false, or infinite, or if there are several columns.

    Examples
    --------
    >>> numbers([14, None, 16.5], "The taught group").tolist()
    [14.0, nan, 16.5]
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise BadArgument(f"{who} is a {type(values).__name__}", "a list of scores is needed")
    if getattr(values, "ndim", 1) != 1:
        raise BadArgument(f"{who} has several columns", "one score per pupil is needed")
    column = pd.Series(values if hasattr(values, "dtype") else list(values))
    if column.dtype == object:
        column = _from_objects(column)
    if column.dtype.kind not in "iuf":
        raise BadArgument(f"{who} holds text, dates or true/false", "scores must be numbers")
    found: Vector = column.to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isinf(found).any():
        raise BadArgument(f"{who} holds an infinite score", "scores must be numbers")
    return found


def vector(values: Iterable[float], who: str) -> tuple[Vector, tuple[Dropped, ...]]:
    """Give the scores of one group without blanks, and how many blanks were dropped.

    Examples
    --------
    >>> vector([14, None, 16.5], "The taught group")
    (array([14. , 16.5]), (Dropped(reason='no score', count=1),))
    """
    found = numbers(values, who)
    blank = np.isnan(found)
    return found[~blank], _dropped({"no score": int(blank.sum())})


def listwise(
    columns: Mapping[str, Iterable[float]], pupils: Iterable[object] | None = None
) -> tuple[list[Vector], tuple[Dropped, ...]]:
    """Give several scores of the same pupils, without those who lack any of them.

    Parameters
    ----------
    columns : mapping of str to iterable of float
        Scores by what they are ("pre-test"); the nth of each belongs to the nth pupil.
    pupils : iterable, optional
        Whose scores they are, to make sure that nobody is there twice.

    Returns
    -------
    columns : list of array
        All of one length.
    dropped : tuple of Dropped
        One per combination of missing scores.

    Raises
    ------
    BadArgument
        If lengths differ, if two pandas columns are indexed differently (so that pairs would be
        made of different pupils), or if a pupil is listed twice.

    Examples
    --------
    >>> listwise({"pre-test": [18, None, 15], "post-test": [27, 29, None]})[1]
    (Dropped(reason='no post-test', count=1), Dropped(reason='no pre-test', count=1))
    """
    columns = {
        name: values if hasattr(values, "__len__") else list(values)
        for name, values in columns.items()
    }
    found = [numbers(values, f"The {name}") for name, values in columns.items()]
    _check_pairs(list(columns.values()), [len(v) for v in found], list(columns))
    _check_pupils(pupils, len(found[0]))
    blank = np.isnan(np.column_stack(found))
    gaps: dict[str, int] = {}
    for row in blank[blank.any(axis=1)]:
        reason = " and ".join(f"no {name}" for name in compress(columns, row))
        gaps[reason] = gaps.get(reason, 0) + 1
    return [values[~blank.any(axis=1)] for values in found], _dropped(gaps)


def same(values: Vector, of: Vector | None = None) -> bool:
    """Say whether values are all the same but for rounding, relative to the size of `of`.

    Shares such as 0.7 have a standard deviation of 1e-16 in floating point; dividing by that makes
    an effect of rounding noise.

    Examples
    --------
    >>> same(np.array([0.7, 0.1 + 0.6, 0.7]))
    True
    """
    size = np.abs(values if of is None else of)
    return len(values) == 0 or bool(np.ptp(values) <= _ROUNDING * size.max(initial=0.0))


def enough(n: int, needed: int, who: str, measure: str) -> None:
    """Raise TooFewPupils if a group has fewer than `needed` scores."""
    if n < needed:
        pupils = "1 pupil" if n == 1 else f"{n} pupils"
        raise TooFewPupils(
            f"{who} has {pupils} with a score",
            f"{measure} needs at least {needed}",
            remedy="Check for blank scores, or report the pupils individually.",
        )


def summarise(values: Scores, who: str, measure: str, *, needed: int = 2) -> Summary:
    """Give a group's n, mean and standard deviation; exactly 0 where all scores are the same.

    Raises
    ------
    TooFewPupils
        If fewer than `needed` have a score.
    NotPublished
        If `values` is a summary without a standard deviation.

    Examples
    --------
    >>> summarise([0.7, 0.1 + 0.6, None], "The taught group", "Hedges' g").sd
    0.0
    """
    if isinstance(values, Summary):
        enough(values.n, needed, who, measure)
        if np.isnan(values.sd):
            raise NotPublished(f"{who} has no published SD", f"{measure} divides by it")
        return values
    found, dropped = vector(values, who)
    enough(len(found), needed, who, measure)
    return summarised(found, dropped)


def summarised(values: Vector, dropped: tuple[Dropped, ...] = ()) -> Summary:
    """Give n, mean and standard deviation of clean scores; exactly 0 where all are the same."""
    sd = 0.0 if same(values) else float(values.std(ddof=1))
    return Summary(n=len(values), mean=float(values.mean()), sd=sd, dropped=dropped, values=values)


def _from_objects(column: pd.Series) -> pd.Series:
    kept = column[column.notna()]
    real = all(isinstance(v, Real | Decimal) and not isinstance(v, bool) for v in kept)
    return kept.astype(float).reindex(column.index) if real else column


def _check_pairs(columns: list[Iterable[float]], lengths: list[int], names: list[str]) -> None:
    if len(set(lengths)) > 1:
        found = " and ".join(f"{n} for the {name}" for n, name in zip(lengths, names, strict=True))
        raise BadArgument(f"The scores are not pairs: {found}", "one of each for every pupil")
    indexed = [c for c in columns if isinstance(c, pd.Series)]
    if any(not c.index.equals(indexed[0].index) for c in indexed):
        raise BadArgument(
            "The columns list different pupils, or the same in another order",
            "columns with one index",
            remedy="Take both from one table, merged on pupil_id.",
        )


def _check_pupils(pupils: Iterable[object] | None, n: int) -> None:
    if pupils is None:
        return
    ids = pd.Series(list(pupils))
    if len(ids) != n:
        raise BadArgument(f"There are {len(ids)} pupils but {n} scores", "one of each")
    twice = int(ids[ids.duplicated()].nunique(dropna=False))
    if twice:
        listed = "1 pupil is" if twice == 1 else f"{twice} pupils are"
        raise BadArgument(
            f"{listed} listed more than once",
            "each pupil counts once",
            remedy="Keep one row per pupil, for instance the latest test.",
        )


def _dropped(counts: Mapping[str, int]) -> tuple[Dropped, ...]:
    return tuple(Dropped(reason=r, count=n) for r, n in sorted(counts.items()) if n)
