"""Schemes and trials drawn: scores before and after, and effects below each other."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any, cast

from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, shown
from writinggaps.report.figures.canvas import (
    COLOURS,
    LINE,
    QUIET,
    axes,
    interval,
    key,
    name_rows,
    nothing,
    svg,
)
from writinggaps.report.tables import evaluation as tables
from writinggaps.report.words import evaluation as words
from writinggaps.report.words import trial as trial_words
from writinggaps.report.words.language import decimal, so_many_of, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.evaluation import Scheme, Schemes, Trial
    from writinggaps.report.faces import Table

__all__ = ["models", "pairs", "schemes"]

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


@shown
def pairs(value: Schemes, released: Released[Schemes]) -> Figure:
    """Draw scores before and after: a line a pupil for staff, and everybody's averages."""
    known = [
        (row.label, row.scheme)
        for row in value.rows
        if not isinstance(row.scheme, Withheld) and not isinstance(row.scheme.pairs, Withheld)
    ]
    down = max(1, (len(known) + 1) // 2)
    figure, drawn = axes(0.6 + 2.2 * down, down, 2)
    panels = list(drawn.ravel())
    for panel, (label, scheme) in zip(panels, known, strict=False):
        panel.set_title(fill(label, 24), fontsize=9, loc="left")
        _before_and_after(panel, scheme)
    for panel in panels[len(known) :]:
        panel.set_axis_off()
    if not known:
        nothing(panels[0])
    key(
        figure,
        {
            label: mark
            for panel in panels
            for mark, label in zip(*panel.get_legend_handles_labels(), strict=True)
        },
    )
    thin = "each thin line is a pupil, " if released.exact else ""
    return Figure(
        title=words.title_of_pairs(value),
        subtitle=(
            f"Scores before and after each scheme up to {Term.parse(value.period).spoken}: "
            f"{thin}each thick line the average of a group"
        ),
        alt=_alt_of_pairs(known, released),
        svg=svg(figure),
        data=cast("Table", tables.pairs(released)),
    )


def _before_and_after(drawn: Any, scheme: Scheme) -> None:
    groups = (
        ("taught", scheme.pairs, COLOURS[0]),
        ("comparison", scheme.pairs_compared, COLOURS[3]),
    )
    for label, found, colour in groups:
        if isinstance(found, Withheld):
            continue
        for both in found.pupils if label == "taught" else ():
            drawn.plot([0, 1], both, color=QUIET, linewidth=0.6, alpha=0.6)
        drawn.plot(
            [0, 1], [found.before, found.after], "o-", color=colour, linewidth=2.4, label=label
        )
    drawn.set_xticks([0, 1], ["before", "after"])
    drawn.set_xlim(-0.15, 1.15)


def _alt_of_pairs(known: list[tuple[str, Scheme]], released: Released[Any]) -> str:
    told, places = [], 1 if released.exact else 0
    for label, scheme in known:
        found, still = scheme.pairs, scheme.not_moved
        if isinstance(found, Withheld):
            continue
        before, after = decimal(found.before, places), decimal(found.after, places)
        text = f"{label}: the average went from {before} to {after}"
        if not isinstance(still, Withheld):
            text += f", {so_many_of(still, released)} did not gain"
        told.append(text)
    return f"{'; '.join(told) or 'No scores can be shown'}."


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
