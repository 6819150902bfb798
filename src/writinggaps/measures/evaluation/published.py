"""What has been published about schemes: worked out again, pooled, and set beside each other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from writinggaps.estimates.planning import relative_gap_reduction
from writinggaps.estimates.pooling import pool
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.samples import Summary
from writinggaps.problems import NoAges, NotPublished, TooFewStudies
from writinggaps.results import Answer, Constant, Label, Number, result
from writinggaps.standards import bands
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "GapReduction",
    "GapReductions",
    "PooledEffect",
    "PooledOutcome",
    "PublishedStudies",
    "Study",
    "gap_reductions",
    "published",
]

TOLERANCE = 0.1
"""Published ratio gains are rounded to one decimal, and sometimes from whole months."""
_REDUCTION_TOLERANCE = 0.015
_BAND_SET = "brooks-2007"


@result
class Study:
    """One group and outcome of a published study.

    `ratio_gain` is worked out from the published gain and time; `compared` is that of its
    comparison group. `agrees` is yes, no, or empty where there are not two figures to compare.
    """

    study: Label
    scheme: Label
    group: Label
    outcome: Label
    ages: Label
    dose: Label
    n: Number | None
    ratio_gain: Constant | Withheld
    published: Constant | Withheld
    compared: Constant | Withheld
    effect: Constant | Withheld
    band: Label | Withheld
    agrees: Label
    why_not: Label
    equivalent: Answer
    citation: Label


@result
class PooledEffect:
    """What published effects say together; public figures, which no edition rounds."""

    estimate: Constant
    low: Constant
    high: Constant
    between_sd: Constant
    method: Label


@result
class PooledOutcome:
    """Effects on one outcome, of studies with equivalent comparison groups."""

    outcome: Label
    studies: Number
    pooled: PooledEffect | Withheld


@result
class PublishedStudies:
    """Every study, and what those that are alike say together."""

    studies: tuple[Study, ...]
    pooled: tuple[PooledOutcome, ...]

    @property
    def recomputed(self) -> int:
        """Published ratio gains that could be worked out again."""
        return sum(bool(s.agrees) and not isinstance(s.published, Withheld) for s in self.studies)

    @property
    def agreeing(self) -> int:
        """Of these, those that came out as published."""
        return self.recomputed - sum(study.agrees == "no" for study in self.studies)

    @property
    def refused(self) -> int:
        """Results that are published as having no ratio gain, and are refused here too."""
        return sum(s.agrees == "yes" and isinstance(s.published, Withheld) for s in self.studies)


@result
class GapReduction:
    """One published impact and the share of the distance to the norm that it closed."""

    row: Number
    impact: Constant
    comparison_mean: Constant
    reduction: Constant
    published: Constant
    agrees: Label
    citation: Label


@result
class GapReductions:
    """Every published reduction, worked out again."""

    rows: tuple[GapReduction, ...]


def published(studies: pd.DataFrame, *, outcome: str = "", age: int = 0) -> PublishedStudies:
    """Work published figures out again, and pool those that are alike.

    Parameters
    ----------
    studies : DataFrame
        As `readers.published.read_studies` gives them.
    outcome : str, optional
        Only studies of outcomes that hold this word, such as `writing`.
    age : int, optional
        Only studies of pupils of this age in years, and those that do not say.

    Raises
    ------
    NotPublished
        If no study is of this kind.

    Examples
    --------
    >>> from writinggaps.readers.published import read_studies
    >>> found = published(read_studies())
    >>> found.agreeing, found.recomputed
    (5, 5)
    """
    kept = studies[studies["outcome"].str.contains(outcome, case=False, regex=False)]
    if age:
        kept = kept[~(kept["age_low"].gt(age) | kept["age_high"].lt(age))]
    if kept.empty:
        raise NotPublished(
            "No study in the table is of this kind", "another outcome or age may have one"
        )
    every = {str(row["study"]): row for row in studies.to_dict("records")}
    return PublishedStudies(
        studies=tuple(_study(row, every) for row in kept.to_dict("records")),
        pooled=tuple(_pooled(str(name), part) for name, part in kept.groupby("outcome")),
    )


def gap_reductions(rows: pd.DataFrame) -> GapReductions:
    """Work out again which share of the distance to the norm published impacts closed.

    Examples
    --------
    >>> from writinggaps.readers.published import read_gap_reductions
    >>> {row.agrees for row in gap_reductions(read_gap_reductions()).rows}
    {'yes'}
    """
    return GapReductions(rows=tuple(_reduction(row) for row in rows.to_dict("records")))


def _study(row: dict[Any, Any], every: dict[str, Any]) -> Study:
    ours, theirs = attempt(_ratio, row), attempt(_given, row)
    other = every.get(row["compared_with"])
    known = next((r for r in (theirs, ours) if not isinstance(r, Withheld)), None)
    return Study(
        **{name: row[name] for name in ("study", "scheme", "group", "outcome", "ages", "dose")},
        n=None if row["n"] != row["n"] else int(row["n"]),
        ratio_gain=ours,
        published=theirs,
        compared=attempt(_ratio, other) if other else _nobody(),
        effect=attempt(_effect, row),
        band=ours if known is None else bands(_BAND_SET).label(round(known, 9)),  # type: ignore[arg-type]
        agrees=_agrees(ours, theirs),
        why_not=row["why_not"],
        equivalent=row["equivalent"] == "yes",
        citation=row["citation"],
    )


def _ratio(row: dict[Any, Any]) -> float:
    """Work a ratio gain out; a scale without ages, or a figure that is missing, is a reason."""
    if not row["scale"]:
        raise NotPublished(row["why_not"])
    ratio_gain(Summary(n=2, mean=0.0), elapsed_months=1.0, scale=row["scale"])
    months = row["months_between"]
    time = months if months == months else row["weeks_between"] * 12 / 52
    if not row["gain_months"] / time > -float("inf"):
        raise NotPublished(row["why_not"] or "The gain or the time between the tests is not given")
    group = Summary(n=int(row["n"]), mean=row["gain_months"])
    return ratio_gain(group, elapsed_months=time, scale=row["scale"], band_set=_BAND_SET).estimate


def _given(row: dict[Any, Any]) -> float:
    if row["published_ratio_gain_refused"]:
        raise NoAges("The publication says that there is none")
    if row["published_ratio_gain"] != row["published_ratio_gain"]:
        raise NotPublished("It is not published, or not available to us")
    return float(row["published_ratio_gain"])


def _effect(row: dict[Any, Any]) -> float:
    if row["effect"] != row["effect"]:
        raise NotPublished(row["why_not"] or "No effect size is published")
    return float(row["effect"])


def _nobody() -> Withheld:
    return Withheld(reason="no_comparison", found="There is no comparison group")


def _agrees(ours: float | Withheld, theirs: float | Withheld) -> str:
    if isinstance(theirs, Withheld) and theirs.reason == "no_ages":
        return "yes" if isinstance(ours, Withheld) and ours.reason == "no_ages" else "no"
    if isinstance(ours, Withheld) or isinstance(theirs, Withheld):
        return ""
    return "yes" if abs(round(ours, 1) - theirs) <= TOLERANCE + 1e-9 else "no"


def _pooled(outcome: str, part: pd.DataFrame) -> PooledOutcome:
    alike = part[part["equivalent"].eq("yes") & part["effect"].notna()]
    alike = alike.dropna(subset=["n", "n_comparison"])
    return PooledOutcome(outcome=outcome, studies=len(alike), pooled=attempt(_pool, alike))


def _pool(alike: pd.DataFrame) -> PooledEffect:
    """Pool effects, each as sure as its two groups are large."""
    if len(alike) < 2:
        raise TooFewStudies(
            "Fewer than two studies of this outcome give an effect against an equivalent group",
            "two or more are needed",
        )
    n, rest, g = alike["n"], alike["n_comparison"], alike["effect"]
    found = pool(g, 1 / n + 1 / rest + g**2 / (2 * (n + rest)))
    return PooledEffect(
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        between_sd=found.between_sd,
        method=found.method,
    )


def _reduction(row: dict[Any, Any]) -> GapReduction:
    found = relative_gap_reduction(row["impact"], row["comparison_mean"])
    near = abs(found - row["published_reduction"]) <= _REDUCTION_TOLERANCE
    return GapReduction(
        row=int(row["row"]),
        impact=row["impact"],
        comparison_mean=row["comparison_mean"],
        reduction=found,
        published=row["published_reduction"],
        agrees="yes" if near else "no",
        citation=row["citation"],
    )
