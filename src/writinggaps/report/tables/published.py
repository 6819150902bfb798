"""Published studies as tables."""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.disclosure import Released
from writinggaps.measures.evaluation.published import GapReductions, PublishedStudies, Study
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import given
from writinggaps.report.tables.cells import laid
from writinggaps.report.words.language import decimal, sentence_case
from writinggaps.withheld import Withheld

__all__ = ["gains", "reductions", "studies", "whom"]


@shown
def studies(value: PublishedStudies, _: Released[PublishedStudies]) -> Table:
    """Set each ratio gain as worked out beside the published one, with the citation."""
    return laid(
        "Published ratio gains, worked out again from published gains and times",
        {
            "Scheme": lambda s: s.scheme,
            "Group": lambda s: s.group,
            "Outcome": lambda s: s.outcome,
            "Pupils": lambda s: "" if s.n is None else f"{s.n:,}",
            "Worked out": lambda s: _figure(s.ratio_gain),
            "Published": lambda s: _figure(s.published, 2),
            "Agrees": lambda s: s.agrees or "z",
            "If not, why": _why,
            "Source": lambda s: s.citation,
        },
        value.studies,
        "n/a: the scale has no ages, so there is no ratio gain; not known: a figure is "
        "missing, for the reason given.",
    )


def gains(known: Iterable[tuple[str, float, float | Withheld]]) -> Table:
    """Set out the ratio gains of a picture: of whom, as published, as worked out again."""
    return laid(
        "Ratio gains as published and as worked out again",
        {
            "Scheme": lambda row: row[0],
            "Published": lambda row: _figure(row[1], 2),
            "Worked out": lambda row: _figure(row[2]),
        },
        known,
    )


@shown
def whom(value: PublishedStudies, _: Released[PublishedStudies]) -> Table:
    """List for whom each scheme was tried, with how much teaching, and what is known of it.

    A row without figures is left out where another of that scheme and need has them.
    """
    every = [s for s in value.studies if s.group != "comparison"]
    told = {(s.scheme, s.outcome) for s in every if _has_figures(s)}
    return laid(
        "Which scheme was tried with whom, and what is known of it",
        {
            "Scheme": lambda s: s.scheme,
            "Need": lambda s: s.outcome,
            "Ages": lambda s: s.ages or "not in the table",
            "Teaching": lambda s: s.dose or "not in the table",
            "Pupils": lambda s: "not known" if s.n is None else f"{s.n:,}",
            "Evidence": _evidence,
            "Gain in words": lambda s: sentence_case(given(s.band) or ""),
        },
        [s for s in every if _has_figures(s) or (s.scheme, s.outcome) not in told],
        "Words for gains are those of Brooks (third edition). They do not allow for regression "
        "to the mean, and say nothing about cause.",
    )


@shown
def reductions(value: GapReductions, _: Released[GapReductions]) -> Table:
    """Set each reduction of the distance to the norm beside the published one."""
    return laid(
        "Share of the distance to the national average that a scheme closed",
        {
            "Row": lambda row: str(row.row),
            "Impact": lambda row: decimal(row.impact, 1),
            "Comparison mean": lambda row: decimal(row.comparison_mean, 1),
            "Worked out": lambda row: decimal(row.reduction, 3),
            "Published": lambda row: decimal(row.published, 2),
            "Agrees": lambda row: row.agrees,
            "Source": lambda row: row.citation,
        },
        value.rows,
        "Impacts are in points of a scale with a national average of 100.",
    )


def _figure(found: float | Withheld, most: int = 1) -> str:
    """Write a figure with as many decimals as it has, up to so many."""
    if isinstance(found, Withheld):
        return "n/a" if found.reason == "no_ages" else "not known"
    return decimal(found, 1 if found == round(found, 1) else most)


def _has_figures(s: Study) -> bool:
    return not all(isinstance(f, Withheld) for f in (s.ratio_gain, s.published, s.effect))


def _why(s: Study) -> str:
    if not isinstance(s.ratio_gain, Withheld):
        return ""
    return sentence_case(s.why_not or s.ratio_gain.found)


def _evidence(s: Study) -> str:
    if not isinstance(s.effect, Withheld):
        alike = "an equivalent" if s.equivalent else "a"
        return f"effect {decimal(s.effect, 2)} against {alike} comparison group"
    found = s.published if isinstance(s.ratio_gain, Withheld) else s.ratio_gain
    if isinstance(found, Withheld):
        return s.why_not
    beside = "" if isinstance(s.compared, Withheld) else f", {decimal(s.compared, 1)} without it"
    return f"ratio gain {decimal(found, 1)}{beside}"
