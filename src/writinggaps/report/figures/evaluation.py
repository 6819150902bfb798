"""Schemes and trials drawn: scores before and after, and effects below each other."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from writinggaps.disclosure import Released
from writinggaps.measures.evaluation.results import Scheme, Schemes
from writinggaps.measures.evaluation.trial import Trial
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Figure, Prose, shown
from writinggaps.report.figures import canvas
from writinggaps.report.figures.canvas import COLOURS, LINE, QUIET
from writinggaps.report.tables import evaluation as tables
from writinggaps.report.words import evaluation as words
from writinggaps.report.words import trial as trial_words
from writinggaps.report.words.language import decimal, so_many_of, to_range
from writinggaps.withheld import Withheld

__all__ = ["models", "pairs", "schemes"]

_NONE = "no effect to show"
_UNIT = "Standard deviations: above nought pupils taught did better"


@shown
def schemes(value: Schemes, released: Released[Schemes]) -> Figure | Prose:
    """Draw the effect of each scheme that has pupils to compare with, and name the others.

    Nothing is drawn where there is no effect at all: the table below says so.
    """
    effects = [
        (row.label, row.scheme if isinstance(row.scheme, Withheld) else row.scheme.effect)
        for row in value.rows
    ]
    if all(isinstance(found, Withheld) for _, found in effects):
        return Prose("")
    return canvas.chart(
        _forest(effects),
        title=words.title(value),
        subtitle=(
            f"Effect of each scheme up to {Term.parse(value.period).spoken}, in standard "
            f"deviations, adjusted for the score before; lines: where it may well be"
        ),
        alt=_alt(effects, released),
        data=tables.schemes(released),
    )


@shown
def models(value: Trial, released: Released[Trial]) -> Figure:
    """Draw what each model finds; the one that counts is filled."""
    rows = [(trial_words.MODELS[model.label], model.found) for model in value.models]
    chosen = next(n for n, model in enumerate(value.models) if model.chosen)
    return canvas.chart(
        _forest(rows, chosen),
        title=trial_words.title(value),
        subtitle=(
            "Taught less comparison by each model, in standard deviations; the filled mark is the "
            "model that counts; lines: where the difference may well be"
        ),
        alt=_alt(rows, released),
        data=tables.models(released),
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
    figure, drawn = canvas.axes(0.3 + 2.1 * down, down, 2, sharey=True)
    panels = list(drawn.ravel())
    seen: dict[str, Any] = {}
    for panel, (label, scheme) in zip(panels, known, strict=False):
        panel.set_title(fill(label, 24), fontsize=9, loc="left")
        _before_and_after(panel, scheme)
        marks, labels = panel.get_legend_handles_labels()
        seen |= dict(zip(labels, marks, strict=True))
    for panel in panels[len(known) :]:
        panel.set_axis_off()
    if not known:
        canvas.nothing(panels[0])
    canvas.key(figure, seen)
    thin = "each thin line is a pupil, " if released.exact else ""
    return canvas.chart(
        figure,
        title=words.title_of_pairs(value),
        subtitle=(
            f"Scores before and after each scheme up to {Term.parse(value.period).spoken}: "
            f"{thin}each thick line the average of a group"
        ),
        alt=_alt_of_pairs(known, released),
        data=tables.pairs(released),
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


def _forest(rows: list[tuple[str, Any]], chosen: int | None = None) -> Any:
    if all(isinstance(found, Withheld) for _, found in rows):
        return canvas.rows([])[0]
    figure, drawn = canvas.rows([label for label, _ in rows], _UNIT, each=0.4)
    for place, (_, found) in enumerate(rows):
        if isinstance(found, Withheld):
            canvas.beside(drawn, 0, place, _NONE)
            continue
        inside = COLOURS[0] if chosen in (None, place) else "white"
        canvas.interval(drawn, place, canvas.ends(found, 1), COLOURS[0], "D", inside=inside)
    drawn.axvline(0, color=LINE, linewidth=1, zorder=0)
    left, right = drawn.get_xlim()
    drawn.set_xlim(min(left, -0.5), max(right, 0.5))
    drawn.locator_params(axis="x", nbins=5)
    return figure
