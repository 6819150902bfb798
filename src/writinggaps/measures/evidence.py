"""Do we know enough about pupils' writing to say anything?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.problems import NoRecords
from writinggaps.readers.roll import group_labels, on_roll, until
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Count, Label, PupilIds, Tally, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Evidence", "JudgementMix", "SubjectPieces", "evidence", "judgement_mix"]


@result
class SubjectPieces:
    """Pieces written independently in the lessons of one subject."""

    label: Label
    pieces: Tally


@result
class Evidence:
    """How often pupils wrote alone in a term, in which lessons, and of whom nothing is known.

    `enough` counts pupils with at least `expected` independent pieces in the term, `not_recent`
    those without one in the `weeks` before the latest piece of the school; both by year group.
    """

    period: Label
    expected: Constant
    weeks: Constant
    n: Count
    pieces: Tally
    independent: Tally
    subjects: tuple[SubjectPieces, ...]
    enough: Breakdown | Withheld
    not_recent: Breakdown | Withheld
    not_recent_pupils: PupilIds

    @property
    def per_pupil(self) -> float:
        """Independent pieces per pupil on roll."""
        return self.independent / self.n


@result
class JudgementMix:
    """Judgements of writing in a term, made while teaching and at the end of it."""

    period: Label
    n: Count
    formative: Tally
    summative: Tally


def evidence(school: School, *, term: str, standards: Standards) -> Evidence:
    """Say how often pupils wrote independently, and of whom there is no recent evidence.

    Parameters
    ----------
    school : School
        With pieces.
    term : str
        Such as `2025-26-autumn`.
    standards : Standards
        How many pieces are enough, and how old evidence may be.

    Raises
    ------
    NoRecords
        If no pieces were recorded in the term.
    """
    rule = standards.for_phase(school.phase).evidence
    roll = on_roll(school, term)
    every = until(school.table("pieces"), term)
    every = every[every["pupil_id"].isin(roll["pupil_id"])]
    now = every[every["date"].ge(pd.Timestamp(Term.parse(term).start))]
    if now.empty:
        raise NoRecords(
            f"No pieces of writing were recorded in {Term.parse(term).spoken}",
            "pieces of that term are needed",
        )
    alone = every[every["independent"].astype("boolean").fillna(value=False)]
    fresh = every["date"].max() - pd.Timedelta(weeks=rule.recent_weeks)
    written = now[now.index.isin(alone.index)]
    counts = roll["pupil_id"].map(written["pupil_id"].value_counts()).fillna(0)
    recent = roll["pupil_id"].isin(alone.loc[alone["date"].ge(fresh), "pupil_id"])
    subjects = written["subject"].fillna("not recorded").value_counts()
    return Evidence(
        period=term,
        expected=rule.independent_pieces_a_term,
        weeks=rule.recent_weeks,
        n=len(roll),
        pieces=len(now),
        independent=len(written),
        subjects=tuple(SubjectPieces(label=str(k), pieces=int(v)) for k, v in subjects.items()),
        enough=attempt(_by_year, roll, counts.ge(rule.independent_pieces_a_term)),
        not_recent=attempt(_by_year, roll, ~recent),
        not_recent_pupils=tuple(sorted(roll.loc[~recent, "pupil_id"])),
    )


def judgement_mix(school: School, *, term: str) -> JudgementMix:
    """Count the formative and the summative judgements of writing in a term.

    Raises
    ------
    NoRecords
        If none was recorded.
    """
    found = school.table("judgements")
    found = found[found["term"].eq(term) & found["kind"].notna()]
    if "subject" in found:
        found = found[found["subject"].fillna("writing").eq("writing")]
    if found.empty:
        raise NoRecords(
            f"No judgements of writing were recorded in {Term.parse(term).spoken}",
            "judgements of that term are needed",
        )
    kinds = found["kind"].value_counts()
    return JudgementMix(
        period=term,
        n=found["pupil_id"].nunique(),
        formative=int(kinds.get("formative", 0)),
        summative=int(kinds.get("summative", 0)),
    )


def _by_year(roll: pd.DataFrame, of: pd.Series) -> Breakdown:
    years = roll["pupil_id"].groupby(group_labels(roll, "year_group"), observed=True)
    return breakdown("year_group", {str(k): (rows[of[rows.index]], rows) for k, rows in years})
