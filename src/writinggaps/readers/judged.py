"""Who was judged what in a term, and in which year group they then were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from writinggaps.problems import BadArgument, NoRecords, hint
from writinggaps.readers.kept import kept
from writinggaps.readers.schema import code_table, spelling, tables
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Measure, Standards

__all__ = ["judged", "measure_of", "year_groups"]


def judged(school: School, measure: Measure, *, term: str) -> pd.DataFrame:
    """Give each pupil's latest judgement of a term.

    Where two are of one day, the summative one counts. Pupils who had left by the last day of
    judging are left out, and so are judgements of pupils who are not in the pupils table.

    Returns
    -------
    DataFrame
        The pupils' rows, one a pupil, with `value` (the measure's code for what was given, in any
        spelling that is known for it; otherwise as given), `score` (its place in the
        order, or the number; nan for codes that are neither), `expected` and `greater_depth`
        (bool: whether it is at least that), and `year_group` as it was then.

    Raises
    ------
    NoRecords
        If nobody was judged on this measure in the term.
    """
    return _judged(school, measure, term)


@kept
def _given(school: School) -> tuple[pd.DataFrame, Mapping[Any, Any]]:
    """Give a school's judgements, and in which rows those of a measure in a term stand."""
    table = school.table("judgements")
    named = table[["pupil_id", "date", "value", *table.columns.intersection(["kind"])]]
    return named, table.groupby(["measure", "term"]).indices


@kept
def _judged(school: School, measure: Measure, term: str) -> pd.DataFrame:
    table, places = _given(school)
    rows = table.iloc[places.get((measure.id, term), [])]
    if rows.empty:
        raise NoRecords(
            f"Nobody was judged on {measure.label} in {Term.parse(term).spoken}",
            "judgements of that term are needed",
        )
    summative = rows["kind"] == "summative" if "kind" in rows else pd.Series(0, index=rows.index)
    rows = rows.assign(summative=summative).sort_values(
        ["date", "summative"], kind="stable", na_position="first"
    )
    latest = rows.drop_duplicates("pupil_id", keep="last").set_index("pupil_id")["value"]
    pupils = school.pupils
    here = pupils["pupil_id"].isin(latest.index)
    if "left" in pupils:
        here &= ~(pupils["left"] < rows["date"].max())
    found = pupils.assign(year_group=year_groups(school, term))[here].reset_index(drop=True)
    value = _codes(found["pupil_id"].map(latest), measure)
    number = pd.to_numeric(value, errors="coerce").astype(float)
    return found.assign(
        value=value,
        score=_scores(value, number, measure),
        expected=value.isin(measure.expected) | (number >= measure.expected_from),
        greater_depth=value.isin(measure.greater_depth) | (number >= measure.greater_depth_from),
    )


@kept
def year_groups(school: School, term: str) -> pd.Series:
    """Give the year group of each pupil as it was in a term.

    `pupils.year_group` is that of the latest term of which the data tell anything about pupils, or
    that in which a pupil left.
    """
    pupils, asked = school.pupils, Term.parse(term).starts_in
    now = max(asked, _latest_year(school))
    year = pd.Series(now, index=pupils.index)
    if "left" in pupils:
        left = pupils["left"].dt.year - (pupils["left"].dt.month < 9)
        year = left.where(pupils["left"].notna(), year).clip(upper=now).astype(int)
    return pupils["year_group"] - (year - asked)


@kept
def _latest_year(school: School) -> int:
    return max(_school_years(school), default=0)


def _school_years(school: School) -> Iterator[int]:
    """Give the school year in which each table ends that tells of pupils or of their classes."""
    told = [name for name, t in tables().items() if {"pupil_id", "class"} & set(t.columns)]
    for table in (school.tables[n] for n in told if n in school.tables and n != "pupils"):
        for column in table.columns.intersection(["term", "period"]):
            terms = pd.Series(table[column].dropna().unique(), dtype=str)
            yield from terms.str.extract(r"^(\d{4})-")[0].dropna().astype(int)
        for column in table.columns.intersection(["date", "start"]):
            yield from (
                Term.of(day.date()).starts_in for day in [table[column].max()] if pd.notna(day)
            )


def measure_of(standards: Standards, name: str) -> Measure:
    """Give a measure of the standards by its name.

    Raises
    ------
    BadArgument
        If the standards have none of that name.
    """
    if name not in standards.measures:
        raise BadArgument(
            f"The standards have no measure '{name}'", "", "", hint(name, standards.measures)
        )
    return standards.measures[name]


def _codes(values: pd.Series, measure: Measure) -> pd.Series:
    """Read codes by their spelling, their names and, on the official scale, what stands for them.

    Examples
    --------
    >>> from writinggaps.standards import load_standards
    >>> writing = load_standards().measures["writing"]
    >>> _codes(pd.Series(["gds", "Working towards", "Expected standard", "5b"]), writing).tolist()
    ['GDS', 'WTS', 'EXS', '5b']
    """
    known = _known(measure)
    return values.map(lambda text: known.get(spelling(text), text), na_action="ignore")


@cache
def _known(measure: Measure) -> dict[str, str]:
    official = code_table("writing_ta")
    own = (*measure.order, *measure.no_judgement, *measure.not_counted)
    same = bool(measure.order) and set(measure.order) <= set(official.means)
    known = {text: code for text, code in official.spelt.items() if same and code in own}
    known |= {spelling(n): code for n, code in zip(measure.names, measure.order, strict=False)}
    return known | {spelling(code): code for code in own}


def _scores(values: pd.Series, numbers: pd.Series, measure: Measure) -> pd.Series:
    if measure.kind == "ordinal":
        places = {code: float(place) for place, code in enumerate(measure.order)}
        return values.map(places).astype(float)
    return numbers.replace([np.inf, -np.inf], np.nan)
