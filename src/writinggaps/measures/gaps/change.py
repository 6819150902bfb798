"""Is the gap closing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from writinggaps.estimates import gate
from writinggaps.estimates.gate import CHECKS, judge, trend, twice
from writinggaps.measures.gaps.gap import one_scale
from writinggaps.measures.gaps.groups import LOWEST, group_of, large_enough, split
from writinggaps.measures.gaps.results import Check, GapChange, PointsMoved, ScoresMoved
from writinggaps.problems import BadArgument, DifferentTests, NoRecords
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.terms import Term
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from writinggaps.readers.school import School
    from writinggaps.standards import Measure, Standards

    Mask = NDArray[np.bool_]

__all__ = ["Design", "gap_change"]

Design: TypeAlias = Literal["same pupils", "successive cohorts"]

_A_YEAR = 3
_LOWEST_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the gate is to judge, and what only the school knows about it."""

    readings: tuple[gate.Moved, ...]
    sound: Mapping[str, bool]
    group: int
    others: int
    joined: int = 0
    gone: int = 0
    cohorts: int = 0


def gap_change(
    school: School,
    *,
    by: str,
    term: str,
    standards: Standards,
    since: str = "",
    measure: str = "",
    design: Design = "same pupils",
    year_group: int | None = None,
    statements: int | None = None,
) -> GapChange:
    """Say whether a gap is closing, by the gate of `estimates.gate`.

    Parameters
    ----------
    school : School
        With a table of judgements.
    by : str
        `disadvantaged`, `sen`, `sex`, `eal`; or `lowest_fifth`, pupils chosen because they scored
        low at the start, for whom regression to the mean is allowed for.
    term, since : str
        From when to when; a year before `term` when not given.
    standards : Standards
        Thresholds of the gate, and measures.
    measure : str, optional
        The first on one scale that was used both times when not given, or else `writing`.
    design : str, optional
        `same pupils`, judged both times; or `successive cohorts`, one year group in each school
        year from `since` to `term`.
    year_group : int, optional
        For successive cohorts: the oldest judged when not given.
    statements : int, optional
        How many changes the report speaks about; as in the standards when not given.

    Returns
    -------
    GapChange
        With its verdict, every check, and the change that could have been seen. Positive when the
        gap is smaller.

    Raises
    ------
    DifferentTests
        If the two terms used different measures, or one whose scores differ from test to test.
    TooFewPupils
        If a group is smaller than the standards ask for.
    NoRecords, NoSpread
        If nobody was judged, or nobody moved differently from anybody else.
    """
    since = since or str(Term.parse(term).back(_A_YEAR))
    if Term.parse(since) >= Term.parse(term):
        raise BadArgument(
            f"A change was asked for from {since} to {term}", "the earlier term first"
        )
    of = _measure(school, standards, measure, since, term)
    if design == "same pupils":
        read = _same_pupils(school, of, by, since, term, standards)
    else:
        read = _cohorts(school, of, by, since, term, standards, year_group)
    found = judge(
        *read.readings,
        rules=standards.gap,
        statements=statements or standards.gap.statements,
        sound=read.sound,
    )
    return _change(found, read, of, by, since, term, design, statements or standards.gap.statements)


def _measure(school: School, standards: Standards, name: str, since: str, term: str) -> Measure:
    if not name:
        found = attempt(one_scale, school, standards, [since, term])
        return measure_of(standards, "writing") if isinstance(found, Withheld) else found
    measure = measure_of(standards, name)
    if measure.kind == "interval" and not measure.one_scale:
        raise DifferentTests(
            f"Scores of {measure.label} differ from test to test",
            "a change needs one test or scale at both times",
            "",
            "Use judgements on one scale, such as comparative judgement.",
        )
    return measure


def _judged(school: School, measure: Measure, term: str) -> pd.DataFrame:
    """Give judgements with a score; where another measure was used instead, say so."""
    rows = attempt(judged, school, measure, term=term)
    if isinstance(rows, Withheld):
        table = school.table("judgements")
        if (table["term"] == term).any():
            raise DifferentTests(
                f"{measure.label} was not used in {Term.parse(term).spoken}, but others were",
                "a change needs one test or scale at both times",
            )
        raise NoRecords(rows.found, rows.needed)
    return rows[rows["score"].notna()]


def _same_pupils(
    school: School, measure: Measure, by: str, since: str, term: str, standards: Standards
) -> _Read:
    years = Term.parse(term).starts_in - Term.parse(since).starts_in
    first, last = (_judged(school, measure, t) for t in (since, term))
    first = first[(first["year_group"] + years).isin(last["year_group"])]
    last = last[(last["year_group"] - years).isin(first["year_group"])]
    both = first.merge(
        last[["pupil_id", "score", "expected"]], on="pupil_id", suffixes=("", "_after")
    )
    both, group = _chosen(both) if by == LOWEST else split(both, by)
    large_enough(group, by, standards.gap, of="judged both times")
    gone, joined = (rows[~rows["pupil_id"].isin(both["pupil_id"])] for rows in (first, last))
    matched = _matched(group, gone, joined, by)
    ordinal = measure.kind == "ordinal"
    return _Read(
        readings=_readings(both, group, standards if by == LOWEST else None, ordinal=ordinal),
        sound={
            "same_pupils_or_trend": matched >= standards.gap.match_share,
            "not_chosen_by_score": by != LOWEST or not ordinal,
        },
        group=int(group.sum()),
        others=int((~group).sum()),
        joined=len(joined),
        gone=len(gone),
    )


def _readings(
    both: pd.DataFrame, group: Mask, chosen: Standards | None, *, ordinal: bool
) -> tuple[gate.Moved, ...]:
    """Read the change once, or once for each end of what regression to the mean leaves open."""
    before, after = (both[c].to_numpy(dtype=float) for c in ("score", "score_after"))
    years = both["year_group"].to_numpy(dtype=int)
    if ordinal:
        at, then = (both[c].to_numpy(dtype=float) for c in ("expected", "expected_after"))
        return (twice(at, then, group, orders=(before, after)),)
    if chosen is None:
        return (twice(before, after, group, years=years),)
    below = both.groupby("year_group")["score"].transform("mean").to_numpy() - before
    return tuple(
        twice(before, after - (1 - reliability) * below, group, years=years)
        for reliability in chosen.gap.reliability
    )


def _chosen(both: pd.DataFrame) -> tuple[pd.DataFrame, Mask]:
    """Choose the lowest fifth of each year group by the score at the start."""
    place = both.groupby("year_group")["score"].rank(method="first", pct=True)
    return both, (place <= _LOWEST_SHARE).to_numpy(dtype=bool)


def _matched(group: Mask, gone: pd.DataFrame, joined: pd.DataFrame, by: str) -> float:
    """Give the smallest share, of either group at either time, that was judged both times."""
    shares = []
    for lost in (gone, joined):
        inside = np.zeros(len(lost), dtype=bool) if by == LOWEST else split(lost, by)[1]
        counts = ((group.sum(), inside.sum()), ((~group).sum(), (~inside).sum()))
        shares += [kept / (kept + missing) for kept, missing in counts]
    return float(min(shares))


def _cohorts(
    school: School,
    measure: Measure,
    by: str,
    since: str,
    term: str,
    standards: Standards,
    year_group: int | None,
) -> _Read:
    last, years = Term.parse(term), Term.parse(term).starts_in - Term.parse(since).starts_in
    if by == LOWEST or last.back(_A_YEAR * years) != Term.parse(since) or years < 1:
        raise BadArgument(
            f"Cohorts were asked for by {by} from {since} to {term}",
            "the same part of different school years, and a group that was not chosen by score",
        )
    terms = [str(last.back(_A_YEAR * back)) for back in reversed(range(years + 1))]
    rows = [_judged(school, measure, t) for t in terms]
    chosen = int(rows[-1]["year_group"].max()) if year_group is None else year_group
    parts = [split(r[r["year_group"] == chosen], by) for r in rows]
    for (_, group), when in zip(parts, terms, strict=True):
        large_enough(group, by, standards.gap, of=f"with a judgement in {Term.parse(when).spoken}")
    ordinal = measure.kind == "ordinal"
    scores = _pairs(parts, "score")
    values = _pairs(parts, "expected") if ordinal else scores
    return _Read(
        readings=(trend(values, orders=scores if ordinal else None),),
        sound={"same_pupils_or_trend": len(terms) >= standards.gap.cohorts},
        group=sum(len(g) for g, _ in values),
        others=sum(len(o) for _, o in values),
        cohorts=len(terms),
    )


def _pairs(
    parts: list[tuple[pd.DataFrame, Mask]], column: str
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    columns = [(rows[column].to_numpy(dtype=float), group) for rows, group in parts]
    return [(values[group], values[~group]) for values, group in columns]


def _change(
    found: gate.Judgement,
    read: _Read,
    measure: Measure,
    by: str,
    since: str,
    term: str,
    design: Design,
    statements: int,
) -> GapChange:
    group, moved = group_of(by), read.readings[0]
    counted = moved.fixed > 0
    unit, kind = (100.0, PointsMoved) if counted else (1.0, ScoresMoved)
    return GapChange(
        by=by,
        group_name=group.name,
        others_name=group.others_name,
        measure=measure.label,
        since=since,
        period=term,
        design=design,
        verdict=found.verdict.value,
        checks=tuple(Check(name=name, held=found.checks[name]) for name in CHECKS),
        moved=kind(
            narrowed=unit * found.estimate,
            low=unit * found.low,
            high=unit * found.high,
            detectable=unit * found.detectable,
            margin=unit * found.margin,
            before=unit * moved.before,
            after=unit * moved.after,
        ),
        standard_deviations=found.estimate / moved.sd,
        n_group=read.group,
        n_others=read.others,
        joined=read.joined,
        gone=read.gone,
        cohorts=read.cohorts,
        level=found.level,
        statements=statements,
    )
