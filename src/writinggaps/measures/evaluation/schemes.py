"""Schemes run in a school: who was taught, what they gained, and what may be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from writinggaps.estimates import (
    MeanDifference,
    RatioGain,
    Selection,
    ancova_effect,
    hedges_g,
    mean_gain,
    months_between,
    ratio_gain,
    share,
)
from writinggaps.estimates.planning import minimum_detectable_effect, months_of_progress
from writinggaps.measures.evaluation.results import (
    Chance,
    Cost,
    Dose,
    LessonsLost,
    Scheme,
    SchemeRow,
    Schemes,
)
from writinggaps.measures.evaluation.verdict import alike, verdict
from writinggaps.problems import NoAges, NoComparison, NoRecords
from writinggaps.readers.judged import year_groups
from writinggaps.readers.terms import Term
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from writinggaps.estimates import Effect
    from writinggaps.readers.school import School
    from writinggaps.standards import Evaluation, Standards

__all__ = ["schemes"]

_NORM = 100.0
"""The mean of pupils of an age on a standard scale."""

_FIRST_AGE = 4.5
"""Years old, on average, on the first of September of Reception."""

_SUCCESS = r"\b(?:met|achieved|success\w*|secured?|caught up|graduated|discontinued|referred)\b"
"""Ways to leave a scheme that follow from how a pupil did in it."""

_NOT_SUCCESS = r"\bnot (?:met|achieved|secured?|caught up)\b"


def schemes(school: School, *, term: str, standards: Standards) -> Schemes:
    """Evaluate every scheme that a school has run up to a term.

    A pupil counts once in a scheme, with the latest run. Of several tests, the one that most
    pupils took before and after counts.

    Parameters
    ----------
    school : School
        With interventions.
    term : str
        Schemes that began up to its end.
    standards : Standards
        When groups are alike, and when evidence is strong.

    Raises
    ------
    NoRecords
        If no scheme had begun.
    """
    rows = _rows(school, term)
    rule = standards.for_phase(school.phase).evaluation
    named = {str(name): _one_test(part) for name, part in rows.groupby("scheme")}
    compared = sum(part["taught"].nunique() == 2 for part in named.values())
    level = 1 - (1 - rule.level) / max(compared, 1)
    found = {
        name: attempt(_scheme, name, part, rows[rows["scheme"] == name], rule, level)
        for name, part in named.items()
    }
    known = [s for s in found.values() if not isinstance(s, Withheld)]
    return Schemes(
        period=term,
        compared=compared,
        rows=tuple(SchemeRow(label=name, scheme=found[name]) for name in sorted(found)),
        not_moved_pupils=tuple(sorted({p for s in known for p in s.not_moved_pupils})),
    )


def _rows(school: School, term: str) -> pd.DataFrame:
    """Give the rows of schemes that had begun, with what follows from them."""
    rows = school.table("interventions")
    rows = rows[rows["start"].isna() | rows["start"].le(pd.Timestamp(Term.parse(term).end))]
    if rows.empty:
        raise NoRecords(f"No scheme had begun by the end of {term}", "schemes with their pupils")
    first = rows["pre_date"].fillna(rows["start"])
    now = pd.Series(year_groups(school, term).to_numpy(), index=school.pupils["pupil_id"])
    back = Term.parse(term).starts_in - (first.dt.year - (first.dt.month < 9))
    since_september = (first.dt.day_of_year - 244) % 365 / 30.4
    years = rows["pupil_id"].map(now).astype(float) - back + _FIRST_AGE
    return rows.assign(
        taught=rows["group"].ne("comparison"),
        pupil=rows["school"].fillna("").astype(str) + "/" + rows["pupil_id"],
        age=12 * years + since_september,
        both=rows["pre"].notna() & rows["post"].notna(),
        test=rows["test"].fillna(""),
        scale=rows["scale"].fillna(""),
    )


def _one_test(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the test that most pupils took at both ends, and each pupil's latest run."""
    most = rows.groupby(["test", "scale"])["both"].sum().idxmax()
    kept = rows[pd.MultiIndex.from_frame(rows[["test", "scale"]]) == most]
    return kept.sort_values("start", kind="stable").drop_duplicates("pupil", keep="last")


def _scheme(
    name: str, part: pd.DataFrame, every: pd.DataFrame, rule: Evaluation, level: float
) -> Scheme:
    taught, others = part[part["taught"]], part[~part["taught"]]
    if taught.empty:
        raise NoRecords("Nobody is recorded as taught the scheme", "pupils who were taught it")
    effect = attempt(_effect, taught, others, rule, level)
    ratio = attempt(_ratio, taught, rule)
    tested = share(int(taught["both"].sum()), len(taught))
    comparison = attempt(share, int(others["both"].sum()), len(others))
    found, reasons = verdict(effect, (tested, comparison), rule)
    still = taught["both"] & (taught["post"] - taught["pre"]).le(_time_passed(taught))
    stayed = part.loc[part["both"], "pre"]
    gone = part.loc[~part["both"], "pre"]
    return Scheme(
        scheme=name,
        test=part["test"].iloc[0],
        scale=part["scale"].iloc[0],
        period=_period(taught),
        tested=tested,
        comparison=comparison,
        lost_apart=attempt(hedges_g, stayed, gone),
        dose=attempt(_dose, taught),
        gain=attempt(mean_gain, taught["pre"], taught["post"], level=rule.level),
        chance=attempt(_chance, taught, rule),
        ratio=ratio,
        before=attempt(_before, taught, others),
        effect=effect,
        detectable=attempt(_detectable, taught, others, level),
        months=attempt(_months, effect),
        not_moved=attempt(share, int(still.sum()), int(taught["both"].sum())),
        lost=attempt(_lost, every[every["taught"]]),
        cost=attempt(_cost, taught, ratio),
        left_on_success=_on_success(taught),
        verdict=found,
        reasons=reasons,
        not_moved_pupils=tuple(sorted(taught.loc[still, "pupil_id"])),
    )


def _period(taught: pd.DataFrame) -> str:
    """Name the terms in which the scheme was taught."""
    days = [day.date() for day in (taught["start"].min(), taught["start"].max()) if day == day]
    terms = list(dict.fromkeys(Term.of(day).spoken for day in days))
    return " to ".join(terms)


def _before(taught: pd.DataFrame, others: pd.DataFrame) -> Effect:
    """Compare the groups before, of those with both scores: they are whom the effect is about."""
    if others.empty:
        raise NoComparison(
            "Nobody is recorded as compared with",
            "pupils like them who were not taught the scheme, tested at the same times",
        )
    return hedges_g(taught.loc[taught["both"], "pre"], others.loc[others["both"], "pre"])


def _effect(taught: pd.DataFrame, others: pd.DataFrame, rule: Evaluation, level: float) -> Effect:
    before = _before(taught, others)
    if not set(taught["school"].dropna()) & set(others["school"].dropna()):
        raise NoComparison(
            "The pupils compared with are in other schools",
            "what the schools do differently cannot be told from the scheme",
            remedy="Give several schools of each kind as a trial; there, schools are allowed for.",
        )
    if not alike(before, rule):
        raise NoComparison(
            "The pupils compared with had scored too differently before",
            "groups that were alike before the scheme",
        )
    return ancova_effect(taught["pre"], taught["post"], others["pre"], others["post"], level=level)


def _detectable(taught: pd.DataFrame, others: pd.DataFrame, level: float) -> float:
    n, rest = int(taught["both"].sum()), int(others["both"].sum())
    if not rest:
        raise NoComparison("Nobody is recorded as compared with")
    both = pd.concat([taught, others]).loc[lambda t: t["both"]]
    r = np.nan_to_num(both["pre"].corr(both["post"]))
    return minimum_detectable_effect(
        n + rest, taught_share=n / (n + rest), explained=float(r**2), covariates=1, level=level
    )


def _months(effect: Effect | Withheld) -> str:
    if isinstance(effect, Withheld):
        raise NoComparison("There is no effect against an equivalent group")
    return months_of_progress(effect.estimate, comparison="equivalent")


def _dose(taught: pd.DataFrame) -> Dose:
    known = taught[taught["sessions"].notna()]
    if known.empty:
        raise NoRecords("No sessions were recorded", "the sessions of each pupil")
    minutes = known["sessions"] * known["minutes"].fillna(0)
    return Dose(n=len(known), sessions=int(known["sessions"].sum()), minutes=int(minutes.sum()))


def _chance(taught: pd.DataFrame, rule: Evaluation) -> Chance:
    if not taught["scale"].iloc[0].casefold().startswith("standard"):
        raise NoAges("Only standard scores say how far pupils were from the average of their age")
    gain: MeanDifference = mean_gain(taught["pre"], taught["post"], level=rule.level)
    return Chance(
        n=gain.n,
        behind=float(_NORM - taught.loc[taught["both"], "pre"].mean()),
        gain=gain.estimate,
        gain_low=gain.low,
        gain_high=gain.high,
        reliability=rule.reliability,
    )


def _ratio(taught: pd.DataFrame, rule: Evaluation) -> RatioGain:
    """Give the ratio gain; ages of pupils are those of their year group, for want of birthdays."""
    behind = float((taught["age"] - taught["pre"])[taught["both"]].mean())
    chosen = Selection(
        test=taught["test"].iloc[0],
        months_behind=max(behind, 0.0) if behind == behind else 0.0,
        reliability=rule.reliability,
    )
    return ratio_gain(
        taught["post"] - taught["pre"],
        dates=(taught["pre_date"], taught["post_date"]),
        scale=taught["scale"].iloc[0],
        selected=chosen,
        level=rule.level,
    )


def _time_passed(taught: pd.DataFrame) -> Any:
    """Give the gain of standing still: the months between the tests on a scale of ages, else 0."""
    ages = any(word in taught["scale"].iloc[0].casefold() for word in ("age", "months"))
    return months_between(taught["pre_date"], taught["post_date"]) if ages else 0.0


def _lost(every: pd.DataFrame) -> LessonsLost:
    out = every[every["place"].eq("withdrawn") & every["sessions"].fillna(0).gt(0)]
    if out.empty:
        raise NoRecords("No lessons were given up", "sessions out of class")
    subjects = out["missed_subject"].fillna("").replace("", np.nan).dropna()
    return LessonsLost(
        n=out["pupil"].nunique(),
        sessions=int(out["sessions"].sum()),
        subjects=tuple(subjects.value_counts().index.astype(str)),
    )


def _cost(taught: pd.DataFrame, ratio: RatioGain | Withheld) -> Cost:
    known = taught["cost"].dropna()
    if known.empty:
        raise NoRecords("No cost was recorded", "what the scheme cost for each pupil")
    months = ratio if isinstance(ratio, Withheld) else ratio.gain_months
    return Cost(n=len(known), pounds=float(known.mean()), months=months)


def _on_success(taught: pd.DataFrame) -> bool:
    ends = taught["exit"].fillna("").str.casefold().str.replace(_NOT_SUCCESS, "", regex=True)
    return bool(ends.str.contains(_SUCCESS, regex=True).any())
