"""A trial in words."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.evaluation.trial import Trial
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    count_of,
    decimal,
    few,
    inside,
    months,
    percent,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["CHOSEN", "MODELS", "balance", "result", "share_of_arm", "title"]

MODELS = {
    "adjusted": "Adjusted for the score before",
    "gains": "Difference of gains",
    "post_tests": "Difference after, not adjusted",
    "schools": "Mixed model, schools as a level",
    "schools_robust": "Least squares, errors by school",
    "school_means": "Means of schools",
}
"""Ways of comparing, as people read them."""

CHOSEN = {
    "schools": "whole schools were drawn, so schools are what was compared",
    "pupils": "pupils were drawn within schools, and their scores before explain most of the rest",
    "unknown": "no schools were given, and the scores before explain most of the rest",
}
"""Why a model counts, by what was drawn."""

_LADDER = {
    "strong_helped": "There is **strong evidence that the scheme helped**",
    "some_helped": "There is **some evidence that the scheme helped**",
    "cannot_tell": "**Nobody can tell from this trial whether the scheme helped**",
    "some_not": "There is **some evidence that the scheme did not help**",
    "harm": "There is **evidence of harm**",
}
_BECAUSE = {
    "lost_pupils": "many pupils have no score from both ends",
    "few_pupils": "the groups are small",
    "within_chance": "the difference is within chance",
    "no_comparison": "the groups had scored too differently before",
}


@sentence
def result(value: Trial, released: Released[Trial]) -> str:
    """Say what the trial found by the model that counts, and how sure it is."""
    found = value.chosen
    if isinstance(found, Withheld):
        return f"{_LADDER['cannot_tell']}: {inside(found.found)}."
    because = [_BECAUSE[reason] for reason in value.reasons if reason in _BECAUSE]
    why = f", because {' and '.join(because)}" if because else ""
    places = 2 if released.exact else 1
    side = "higher" if found.estimate >= 0 else "lower"
    low, high = sorted((found.low, found.high)) if side == "higher" else (-found.high, -found.low)
    return (
        f"{_LADDER[value.verdict]}{why}: pupils taught scored "
        f"{decimal(abs(found.estimate), places)} standard deviations {side} "
        f"({to_range(low, high, places)}){months(value.months)}. This model counts because "
        f"{CHOSEN[value.drawn]}."
    )


@sentence
def balance(value: Trial, released: Released[Trial]) -> str:
    """Say how alike the groups were before."""
    if isinstance(value.before, Withheld):
        return "How alike the groups were before cannot be said: the groups are too small."
    places = 2 if released.exact else 1
    apart = value.before.estimate
    side = "higher" if apart >= 0 else "lower"
    size = decimal(abs(apart), places)
    fit = (
        "too far apart for the groups to be compared"
        if "no_comparison" in value.reasons
        else "near enough for the groups to be compared, once it is allowed for"
    )
    schools = (
        ""
        if isinstance(value.icc, Withheld)
        else f" Of the spread of scores, {percent(value.icc / 100)} lies between schools."
    )
    return f"Before, pupils taught had scored {size} standard deviations {side}: {fit}.{schools}"


def title(value: Trial) -> str:
    """Give the headline of a picture."""
    return _LADDER[value.verdict].replace("**", "")


def share_of_arm(part: Share | Withheld, released: Released[Any]) -> str:
    """Write a part of a group, as its edition allows."""
    if isinstance(part, Withheld):
        return part.symbol
    if few(part.n - part.count, released):
        return "all or nearly all"
    return count_of(part.count, released)
