"""A trial: who was there, were the groups alike, and what each way of comparing them finds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.paired import pre_post_control_effect
from writinggaps.estimates.standardised import Effect
from writinggaps.estimates.trial import ClusterTrial, cluster_trial
from writinggaps.measures.evaluation.verdict import alike, months, verdict
from writinggaps.problems import NoComparison, NoRecords
from writinggaps.results import Answer, Label, Labels, Number, Score, result
from writinggaps.standards import Evaluation, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Arm", "Model", "Trial", "trial"]

MODELS = ("adjusted", "gains", "post_tests", "schools", "schools_robust", "school_means")
"""Every way in which a trial is looked at."""


@result
class Arm:
    """One group of a trial: pupils in it, and of these, those with each score and with both."""

    label: Label
    schools: Number
    before: Share | Withheld
    after: Share | Withheld
    analysed: Share | Withheld


@result
class Model:
    """One way of comparing, and whether it is the one that this trial calls for."""

    label: Label
    chosen: Answer
    found: Effect | Withheld


@result
class Trial:
    """A trial's flow, balance and estimates.

    Parameters
    ----------
    flow : tuple of Arm
        Taught, then comparison.
    drawn : Label
        `schools` where whole schools were in one group, `pupils` where schools had both, and
        `unknown` where no school was given.
    before : Effect or Withheld
        Taught against comparison before, of those with both scores.
    models : tuple of Model
        Side by side.
    icc : Score or Withheld
        Share of the spread of scores that lies between schools, in hundredths.
    months : Label or Withheld
        The chosen estimate in months' progress.
    verdict, reasons
        As for a scheme.
    """

    flow: tuple[Arm, ...]
    drawn: Label
    before: Effect | Withheld
    models: tuple[Model, ...]
    icc: Score | Withheld
    months: Label | Withheld
    verdict: Label
    reasons: Labels

    @property
    def chosen(self) -> Effect | Withheld:
        """The estimate to quote."""
        return next(model.found for model in self.models if model.chosen)


def trial(rows: pd.DataFrame, *, standards: Standards) -> Trial:
    """Evaluate a trial by every model, and say which one counts.

    Where schools are known, clusters are on: whole schools in one group are what was drawn, and
    the mixed model counts. Otherwise pupils were drawn, and the difference adjusted for the score
    before counts.

    Parameters
    ----------
    rows : DataFrame
        As `readers.published.read_trial` gives it: `pupil_id`, `taught`, `pre`, `post` and,
        where known, `school`.
    standards : Standards
        When groups are alike, and when evidence is strong.

    Raises
    ------
    NoRecords
        If nobody was taught, or nobody compared with.
    """
    if rows.empty:
        raise NoRecords("No trial was given", "a trial is a file with a row a pupil")
    if rows["taught"].nunique() < 2:
        raise NoRecords(
            "The trial has one group only", "a trial needs pupils taught and pupils compared with"
        )
    rule, drawn = standards.evaluation, _drawn(rows)
    cluster = attempt(_cluster, rows, rule) if drawn == "schools" else _not_clustered(drawn)
    columns = [rows.loc[rows["taught"] == arm, c] for arm in (True, False) for c in ("pre", "post")]
    counts = "schools" if drawn == "schools" else "adjusted"
    found: dict[str, Effect | Withheld] = {
        "adjusted": attempt(ancova_effect, *columns, level=rule.level),
        "gains": attempt(pre_post_control_effect, *columns, level=rule.level),
        "post_tests": attempt(hedges_g, columns[1], columns[3], level=rule.level),
        **{f"school{end}": _of_schools(cluster, end) for end in ("s", "s_robust", "_means")},
    }
    models = [Model(label=m, chosen=m == counts, found=found[m]) for m in MODELS]
    before = attempt(_before, rows)
    flow = tuple(_arm(rows, arm) for arm in (True, False))
    fair = attempt(_fair, found[counts], before, rule)
    said, reasons = verdict(fair, tuple(arm.analysed for arm in flow), rule)
    return Trial(
        flow=flow,
        drawn=drawn,
        before=before,
        models=tuple(models),
        icc=cluster if isinstance(cluster, Withheld) else 100 * cluster.icc_unconditional,
        months=attempt(months, fair),
        verdict=said,
        reasons=reasons,
    )


def _drawn(rows: pd.DataFrame) -> str:
    if "school" not in rows:
        return "unknown"
    both = rows.groupby("school")["taught"].nunique().gt(1).any()
    return "pupils" if both else "schools"


def _not_clustered(drawn: str) -> Withheld:
    found = (
        "The file has no column of schools"
        if drawn == "unknown"
        else "Schools have pupils in both groups"
    )
    return Withheld(reason="no_clusters", found=found, needed="each school has to be in one group")


def _cluster(rows: pd.DataFrame, rule: Evaluation) -> ClusterTrial:
    return cluster_trial(
        rows["post"], rows["taught"], rows["school"], pre=rows["pre"], level=rule.level
    )


def _of_schools(cluster: ClusterTrial | Withheld, end: str) -> Effect | Withheld:
    """Put each model of a trial of schools over all pupils' unconditional spread."""
    if isinstance(cluster, Withheld):
        return cluster
    model = {"s": cluster.mixed, "s_robust": cluster.robust, "_means": cluster.school_means}[end]
    sd = cluster.mixed.estimate / cluster.effects[0].estimate
    return Effect(
        measure="cluster_trial",
        estimate=model.estimate / sd,
        low=model.low / sd,
        high=model.high / sd,
        standard_error=model.standard_error / sd,
        n=cluster.n,
        n_taught=cluster.n_taught,
        n_comparison=cluster.n_comparison,
        divisor=cluster.effects[0].divisor,
        design="whole schools, taught or not",
        method=model.method,
        level=model.level,
    )


def _before(rows: pd.DataFrame) -> Effect:
    both = rows.dropna(subset=["pre", "post"])
    return hedges_g(both.loc[both["taught"], "pre"], both.loc[~both["taught"], "pre"])


def _arm(rows: pd.DataFrame, taught: bool) -> Arm:
    here = rows[rows["taught"] == taught]
    pre, post = here["pre"].notna(), here["post"].notna()
    return Arm(
        label="taught" if taught else "comparison",
        schools=here["school"].nunique() if "school" in here else 0,
        before=attempt(share, int(pre.sum()), len(here)),
        after=attempt(share, int(post.sum()), len(here)),
        analysed=attempt(share, int((pre & post).sum()), len(here)),
    )


def _fair(found: Any, before: Effect | Withheld, rule: Evaluation) -> Any:
    """Give the estimate that counts, if the groups were alike before."""
    if isinstance(found, Withheld):
        return found
    if isinstance(before, Withheld) or not alike(before, rule):
        raise NoComparison(
            "The groups had scored too differently before",
            "groups have to be alike before the scheme",
        )
    return found
