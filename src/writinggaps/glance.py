"""How an answer shows itself at the end of a cell: one line, its interval, how it was worked out.

This is for an analyst at work. What a report says is written by `writinggaps.report`.
"""

from __future__ import annotations

import re
from dataclasses import fields
from html import escape
from typing import Any

__all__ = ["glance"]

_WIDE, _EDGE = 320, 8
_BLUE, _GREY = "#12436D", "#b9c3cb"
_LONG = 60


def glance(value: Any) -> str:
    """Show an answer as HTML.

    Parameters
    ----------
    value : object
        A result. Where it has an estimate, that is said and drawn with its interval.

    Returns
    -------
    str
        Everything from data escaped; pupils are counted, never named.
    """
    parts = "".join(_part(value, f.name) for f in fields(value))
    how = f"<details><summary>How it was worked out</summary><dl>{parts}</dl></details>"
    return f"<div><p>{_line(value)}</p>{_drawn(value)}{how}</div>"


def _line(value: Any) -> str:
    name = _words(type(value).__name__)
    group, period, unit = (_text(value, part) for part in ("group", "period", "unit"))
    about = ", ".join(part for part in (group, period) if part)
    said = f"<strong>{name}</strong>{': ' * bool(about)}{about}"
    numbers = _numbers(value)
    if numbers is None:
        return said
    low, estimate, high = map(_number, numbers)
    level, n = getattr(value, "level", None), getattr(value, "n", None)
    sure = f" at {level:.0%}" if isinstance(level, float) else ""
    many = f"; {n} pupils" if isinstance(n, int) else ""
    return f"{said} – <strong>{estimate}</strong> {unit} ({low} to {high}{sure}{many})"


def _drawn(value: Any) -> str:
    """Draw the interval on a line that holds nought."""
    numbers = _numbers(value)
    if numbers is None:
        return ""
    start, end = min(0.0, *numbers), max(0.0, *numbers)
    scale = (_WIDE - 2 * _EDGE) / ((end - start) or 1.0)
    low, middle, high, nought = (_EDGE + (x - start) * scale for x in (*numbers, 0.0))
    said = escape(f"{_number(numbers[1])}, from {_number(numbers[0])} to {_number(numbers[2])}")
    return (
        f'<svg role="img" aria-label="{said}" width="{_WIDE}" height="24">'
        f'<path d="M{nought:.0f} 2V22" stroke="{_GREY}"/>'
        f'<path d="M{low:.0f} 12H{high:.0f}" stroke="{_BLUE}" stroke-width="2"/>'
        f'<circle cx="{middle:.0f}" cy="12" r="5" fill="{_BLUE}"/></svg>'
    )


def _numbers(value: Any) -> tuple[float, float, float] | None:
    found = [getattr(value, name, None) for name in ("low", "estimate", "high")]
    known = [float(x) for x in found if isinstance(x, int | float)]
    return (known[0], known[1], known[2]) if len(known) == len(found) else None


def _part(value: Any, name: str) -> str:
    return f"<dt>{_words(name)}</dt><dd>{_said(getattr(value, name), name)}</dd>"


def _said(found: Any, name: str) -> str:
    if name.endswith("pupils") and isinstance(found, tuple):
        return f"{len(found)} pupil{'s' * (len(found) != 1)}, not named here"
    if isinstance(found, tuple) and not all(isinstance(part, str) for part in found):
        return f"{len(found)} parts"
    text = ", ".join(found) if isinstance(found, tuple) else str(found)
    if isinstance(found, float):
        text = _number(found)
    elif hasattr(found, "__dataclass_fields__"):
        text = _words(type(found).__name__)
    return escape(text if len(text) <= _LONG else text[:_LONG] + "…")


def _text(value: Any, name: str) -> str:
    found = getattr(value, name, "")
    return escape(found) if isinstance(found, str) else ""


def _number(x: float) -> str:
    return f"{x:.3g}".replace("-", "\N{MINUS SIGN}")


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).capitalize()
