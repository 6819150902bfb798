"""Starting points, and the pupils who have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from writinggaps.problems import BadArgument, NoRecords, hint
from writinggaps.readers.judged import judged
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Measure, Standards, Start
from writinggaps.withheld import Withheld, attempt

__all__ = ["chosen", "codes", "matched"]

_A_YEAR = 3


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
        before += [_first(school, rows) for rows in _started(school, first, start, term)]
        now = attempt(judged, school, of, term=term)
        after += [] if isinstance(now, Withheld) else [_who(school, now)]
    found = _paired(before, after, latest=start.year_group >= 0) if before and after else None
    if found is None or found.empty:
        raise NoRecords(
            f"Nobody who was judged on {of.label} in {Term.parse(term).spoken} had been judged on "
            f"{first.label} at {start.label}",
            "the same pupils are needed at both times",
        )
    return found


def chosen(
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


def codes(standards: Standards) -> Callable[[Start], bool]:
    """Give the question whether a starting point has codes, and not scores."""
    return lambda start: standards.measures[start.measure].kind == "ordinal"


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


def _first(school: School, rows: pd.DataFrame) -> pd.DataFrame:
    found = {"person": _person(school, rows), "score": rows["score"], "value": rows["value"]}
    return pd.DataFrame(found)


def _who(school: School, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(person=_person(school, rows), school=school.name)


def _person(school: School, rows: pd.DataFrame) -> pd.Series:
    own = school.key + "/" + rows["pupil_id"].astype(str)
    return own if "upn" not in rows else rows["upn"].where(rows["upn"].notna(), own)


def _paired(before: list[pd.DataFrame], after: list[pd.DataFrame], *, latest: bool) -> pd.DataFrame:
    started = pd.concat(before).dropna(subset="score")
    was = started.drop_duplicates("person", keep="last" if latest else "first").set_index("person")
    now = pd.concat(after).drop_duplicates("person", keep="last")
    now = now[now["person"].isin(was.index)].reset_index(drop=True)
    return now.assign(
        start_score=now["person"].map(was["score"]), start_value=now["person"].map(was["value"])
    ).dropna(subset=["score"])
