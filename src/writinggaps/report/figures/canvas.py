"""What every drawing shares: its colours, its plain axes, and how it becomes text.

Letters stay letters, so that a page can be searched and read aloud; and the same data give the same
text, so that a page changes only when its figures do.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

__all__ = ["COLOURS", "INK", "LINE", "QUIET", "axes", "beside", "nothing", "svg"]

COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Dark blue, turquoise, dark pink, orange: the Government Analysis Function's order."""

INK, QUIET, LINE = "#16202a", "#4c5a67", "#b9c3cb"


def axes(height: float) -> tuple[Any, Any]:
    """Give a figure as wide as a page's column, and its axes without a frame."""
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(7.2, height), layout="constrained")
    drawn = figure.subplots()
    for side in ("top", "right"):
        drawn.spines[side].set_visible(False)
    drawn.tick_params(colors=QUIET, labelcolor=INK)
    return figure, drawn


def beside(drawn: Any, x: float, y: float, text: str) -> None:
    """Write a figure to the right of the end of its bar."""
    drawn.annotate(text, (x, y), xytext=(4, 0), textcoords="offset points", va="center",
                   fontsize=9, color=INK)  # fmt: skip


def nothing(drawn: Any) -> None:
    """Say in an empty drawing that there is nothing to draw."""
    drawn.set_axis_off()
    drawn.text(0.5, 0.5, "nothing to show", transform=drawn.transAxes, ha="center", color=QUIET)


def svg(figure: Any) -> str:
    """Write a drawing as SVG; a name with dollar signs is a name, not a formula."""
    from matplotlib import rc_context
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_parse_math(False)
    out = StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "writinggaps"}):
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return out.getvalue()[out.getvalue().index("<svg") :]
