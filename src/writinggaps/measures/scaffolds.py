"""Who still needs support to write?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.estimates.states import states
from writinggaps.problems import NoRecords
from writinggaps.readers.evidence import seen
from writinggaps.readers.roll import group_labels, on_roll
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Count, Label, PupilIds, Tally, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["ClassEvidence", "Observed", "ScaffoldReliance", "scaffold_reliance"]


@result
class Observed:
    """What was looked for in the writing of some pupils: seen alone, and seen in all.

    One observation is one statement in one piece of writing.
    """

    n: Count
    independent: Tally
    observations: Tally

    @property
    def share(self) -> float:
        """The share of observations that were of writing alone, between 0 and 1."""
        return min(self.independent / self.observations, 1.0) if self.observations else 0.0


@result
class ClassEvidence:
    """The evidence of one class."""

    label: Label
    observed: Observed | Withheld


@result
class ScaffoldReliance:
    """How much of a term's evidence was independent, and who relies on scaffolds.

    `reliant` counts, by class, the pupils with at least `share` of their evidence scaffolded, of
    the pupils with enough evidence to tell. `only_supported` counts, of these, the pupils who have
    shown more statements only with support than they have secured alone.
    """

    period: Label
    share: Constant
    whole: Observed
    classes: tuple[ClassEvidence, ...]
    reliant: Breakdown | Withheld
    only_supported: Share | Withheld
    reliant_pupils: PupilIds
    only_supported_pupils: PupilIds


def scaffold_reliance(school: School, *, term: str, standards: Standards) -> ScaffoldReliance:
    """Say how much of a term's evidence was independent, and who relies on scaffolds.

    Parameters
    ----------
    school : School
        With statements, and pieces where the school keeps them. Exercises are no evidence of
        writing with or without scaffolds and are left out.
    term : str
        Such as `2025-26-autumn`.
    standards : Standards
        Whose rule `scaffold` says when a pupil relies on scaffolds.

    Raises
    ------
    NoRecords
        If no statements were seen in writing in the term.
    """
    rules = standards.for_phase(school.phase)
    roll = on_roll(school, term)
    roll = roll.assign(part=group_labels(roll, "class"))
    every = seen(school, term)
    every = every[every["pupil_id"].isin(roll["pupil_id"])]
    now = every[every["date"].ge(pd.Timestamp(Term.parse(term).start))]
    pupils = roll.merge(_per_pupil(now[now["kind"].ne("exercise")]), on="pupil_id")
    if pupils.empty:
        raise NoRecords(
            f"No statements were seen in writing in {Term.parse(term).spoken}",
            "statements of that term are needed",
        )
    enough = pupils[pupils["observations"] >= rules.scaffold.observations]
    scaffolded = 1 - enough["independent"] / enough["observations"]
    enough = enough.assign(reliant=scaffolded >= rules.scaffold.share)
    reliant = set(enough.loc[enough["reliant"], "pupil_id"])
    helped = _more_with_support(every[every["pupil_id"].isin(reliant)], standards, school.phase)
    return ScaffoldReliance(
        period=term,
        share=rules.scaffold.share,
        whole=_observed(pupils),
        classes=tuple(
            ClassEvidence(label=str(name), observed=_observed(rows))
            for name, rows in pupils.groupby("part", observed=True)
        ),
        reliant=attempt(_by_class, enough),
        only_supported=attempt(share, helped, reliant),
        reliant_pupils=tuple(sorted(reliant)),
        only_supported_pupils=tuple(sorted(helped)),
    )


def _per_pupil(seen: pd.DataFrame) -> pd.DataFrame:
    alone = seen.assign(alone=seen["kind"].eq("independent")).groupby("pupil_id")["alone"]
    return alone.agg(independent="sum", observations="size").reset_index()


def _observed(pupils: pd.DataFrame) -> Observed:
    return Observed(
        n=len(pupils),
        independent=int(pupils["independent"].sum()),
        observations=int(pupils["observations"].sum()),
    )


def _by_class(enough: pd.DataFrame) -> Breakdown:
    classes = enough["pupil_id"].groupby(enough["part"], observed=True)
    reliant = enough["reliant"]
    return breakdown("class", {str(k): (rows[reliant[rows.index]], rows) for k, rows in classes})


def _more_with_support(every: pd.DataFrame, standards: Standards, phase: str) -> set[str]:
    rules = standards.for_phase(phase)
    found = states(
        every,
        every[["pupil_id", "statement"]].drop_duplicates(),
        pieces=rules.secure.independent_pieces,
        lost_after=rules.secure.lost_after_pieces,
        within_weeks=rules.secure.within_weeks,
        after_weeks=rules.retained.after_weeks,
    )
    helped = found["state"].eq("only with support")
    held = found["state"].isin(["retained", "secured"])
    more = helped.groupby(found["pupil_id"]).sum() > held.groupby(found["pupil_id"]).sum()
    return set(more[more].index)
