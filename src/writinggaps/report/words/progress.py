"""Progress from a starting point, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.progress.added import PartAdded, ValueAdded
from writinggaps.measures.progress.moves import Jumps, Transitions
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.given import known, shares_of
from writinggaps.report.words.brief import paragraph
from writinggaps.report.words.language import (
    and_list,
    decimal,
    inside,
    plain,
    pupils,
    so_many_of,
    spelled,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = ["jumps", "progress", "transitions", "value_added"]


def progress(
    moved: Released[Transitions], up: Released[Jumps], added: Released[ValueAdded]
) -> Prose:
    """Say how far pupils have come, by whatever starting points the school has."""
    said = (jumps(up), transitions(moved), value_added(added))
    values = (up.value, moved.value, added.value)
    given = [s for s, of in zip(said, values, strict=True) if not isinstance(of, Withheld)]
    return paragraph(*given) if given else said[1]


@sentence
def transitions(value: Transitions, released: Released[Transitions]) -> str:
    """Say where most pupils of each starting point are now."""
    said = []
    for start, of in value.moves.splits.items():
        if shares := known(shares_of(of)):
            code, most = max(shares.items(), key=lambda pair: pair[1].count)
            said.append(
                f"{so_many_of(most, released)} who were “{plain(start)}” are now “{plain(code)}”"
            )
    if not said:
        return "Where pupils went from their starting points is not shown, to protect children."
    told = f"from {inside(value.start_measure)} to {inside(value.measure)}"
    return f"Since {value.start}, {told}: {and_list(said)}."


@sentence
def jumps(value: Jumps, released: Released[Jumps]) -> str:
    """Say how many pupils went up enough steps since the start."""
    whole = value.reached.whole
    if not isinstance(whole, Share):
        return "How many points pupils went up is not shown, to protect children."
    return (
        f"Since {value.start}, **{so_many_of(whole, released)}** have gone up "
        f"{spelled(int(value.enough))} or more of the school's points."
    )


@sentence
def value_added(value: ValueAdded, released: Released[ValueAdded]) -> str:
    """Say which classes or groups are above or below others with the same start, beyond chance."""
    told = [(p.label, p.added) for p in value.parts if not isinstance(p.added, Withheld)]
    out = [(label, added) for label, added in told if added.low > 0 or added.high < 0]
    who = f"Of {pupils(value.n, released)} with a score now and one from {value.start}"
    if not out:
        return (
            f"{who}, no {_noun(value.by)} is known to have come further, or less far, than others "
            f"with the same starting score."
        )
    listed = and_list(f"**{plain(label)}** {_far(added)}" for label, added in out)
    return (
        f"{who}, beside others with the same starting score: {listed}. This does not say what made "
        f"the difference."
    )


def _far(added: PartAdded) -> str:
    side = "above" if added.drawn > 0 else "below"
    low, high = (added.low, added.high) if added.drawn > 0 else (-added.high, -added.low)
    return f"is about {decimal(abs(added.drawn))} points {side} ({to_range(low, high)})"


def _noun(by: str) -> str:
    return {"class": "class", "year_group": "year group", "school": "school"}.get(by, "group")
