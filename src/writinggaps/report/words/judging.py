"""How far judgements can be relied on, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.judging import Judging, Leaning
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    few,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["judging"]


@sentence
def judging(value: Judging, released: Released[Judging]) -> str:
    """Say who judges otherwise than moderation, how reliable scores are, what to look at again."""
    for_staff = (_teachers(value), _scores(value, released)) if released.exact else ()
    said = " ".join(filter(None, (*for_staff, _again(value, released))))
    return said or "What is known of single judgements is for staff."


def _teachers(value: Judging) -> str:
    """Name teachers to staff alone."""
    known = [(t.label, t.leaning) for t in value.teachers if not isinstance(t.leaning, Withheld)]
    out = [(label, leaning) for label, leaning in known if leaning.where]
    if out:
        each = and_list(f"{plain(label)} judged {_leans(leaning)}" for label, leaning in out)
        return f"Beside moderation {each}. Nobody is at fault: standards drift."
    if not known:
        return ""
    most = max(leaning.n for _, leaning in known)
    return (
        f"No single teacher is known to judge higher or lower than moderation: of no teacher were "
        f"more than {most} judgements moderated."
    )


def _leans(leaning: Leaning) -> str:
    estimate, low, high = leaning.surplus
    ends = (low, high) if estimate > 0 else (-high, -low)
    return (
        f"**{leaning.where}** in {max(leaning.higher, leaning.lower)} of {leaning.n} (a surplus of "
        f"{to_range(100 * ends[0], 100 * ends[1])} in a hundred)"
    )


def _scores(value: Judging, released: Released[Judging]) -> str:
    found = value.reliability
    if isinstance(found, Withheld):
        return ""
    return (
        f"{pupils(found.n, released)} were scored twice ({value.scale}): within a year group the "
        f"two scores agree to {decimal(found.estimate, 2)} "
        f"({to_range(found.low, found.high, 2)}; 1 would be full agreement)."
    )


def _again(value: Judging, released: Released[Judging]) -> str:
    again = value.again
    if not isinstance(again, Share):
        return ""
    if few(again.count, released):
        return ""
    if not again.count:
        return f"No judgement lies far from what pupils with such a score were given{_by(value)}."
    said = sentence_case(so_many_of(again, released))
    return (
        f"**{said}** were judged lower, or higher, than pupils with such a score{_by(value)}: look "
        f"at these judgements again."
    )


def _by(value: Judging) -> str:
    return f" ({value.scale})"
