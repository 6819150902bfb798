"""Schemes, trials and the allowance for chance, as tables."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.evaluation.results import Scheme, Schemes
from writinggaps.measures.evaluation.trial import Trial
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import given
from writinggaps.report.tables.cells import laid
from writinggaps.report.words.evaluation import LADDER, no_group, step
from writinggaps.report.words.language import count_of, decimal, ranged, sentence_case
from writinggaps.report.words.trial import CHOSEN, MODELS, share_of_arm
from writinggaps.withheld import Withheld

__all__ = ["flow", "models", "pairs", "reliability", "schemes"]


@shown
def schemes(value: Schemes, released: Released[Schemes]) -> Table:
    """Lay schemes side by side; what applies to none of them has no column."""
    cells = {row.label: _row(row.scheme, released) for row in value.rows}
    kept = [n for n in range(len(_COLUMNS)) if any(row[n] != "z" for row in cells.values())]
    return Table(
        caption=f"Schemes run up to {Term.parse(value.period).spoken}",
        columns=("Scheme", *(_COLUMNS[n] for n in kept)),
        rows=tuple((label, *(row[n] for n in kept)) for label, row in cells.items()),
        note=(
            "The range in brackets is where a figure may well be. A gain has no cause without "
            "pupils to compare with."
        ),
    )


_COLUMNS = (
    "Pupils taught",
    "Gain",
    "Ratio gain",
    "Ratio gain allowing for chance",
    "Effect (standard deviations)",
    "Verdict",
)


@shown
def reliability(value: Schemes, _: Released[Schemes]) -> Table:
    """Show how much of each gain chance does not give, by how reliable the test is."""
    known = [(row.label, found) for row in value.rows if (found := given(row.scheme))]
    rows = [(label, *_left(found)) for label, found in known]
    of = next((tuple(left) for _, _, _, left in rows if left), ())
    return Table(
        caption="What is left of each gain once low scores' own rise is allowed for, by how "
        "reliable the test is",
        columns=("Scheme", "Measured by", "Gain", *(decimal(one, 2) for one in of)),
        rows=tuple(
            (label, by, gain, *(decimal(left[one], 1) for one in of))
            for label, by, gain, left in rows
            if left
        )
        or (("none that can be shown", "", ""),),
        note=(
            "The last columns are headed by the reliability, which a test's manual gives. A ratio "
            "gain of one is the pace of pupils in general; on a standard scale that is a gain of "
            "nought."
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
        both = {"taught": row.scheme.pairs, "comparison": row.scheme.pairs_compared}
        for group, found in both.items():
            if not isinstance(found, Withheld):
                averages = (decimal(found.before, places), decimal(found.after, places))
                rows.append((row.label, group, count_of(found.n, released), *averages))
    return Table(
        caption=f"Average scores before and after, up to {Term.parse(value.period).spoken}",
        columns=("Scheme", "Group", "Pupils with both scores", "Before", "After"),
        rows=tuple(rows),
        note="Schemes are measured by different tests, so their scores cannot be compared.",
    )


@shown
def flow(value: Trial, released: Released[Trial]) -> Table:
    """Follow the pupils of a trial from the first list to the analysis."""
    return laid(
        "Pupils of the trial, from the first list to the analysis",
        {
            "Group": lambda arm: sentence_case(arm.label),
            "Schools": lambda arm: str(arm.schools) if arm.schools else "z",
            "Pupils": lambda arm: count_of(s.n, released) if (s := given(arm.before)) else "c",
            "Tested before": lambda arm: share_of_arm(arm.before, released),
            "Tested after": lambda arm: share_of_arm(arm.after, released),
            "Both": lambda arm: share_of_arm(arm.analysed, released),
        },
        value.flow,
        "Pupils who lack one of the scores are in no estimate that needs it.",
    )


@shown
def models(value: Trial, released: Released[Trial]) -> Table:
    """Set what each way of comparing finds side by side."""
    places = 2 if released.exact else 1
    return laid(
        "The trial by every model, taught less comparison, in standard deviations",
        {
            "Model": lambda model: MODELS[model.label],
            "Difference": lambda model: _ends(model.found, places),
            "Pupils": lambda model: count_of(f.n, released) if (f := given(model.found)) else "z",
            "Counts": lambda model: f"yes: {CHOSEN[value.drawn]}" if model.chosen else "",
        },
        value.models,
        "Which model counts was settled by how the trial was drawn, not by what it finds.",
    )


def _left(s: Scheme) -> tuple[str, str, dict[float, float]]:
    """Give what was gained, and by reliability what is left of it."""
    if not isinstance(s.ratio, Withheld) and s.ratio.after_regression:
        found = s.ratio.after_regression.sensitivity
        left = {r.reliability: r.estimate for r in found}
        return "ratio gain", decimal(s.ratio.estimate, 1), left
    if isinstance(s.chance, Withheld):
        return "", "", {}
    left = {of: rest for of, _, rest in s.chance.sensitivity}
    return "points", decimal(s.chance.gain, 1), left


def _row(s: Scheme | Withheld, released: Released[Schemes]) -> tuple[str, ...]:
    if isinstance(s, Withheld):
        return (s.symbol,) * 6
    places = 2 if released.exact else 1
    after = None if isinstance(s.ratio, Withheld) else s.ratio.after_regression
    return (
        count_of(s.tested.n, released),
        _ends(s.gain, places - 1),
        _ends(s.ratio, 1),
        "z" if after is None else ranged(after, 1),
        "nobody to compare with" if no_group(s) else _ends(s.effect, places),
        sentence_case(LADDER[step(s)]),
    )


def _ends(found: Any, places: int) -> str:
    return found.symbol if isinstance(found, Withheld) else ranged(found, places)
