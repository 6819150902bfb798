"""The development plan, as tables that a person could pin to a noticeboard."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.plan import Plan, Priority, Suggestions
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.send import cell
from writinggaps.report.words.checks import day
from writinggaps.report.words.language import count_of, decimal, sentence_case
from writinggaps.report.words.plan import became, concern, goal, in_schools, rounded, title
from writinggaps.withheld import Withheld

__all__ = ["last_year", "suggestions", "this_year"]

_THIS = ("priority", "now", "from", "to", "beyond chance", "who, and by when", "status")


@shown
def last_year(value: Plan, released: Released[Plan]) -> Table:
    """List last year's priorities and what became of each."""
    return Table(
        caption="Last year's priorities, and what became of them",
        columns=("priority", "now", "from", "to", "what became of it"),
        rows=tuple(
            (row.label, _now(row, released), *_set(row, released), became(row, released))
            for row in value.last
        )
        or (("none in the table", "", "", "", ""),),
    )


@shown
def this_year(value: Plan, released: Released[Plan]) -> Table:
    """List this year's priorities, each with its figure, target, owner, date and status."""
    return Table(
        caption=f"This year's priorities at the end of {Term.parse(value.period).spoken}",
        columns=_THIS,
        rows=tuple(_this(row, released) for row in value.this)
        or (("none in the table",) + ("",) * 6,),
        note=(
            "Beyond chance: a figure that chance alone would rarely reach from where it began, if "
            "nothing changed."
        ),
    )


@shown
def suggestions(value: Suggestions, released: Released[Suggestions]) -> Table:
    """List what the reports suggest, what surely concerns most pupils first."""
    return Table(
        caption=f"What the reports of {Term.parse(value.period).spoken} suggest",
        columns=("to work on", "what was found", "pupils at least", "target", "name of the figure"),
        rows=tuple(
            (
                title(row),
                sentence_case(concern(row, released)),
                count_of(rounded(row.at_least, released), released),
                goal(row.goal, row.target, row.rising, released),
                row.name,
            )
            for row in value.rows
        )
        or (("nothing stands out", "", "", "", ""),),
        note="A priority is measured where its column measure has the name of a figure.",
    )


def _this(row: Priority, released: Released[Any]) -> tuple[str, ...]:
    label = f"{row.label} (for: {row.aligned})" if row.aligned else row.label
    who = [row.owner, day(row.by) if row.by else "", f"tell {row.tell}" if row.tell else ""]
    return (
        label,
        _now(row, released),
        *_set(row, released),
        goal(row.now, row.beyond, row.rising, released) or "not known",
        "; ".join(part for part in who if part),
        row.status,
    )


def _now(row: Priority, released: Released[Any]) -> str:
    hidden = isinstance(row.now, Withheld) and row.now.reason == "no_records"
    if hidden:
        return "not measured"
    return f"{cell(row.now, released)}{in_schools(row, '; at the target', released)}"


def _set(row: Priority, released: Released[Any]) -> tuple[str, str]:
    ends = (row.baseline, row.target)
    start, end = ("" if value is None else f"{decimal(value)}%" for value in ends)
    return (f"about {start}" if start and not released.exact else start, end)
