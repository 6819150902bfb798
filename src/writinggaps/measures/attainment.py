"""How many pupils write at the expected standard, and at greater depth?"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from writinggaps.estimates import Pupils
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.problems import NoRecords, NotPublished
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.roll import year_label
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Label, result
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Attainment", "attainment", "attainment_history"]

_YEARS = 3


@result
class Attainment:
    """Shares at the expected standard and at greater depth.

    `expected` and `greater_depth` are of the pupils who were judged. `of_eligible` counts, as the
    DfE's tables do, pupils who were absent, disapplied or missing as not at the standard.
    """

    measure: Label
    period: Label
    who: Label
    expected: Breakdown | Withheld
    of_eligible: Breakdown | Withheld
    greater_depth: Breakdown | Withheld


def attainment(
    school: School, *, term: str, standards: Standards, measure: str = "writing"
) -> Attainment:
    """Count the pupils of each year group at the expected standard and at greater depth.

    Parameters
    ----------
    school : School
        With a table of judgements.
    term : str
        Such as `2025-26-autumn`; each pupil's latest judgement in it counts.
    standards : Standards
        Which codes count as what.
    measure : str, optional
        A measure of the standards with an expected standard.

    Returns
    -------
    Attainment
        By year group, with Wilson's intervals.

    Raises
    ------
    NoRecords
        If nobody was judged.
    NotPublished
        If the measure has no expected standard.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("abcd"), "year_group": [5, 5, 6, 6]})
    >>> judgements = pd.DataFrame({"pupil_id": list("abcd"), "value": ["EXS", "WTS", "GDS", "A"]})
    >>> judgements = judgements.assign(date=pd.Timestamp("2025-12-12"), term="2025-26-autumn",
    ...                                measure="writing", kind="summative")
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "judgements": judgements})
    >>> found = attainment(school, term="2025-26-autumn", standards=load_standards())
    >>> found.expected.whole.n, found.of_eligible.whole.n, found.greater_depth.whole.count
    (3, 4, 1)
    """
    of = _with_a_standard(standards, measure)
    rows = judged(school, of, term=term)
    rows = rows.assign(part=rows["year_group"].map(year_label)).sort_values(
        "year_group", kind="stable"
    )
    return _attainment(rows, of, by="year group", period=term, who="all year groups judged")


def attainment_history(
    school: School,
    *,
    term: str,
    standards: Standards,
    measure: str = "writing",
    year_group: int | None = None,
) -> Attainment:
    """Count one year group's pupils at the standards in each of three school years.

    Parameters
    ----------
    school, term, standards, measure
        As in `attainment`; the same part of the school year is read in each year.
    year_group : int, optional
        The oldest that was judged when not given.

    Returns
    -------
    Attainment
        By school year; the whole is the three years pooled.

    Raises
    ------
    NoRecords, NotPublished
        As `attainment`.
    """
    of = _with_a_standard(standards, measure)
    terms = [str(Term.parse(term).back(3 * back)) for back in range(_YEARS)]
    found = {t: attempt(judged, school, of, term=t) for t in reversed(terms)}
    years = {t: rows for t, rows in found.items() if isinstance(rows, pd.DataFrame)}
    if not years:
        raise NoRecords(f"Nobody was judged on {of.label} in three years")
    if year_group is None:
        year_group = int(max(rows["year_group"].max() for rows in years.values()))
    rows = pd.concat(
        [
            rows[rows["year_group"] == year_group].assign(part=Term.parse(t).year)
            for t, rows in years.items()
        ]
    )
    if rows.empty:
        raise NoRecords(f"Nobody in {year_label(year_group)} was judged on {of.label}")
    return _attainment(rows, of, by="school year", period=term, who=year_label(year_group))


def _with_a_standard(standards: Standards, name: str) -> Measure:
    measure = measure_of(standards, name)
    if not measure.expected and measure.expected_from != measure.expected_from:
        raise NotPublished(
            f"{measure.label} has no expected standard",
            "shares are counted against one",
            "",
            "Put the score from which pupils are at the expected standard into your standards.",
        )
    return measure


def _attainment(
    rows: pd.DataFrame, measure: Measure, *, by: str, period: str, who: str
) -> Attainment:
    assessed = rows["score"].notna()
    eligible = assessed | rows["value"].isin(measure.no_judgement)
    return Attainment(
        measure=measure.label,
        period=period,
        who=who,
        expected=breakdown(by, _counted(rows, "expected", assessed)),
        of_eligible=breakdown(by, _counted(rows, "expected", eligible)),
        greater_depth=breakdown(by, _counted(rows, "greater_depth", assessed)),
    )


def _counted(
    rows: pd.DataFrame, standard: str, denominator: pd.Series
) -> Mapping[str, tuple[Pupils, Pupils]]:
    part, pupils = rows["part"].to_numpy(), rows["pupil_id"].to_numpy()
    counted, reached = denominator.to_numpy(dtype=bool), rows[standard].to_numpy(dtype=bool)
    here = {str(name): counted & (part == name) for name in rows["part"].unique()}
    return {name: (pupils[of & reached], pupils[of]) for name, of in here.items()}
