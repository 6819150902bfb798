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
_NAMED = ("label", "group", "period")
_BLUE, _GREY = "#12436D", "#b9c3cb"
_LONG, _MANY = 60, 12
_SHARES = {"share of pupils": "% of pupils", "difference of shares": " points"}
"""What is said in hundredths."""
Numbers = tuple[float, float, float]


def glance(value: Any) -> str:
    """Show an answer as HTML.

    Parameters
    ----------
    value : object
        A result. Where it has an estimate, that is said and drawn with its interval; where it is
        rows, each of them, on one scale.

    Returns
    -------
    str
        Everything from data escaped; pupils are counted, never named.
    """
    what, of = _figure(value)
    parts = "".join(_part(value, f.name) for f in fields(value))
    how = f"<details><summary>How it was worked out</summary><dl>{parts}</dl></details>"
    name = f"<strong>{_words(type(value).__name__)}</strong>"
    about = ": ".join(filter(None, (name, _about(value), what)))
    drawn = (
        f"{_sized(of)}</p>{_drawn(_numbers(of), [_numbers(of)])}" if of else f"</p>{_rows(value)}"
    )
    return f"<div><p>{about}{drawn}{how}</div>"


def _about(value: Any) -> str:
    found = (getattr(value, part, "") for part in _NAMED)
    return ", ".join(escape(text) for text in found if text and isinstance(text, str))


def _figure(value: Any) -> tuple[str, Any]:
    """Find what has an estimate: an answer, or else the first part of it that does, by its name."""
    if _numbers(value):
        return "", value
    names = ["whole"] * hasattr(value, "whole") + [f.name for f in fields(value)]
    for name in names:
        part = getattr(value, name)
        if hasattr(part, "__dataclass_fields__"):
            found = _figure(part)[1]
            if found is not None:
                return "" if name == "whole" else _words(name).lower(), found
    return "", None


def _rows(value: Any) -> str:
    """Draw the rows of an answer below each other on one scale: the first that have estimates."""
    for f in fields(value):
        parts = getattr(value, f.name)
        parts = parts if isinstance(parts, tuple) else ()
        found = [(p, _figure(p)[1]) for p in parts if hasattr(p, "__dataclass_fields__")]
        known = [(part, of) for part, of in found if of is not None]
        if known:
            scale = [_numbers(of) for _, of in known]
            shown = zip(known[:_MANY], scale, strict=False)
            rows = (f"<li>{_drawn(n, scale)} {_about(p)}{_sized(of)}</li>" for (p, of), n in shown)
            more = f"<li>and {len(known) - _MANY} more</li>" * (len(known) > _MANY)
            return f"<ul>{''.join(rows)}{more}</ul>"
    return ""


def _sized(of: Any) -> str:
    """Say an estimate, where it may well be, and of how many pupils."""
    unit = getattr(of, "unit", "")
    scale = 100 if unit in _SHARES else 1
    low, estimate, high = (_number(scale * x) for x in _numbers(of) or ())
    level, n = getattr(of, "level", None), getattr(of, "n", None)
    sure = f" at {_number(100 * level)}%" if isinstance(level, float) else ""
    many = f"; {n} pupils" if isinstance(n, int) else ""
    unit = escape(_SHARES.get(unit, f" {unit}" if unit else ""))
    return f" – <strong>{estimate}</strong>{unit} ({low} to {high}{sure}{many})"


def _drawn(numbers: Numbers | None, among: list[Numbers | None]) -> str:
    """Draw an interval on a line that holds nought, and all the others on its scale."""
    every = [x for one in among for x in one or ()]
    start, end = min(0.0, *every), max(0.0, *every)
    scale = (_WIDE - 2 * _EDGE) / ((end - start) or 1.0)
    low, middle, high = numbers or (0.0, 0.0, 0.0)
    at = [_EDGE + (x - start) * scale for x in (low, middle, high, 0.0)]
    said = escape(f"{_number(middle)}, from {_number(low)} to {_number(high)}")
    return (
        f'<svg role="img" aria-label="{said}" width="{_WIDE}" height="24" '
        'style="vertical-align:middle">'
        f'<path d="M{at[3]:.0f} 2V22" stroke="{_GREY}"/>'
        f'<path d="M{at[0]:.0f} 12H{at[2]:.0f}" stroke="{_BLUE}" stroke-width="2"/>'
        f'<circle cx="{at[1]:.0f}" cy="12" r="5" fill="{_BLUE}"/></svg>'
    )


def _numbers(value: Any) -> Numbers | None:
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
    elif hasattr(found, "reason"):
        text = f"cannot be said: {found.found}"
    elif hasattr(found, "__dataclass_fields__"):
        of = _figure(found)[1]
        text = _number(of.estimate) if of else _words(type(found).__name__)
    return escape(text if len(text) <= _LONG else text[:_LONG] + "…")


def _number(x: float) -> str:
    return f"{x:.3g}".replace("-", "\N{MINUS SIGN}")


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).capitalize()
