"""Published studies in words: what could be worked out again, and what nobody can conclude."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.evaluation.published import GapReductions, PublishedStudies, Study
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    plain,
    plural,
    sentence_case,
    spelled,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["agreement", "compared", "pooling", "reductions", "title", "unknown", "whom"]


@sentence
def agreement(value: PublishedStudies, _: Released[PublishedStudies]) -> str:
    """Say how many published ratio gains could be worked out again, and how many agree."""
    rows = plural(len(value.studies), "published result")
    if not value.recomputed:
        return f"None of the ratio gains of {rows} could be worked out again."
    wrong = [plain(s.study) for s in value.studies if s.agrees == "no"]
    fit = (
        "all agree with what was published"
        if not wrong
        else f"{spelled(value.agreeing)} of these agree with what was published, and "
        f"{and_list(wrong)} {'does' if len(wrong) == 1 else 'do'} not"
    )
    none = ""
    if value.refused:
        are = "is" if value.refused == 1 else "are"
        none = f" {sentence_case(spelled(value.refused))} {are} published as not applicable, and "
        none += f"{are} refused here too."
    return (
        f"Of {rows}, {spelled(value.recomputed)} give all that it takes to work out the ratio gain "
        f"again: **{fit}**, to one decimal.{none}"
    )


@sentence
def compared(value: PublishedStudies, _: Released[PublishedStudies]) -> str:
    """Say which ratio gains have that of a comparison group beside them."""
    said = [
        f"{plain(s.scheme)} ({plain(s.outcome)}): {decimal(s.ratio_gain, 1)}, and "
        f"{decimal(s.compared, 1)} without it"
        for s in value.studies
        if not isinstance(s.ratio_gain, Withheld) and not isinstance(s.compared, Withheld)
    ]
    if not said:
        return "No ratio gain has that of a comparison group beside it."
    return (
        f"With a comparison group: {'; '.join(said)}. These groups were not shown to be alike "
        f"before, so the difference is not the scheme's effect."
    )


@sentence
def pooling(value: PublishedStudies, _: Released[PublishedStudies]) -> str:
    """Say what studies that are alike say together, or that there are none."""
    said = [
        f"on {plain(p.outcome)}, {plural(p.studies, 'study', 'studies')} together find "
        f"{decimal(p.pooled.estimate, 2)} standard deviations "
        f"({to_range(p.pooled.low, p.pooled.high, 2)})"
        for p in value.pooled
        if not isinstance(p.pooled, Withheld)
    ]
    if not said:
        return (
            "No studies are put together: no two of one outcome have an effect against pupils who "
            "were alike. Ratio gains are not put together. Low scores rise by themselves "
            "(regression to the mean), and how much of each gain that was is not known."
        )
    return f"Pooled, {'; '.join(said)}."


@sentence
def whom(value: PublishedStudies, _: Released[PublishedStudies]) -> str:
    """Say what the table can tell somebody who has to choose."""
    proven = sorted({plain(s.scheme) for s in value.studies if _proven(s)})
    n = len({s.scheme for s in value.studies})
    schemes = "One scheme is" if n == 1 else f"{spelled(n).capitalize()} schemes are"
    if not proven:
        return (
            f"{schemes} listed here. **None has an effect against pupils who were alike and not "
            f"taught it**, so nobody can say from this which works best. It says for whom each was "
            f"tried, with how much teaching, and how large the gains were."
        )
    verb = "has an effect" if len(proven) == 1 else "have effects"
    return (
        f"{schemes} listed here; {and_list(proven)} {verb} against pupils who were alike and not "
        f"taught it."
    )


@sentence
def unknown(value: PublishedStudies, _: Released[PublishedStudies]) -> str:
    """Name the schemes of which the table knows that they were studied, and no figures."""
    bare = sorted(
        {
            f"{plain(s.scheme)} ({plain(s.outcome)})"
            for s in value.studies
            if isinstance(s.ratio_gain, Withheld)
            and isinstance(s.published, Withheld)
            and "not available" in s.why_not
        }
    )
    if not bare:
        return "Every study listed has its figures."
    return (
        f"Figures not available to us: {and_list(bare)}. Whoever has the book can type them into "
        f"the table."
    )


@sentence
def reductions(value: GapReductions, _: Released[GapReductions]) -> str:
    """Say how many published gap reductions came out again."""
    agreeing = sum(row.agrees == "yes" for row in value.rows)
    came = "all" if agreeing == len(value.rows) else spelled(agreeing)
    return (
        f"Of {plural(len(value.rows), 'published reduction')} of the distance to the national "
        f"average, {came} came out as published."
    )


def title(value: PublishedStudies) -> str:
    """Give the headline of a picture."""
    if not value.recomputed:
        return "No published ratio gain can be worked out again"
    if value.agreeing == value.recomputed:
        return "Every ratio gain that can be worked out again comes out as published"
    return "Some published ratio gains do not come out again"


def _proven(s: Study) -> bool:
    return s.equivalent and not isinstance(s.effect, Withheld)
