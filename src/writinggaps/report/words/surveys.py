"""What pupils, families and staff say, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import Share, ShareDifference
from writinggaps.measures.surveys import Asked, Surveys
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    count_in,
    count_of,
    decimal,
    percent,
    plain,
    sentence_case,
    share_of,
    spelled,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["answers", "roles", "sure", "surveys"]

_MOST = 3
_PERCENT = 100
_WHAT = {
    "question": ("question", "questions"),
    "area": ("area of the self-audit", "areas of the self-audit"),
}


@sentence
def surveys(value: Surveys, released: Released[Surveys]) -> str:
    """Say where views differ most, and how far the answers speak for those who did not answer."""
    apart = [asked for asked in value.asked if sure(asked)]
    said = [_apart(asked, released) for asked in apart[:_MOST]]
    one, many = _WHAT[value.by]
    if not value.comparisons:
        told = f"No two roles gave enough answers to compare on any {one}."
    elif not said:
        told = (
            f"On no {one} do two roles differ by more than chance gives, all comparisons allowed "
            "for."
        )
    else:
        every = f" on {spelled(len(apart))} of {spelled(len(value.asked))} {many}"
        told = f"Views differ by more than chance gives{every if len(value.asked) > 1 else ''}."
        told = f"{told} {' '.join(said)}"
    return " ".join([told, *_alone(value, released), *_answered(value, released)])


def answers(asked: Asked) -> dict[str, Share]:
    """Give the share of each role that agreed, of the roles whose answers are shown."""
    shares = {} if isinstance(asked.agreed, Withheld) else asked.agreed.shares
    return {role: part for role, part in shares.items() if isinstance(part, Share)}


def roles(role: str) -> str:
    """Name the people of a role.

    Examples
    --------
    >>> roles("parent"), roles("staff")
    ('parents', 'staff')
    """
    return role if role.endswith(("s", "staff")) else f"{role}s"


def _alone(value: Surveys, released: Released[Surveys]) -> Iterator[str]:
    """Say with what each role agreed least and most where roles cannot be compared."""
    alone = [asked for asked in value.asked if isinstance(asked.widest, Withheld)]
    for role in (response.role for response in value.responses):
        given = {a.label: answers(a)[role] for a in alone if role in answers(a)}
        if not given:
            continue
        order = sorted(given, key=lambda label: given[label].estimate)
        ends = {"least": order[0], "most": order[-1]} if len(order) > 1 else {"least": order[0]}
        said = (
            f"{how} with “{plain(q)}” ({_count(given[q], released)})" for how, q in ends.items()
        )
        yield f"{sentence_case(plain(roles(role)))} agreed {and_list(said)}."


def _count(part: Share, released: Released[Any]) -> str:
    return f"{count_in(part, released)} of {count_of(part.n, released)}"


def sure(asked: Asked) -> bool:
    """Say whether two roles differ by more than chance gives."""
    found = asked.widest
    return isinstance(found, ShareDifference) and (found.low > 0 or found.high < 0)


def _apart(asked: Asked, released: Released[Any]) -> str:
    found = asked.widest
    if not isinstance(found, ShareDifference):
        return ""
    sides = [(found.group, found.group_name), (found.others, found.others_name)]
    more, fewer = sorted(sides, key=lambda side: -side[0].estimate)
    size, ends = abs(found.estimate), sorted((abs(found.low), abs(found.high)))
    about = "" if released.exact else "about "
    likely = {role: _likely(role, asked, released) for _, role in sides}
    return (
        f"On “{plain(asked.label)}”, {_of(*more, released)} agreed{likely[more[1]]}, "
        f"against {_of(*fewer, released)}{likely[fewer[1]]}: "
        f"{about}**{decimal(_PERCENT * size)} points apart** (likely "
        f"{to_range(_PERCENT * ends[0], _PERCENT * ends[1])})."
    )


def _of(part: Share, role: str, released: Released[Any]) -> str:
    return f"{share_of(part, released)} of {count_of(part.n, released)} {plain(roles(role))}"


def _likely(role: str, asked: Asked, released: Released[Any]) -> str:
    """Give the interval of a role by itself; that of the difference allows for all of them."""
    part = answers(asked).get(role)
    if part is None or not released.exact:
        return ""
    return f" (likely {to_range(_PERCENT * part.low, _PERCENT * part.high)}%)"


def _answered(value: Surveys, released: Released[Surveys]) -> Iterator[str]:
    """Say who hardly answered, of whom it is not known, and which roles are too few to compare."""
    known = {r.role: r.answered for r in value.responses}
    few = {k: s for k, s in known.items() if isinstance(s, Share) and _low(s, value.enough)}
    if few:
        said = and_list(f"{share_of(s, released)} of {plain(roles(k))}" for k, s in few.items())
        yield f"Only {said} who were asked answered: those who did not may think otherwise."
    unknown = [plain(roles(role)) for role, s in known.items() if isinstance(s, Withheld)]
    if unknown:
        hidden = "" if released.exact else " or not shown"
        yield (
            f"How many {and_list(unknown)} were asked is not recorded{hidden}, so these answers "
            "speak for those who gave them."
        )
    small = [plain(roles(role)) for role in known if _largest(value, role) < value.role_minimum]
    if small:
        yield (
            f"{sentence_case(and_list(small))} gave too few answers to be compared: that takes "
            f"{spelled(value.role_minimum)}."
        )


def _low(answered: Share, enough: int) -> bool:
    return percent(answered.estimate) != percent(enough / _PERCENT) and (
        answered.estimate < enough / _PERCENT
    )


def _largest(value: Surveys, role: str) -> int:
    """Give the most answers that a role gave to one question; none where that is not shown."""
    parts = (a.agreed.shares.get(role) for a in value.asked if not isinstance(a.agreed, Withheld))
    return max((part.n for part in parts if isinstance(part, Share)), default=0)
