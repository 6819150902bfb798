"""What pupils, families and staff say, as a table."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.estimates import ShareDifference
from writinggaps.measures.surveys import Asked, Surveys
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.tables.send import cell
from writinggaps.report.words.language import decimal, sentence_case, to_range
from writinggaps.report.words.surveys import answers, roles, sure
from writinggaps.withheld import Withheld

__all__ = ["surveys"]

_PERCENT, _MOST, _TOLD = 100, 3, 2


def surveys(released: Released[Surveys]) -> Table | Prose:
    """List what roles differ most on, of what they can be compared on: who agreed.

    What surely differs comes alone where there is any; of two roles, it is told in words.
    """
    found = _surveys(released)
    return found if isinstance(found, Table) and found.rows else Prose("")


@shown
def _surveys(value: Surveys, released: Released[Surveys]) -> Table:
    several = [asked for asked in value.asked if isinstance(asked.widest, ShareDifference)][:_MOST]
    several = [asked for asked in several if sure(asked)] or several
    known = [set(answers(asked)) for asked in several]
    who = [r.role for r in value.responses if any(r.role in of for of in known)]
    if len(who) == _TOLD and all(map(sure, several)):
        several = []
    return Table(
        caption=(
            f"Who agreed, by role, in the year to the end of {Term.parse(value.period).spoken}"
        ),
        columns=(value.by, *(sentence_case(roles(role)) for role in who), "widest difference"),
        rows=tuple(_row(asked, who, released) for asked in several),
        note=(
            "What roles differ most on. Agreed: answered above the middle of the scale. "
            "Differences are in percentage points, with intervals (Newcombe) widened for all "
            "comparisons that were made."
        ),
    )


def _row(asked: Asked, who: list[str], released: Released[Any]) -> tuple[str, ...]:
    found = {} if isinstance(asked.agreed, Withheld) else asked.agreed.shares
    hidden = asked.agreed.symbol if isinstance(asked.agreed, Withheld) else "none"
    told = (cell(found[role], released) if role in found else hidden for role in who)
    return (asked.label, *told, _widest(asked.widest))


def _widest(found: ShareDifference | Withheld) -> str:
    if isinstance(found, Withheld):
        return "not compared"
    ahead, behind = found.group_name, found.others_name
    size, low, high = found.estimate, found.low, found.high
    if size < 0:
        ahead, behind, size, low, high = behind, ahead, -size, -high, -low
    ends = to_range(_PERCENT * low, _PERCENT * high)
    return f"{roles(ahead)} {decimal(_PERCENT * size)} above {roles(behind)} ({ends})"
