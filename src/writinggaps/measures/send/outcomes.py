"""How do pupils with SEN do, in statutory assessments and from one data drop to the next?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import NormalDist

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.estimates.means import mean_gain
from writinggaps.measures.send.status import STATUSES, sides, status_parts, with_status
from writinggaps.measures.send.yardsticks import GROUPS, carried
from writinggaps.official import Official
from writinggaps.problems import NoRecords
from writinggaps.readers.judged import judged
from writinggaps.readers.roll import year_label
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Grades, Label, Score, result
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["GradeMean", "Outcome", "ScoreMean", "Scores", "SenOutcomes", "send_outcomes"]

_A_YEAR, _CHANCE = 3, 0.05
_STATUTORY = {
    ("gld", 0): "eyfs_good_level_of_development",
    ("eyfs_writing", 0): "eyfs_writing_expected",
    ("phonics", 1): "phonics_year1_expected",
    ("ks1_writing", 2): "ks1_writing_expected",
    ("writing", 2): "ks1_writing_expected",
    ("writing", 6): "ks2_writing_expected",
    ("gps", 6): "ks2_gps_expected",
    ("ks2_reading", 6): "ks2_reading_expected",
    ("ks2_maths", 6): "",
    ("rwm", 6): "ks2_rwm_expected",
}
"""Measures that are statutory in one year group, and what is carried of them, if anything."""
_SCORED = ("attainment8", "progress8")
_BY_CLASS = "writing"


@result
class Outcome:
    """Pupils at the expected standard of one measure, by SEN status and by need.

    `who` is the year group of a statutory assessment, else empty; `england` are the figures by SEN
    status that are published, else that of all pupils, if any.
    """

    measure: Label
    who: Label
    period: Label
    by_status: Breakdown | Withheld
    by_need: Breakdown | Withheld
    england: tuple[Official, ...]

    @property
    def known(self) -> Mapping[str, Share | Withheld]:
        """The share of each SEN status."""
        return {} if isinstance(self.by_status, Withheld) else self.by_status.shares


@result
class ScoreMean:
    """A mean score; that of a single pupil has no interval and is not shown."""

    mean: Score
    low: Score
    high: Score
    n: Count


@result
class GradeMean:
    """The same in grades, which are shown to a tenth."""

    mean: Grades
    low: Grades
    high: Grades
    n: Count


@result
class StatusMean:
    """The mean of one SEN status."""

    label: Label
    found: ScoreMean | GradeMean | Withheld


@result
class Scores:
    """Attainment 8 or Progress 8 by SEN status, with England's."""

    measure: Label
    period: Label
    means: tuple[StatusMean, ...]
    england: tuple[Official, ...]

    @property
    def known(self) -> Mapping[str, ScoreMean | GradeMean | Withheld]:
        """The mean of each SEN status."""
        return {mean.label: mean.found for mean in self.means}


@result
class SenOutcomes:
    """The judgements of a year on each measure that has an expected standard, latest first.

    `classes` is the latest writing of pupils with SEN by class, which only staff are shown.
    """

    period: Label
    rows: tuple[Outcome, ...]
    scores: tuple[Scores, ...]
    classes: Breakdown | Withheld

    @property
    def latest(self) -> tuple[Outcome, ...]:
        """The latest data drop of each subject that is judged in every year group."""
        drops = [row for row in self.rows if not row.who]
        return tuple({row.measure: row for row in reversed(drops)}.values())[::-1]

    @property
    def beside_england(self) -> tuple[tuple[Outcome | Scores, str, str], ...]:
        """Statutory outcomes by SEN status, each `above`, `below` or `within chance` of England's.

        Intervals are widened for all of them together.
        """
        names = dict(zip(GROUPS[:2], STATUSES, strict=False))
        told: tuple[Outcome | Scores, ...] = (*self.rows, *self.scores)
        pairs = [
            (row, status, here, figure.value)
            for row in told
            for figure in row.england
            if (status := names.get(figure.group))
            and (here := row.known.get(status))
            and not isinstance(here, Withheld)
        ]
        level = 1 - _CHANCE / max(len(pairs), 1)
        return tuple((row, s, _side(here, there, level)) for row, s, here, there in pairs)


def send_outcomes(school: School, *, term: str, standards: Standards, edition: str) -> SenOutcomes:
    """Count pupils at the expected standard by SEN status, on every measure that has one.

    Parameters
    ----------
    school : School
        With a table of judgements.
    term : str
        The judgements of the three terms up to it count, each term by itself.
    standards : Standards
        Measures, and what is expected.
    edition : str
        Classes are counted for `staff` alone: a class is a teacher.

    Raises
    ------
    NoRecords
        If nobody was judged on any such measure in a year.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("abc"), "year_group": 5,
    ...                        "sen_provision": ["K", "N", "N"]})
    >>> told = pd.DataFrame({"pupil_id": list("abc"), "value": ["WTS", "EXS", "GDS"]})
    >>> told = told.assign(date=pd.Timestamp("2025-12-12"), term="2025-26-autumn",
    ...                    measure="writing", kind="summative")
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "judgements": told})
    >>> found = send_outcomes(
    ...     school, term="2025-26-autumn", standards=load_standards(), edition="staff"
    ... )
    >>> [(p.label, p.share.count, p.share.n) for p in found.rows[0].by_status.parts]
    [('SEN Support', 0, 1), ('no SEN', 2, 2)]
    """
    school.table("judgements")
    measures = standards.measures
    rows = tuple(row for of in measures.values() for row in _outcomes(school, of, term))
    scores = tuple(s for k in _SCORED if k in measures for s in _scores(school, measures[k], term))
    if not rows and not scores:
        raise NoRecords("Nobody was judged against an expected standard in the last three terms")
    latest = [rows for _, rows in _judged(school, measures[_BY_CLASS], term)][:1]
    shown = latest[0] if latest and edition == "staff" else None
    return SenOutcomes(
        period=term,
        rows=tuple(sorted(rows, key=lambda row: bool(row.who))),
        scores=scores,
        classes=attempt(_of_sen, shown, "class"),
    )


def _side(here: Share | ScoreMean | GradeMean, there: float, level: float) -> str:
    """Set a share or a mean beside a published one; a mean's interval is widened as a normal's."""
    if isinstance(here, Share):
        wide = share(here.count, here.n, level=level)
        middle, low, high = (100 * v for v in (wide.estimate, wide.low, wide.high))
    else:
        normal = NormalDist()
        wider = normal.inv_cdf((1 + level) / 2) / normal.inv_cdf(1 - _CHANCE / 2)
        middle = here.mean
        low, high = (middle + wider * (end - middle) for end in (here.low, here.high))
    if low <= there <= high:
        return "within chance"
    return "above" if middle > there else "below"


def _judged(school: School, measure: Measure, term: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give those who have a score and a known status, by term, the latest first."""
    for back in range(_A_YEAR):
        when = str(Term.parse(term).back(back))
        rows = attempt(judged, school, measure, term=when)
        if isinstance(rows, Withheld):
            continue
        rows = rows[rows["score"].notna()].reset_index(drop=True)
        known = attempt(with_status, school, rows, when)
        if not isinstance(known, Withheld) and len(known):
            yield when, known


def _outcomes(school: School, measure: Measure, term: str) -> Iterator[Outcome]:
    """Give each data drop of a subject that is judged in every year, and the ends of key stages."""
    if not measure.expected and measure.expected_from != measure.expected_from:
        return
    drops = list(_judged(school, measure, term))
    stages = {year: name for (of, year), name in _STATUTORY.items() if of == measure.id}
    if len(stages) != 1:
        yield from (_outcome(measure.label, "", when, rows) for when, rows in drops)
    for year, name in stages.items():
        of_year = ((when, rows[rows["year_group"].eq(year)]) for when, rows in drops)
        ends = ((w, rows) for w, rows in of_year if len(rows) and Term.parse(w).part == _A_YEAR - 1)
        for when, rows in list(ends)[:1]:
            figures = carried(school, name, term=when) if name else ()
            yield _outcome(measure.label, year_label(year), when, rows, figures)


def _outcome(
    measure: str, who: str, when: str, rows: pd.DataFrame, england: tuple[Official, ...] = ()
) -> Outcome:
    return Outcome(
        measure=measure,
        who=who,
        period=when,
        by_status=breakdown("SEN status", status_parts(rows, rows["expected"].astype(bool))),
        by_need=attempt(_of_sen, rows, "need"),
        england=england,
    )


def _of_sen(rows: pd.DataFrame | None, by: str) -> Breakdown:
    if rows is None or by not in rows:
        raise NoRecords(f"Writing by {by} is not known, or not shown in this edition")
    sen, _ = sides(rows)
    named = sen[sen[by].notna()]
    return breakdown(by, status_parts(named, named["expected"].astype(bool), by))


def _scores(school: School, measure: Measure, term: str) -> Iterator[Scores]:
    for when, rows in list(_judged(school, measure, term))[:1]:
        parts = {s: rows.loc[rows["status"].eq(s), "score"] for s in STATUSES}
        kind = GradeMean if measure.id == "progress8" else ScoreMean
        yield Scores(
            measure=measure.label,
            period=when,
            means=tuple(
                StatusMean(label=s, found=attempt(_mean, kind, told))
                for s, told in parts.items()
                if len(told)
            ),
            england=carried(school, measure.id, term=when),
        )


def _mean(kind: type[ScoreMean | GradeMean], told: pd.Series) -> ScoreMean | GradeMean:
    found = mean_gain([0.0] * len(told), told)
    return kind(mean=found.estimate, low=found.low, high=found.high, n=found.n)
