"""Value added: how far above others with the same start a class, a group or a school is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.pooling import pool, shrunken
from writinggaps.measures.progress.starts import chosen, codes
from writinggaps.problems import DifferentTests, TooFewPupils
from writinggaps.readers.roll import group_labels
from writinggaps.readers.school import School
from writinggaps.results import Count, Label, Number, Score, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld

__all__ = ["Part", "PartAdded", "ValueAdded", "value_added"]

_ENOUGH = 10


@result
class PartAdded:
    """One class or group: how far above what pupils with the same start reached, on average.

    `estimate` is as measured; `drawn` is drawn towards the others by how little so few pupils tell,
    with `low` and `high` its range, which holds for all parts together; where parts differ no more
    than chance gives, all are drawn to the same value.
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
    start: Label
    start_measure: Label
    measure: Label
    period: Label
    n: Count
    slope: Score
    parts: tuple[Part, ...]
    schools: Number


def value_added(
    *schools: School,
    term: str,
    standards: Standards,
    start: str = "",
    by: str = "class",
    ordinal_as_points: bool = False,
) -> ValueAdded:
    """Say how far pupils of each class or group are above others with the same starting score.

    Parameters
    ----------
    *schools, term, standards, start
        As in `transitions`, with scores instead of codes.
    by : str, optional
        `class`, `year_group`, `school`, or a group of pupils.
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
        If fewer than ten pupils were judged at both times, or no year group has two parts.

    References
    ----------
    Least squares on the starting score within year groups; parts drawn together by REML; intervals
    by Bonferroni for all parts together.
    """
    has_codes = codes(standards)
    if start in standards.starts and has_codes(standards.starts[start]) and not ordinal_as_points:
        raise DifferentTests(
            "Codes are an order, and the steps between them are not known to be equal",
            "scores at both times are needed",
            remedy="Count who went from which code to which instead.",
        )
    found, rows = chosen(
        schools, term, standards, start, lambda s: ordinal_as_points or not has_codes(s)
    )
    if len(rows) < _ENOUGH:
        raise TooFewPupils(
            f"There are {len(rows)} pupils with both scores", f"at least {_ENOUGH} are needed"
        )
    labels = (rows["school"] if by == "school" else group_labels(rows, by)).astype(str)
    if by != "year_group" and labels.groupby(rows["year_group"]).nunique().max() < 2:
        noun = {"class": "classes", "school": "schools"}.get(by, "groups")
        raise TooFewPupils(f"No year group has two {noun}, to set one beside the other")
    above, slope = _above(rows)
    groups = {label: above[labels == label].to_numpy() for label in sorted(labels.unique())}
    return ValueAdded(
        by=by,
        start=found.label,
        start_measure=standards.measures[found.measure].label,
        measure=standards.measures[found.reaches].label,
        period=term,
        n=len(rows),
        slope=slope,
        parts=_parts(groups, float(above.var(ddof=2))),
        schools=len(schools),
    )


def _above(rows: pd.DataFrame) -> tuple[pd.Series, float]:
    """Give each pupil's distance from the line through all pupils of the year group."""
    years = rows["year_group"]
    x = rows["start_score"] - rows.groupby(years)["start_score"].transform("mean")
    y = rows["score"] - rows.groupby(years)["score"].transform("mean")
    spread = float((x * x).sum())
    slope = float((x * y).sum()) / spread if spread > 0 else 0.0
    return y - slope * x, slope


def _parts(groups: dict[str, Array], variance: float) -> tuple[Part, ...]:
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
    reach = float(ndtri(1 - 0.05 / 2 / max(len(known), 1)))
    made = {
        label: PartAdded(
            n=len(found), estimate=float(found.mean()), drawn=float(d),
            low=float(d - reach * s), high=float(d + reach * s),
        )
        for (label, found), d, s in zip(known.items(), drawn, spread, strict=True)
    }  # fmt: skip
    return tuple(Part(label=label, added=made.get(label, few)) for label in groups)
