"""Schemes run in a school: who was taught, what they gained, and what may be said of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.elapsed import months_between
from writinggaps.estimates.means import mean_gain
from writinggaps.estimates.planning import minimum_detectable_effect
from writinggaps.estimates.standardised import Effect
from writinggaps.measures.evaluation import parts
from writinggaps.measures.evaluation.results import Scheme, SchemeRow, Schemes
from writinggaps.measures.evaluation.verdict import alike, months, verdict
from writinggaps.problems import NoComparison, NoRecords
from writinggaps.readers.judged import year_groups
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Evaluation, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["schemes"]

_FIRST_AGE = 4.5
"""Years old, on average, on the first of September of Reception."""


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
        raise NoRecords(
            f"No scheme had begun by the end of {Term.parse(term).spoken}",
            "schemes have to be given with their pupils",
        )
    first = rows["pre_date"].fillna(rows["start"])
    now = pd.Series(year_groups(school, term).to_numpy(), index=school.pupils["pupil_id"])
    about = school.pupils.set_index("pupil_id").reindex(columns=["disadvantaged", "sen_provision"])
    back = Term.parse(term).starts_in - (first.dt.year - (first.dt.month < 9))
    since_september = (first.dt.day_of_year - 244) % 365 / 30.4
    years = rows["pupil_id"].map(now).astype(float) - back + _FIRST_AGE
    return rows.assign(
        taught=rows["group"].ne("comparison"),
        pupil=rows["school"].fillna("").astype(str) + "/" + rows["pupil_id"],
        age=12 * years + since_september,
        disadvantaged=rows["pupil_id"].map(about["disadvantaged"]),
        sen=rows["pupil_id"].map(about["sen_provision"]).map({"N": False, "K": True, "E": True}),
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
        raise NoRecords(
            "Nobody is recorded as taught the scheme", "it has to be said who was taught"
        )
    effect = attempt(_effect, taught, others, rule, level)
    ratio = attempt(parts.ratio, taught, rule)
    tested, comparison = parts.tested(taught), attempt(parts.tested, others)
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
        disadvantaged=attempt(parts.share_of, taught, "disadvantaged"),
        sen=attempt(parts.share_of, taught, "sen"),
        pairs=attempt(parts.paired, taught),
        pairs_compared=attempt(parts.paired, others),
        lost_apart=attempt(hedges_g, stayed, gone),
        dose=attempt(parts.dose, taught),
        gain=attempt(mean_gain, taught["pre"], taught["post"], level=rule.level),
        chance=attempt(parts.chance, taught, rule),
        ratio=ratio,
        before=attempt(_before, taught, others),
        effect=effect,
        detectable=attempt(_detectable, taught, others, level),
        months=attempt(months, effect),
        not_moved=attempt(parts.not_moved, taught, still),
        lost=attempt(parts.lost, every[every["taught"]]),
        cost=attempt(parts.cost, taught, ratio),
        left_on_success=parts.on_success(taught),
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
            "Nobody is recorded to compare with",
            "pupils like them who were not taught it have to be tested at the same times",
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
            "groups have to be alike before the scheme",
        )
    return ancova_effect(taught["pre"], taught["post"], others["pre"], others["post"], level=level)


def _time_passed(taught: pd.DataFrame) -> Any:
    """Give the gain of standing still: the months between the tests on a scale of ages, else 0."""
    ages = any(word in taught["scale"].iloc[0].casefold() for word in ("age", "months"))
    return months_between(taught["pre_date"], taught["post_date"]) if ages else 0.0


def _detectable(taught: pd.DataFrame, others: pd.DataFrame, level: float) -> float:
    """Give the smallest effect to be seen; with nobody compared with, if half had been drawn."""
    both = pd.concat([taught, others]).loc[lambda t: t["both"]]
    ours = taught["both"].sum() / max(len(both), 1) if others["both"].any() else 0.5
    r = np.nan_to_num(both["pre"].corr(both["post"])) if both["pre"].nunique() > 1 else 0.0
    return minimum_detectable_effect(
        len(both), taught_share=float(ours), explained=float(r**2), covariates=1, level=level
    )
