"""Whether enough is known, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import Finding, share_finding
from writinggaps.measures.evidence import Evidence, JudgementMix
from writinggaps.measures.judging import Moderation
from writinggaps.measures.trust.records import MODERATED
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.given import whole_of
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    percent,
    plain,
    plural,
    pupils,
    sentence_case,
    so_many_of,
)
from writinggaps.withheld import Withheld

__all__ = ["evidence", "judgement_mix", "moderation"]


@sentence
def evidence(value: Evidence, released: Released[Evidence]) -> Prose:
    """Say how often pupils wrote alone, in which lessons, and of whom nothing recent is known."""
    about = "" if released.exact else "about "
    subjects = and_list(plain(s.label) for s in value.subjects)
    lessons = f", in lessons of {subjects}" if subjects else ""
    start = (
        f"In {Term.parse(value.period).spoken} pupils wrote {about}{decimal(value.per_pupil, 1)} "
        f"independent pieces each{lessons}."
    )
    told = {"measure": "enough independent pieces", "group": "all pupils", "period": value.period}
    return Prose(
        f"{start}{_enough(value, released)}{_not_recent(value, released)}",
        (share_finding(whole_of(value.enough), question="Who wrote enough alone?", **told),),
    )


@sentence
def judgement_mix(value: JudgementMix, released: Released[JudgementMix]) -> Prose:
    """Say how many judgements were made while teaching and at the end of the term."""
    formative, summative = (count_of(n, released) for n in (value.formative, value.summative))
    every = value.formative + value.summative
    return Prose(
        f"Judgements of writing in {Term.parse(value.period).spoken}: {formative} made while "
        f"teaching, {summative} at the end of a period, for {pupils(value.n, released)}.",
        (
            Finding(
                question="How are judgements made?",
                measure="judgements made while teaching",
                period=value.period,
                estimate=value.formative / every if every else None,
                unit="share of judgements",
                n=value.n,
            ),
        ),
    )


@sentence
def moderation(value: Moderation, released: Released[Moderation]) -> str:
    """Say how often moderation agreed with the teacher, with the interval, and which way not."""
    if isinstance(value.agreement, Withheld):
        return "What moderation made of the judgements is too few to be shown."
    same, above, below = value.agreement.shares.values()
    if not isinstance(same, Share):
        return "How often moderation agreed is not shown: the numbers are too small."
    rest = "."
    if isinstance(above, Share) and isinstance(below, Share) and same.count < same.n:
        higher, lower = count_of(above.count, released), count_of(below.count, released)
        rest = f"; the teacher had judged higher for {higher} and lower for {lower}."
    return Prose(
        f"In {value.period} moderation agreed with the teacher on {so_many_of(same, released)}, "
        f"so agreement lies somewhere between {percent(same.low)} and {percent(same.high)}{rest}",
        tuple(
            share_finding(
                found, question=MODERATED, measure=value.measure, group=label, period=value.period
            )
            for label, found in value.agreement.shares.items()
        ),
    )


def _enough(value: Evidence, released: Released[Evidence]) -> str:
    whole = whole_of(value.enough)
    if not isinstance(whole, Share):
        return ""
    least = f"{value.expected:g} of these"
    return f" {sentence_case(so_many_of(whole, released))} wrote at least {least}."


def _not_recent(value: Evidence, released: Released[Evidence]) -> str:
    whole = whole_of(value.not_recent)
    weeks = plural(int(value.weeks), "week")
    if not isinstance(whole, Share):
        return ""
    if released.exact and not whole.count:
        return f" There is an independent piece of every pupil from the last {weeks}."
    said = so_many_of(whole, released)
    return f" For **{said}** there is no independent piece from the last {weeks}."
