"""What every drawing shares: its colours, its plain axes, and how it becomes text.

A drawing is as wide as a phone shows it legibly, its names are broken rather than shrunk, and its
letters stay letters, so that a page can be searched and read aloud. The same data give the same
text, so that a page changes only when its figures do.
"""

from __future__ import annotations

import re
from functools import cache
from io import StringIO
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "COLOURS",
    "INK",
    "LINE",
    "QUIET",
    "WIDTH",
    "axes",
    "beside",
    "interval",
    "key",
    "name_rows",
    "nothing",
    "svg",
    "waffle",
]

COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Dark blue, turquoise, dark pink, orange: the Government Analysis Function's order."""

INK, QUIET, LINE = "#16202a", "#4c5a67", "#b9c3cb"
WIDTH = 5.0
"""In inches; letters of size 10 are then 10 pixels high on a phone, and 15 on a laptop."""
_SMALL, _NAME, _UNIT = 9, 24, 42
_ACROSS, _MANY = 30, 200


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


def name_rows(drawn: Any, names: Iterable[str], unit: str = "", size: float = 10) -> None:
    """Name the rows of a drawing, the first on top, and say below it what is measured."""
    said = [fill(name, _NAME) for name in names]
    drawn.set_yticks(range(len(said)), said, fontsize=size)
    drawn.set_ylim(max(len(said), 1) - 0.5, -0.5)
    if unit:
        drawn.set_xlabel(fill(unit, _UNIT), fontsize=_SMALL, color=INK)
    if not said:
        nothing(drawn)


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
    figure.set_figheight(0.6 + 0.16 * max(-(-whole // _ACROSS), 1))
    key(figure, seen)
    return each


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
    text = re.sub(r"<[^>]+>", lambda found: _short_tag(found[0]), text)
    text = re.sub(r">\s+<", "><", text)
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


def _short_tag(tag: str) -> str:
    for found, instead in _IN_A_TAG:
        tag = re.sub(found, instead, tag)
    return tag
