"""Who judges otherwise than moderation, how reliable scores are, which judgements to look at again.

A teacher who judges higher than moderation is no worse a teacher: standards drift where judgements
are not looked at together. A judgement is worth a second look where it is lower, or higher, than
what pupils with such a score, beside their year group, were given.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.agreement import Intraclass, intraclass, leniency
from writinggaps.estimates.breakdown import Split, split
from writinggaps.estimates.tables2x2 import mcnemar
from writinggaps.problems import NoRecords, TooFewPupils
from writinggaps.readers.judged import judged, measure_of
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, PupilIds, result
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Judging", "Leaning", "Moderation", "Teacher", "judging", "moderation"]

SAME, HIGHER, LOWER = "the same", "teacher higher", "teacher lower"
"""What moderation makes of a judgement."""


@result
class Leaning:
    """Judgements of one teacher that moderation looked at: how many it found too high, or too low.

    `where` is `higher` or `lower` where that is more than chance gives, all teachers allowed for.
    """

    n: Count
    higher: Count
    lower: Count
    where: Label

    @property
    def surplus(self) -> tuple[float, float, float]:
        """Share judged higher less share judged lower than moderation, with its interval."""
        return leniency(self.higher, self.lower, self.n)


@result
class Teacher:
    """One teacher."""

    label: Label
    leaning: Leaning | Withheld


@result
class Judging:
    """What is known about a school's judgements.

    Parameters
    ----------
    teachers : tuple of Teacher
        Beside moderation, in the school year so far.
    reliability : Intraclass or Withheld
        Of one score on the scale, within year groups, from pupils who were scored twice.
    again : Share or Withheld
        Judgements to look at again, of those of pupils with a score on the scale.
    """

    period: Label
    measure: Label
    scale: Label
    teachers: tuple[Teacher, ...]
    reliability: Intraclass | Withheld
    again: Share | Withheld
    again_pupils: PupilIds


@result
class Moderation:
    """What moderation made of teachers' judgements in a school year, one judgement a pupil."""

    period: Label
    measure: Label
    agreement: Split | Withheld


def judging(
    school: School, *, term: str, standards: Standards, measure: str = "writing"
) -> Judging:
    """Say who judges otherwise than moderation, and which judgements to look at again.

    Parameters
    ----------
    school : School
        With judgements: moderated ones, or scores on one scale beside them.
    term : str
        Judgements of this term are looked at; moderation counts over the school year so far.
    standards : Standards
        Measures, and how sure a claim about a teacher must be.
    measure : str, optional
        An ordinal measure.

    Raises
    ------
    NoRecords
        If nothing was moderated, and nobody has a score on one scale.
    """
    of = measure_of(standards, measure)
    scale = next((m for m in standards.measures.values() if m.one_scale), of)
    doubtful = attempt(_doubtful, school, of, scale, term, standards.judging.pupils)
    teachers = _teachers(school, of, term, standards.judging.level)
    if isinstance(doubtful, Withheld) and not teachers:
        raise NoRecords("No judgements were moderated, and none can be set beside a score")
    found, everybody = ([], []) if isinstance(doubtful, Withheld) else doubtful
    return Judging(
        period=term,
        measure=of.label,
        scale=scale.label,
        teachers=teachers,
        reliability=attempt(_reliability, school, scale, term),
        again=doubtful if isinstance(doubtful, Withheld) else share(found, everybody),
        again_pupils=tuple(found),
    )


def moderation(
    school: School, *, term: str, standards: Standards, measure: str = "writing"
) -> Moderation:
    """Set teachers' judgements against what moderation agreed, over the school year so far.

    Each pupil counts once, with the latest moderated judgement.

    Parameters
    ----------
    school : School
        With judgements that hold moderated values.
    term : str
        The school year up to the end of this term.
    standards : Standards
        With the order of the measure's codes.
    measure : str, optional
        Name of an ordinal measure of the standards.

    Raises
    ------
    NoRecords
        If nothing was moderated.
    """
    of, year = measure_of(standards, measure), Term.parse(term).year
    rows = _moderated(school, of, term)
    latest = _steps(rows, of).groupby(rows["pupil_id"]).last()
    if latest.empty:
        raise NoRecords(
            f"No judgements of {year} hold what moderation agreed",
            "moderated judgements are needed",
        )
    counts = {SAME: latest.eq(0), HIGHER: latest.gt(0), LOWER: latest.lt(0)}
    return Moderation(
        period=year,
        measure=of.label,
        agreement=attempt(split, {k: latest.index[v] for k, v in counts.items()}),
    )


def _moderated(school: School, measure: Measure, term: str) -> pd.DataFrame:
    """Give judgements of the school year so far that hold what moderation said, the latest last."""
    last, rows = Term.parse(term), school.table("judgements")
    if "moderated_value" not in rows:
        return rows.iloc[:0]
    terms = [str(last.back(n)) for n in range(last.part + 1)]
    rows = rows[rows["measure"].eq(measure.id) & rows["term"].isin(terms)]
    return rows.dropna(subset=["value", "moderated_value"]).sort_values("date", kind="stable")


def _teachers(school: School, measure: Measure, term: str, level: float) -> tuple[Teacher, ...]:
    rows = _moderated(school, measure, term)
    if rows.empty or "assessor" not in rows:
        return ()
    steps = _steps(rows, measure)
    by = {str(k): s for k, s in steps.groupby(rows["assessor"].reindex(steps.index))}
    return tuple(
        Teacher(label=name, leaning=_leaning(s, (1 - level) / len(by))) for name, s in by.items()
    )


def _steps(rows: pd.DataFrame, measure: Measure) -> pd.Series:
    """Give by how many codes the teacher judged higher than moderation."""
    place = {code: n for n, code in enumerate(measure.order)}
    return (rows["value"].map(place) - rows["moderated_value"].map(place)).dropna()


def _leaning(steps: pd.Series, rare: float) -> Leaning:
    higher, lower, n = int((steps > 0).sum()), int((steps < 0).sum()), len(steps)
    beyond = higher + lower > 0 and mcnemar(higher, lower, n).p <= rare
    where = ("higher" if higher > lower else "lower") if beyond else ""
    return Leaning(n=n, higher=higher, lower=lower, where=where)


def _reliability(school: School, scale: Measure, term: str) -> Intraclass:
    """Compare two scores of the same pupils, less the level of their year group."""
    rows = _moderated(school, scale, term).drop_duplicates("pupil_id", keep="last")
    rows = rows.merge(school.pupils[["pupil_id", "year_group"]], on="pupil_id")
    years, ends = rows["year_group"], ("value", "moderated_value")
    if len(rows) < 10 or years.nunique() >= len(rows) / 2:
        raise TooFewPupils("Too few pupils were scored twice to say how reliable a score is")
    both = [pd.to_numeric(rows[end], errors="coerce").astype(float) for end in ends]
    level = ((both[0] + both[1]) / 2).groupby(years).transform("mean")
    return intraclass(np.column_stack([scores - level for scores in both]))


def _doubtful(
    school: School, measure: Measure, scale: Measure, term: str, fewest: int
) -> tuple[list[str], list[str]]:
    """Give the pupils whose score is that of pupils judged otherwise, and all with both."""
    codes = judged(school, measure, term=term)[["pupil_id", "year_group", "score"]].dropna()
    scores = judged(school, scale, term=term)[["pupil_id", "score"]].dropna()
    both = codes.merge(scores, on="pupil_id", suffixes=("", "_of_scale"))
    if both.empty:
        raise NoRecords("No judgement can be set beside a score", "scores on one scale are needed")
    years = both["year_group"]
    away = both["score_of_scale"] - both["score_of_scale"].groupby(years).transform("median")
    by_code = away.groupby(both["score"])
    middle = by_code.median()[by_code.size() >= fewest]
    code, order = both["score"].to_numpy(dtype=float)[:, None], middle.index.to_numpy(dtype=float)
    score, medians = away.to_numpy(dtype=float)[:, None], middle.to_numpy(dtype=float)
    doubtful = ((order < code) & (score <= medians)) | ((order > code) & (score >= medians))
    found = both["pupil_id"].iloc[np.flatnonzero(doubtful.any(axis=1))]
    return sorted(found), both["pupil_id"].tolist()
