"""How far pupils have come from a starting point: who moved where, and value added.

A starting point is any measure and term: a Reception profile, a phonics check, a school's own
baseline. Codes are an order, not a quantity: they are never averaged. `transitions` counts who went
from which code to which; `value_added` needs scores on both sides whose differences mean something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from writinggaps.estimates.breakdown import SplitBreakdown, split_breakdown
from writinggaps.estimates.pooling import pool, shrunken
from writinggaps.problems import BadArgument, DifferentTests, NoRecords, TooFewPupils
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.roll import group_labels
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, Number, Score, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from writinggaps.readers.school import School
    from writinggaps.standards import Measure, Standards

__all__ = [
    "Part",
    "PartAdded",
    "Transitions",
    "ValueAdded",
    "matched",
    "transitions",
    "value_added",
]

_ENOUGH = 10
_REACH = float(ndtri(0.975))


@result
class Transitions:
    """Where pupils who started at each code are now, by the order of the codes."""

    start_measure: Label
    measure: Label
    since: Label
    period: Label
    moves: SplitBreakdown


@result
class PartAdded:
    """One class or group: how far above what pupils with the same start reached, on average.

    `estimate` is as measured; `drawn` is drawn towards the others by how little so few pupils tell,
    with `low` and `high` its range; where parts differ no more than chance gives, all are drawn to
    the same value.
    """

    n: Count
    estimate: Score
    drawn: Score
    low: Score
    high: Score


@result
class Part:
    """One row: a class or group and what it added."""

    label: Label
    added: PartAdded | Withheld


@result
class ValueAdded:
    """What each part added, beside all pupils with the same starting score.

    `slope` is how many points of the measure one more point at the start comes with.
    """

    by: Label
    start_measure: Label
    measure: Label
    since: Label
    period: Label
    n: Count
    slope: Score
    parts: tuple[Part, ...]
    schools: Number


def matched(
    schools: Iterable[School], measure: Measure, term: str, start: Measure, since: str
) -> pd.DataFrame:
    """Match each pupil's judgement with the starting point, also across schools of a trust.

    Pupils are the same by their UPN, or within a school by their number; for private data only. A
    pupil who is judged in two schools counts once, in the one where the later judgement was made.

    Returns
    -------
    DataFrame
        One row a pupil: the pupil's row now, `score`, `value`, `start_score`, `start_value`.
    """
    before: list[pd.DataFrame] = []
    after: list[pd.DataFrame] = []
    for school in schools:
        for rows, of, when in ((before, start, since), (after, measure, term)):
            found = attempt(judged, school, of, term=when)
            if not isinstance(found, Withheld):
                rows.append(found.assign(person=_person(school, found)))
    if not before or not after:
        missing, when = (start, since) if not before else (measure, term)
        raise NoRecords(f"Nobody was judged on {missing.label} in {Term.parse(when).spoken}")
    was: pd.DataFrame = pd.concat(before).drop_duplicates("person", keep="last")
    was = was.set_index("person")
    now = pd.concat(after).drop_duplicates("person", keep="last")
    now = now[now["person"].isin(was.index)].reset_index(drop=True)
    return now.assign(
        start_score=now["person"].map(was["score"]),
        start_value=now["person"].map(was["value"]),
    ).dropna(subset=["score", "start_score"])


def transitions(
    *schools: School, term: str, since: str, standards: Standards, measure: str, start: str
) -> Transitions:
    """Count where pupils who started at each code are now.

    Parameters
    ----------
    *schools : School
        One, or all of a trust: pupils who moved between them are followed.
    term, since : str
        Now, and the term of the starting point.
    standards : Standards
        With both measures.
    measure, start : str
        Ordinal measures, now and at the start.

    Raises
    ------
    BadArgument
        If a measure is not ordinal.
    NoRecords
        If nobody was judged at one of the times, or nobody at both.
    """
    of, first = measure_of(standards, measure), measure_of(standards, start)
    if "interval" in (of.kind, first.kind):
        raise BadArgument("A measure has scores, not codes", "ordinal measures, at both times")
    rows = matched(schools, of, term, first, since)
    if rows.empty:
        raise NoRecords("Nobody was judged at both times", "the same pupils at both times")
    codes = [code for code in of.order if (rows["value"] == code).any()]
    moves = {
        code: {now: part.loc[part["value"] == now, "person"].tolist() for now in codes}
        for code in first.order
        if not (part := rows[rows["start_value"] == code]).empty
    }
    return Transitions(
        start_measure=first.label,
        measure=of.label,
        since=since,
        period=term,
        moves=split_breakdown("start", moves),
    )


def value_added(
    *schools: School,
    term: str,
    since: str,
    standards: Standards,
    measure: str,
    start: str,
    by: str = "class",
    ordinal_as_points: bool = False,
) -> ValueAdded:
    """Say how far pupils of each class or group are above others with the same starting score.

    Parameters
    ----------
    *schools, term, since, standards, measure, start
        As in `transitions`, with scores instead of codes.
    by : str, optional
        `class`, `year_group`, or a group of pupils.
    ordinal_as_points : bool, optional
        True to use the places of codes as if they were scores: a school's "points". The steps
        between codes are not known to be equal, so this is refused unless asked for.

    Returns
    -------
    ValueAdded
        In points of the measure; positive where pupils are above what others with the same start
        reached. Parts with fewer than two pupils are withheld.

    Raises
    ------
    DifferentTests
        If a measure is ordinal, and `ordinal_as_points` was not given.
    TooFewPupils
        If fewer than ten pupils were judged at both times.

    References
    ----------
    Least squares on the starting score within year groups; parts drawn together by REML.
    """
    of, first = measure_of(standards, measure), measure_of(standards, start)
    if "ordinal" in (of.kind, first.kind) and not ordinal_as_points:
        raise DifferentTests(
            "Codes are an order, and the steps between them are not known to be equal",
            "scores at both times",
            remedy="Count who went from which code to which instead.",
        )
    rows = matched(schools, of, term, first, since)
    if len(rows) < _ENOUGH:
        raise TooFewPupils(
            f"There are {len(rows)} pupils with both scores", f"at least {_ENOUGH} are needed"
        )
    above, slope = _above(rows)
    labels = group_labels(rows, by).astype(str)
    groups = {label: above[labels == label].to_numpy() for label in dict.fromkeys(labels)}
    return ValueAdded(
        by=by,
        start_measure=first.label,
        measure=of.label,
        since=since,
        period=term,
        n=len(rows),
        slope=slope,
        parts=_parts(dict(sorted(groups.items())), float(above.var(ddof=2))),
        schools=len(schools),
    )


def _person(school: School, rows: pd.DataFrame) -> pd.Series:
    own = school.key + "/" + rows["pupil_id"].astype(str)
    return own if "upn" not in rows else rows["upn"].where(rows["upn"].notna(), own)


def _above(rows: pd.DataFrame) -> tuple[pd.Series, float]:
    """Give each pupil's distance from the line through all pupils of the year group."""
    years = rows["year_group"]
    x = rows["start_score"] - rows.groupby(years)["start_score"].transform("mean")
    y = rows["score"] - rows.groupby(years)["score"].transform("mean")
    spread = float((x * x).sum())
    slope = float((x * y).sum()) / spread if spread > 0 else 0.0
    return y - slope * x, slope


def _parts(groups: dict[str, NDArray[np.float64]], variance: float) -> tuple[Part, ...]:
    """Draw the means of parts towards each other by how little each tells."""
    known = {label: found for label, found in groups.items() if len(found) > 1}
    means = np.array([found.mean() for found in known.values()])
    errors = np.array([variance / len(found) for found in known.values()])
    few = Withheld(reason="too_few_pupils", found="There is one pupil with both scores")
    if len(known) < 2 or variance == 0:
        drawn, spread = means, np.sqrt(errors)
    else:
        pooled = pool(means, errors, knapp_hartung=False)
        tau2, drawn = pooled.between_sd**2, shrunken(means, errors, pooled)
        own = errors / (tau2 + errors)  # how much of a part's own mean is taken for chance
        spread = np.sqrt(tau2 * own + (own * pooled.standard_error) ** 2)
    made = {
        label: PartAdded(
            n=len(found), estimate=float(found.mean()), drawn=float(d),
            low=float(d - _REACH * s), high=float(d + _REACH * s),
        )
        for (label, found), d, s in zip(known.items(), drawn, spread, strict=True)
    }  # fmt: skip
    return tuple(Part(label=label, added=made.get(label, few)) for label in groups)
