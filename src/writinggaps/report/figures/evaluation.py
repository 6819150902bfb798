"""Effects of schemes and of a trial's models, drawn below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import COLOURS, LINE, QUIET, axes, interval, name_rows, svg
from writinggaps.report.tables import evaluation as tables
from writinggaps.report.words import evaluation as words
from writinggaps.report.words import trial as trial_words
from writinggaps.report.words.language import decimal, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evaluation import Schemes, Trial
    from writinggaps.report.faces import Table

__all__ = ["models", "schemes"]

_NONE = "no effect to show"


@shown
def schemes(value: Schemes, released: Released[Schemes]) -> Figure:
    """Draw the effect of each scheme that has pupils to compare with, and name the others."""
    effects = [
        (row.label, row.scheme if isinstance(row.scheme, Withheld) else row.scheme.effect)
        for row in value.rows
    ]
    return Figure(
        title=words.title(value),
        subtitle=(
            f"Effect of each scheme up to {Term.parse(value.period).spoken}, in standard "
            f"deviations, adjusted for the score before; lines: where it may well be"
        ),
        alt=_alt(effects, released),
        svg=_forest(effects, "Standard deviations: above nought pupils taught did better"),
        data=cast("Table", tables.schemes(released)),
    )


@shown
def models(value: Trial, released: Released[Trial]) -> Figure:
    """Draw what each model finds; the one that counts is filled."""
    rows = [(trial_words.MODELS[model.label], model.found) for model in value.models]
    chosen = next(n for n, model in enumerate(value.models) if model.chosen)
    return Figure(
        title=trial_words.title(value),
        subtitle=(
            "Taught less comparison by each model, in standard deviations; the filled mark is the "
            "model that counts; lines: where the difference may well be"
        ),
        alt=_alt(rows, released),
        svg=_forest(rows, "Standard deviations: above nought pupils taught did better", chosen),
        data=cast("Table", tables.models(released)),
    )


def _alt(rows: list[tuple[str, Any]], released: Released[Any]) -> str:
    places = 2 if released.exact else 1
    said = []
    for label, found in rows:
        if isinstance(found, Withheld):
            said.append(f"{label}: {_NONE}")
        else:
            ends = to_range(found.low, found.high, places)
            said.append(f"{label}: {decimal(found.estimate, places)} ({ends})")
    return f"{'; '.join(said)}."


def _forest(rows: list[tuple[str, Any]], unit: str, chosen: int | None = None) -> str:
    figure, drawn = axes(1.0 + 0.45 * max(len(rows), 1))
    for place, (_, found) in enumerate(rows):
        if isinstance(found, Withheld):
            drawn.text(0.0, place, f" {_NONE}", va="center", fontsize=9, color=QUIET)
            continue
        ends = (found.low, found.estimate, found.high)
        fill = COLOURS[0] if chosen in (None, place) else "white"
        interval(drawn, place, ends, COLOURS[0], "D", inside=fill)
    drawn.axvline(0, color=LINE, linewidth=1, zorder=0)
    name_rows(drawn, [label for label, _ in rows], unit)
    left, right = drawn.get_xlim()
    drawn.set_xlim(min(left, -0.5), max(right, 0.5))
    return svg(figure)
