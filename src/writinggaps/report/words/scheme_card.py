"""The card of each scheme: the verdict first, then what is known, and what would tell more."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.evaluation.results import Scheme, Schemes
from writinggaps.report.faces import sentence
from writinggaps.report.words.evaluation import LADDER, no_group, step
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    months,
    plain,
    pupils,
    ranged,
    sentence_case,
    so_many_of,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["cards"]

_HIDDEN = ("suppressed", "too_few_pupils", "no_spread")


@sentence
def cards(value: Schemes, released: Released[Schemes]) -> str:
    """Write the card of each scheme: what is known, the verdict first."""
    made = []
    for row in value.rows:
        if isinstance(row.scheme, Withheld):
            made.append(f"### {plain(row.label)}: not shown\n\n{row.scheme.found}.")
        else:
            made.append(_card(row.scheme, released))
    return "\n\n".join(made)


def _card(s: Scheme, released: Released[Schemes]) -> str:
    lines = {
        "Taught": _taught(s, released),
        "Who": _who(s, released),
        "How chosen": _chosen(s, released),
        "Dose": _dose(s, released),
        "Lost on the way": _attrition(s, released),
        "Progress": _progress(s, released),
        "Ratio gain": _ratio(s),
        "Against others": _effect(s, released),
        "Lessons given up": _lost(s, released),
        "Cost": _cost(s),
        "To know more": _more(s, released),
    }
    body = "\n".join(f"- **{name}.** {text}" for name, text in lines.items() if text)
    return f"### {plain(s.scheme)}: {LADDER[step(s)]}\n\n{body}"


def _taught(s: Scheme, released: Released[Schemes]) -> str:
    when = f" {'from' if ' to ' in s.period else 'in'} {s.period}" if s.period else ""
    test = f" with {plain(s.test)}" if s.test else ""
    both = so_many_of(s.tested, released)
    n = sentence_case(pupils(s.tested.n, released))
    return f"{n}{when}; {both} tested before and after{test}."


def _who(s: Scheme, released: Released[Schemes]) -> str:
    kinds = {"disadvantaged": s.disadvantaged, "SEN Support or an EHCP": s.sen}
    told = [
        f"{name}: {so_many_of(part, released)}"
        for name, part in kinds.items()
        if isinstance(part, Share)
    ]
    return sentence_case(f"{'; '.join(told)}.") if told else ""


def _chosen(s: Scheme, released: Released[Schemes]) -> str:
    if not isinstance(s.ratio, Withheld) and s.ratio.selected:
        behind = decimal(s.ratio.selected.months_behind)
        return (
            f"On average {behind} months behind the average of their year group before; the "
            f"records do not say how they were chosen."
        )
    if isinstance(s.chance, Withheld):
        return "The records do not say."
    side = "below" if s.chance.behind >= 0 else "above"
    return (
        f"On average {decimal(abs(s.chance.behind))} points {side} the average of their age "
        f"before; the records do not say how they were chosen."
    )


def _dose(s: Scheme, released: Released[Schemes]) -> str:
    if isinstance(s.dose, Withheld):
        return _short(s.dose, "No sessions were recorded.")
    hours = f", {_places(s.dose.hours, released)} hours" if s.dose.minutes else ""
    success = (
        " Pupils left when they had met their target or were referred on: those who gained "
        "soonest had fewest sessions, so this is not a cause of their gain."
        if s.left_on_success
        else ""
    )
    each = sentence_case(_places(s.dose.per_pupil, released))
    return f"{each} sessions a pupil on average{hours}.{success}"


def _attrition(s: Scheme, released: Released[Schemes]) -> str:
    if released.exact and s.tested.count == s.tested.n and not _lost_others(s):
        return "Nobody: all have scores from both ends."
    both = f"{so_many_of(s.tested, released)} taught"
    if isinstance(s.comparison, Share) and not no_group(s):
        both += f" and {so_many_of(s.comparison, released)} compared with"
    apart = ""
    if not isinstance(s.lost_apart, Withheld):
        side = "lower" if s.lost_apart.estimate > 0 else "higher"
        size = decimal(abs(s.lost_apart.estimate), 1)
        apart = f" Those without had scored {size} standard deviations {side} before."
    return f"Scores from both ends: {both}.{apart}"


def _progress(s: Scheme, released: Released[Schemes]) -> str:
    if isinstance(s.gain, Withheld):
        return _short(s.gain, "Nobody has scores from both ends.")
    places = 1 if released.exact else 0
    unit = "months" if not isinstance(s.ratio, Withheld) else "points"
    moved = "rose" if s.gain.estimate >= 0 else "fell"
    ends = (s.gain.low, s.gain.high) if moved == "rose" else (-s.gain.high, -s.gain.low)
    size = decimal(abs(s.gain.estimate), places)
    text = f"Scores {moved} by {size} {unit} ({to_range(*ends, places)})"
    if not isinstance(s.ratio, Withheld):
        return f"{text} in {decimal(s.ratio.elapsed_months, 1)} months."
    if isinstance(s.chance, Withheld) or s.chance.behind <= 0:
        return f"{text}."
    left, low, high = s.chance.beyond
    return (
        f"{text} on a scale where pupils in general stay where they are. Pupils chosen by a score "
        f"as low as this would rise by {decimal(s.chance.expected, 1)} by themselves, if the "
        f"test's reliability is {decimal(s.chance.reliability, 2)}; that leaves "
        f"{decimal(left, 1)} ({to_range(low, high, 1)})."
    )


def _ratio(s: Scheme) -> str:
    if isinstance(s.ratio, Withheld):
        return _short(s.ratio, "None: the scale has no ages to count months by.")
    r = s.ratio
    text = f"{ranged(r, 1)}, in published words {r.band}."
    if "months_disagree_with_dates" in r.cautions:
        text += " The months given do not agree with the dates."
    after = r.after_regression
    if r.selected is None or after is None or after.months_by_chance <= 0:
        return text
    return (
        f"{text} If pupils were chosen by this test, **no effect at all would have shown "
        f"{decimal(after.zero_effect, 1)}**; allowing for that, the ratio gain is "
        f"{ranged(after, 1)}, if the test's reliability is "
        f"{decimal(r.selected.reliability, 2)}. One is the pace of pupils in general."
    )


def _effect(s: Scheme, released: Released[Schemes]) -> str:
    e = s.effect
    if isinstance(e, Withheld):
        return f"{_why_none(s)} So nothing here says what the scheme did."
    places = 2 if released.exact else 1
    size = f"{decimal(abs(e.estimate), places)} standard deviations"
    ends = to_range(e.low, e.high, places)
    if e.low > 0:
        text = f"The scheme raised scores by {size} ({ends}){months(s.months)}"
    elif e.high < 0:
        text = f"The scheme lowered scores by {size} ({ends}){months(s.months)}"
    else:
        side = "higher" if e.estimate >= 0 else "lower"
        text = f"Pupils taught scored {size} {side} ({ends}), within chance"
    before = "" if isinstance(s.before, Withheld) else _before(s.before.estimate, places)
    return (
        f"{text}, against pupils like them who were not taught it.{before}{_weak(s)} The records "
        f"do not say who chose the pupils: if anything but the scheme set the groups apart, it is "
        f"part of this."
    )


def _weak(s: Scheme) -> str:
    said = {"lost_pupils": "many pupils have no score after", "few_pupils": "the groups are small"}
    found = [said[reason] for reason in s.reasons if reason in said]
    return f" The evidence is weaker because {and_list(found)}." if found else ""


def _before(apart: float, places: int) -> str:
    size = decimal(abs(apart), places)
    side = "higher" if apart > 0 else "lower"
    return f" Before, pupils taught had scored {size} {side}, which is allowed for."


def _lost(s: Scheme, released: Released[Schemes]) -> str:
    if isinstance(s.lost, Withheld):
        return _short(s.lost, "None recorded.")
    subjects = f", from {and_list(plain(x) for x in s.lost.subjects)}" if s.lost.subjects else ""
    sessions = sentence_case(count_of(s.lost.sessions, released))
    return f"{sessions} sessions out of class by {pupils(s.lost.n, released)}{subjects}."


def _cost(s: Scheme) -> str:
    if isinstance(s.cost, Withheld):
        return ""
    text = f"£{decimal(s.cost.pounds)} a pupil"
    if s.cost.per_month is None:
        return f"{text}."
    return (
        f"{text}, £{decimal(s.cost.per_month)} for each month gained, whatever made pupils gain it."
    )


def _more(s: Scheme, released: Released[Schemes]) -> str:
    known, places = not isinstance(s.detectable, Withheld), 2 if released.exact else 1
    size = "" if isinstance(s.detectable, Withheld) else decimal(s.detectable, places)
    if no_group(s):
        lot = "Draw by lot who is taught first, and test everybody at the same times"
        with_half = (
            f": with as many pupils, half of them waiting, an effect of {size} standard deviations "
            f"would probably be seen, and hardly a smaller one; with four times as many, one of "
            f"half that size"
        )
        return f"{lot}{with_half if known else ''}."
    if isinstance(s.effect, Withheld):
        return "Compare with pupils whose scores before were like theirs."
    if step(s) != "cannot_tell":
        return "See whether it works again, with other pupils and another teacher."
    seen = (
        f"Groups of this size would probably have shown an effect of {size} standard deviations, "
        f"and hardly a smaller one: compare more pupils, or add another year's."
    )
    return seen if known else "More pupils are needed."


def _why_none(s: Scheme) -> str:
    why = s.effect
    if isinstance(why, Withheld) and why.reason in _HIDDEN:
        return "The groups are too small to be compared."
    return f"{why.found}." if isinstance(why, Withheld) else ""


def _lost_others(s: Scheme) -> bool:
    return isinstance(s.comparison, Share) and s.comparison.count < s.comparison.n


def _short(why: Withheld, otherwise: str) -> str:
    return "Too few pupils to be shown." if why.reason in _HIDDEN else otherwise


def _places(value: float, released: Released[Any]) -> str:
    about = "" if released.exact else "about "
    return f"{about}{decimal(value)}"
