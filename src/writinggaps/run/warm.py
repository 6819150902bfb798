"""Importing this module warms a process: what every report needs is imported and drawn once.

The server from which reports are forked imports it, and then never runs a report itself.
"""

from __future__ import annotations

import contextlib
import gc
import pkgutil
from importlib import import_module

import writinggaps
from writinggaps.run.steady import steady

__all__ = ["warm"]

_LIBRARIES = ("pandas", "scipy.stats", "seaborn", "statsmodels.api", "statsmodels.formula.api")


def warm() -> None:
    """Import the libraries and our own rooms, draw a figure and render a page."""
    steady()
    for name in (*_LIBRARIES, *_rooms()):
        with contextlib.suppress(Exception):
            import_module(name)
    _draw()
    _render()
    gc.collect()
    gc.freeze()


def _rooms() -> list[str]:
    found = pkgutil.walk_packages(writinggaps.__path__, "writinggaps.")
    skipped = ("writinggaps.cli", "writinggaps.__main__", __name__)
    return [room.name for room in found if room.name not in skipped]


def _draw() -> None:
    """Draw once, so that fonts are found and every part of the drawing code is loaded."""
    import io

    figure = import_module("matplotlib.figure").Figure()
    figure.subplots().plot([0, 1], [0, 1], label="warm")
    figure.legend()
    figure.savefig(io.StringIO(), format="svg")


def _render() -> None:
    from nbformat.v4 import new_markdown_cell, new_notebook

    from writinggaps.run.page import Heading, render

    render(new_notebook(cells=[new_markdown_cell("# Warm\n\n## Warm")]), Heading("", "", ""))  # type: ignore[no-untyped-call]


warm()
