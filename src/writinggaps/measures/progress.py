"""How far pupils have come from a starting point: who moved where, and value added.

Starting points are data (`[starts]` of the standards): a Reception profile, a phonics check, a
school's own baseline or points. Codes are an order, not a quantity: they are never averaged.
`transitions` counts who went from which code to which, `jumps` who went up enough steps of an
order; `value_added` needs scores at both ends whose differences mean something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from writinggaps.estimates.breakdown import Breakdown, SplitBreakdown, breakdown, split_breakdown
from writinggaps.estimates.pooling import pool, shrunken
from writinggaps.problems import BadArgument, DifferentTests, NoRecords, TooFewPupils, hint
from writinggaps.readers.judged import judged
from writinggaps.readers.roll import group_labels
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Count, Label, Number, Score, result
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from writinggaps.readers.school import School
    from writinggaps.standards import Measure, Standards, Start

__all__ = [
    "Jumps",
    "Part",
    "PartAdded",
    "Transitions",
    "ValueAdded",
    "jumps",
    "matched",
    "transitions",
    "value_added",
]

_ENOUGH = 10
_A_YEAR = 3


@result
class Transitions:
    """Where pupils who started at each code are now, by the order of the codes."""

    start: Label
    start_measure: Label
    measure: Label
    period: Label
    moves: SplitBreakdown


@result
class Jumps:
    """Pupils who went up at least `enough` steps of an order since the start, by year group."""

    start: Label
    measure: Label
    period: Label
    enough: Constant
    reached: Breakdown


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


def matched(
    schools: Iterable[School], start: Start, *, term: str, standards: Standards
) -> pd.DataFrame:
    """Match each pupil's judgement with the starting point, also across schools of a trust.

    Pupils are the same by their UPN, or within a school by their number; for private data only. A
    pupil who is judged in two schools counts once, in the one where the later judgement was made.

    Returns
    -------
    DataFrame
        One row a pupil: the pupil's row now, `school`, `score`, `value`, `start_score`,
        `start_value`.

    Raises
    ------
    NoRecords
        If nobody was judged at both times.
    """
    first, of = standards.measures[start.measure], standards.measures[start.reaches]
    before: list[pd.DataFrame] = []
    after: list[pd.DataFrame] = []
    for school in schools:
        before += [_who(school, rows) for rows in _started(school, first, start, term)]
        now = attempt(judged, school, of, term=term)
        after += [] if isinstance(now, Withheld) else [_who(school, now)]
    found = _paired(before, after, latest=start.year_group >= 0) if before and after else None
    if found is None or found.empty:
        raise NoRecords(
            f"Nobody who was judged on {of.label} in {Term.parse(term).spoken} had been judged on "
            f"{first.label} at {start.label}",
            "the same pupils at both times",
        )
    return found


def transitions(*schools: School, term: str, standards: Standards, start: str = "") -> Transitions:
    """Count where pupils who started at each code are now.

    Parameters
    ----------
    *schools : School
        One, or all of a trust: pupils who moved between them are followed.
    term : str
        Such as `2025-26-autumn`; each pupil's latest judgement in it counts.
    standards : Standards
        With starting points and measures.
    start : str, optional
        A starting point of the standards; when not given, the first of this kind for which pupils
        were judged at both times (a school's points have too many codes for that: see `jumps`).

    Raises
    ------
    BadArgument
        If there is no such starting point, or it has scores and not codes.
    NoRecords
        If nobody was judged at both times.
    """
    codes = _codes(standards)
    found, rows = _chosen(
        schools, term, standards, start, lambda s: codes(s) and (start == s.id or not s.jumps)
    )
    first, of = standards.measures[found.measure], standards.measures[found.reaches]
    ends = {code: name for code, name in _names(of).items() if rows["value"].eq(code).any()}
    moves = {
        name: {
            label: part.loc[part["value"] == now, "person"].tolist() for now, label in ends.items()
        }
        for code, name in _names(first).items()
        if not (part := rows[rows["start_value"] == code]).empty
    }
    return Transitions(
        start=found.label,
        start_measure=first.label,
        measure=of.label,
        period=term,
        moves=split_breakdown("start", moves),
    )


def jumps(*schools: School, term: str, standards: Standards, start: str = "") -> Jumps:
    """Count the pupils who went up enough steps of a school's points since the start.

    Parameters and errors are those of `transitions`, for starting points with `jumps`.
    """
    found, rows = _chosen(schools, term, standards, start, lambda s: s.jumps > 0)
    enough = rows["score"] - rows["start_score"] >= found.jumps
    years = rows["person"].groupby(group_labels(rows, "year_group"), observed=True)
    return Jumps(
        start=found.label,
        measure=standards.measures[found.reaches].label,
        period=term,
        enough=found.jumps,
        reached=breakdown(
            "year_group", {str(k): (who[enough[who.index]], who) for k, who in years}
        ),
    )


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
    codes = _codes(standards)
    if start in standards.starts and codes(standards.starts[start]) and not ordinal_as_points:
        raise DifferentTests(
            "Codes are an order, and the steps between them are not known to be equal",
            "scores at both times",
            remedy="Count who went from which code to which instead.",
        )
    found, rows = _chosen(
        schools, term, standards, start, lambda s: ordinal_as_points or not codes(s)
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


def _chosen(
    schools: tuple[School, ...],
    term: str,
    standards: Standards,
    start: str,
    fits: Callable[[Start], bool],
) -> tuple[Start, pd.DataFrame]:
    """Give the starting point that was asked for, or the first that fits, with its pupils."""
    if start:
        if start not in standards.starts:
            raise BadArgument(
                f"There is no starting point '{start}'", "", "", hint(start, standards.starts)
            )
        if not fits(standards.starts[start]):
            raise BadArgument(f"From the starting point '{start}' this cannot be counted")
        return standards.starts[start], matched(
            schools, standards.starts[start], term=term, standards=standards
        )
    for found in filter(fits, standards.starts.values()):
        rows = attempt(matched, schools, found, term=term, standards=standards)
        if not isinstance(rows, Withheld):
            return found, rows
    raise NoRecords("No starting point is known of pupils who were judged this term")


def _codes(standards: Standards) -> Callable[[Start], bool]:
    return lambda start: standards.measures[start.measure].kind == "ordinal"


def _names(measure: Measure) -> dict[str, str]:
    return dict(zip(measure.order, measure.names or measure.order, strict=True))


def _started(school: School, first: Measure, start: Start, term: str) -> list[pd.DataFrame]:
    """Give judgements of the starting point, the oldest first."""
    asked, known = Term.parse(term), school.tables.get("judgements")
    if known is None:
        return []
    terms = known.loc[known["measure"] == first.id, "term"].dropna().unique()
    when = sorted(t for t in map(Term.parse, terms) if t < asked)
    if start.years_back:
        when = [t for t in when if t == asked.back(_A_YEAR * start.years_back)]
    rows = [judged(school, first, term=str(t)) for t in when]
    if start.year_group >= 0:
        rows = [r[r["year_group"] == start.year_group] for r in rows]
    return rows


def _who(school: School, rows: pd.DataFrame) -> pd.DataFrame:
    own = school.key + "/" + rows["pupil_id"].astype(str)
    person = own if "upn" not in rows else rows["upn"].where(rows["upn"].notna(), own)
    return rows.assign(person=person, school=school.name)


def _paired(before: list[pd.DataFrame], after: list[pd.DataFrame], *, latest: bool) -> pd.DataFrame:
    started = pd.concat(before).dropna(subset="score")
    was = started.drop_duplicates("person", keep="last" if latest else "first").set_index("person")
    now = pd.concat(after).drop_duplicates("person", keep="last")
    now = now[now["person"].isin(was.index)].reset_index(drop=True)
    return now.assign(
        start_score=now["person"].map(was["score"]),
        start_value=now["person"].map(was["value"]),
    ).dropna(subset=["score"])


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
    reach = float(ndtri(1 - 0.05 / 2 / max(len(known), 1)))
    made = {
        label: PartAdded(
            n=len(found), estimate=float(found.mean()), drawn=float(d),
            low=float(d - reach * s), high=float(d + reach * s),
        )
        for (label, found), d, s in zip(known.items(), drawn, spread, strict=True)
    }  # fmt: skip
    return tuple(Part(label=label, added=made.get(label, few)) for label in groups)
