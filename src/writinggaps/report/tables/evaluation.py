"""Schemes, trials and the allowance for chance, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.evaluation import LADDER, step
from writinggaps.report.words.language import count_of, decimal, sentence_case, to_range
from writinggaps.report.words.trial import CHOSEN, MODELS, share_of_arm
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evaluation import Scheme, Schemes, Trial

__all__ = ["flow", "models", "pairs", "reliability", "schemes"]


@shown
def schemes(value: Schemes, released: Released[Schemes]) -> Table:
    """Lay schemes side by side."""
    return Table(
        caption=f"Schemes run up to {Term.parse(value.period).spoken}",
        columns=(
            "Scheme", "Pupils taught", "Gain", "Ratio gain",
            "Ratio gain allowing for chance", "Effect (standard deviations)", "Verdict",
        ),
        rows=tuple(
            (row.label, *_row(row.scheme, released)) for row in value.rows
        ),
        note=(
            "The range in brackets is where a figure may well be. A gain has no cause without "
            "pupils to compare with; z: does not apply; c: hidden, to protect children."
        ),
    )  # fmt: skip


@shown
def reliability(value: Schemes, _: Released[Schemes]) -> Table | Any:
    """Show how much of each gain chance would give, by how reliable the test is."""
    rows: list[tuple[str, ...]] = []
    for row in value.rows:
        if isinstance(row.scheme, Withheld):
            continue
        rows += [(row.label, *cells) for cells in _by_reliability(row.scheme)]
    return Table(
        caption="What no effect at all would have shown, by the reliability of the test",
        columns=("Scheme", "Measured by", "Reliability", "With no effect", "What is left"),
        rows=tuple(rows) or (("none that can be shown", "", "", "", ""),),
        note=(
            "A test's manual gives its reliability. A ratio gain of one is the pace of pupils in "
            "general; on a standard scale that is a gain of nought."
        ),
    )


@shown
def pairs(value: Schemes, released: Released[Schemes]) -> Table:
    """Give the average scores before and after of those taught and those compared with."""
    rows, places = [], 1 if released.exact else 0
    for row in value.rows:
        if isinstance(row.scheme, Withheld):
            rows.append((row.label, *(row.scheme.symbol,) * 4))
            continue
        for group, found in (
            ("taught", row.scheme.pairs),
            ("comparison", row.scheme.pairs_compared),
        ):
            if isinstance(found, Withheld):
                continue
            averages = (decimal(found.before, places), decimal(found.after, places))
            rows.append((row.label, group, count_of(found.n, released), *averages))
    return Table(
        caption=f"Average scores before and after, up to {Term.parse(value.period).spoken}",
        columns=("Scheme", "Group", "Pupils with both scores", "Before", "After"),
        rows=tuple(rows),
        note="Schemes are measured by different tests, so their scores cannot be compared.",
    )


def _by_reliability(s: Scheme) -> list[tuple[str, ...]]:
    """Give reliability, what no effect would have shown, and what is left."""
    if not isinstance(s.ratio, Withheld) and s.ratio.after_regression:
        return [
            ("ratio gain", decimal(r.reliability, 2), decimal(r.zero_effect, 1),
             decimal(r.estimate, 1))
            for r in s.ratio.after_regression.sensitivity
        ]  # fmt: skip
    if isinstance(s.chance, Withheld):
        return []
    return [
        ("points", decimal(reliability, 2), decimal(expected, 1), decimal(left, 1))
        for reliability, expected, left in s.chance.sensitivity
    ]


@shown
def flow(value: Trial, released: Released[Trial]) -> Table:
    """Follow the pupils of a trial from the first list to the analysis."""
    return Table(
        caption="Pupils of the trial, from the first list to the analysis",
        columns=("Group", "Schools", "Pupils", "Tested before", "Tested after", "Both"),
        rows=tuple(
            (
                sentence_case(arm.label),
                str(arm.schools) if arm.schools else "z",
                "c" if isinstance(arm.before, Withheld) else count_of(arm.before.n, released),
                *(share_of_arm(s, released) for s in (arm.before, arm.after, arm.analysed)),
            )
            for arm in value.flow
        ),
        note="Pupils who lack one of the scores are in no estimate that needs it.",
    )


@shown
def models(value: Trial, released: Released[Trial]) -> Table:
    """Set what each way of comparing finds side by side."""
    places = 2 if released.exact else 1
    rows = []
    for model in value.models:
        name, found = MODELS[model.label], model.found
        if isinstance(found, Withheld):
            rows.append((name, found.symbol, "z", ""))
        else:
            ends = to_range(found.low, found.high, places)
            size = f"{decimal(found.estimate, places)} ({ends})"
            rows.append((name, size, count_of(found.n, released), ""))
        if model.chosen:
            rows[-1] = (*rows[-1][:3], f"yes: {CHOSEN[value.drawn]}")
    return Table(
        caption="The trial by every model, taught less comparison, in standard deviations",
        columns=("Model", "Difference", "Pupils", "Counts"),
        rows=tuple(rows),
        note="Which model counts was settled by how the trial was drawn, not by what it finds.",
    )


def _row(s: Scheme | Withheld, released: Released[Schemes]) -> tuple[str, ...]:
    if isinstance(s, Withheld):
        return (s.symbol,) * 6
    places = 2 if released.exact else 1
    ratio = s.ratio
    after = None if isinstance(ratio, Withheld) else ratio.after_regression
    return (
        count_of(s.tested.n, released),
        s.gain.symbol if isinstance(s.gain, Withheld) else _ends(s.gain, places - 1),
        ratio.symbol if isinstance(ratio, Withheld) else _ends(ratio, 1),
        "z" if after is None else _ends(after, 1),
        s.effect.symbol if isinstance(s.effect, Withheld) else _ends(s.effect, places),
        sentence_case(LADDER[step(s)]),
    )


def _ends(found: Any, places: int) -> str:
    if found.low is None:
        return decimal(found.estimate, places)
    return f"{decimal(found.estimate, places)} ({to_range(found.low, found.high, places)})"
