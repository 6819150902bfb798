"""What every drawing shares: its colours, its plain axes, and how it becomes text.

A drawing is as wide as a phone shows it legibly, its names are broken rather than shrunk, and its
letters stay letters, so that a page can be searched and read aloud. The same data give the same
text, so that a page changes only when its figures do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from io import StringIO
from itertools import pairwise
from textwrap import fill
from typing import Any, cast

from writinggaps.estimates.funnel import limits
from writinggaps.report.faces import Figure, Prose, Table

__all__ = [
    "COLOURS",
    "INK",
    "LINE",
    "QUIET",
    "axes",
    "beside",
    "chart",
    "ends",
    "funnel",
    "interval",
    "key",
    "name_rows",
    "nothing",
    "rows",
    "svg",
    "waffle",
]

COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Dark blue, turquoise, dark pink, orange: the Government Analysis Function's order."""

INK, QUIET, LINE = "#16202a", "#4c5a67", "#b9c3cb"
WIDTH = 4.6
"""In inches; letters of size 10 are then 10 pixels high on a phone, and 16 on a laptop."""
_SMALL, _NAME, _UNIT = 9, 26, 46
_LETTER, _EDGES = 0.16, 0.6
_ACROSS, _MANY = 30, 200
_STEPS = 60


def axes(height: float, down: int = 1, across: int = 1, **options: Any) -> tuple[Any, Any]:
    """Give a figure as wide as a page's column, and its axes without a frame.

    With more than one down or across, the axes come as an array.
    """
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(WIDTH, height), layout="constrained")
    drawn = figure.subplots(down, across, **options)
    for one in [drawn] if down == across == 1 else drawn.ravel():
        for side in ("top", "right"):
            one.spines[side].set_visible(False)
        one.tick_params(length=0, labelcolor=INK)
    return figure, drawn


def rows(
    names: Iterable[str], unit: str = "", each: float = 0.34, wide: int = _NAME
) -> tuple[Any, Any]:
    """Give axes with a row for each name, the first on top, as high as the names need.

    Parameters
    ----------
    names : iterable of str
        Broken into lines where they are long.
    unit : str, optional
        What is measured; it stands below.
    each : float, optional
        The least height of a row in inches.
    wide : int, optional
        The most letters of a line of a name.
    """
    said = [fill(name, wide) for name in names]
    lines = [name.count("\n") + 1 for name in said]
    most = max((sum(both) / 2 for both in pairwise(lines)), default=1)
    each = max(each, _LETTER * (most + 0.3))
    below = fill(unit, _UNIT)
    height = _EDGES + _LETTER * (below.count("\n") + 1) + each * max(len(said), 1)
    figure, drawn = axes(height)
    drawn.set_xlabel(below, fontsize=_SMALL, color=INK)
    drawn.locator_params(axis="x", nbins=7)
    name_rows(drawn, said)
    return figure, drawn


def name_rows(drawn: Any, names: Iterable[str], size: float = 10, wide: int = _NAME) -> None:
    """Name the rows of a drawing, the first on top; a name that is broken already stays so."""
    said = [name if "\n" in name else fill(name, wide) for name in names]
    drawn.set_yticks(range(len(said)), said, fontsize=size)
    drawn.set_ylim(max(len(said), 1) - 0.5, -0.5)
    if not said:
        nothing(drawn)


def ends(found: Any, scale: float = 100.0) -> tuple[float, float, float]:
    """Give the low end, the estimate and the high end of an answer, in percent."""
    return scale * found.low, scale * found.estimate, scale * found.high


def interval(
    drawn: Any,
    place: float,
    found: tuple[float, ...],
    colour: str,
    mark: str = "o",
    *,
    width: float = 1.8,
    size: float = 6,
    inside: str = "",
) -> Any:
    """Draw an estimate as a mark on the line of its interval; give the mark, for a key.

    `found` is the low end, the estimate and the high end.
    """
    low, middle, high = found
    drawn.plot([low, high], [place, place], color=colour, linewidth=width)
    looks = {"color": colour, "markersize": size, "markerfacecolor": inside or colour}
    return drawn.plot([middle], [place], mark, **looks)[0]


def key(figure: Any, seen: dict[str, Any] | None = None, across: int = 2) -> None:
    """Say below a drawing what its marks mean; without `seen`, by the labels they were given."""
    if seen is None:
        handles, labels = figure.axes[0].get_legend_handles_labels()
        seen = dict(zip(labels, handles, strict=True))
    if seen:
        figure.set_figheight(figure.get_figheight() + 1.4 * _LETTER * -(-len(seen) // across))
        figure.legend(seen.values(), seen.keys(), loc="outside lower center", ncols=across,
                      frameon=False, fontsize=_SMALL)  # fmt: skip


def beside(drawn: Any, x: float, y: float, text: str) -> None:
    """Write a figure to the right of the end of its bar."""
    drawn.annotate(text, (x, y), xytext=(4, 0), textcoords="offset points", va="center",
                   fontsize=_SMALL, color=INK)  # fmt: skip


def waffle(figure: Any, drawn: Any, count: int, n: int, labels: tuple[str, str]) -> int:
    """Draw filled squares for so many of a group and rings for the rest, in whole children.

    Returns
    -------
    int
        How many children a mark stands for: 1, or 5 where there are many.
    """
    each = 1 if n <= _MANY else 5
    whole, full = round(n / each), round(count / each)
    seen = {}
    for places, mark, colour, label in (
        (range(full), "s", COLOURS[0], labels[0]),
        (range(full, whole), "o", COLOURS[3], labels[1]),
    ):
        across, down = [i % _ACROSS for i in places], [i // _ACROSS for i in places]
        looks = {"color": colour, "markerfacecolor": colour if mark == "s" else "none"}
        seen[label] = drawn.plot(across, down, mark, markersize=5, clip_on=False, **looks)[0]
    drawn.set_axis_off()
    drawn.set_xlim(-0.6, _ACROSS - 0.4)
    drawn.set_ylim(max(-(-whole // _ACROSS), 1) - 0.4, -0.6)
    figure.set_figheight(0.3 + _LETTER * max(-(-whole // _ACROSS), 1))
    key(figure, seen)
    return each


def funnel(drawn: Any, middle: float, sizes: Sequence[int], looks: Iterable[Any]) -> None:
    """Draw a share that schools have together, and between what each would be by its size.

    `looks` are tuples: how often a school would be between the lines, how much schools are alike
    (`estimates.funnel`), and the colour, style and name of the lines.
    """
    drawn.axhline(100 * middle, color=INK, linewidth=1)
    first, last = max(5, round(0.8 * min(sizes))), round(1.05 * max(sizes))
    at = sorted({first + round((last - first) * step / _STEPS) for step in range(_STEPS + 1)})
    for level, likeness, colour, style, label in looks:
        both = [limits(middle, n, level, size=likeness) for n in at]
        for side in (0, 1):
            drawn.plot(at, [100 * one[side] for one in both], color=colour, linewidth=1,
                       linestyle=style, label="" if side else label, zorder=1)  # fmt: skip


def chart(figure: Any, *, title: str, subtitle: str, alt: str, data: Table | Prose) -> Figure:
    """Put a drawing together with its words and the table behind it."""
    return Figure(
        title=title,
        subtitle=subtitle,
        alt=alt.replace("**", ""),
        svg=svg(figure),
        data=cast("Table", data),
    )


def nothing(drawn: Any) -> None:
    """Say in an empty drawing that there is nothing to draw."""
    drawn.set_axis_off()
    drawn.text(0.5, 0.5, "nothing to show", transform=drawn.transAxes, ha="center", color=QUIET)


def svg(figure: Any) -> str:
    """Write a drawing as SVG; what measures it for its layout, once, is what writes it."""
    from matplotlib import rc_context

    out = StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "writinggaps"}):
        figure.dpi = 72
        writer = _writer()(*(72 * figure.get_size_inches()), out, metadata={"Date": None})
        figure.canvas.get_renderer = lambda: writer
        for mark in (mark for one in figure.axes for mark in (*one.patches, *one.lines)):
            mark.set_in_layout(not mark.get_clip_on())  # what is clipped needs no room
        figure.get_layout_engine().execute(figure)
        figure.set_layout_engine("none")
        for behind in (figure, *figure.axes):
            behind.patch.set_visible(False)
        figure.draw(writer)
        writer.finalize()
    return _short(out.getvalue())


@cache
def _writer() -> Any:
    """Give matplotlib's writer of SVG, to which a name with dollar signs is a name, no formula."""
    from matplotlib.backends.backend_svg import RendererSVG

    base: Any = RendererSVG

    class Writer(base):  # type: ignore[misc]
        def draw_text(self, *told: Any, ismath: Any = False, mtext: Any = None) -> None:
            del ismath
            super().draw_text(*told, mtext=mtext)

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
            del ismath
            return super().get_text_width_height_descent(s, prop, False)

    return Writer


_FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
"""The page's own; where the drawing was laid out, letters are at least as wide as these."""
_IN_A_TAG = (
    (r" id=\"(?!\w*[0-9a-f]{10}\")[^\"]*\"| version=\"1.1\"| xmlns:xlink=\"[^\"]*\"", ""),
    (r" transform=\"rotate\(-0 [^\"]*\"", ""),
    (r"\s+", " "),
    (r"-?\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removesuffix(".0")),
    (r"font: ([\d.]+)px [^;\"]*", r"font-size:\1px"),
    (r"font-family: [^;\"]*;?", ""),
    (r"([;:]) ", r"\1"),
    (r" ?([MLCQz]) ?", r"\1"),
    ("xlink:href", "href"),
)


def _short(drawing: str) -> str:
    """Leave out what matplotlib writes and no reader sees: most of its text."""
    text = re.sub(r"<metadata>.*?</metadata>", "", drawing[drawing.index("<svg") :], flags=re.S)
    parts = re.split(r"(<[^>]+>)", text)
    parts[1::2] = _short_tags("\0".join(parts[1::2])).split("\0")
    text = re.sub(r">\s+<", "><", "".join(parts))
    text = re.sub(r"<path d=\"[^\"]*\" style=\"fill:none\"/>", "", text)
    while text != (text := re.sub(r"<g>((?:<(?!g\b)[^>]*>|[^<])*?)</g>", r"\1", text)):
        pass
    text = _ALIKE.sub(_together, text)
    return text.strip().replace("<svg ", f'<svg font-family="{_FONT}" ', 1)


_ONE = r"<(?:use|path) [^>]*?"
_ALIKE = re.compile(rf"{_ONE}((?: clip-path=\"[^\"]*\")? style=\"[^\"]*\")/>(?:{_ONE}\1/>)+")


def _together(alike: re.Match[str]) -> str:
    """Say once how marks and lines look that follow each other and look alike."""
    return f"<g{alike[1]}>{alike[0].replace(alike[1], '')}</g>"


def _short_tags(tags: str) -> str:
    for found, instead in _IN_A_TAG:
        tags = re.sub(found, instead, tags)
    return tags
