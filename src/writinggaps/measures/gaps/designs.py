"""The two designs of a change: the same pupils twice, or successive cohorts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Array, Mask
from writinggaps.estimates.moved import Moved, trend, twice
from writinggaps.measures.gaps.groups import LOWEST, large_enough, split
from writinggaps.problems import BadArgument, DifferentTests, NoRecords
from writinggaps.readers.judged import judged
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Read", "cohorts", "same_pupils"]

_A_YEAR = 3
_LOWEST_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the gate is to judge, and what only the school knows about it."""

    readings: tuple[Moved, ...]
    sound: Mapping[str, bool]
    group: int
    others: int
    joined: int = 0
    gone: int = 0
    cohorts: int = 0


def same_pupils(
    school: School, measure: Measure, by: str, since: str, term: str, standards: Standards
) -> Read:
    """Follow the pupils who were judged both times; say who joined and who left."""
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
    return Read(
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
) -> tuple[Moved, ...]:
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


def cohorts(
    school: School,
    measure: Measure,
    by: str,
    since: str,
    term: str,
    standards: Standards,
    year_group: int | None,
) -> Read:
    """Read one year group in each school year."""
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
    return Read(
        readings=(trend(values, orders=scores if ordinal else None),),
        sound={"same_pupils_or_trend": len(terms) >= standards.gap.cohorts},
        group=sum(len(g) for g, _ in values),
        others=sum(len(o) for _, o in values),
        cohorts=len(terms),
    )


def _pairs(parts: list[tuple[pd.DataFrame, Mask]], column: str) -> list[tuple[Array, Array]]:
    columns = [(rows[column].to_numpy(dtype=float), group) for rows, group in parts]
    return [(values[group], values[~group]) for values, group in columns]


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
