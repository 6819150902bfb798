"""Suspensions and who has them, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown
from writinggaps.measures.send.behaviour import Events, SenBehaviour
from writinggaps.measures.send.status import FEWEST
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    few,
    percent,
    plain,
    sentence_case,
    so_many_of,
    to_range,
)
from writinggaps.report.words.send_context import records_of, schools
from writinggaps.withheld import Withheld

__all__ = ["behaviour", "relative", "suspended"]

_HIDDEN = "How often pupils were suspended is not shown, to protect children."


@sentence
def behaviour(value: SenBehaviour, released: Released[SenBehaviour]) -> Prose | str:
    """Count the suspensions of three years and the pupils who had them."""
    found = value.together
    if not isinstance(found, Events):
        return _HIDDEN
    since = f"Since September {Term.parse(f'{value.years[0].period}-autumn').starts_in}"
    if released.exact and not found.suspensions and not found.permanent:
        return f"{since} there were no suspensions and no permanent exclusions."
    pupils = [
        f"{_whole(of, released)} {often}"
        for of, often in ((value.once, "once"), (value.again, "twice"), (value.often, "ten times"))
    ]
    one = released.exact and found.permanent == 1
    return Prose(
        f"{since} there were **{_events(found.suspensions, released)} suspensions**, "
        f"{_of_them(found.of_sen, released)} of pupils with SEN, and "
        f"{_events(found.permanent, released)} permanent exclusion{'' if one else 's'}. Pupils "
        f"suspended at least so often: {', '.join(pupils)}."
        f"{_internal(found, released) if value.internal_kept else ''}",
        records_of(value.once, "Who was suspended in three years?", value.period),
    )


@sentence
def relative(value: SenBehaviour, released: Released[SenBehaviour]) -> str:
    """Set the share of suspensions of pupils with SEN beside their share of pupils."""
    found, ratio = value.together, value.relative
    if not isinstance(found, Events):
        return _HIDDEN
    one_sided = min(found.n_sen, found.n - found.n_sen) < FEWEST
    if isinstance(ratio, Withheld) and released.exact and one_sided:
        return f"This cannot be said. {ratio.why}"
    if isinstance(ratio, Withheld) or not found.suspensions or few(found.of_sen, released):
        return (
            "There are too few suspensions, of pupils with SEN or without, to say to whom they "
            "fall more often."
        )
    about = "" if released.exact else "about "
    told = (
        f"Pupils with SEN are {about}{percent(found.n_sen / found.n)} of pupils and had "
        f"{about}{percent(found.of_sen / found.suspensions)} of suspensions. That is "
    )
    times = f"{about}{decimal(ratio.estimate, 1)} times"
    likely = f"likely {to_range(ratio.low, ratio.high, 1)}"
    if ratio.low > 1:
        said = f"**{times} as many for each pupil** as other pupils had ({likely})"
    elif ratio.high < 1:
        said = f"**fewer for each pupil**, {times} as many as other pupils had ({likely})"
    else:
        said = f"{times} as many for each pupil as other pupils had, within chance ({likely})"
    return f"{told}{said}."


@sentence
def suspended(value: SenBehaviour, released: Released[SenBehaviour]) -> str:
    """Set the pupils suspended in the last whole year beside England and the authority."""
    whole = [year for year in value.years if year.whole]
    part = whole[-1].suspended if whole else None
    if not isinstance(part, Share):
        return "How many pupils were suspended in a whole year is not shown or not known."
    told = f"In {whole[-1].period}, {so_many_of(part, released)} were suspended at least once"
    elsewhere = [
        f"{figure.value:g}% in {plain(figure.place)} ({figure.period})"
        for figure in (value.suspended.england, value.suspended.authority)
        if not isinstance(figure, Withheld)
    ]
    if not elsewhere or isinstance(value.suspended.england, Withheld):
        return f"{told}; no official figure is carried to set this beside.{_england(value)}"
    of = schools(value.suspended.england)
    return f"{told}; of all pupils{of} it was {and_list(elsewhere)}.{_england(value)}"


def _events(n: int, released: Released[SenBehaviour]) -> str:
    return "no" if released.exact and not n else count_of(n, released)


def _whole(found: Breakdown | Withheld, released: Released[SenBehaviour]) -> str:
    whole = found if isinstance(found, Withheld) else found.whole
    if isinstance(whole, Withheld):
        return "not shown"
    return "none" if released.exact and not whole.count else count_of(whole.count, released)


def _of_them(n: int, released: Released[SenBehaviour]) -> str:
    return "none of them" if released.exact and not n else f"{count_of(n, released)} of them"


def _internal(found: Events, released: Released[SenBehaviour]) -> str:
    return (
        f" {sentence_case(count_of(found.internal, released))} internal sanctions are recorded, "
        f"{_of_them(found.internal_of_sen, released)} of pupils with SEN."
    )


def _england(value: SenBehaviour) -> str:
    england = value.rates
    if isinstance(england, Withheld):
        return ""
    plans, support, none = (f"{figure.value:g}" for figure in england.three)
    return (
        f" For every hundred pupils{schools(england.no_sen)} of England there were {plans} "
        f"suspensions of those with a plan, {support} on SEN Support and {none} without SEN "
        f"({england.no_sen.period}, the latest by SEN status that is carried)."
    )
