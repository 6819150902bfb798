"""Progress from a starting point, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import and_list, decimal, plain, pupils, so_many_of, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.progress import PartAdded, Transitions, ValueAdded

__all__ = ["transitions", "value_added"]


@sentence
def transitions(value: Transitions, released: Released[Transitions]) -> str:
    """Say where most pupils of each starting point are now."""
    found = value.moves
    said = []
    for start, of in found.splits.items():
        shares = {} if isinstance(of, Withheld) else of.shares
        known = {code: s for code, s in shares.items() if isinstance(s, Share)}
        if known:
            code, most = max(known.items(), key=lambda pair: pair[1].count)
            said.append(
                f"of those at {plain(start)}, {so_many_of(most, released)} at {plain(code)}"
            )
    if not said:
        return "Where pupils went from their starting points is not shown, to protect children."
    return (
        f"From {value.start_measure} in {Term.parse(value.since).spoken} to {value.measure} in "
        f"{Term.parse(value.period).spoken}, the most are: {and_list(said)}."
    )


@sentence
def value_added(value: ValueAdded, released: Released[ValueAdded]) -> str:
    """Say which classes or groups are above or below others with the same start, beyond chance."""
    known = [(p.label, p.added) for p in value.parts if not isinstance(p.added, Withheld)]
    out = [(label, added) for label, added in known if added.low > 0 or added.high < 0]
    who = (
        f"Of {pupils(value.n, released)} with scores in {Term.parse(value.since).spoken} and in "
        f"{Term.parse(value.period).spoken}"
    )
    if not out:
        return (
            f"{who}, no {_noun(value.by)} is known to have come further, or less far, than others "
            f"with the same starting score."
        )
    listed = and_list(f"{plain(label)} {_far(added)}" for label, added in out)
    return f"{who}, beside others with the same starting score: {listed}."


def _far(added: PartAdded) -> str:
    side = "above" if added.drawn > 0 else "below"
    low, high = (added.low, added.high) if added.drawn > 0 else (-added.high, -added.low)
    return f"is {decimal(abs(added.drawn))} points {side} ({to_range(low, high)})"


def _noun(by: str) -> str:
    return {"class": "class", "year_group": "year group"}.get(by, "group")
