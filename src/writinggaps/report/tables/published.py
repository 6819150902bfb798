"""Published studies as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.report.faces import Table, shown
from writinggaps.report.words.language import decimal, sentence_case
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evaluation.published import GapReductions, PublishedStudies, Study

__all__ = ["reductions", "studies", "whom"]


@shown
def studies(value: PublishedStudies, _: Released[PublishedStudies]) -> Table:
    """Set each ratio gain as worked out beside the published one, with the citation."""
    return Table(
        caption="Published ratio gains, worked out again from published gains and times",
        columns=(
            "Scheme", "Group", "Outcome", "Pupils", "Worked out", "Published", "Agrees",
            "If not, why", "Source",
        ),
        rows=tuple(
            (
                s.scheme, s.group, s.outcome, "" if s.n is None else f"{s.n:,}",
                _figure(s.ratio_gain), _figure(s.published, 2), s.agrees or "z",
                _why(s), s.citation,
            )
            for s in value.studies
        ),
        note=(
            "n/a: the scale has no ages, so there is no ratio gain; not known: a figure is "
            "missing, for the reason given; z: there are not two to compare."
        ),
    )  # fmt: skip


@shown
def whom(value: PublishedStudies, _: Released[PublishedStudies]) -> Table:
    """List for whom each scheme was tried, with how much teaching, and what is known of it."""
    every = [s for s in value.studies if s.group != "comparison"]
    told = {(s.scheme, s.outcome) for s in every if _has_figures(s)}
    taught = [s for s in every if _worth_a_row(s, told)]
    return Table(
        caption="Which scheme was tried with whom, and what is known of it",
        columns=("Scheme", "Need", "Ages", "Teaching", "Pupils", "Evidence", "Gain in words"),
        rows=tuple(
            (
                s.scheme,
                s.outcome,
                s.ages or "not in the table",
                s.dose or "not in the table",
                "not known" if s.n is None else f"{s.n:,}",
                _evidence(s),
                "" if isinstance(s.band, Withheld) else sentence_case(s.band),
            )
            for s in taught
        ),
        note=(
            "Words for gains are those of Brooks (third edition). They do not allow for regression "
            "to the mean, and say nothing about cause."
        ),
    )


@shown
def reductions(value: GapReductions, _: Released[GapReductions]) -> Table:
    """Set each reduction of the distance to the norm beside the published one."""
    return Table(
        caption="Share of the distance to the national average that a scheme closed",
        columns=("Row", "Impact", "Comparison mean", "Worked out", "Published", "Agrees", "Source"),
        rows=tuple(
            (
                str(row.row),
                decimal(row.impact, 1),
                decimal(row.comparison_mean, 1),
                decimal(row.reduction, 3),
                decimal(row.published, 2),
                row.agrees,
                row.citation,
            )
            for row in value.rows
        ),
        note="Impacts are in points of a scale with a national average of 100.",
    )


def _figure(found: float | Withheld, most: int = 1) -> str:
    """Write a figure with as many decimals as it has, up to so many."""
    if isinstance(found, Withheld):
        return "n/a" if found.reason == "no_ages" else "not known"
    return decimal(found, 1 if found == round(found, 1) else most)


def _worth_a_row(s: Study, told: set[tuple[str, str]]) -> bool:
    """Leave out a row without figures where another of that scheme and need has them."""
    return _has_figures(s) or (s.scheme, s.outcome) not in told


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
    known = s.published if isinstance(s.ratio_gain, Withheld) else s.ratio_gain
    if isinstance(known, Withheld):
        return s.why_not
    beside = "" if isinstance(s.compared, Withheld) else f", {decimal(s.compared, 1)} without it"
    return f"ratio gain {decimal(known, 1)}{beside}"
