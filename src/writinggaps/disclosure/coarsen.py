"""How the fields of a result are made coarser, kind by kind.

Nothing here looks at what a result is about: a count is a count. Results whose rows add up
(`Split`, `Breakdown`) are looked after in `families`, which says what else must be hidden.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from writinggaps.disclosure.cells import shown_count, suppressed, to_step
from writinggaps.disclosure.editions import Rules, said
from writinggaps.disclosure.families import protected
from writinggaps.results import Kind, is_result, kinds, may_be_withheld
from writinggaps.withheld import Withheld

__all__ = ["coarsened", "without_pupils"]

_BANDS = (0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0)
"""A released probability is the upper end of its band: 0.03 becomes 0.05."""

_NUMBER = re.compile(r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)

_NAMES = re.compile(r"\b\d{4}-\d{2}\b|\b(key stage|ks|year|years) ?\d+\b", re.IGNORECASE)
"""Numbers that are names: a school year, a year group, a key stage."""

_ALIKE = ("suppressed", "too_few_pupils", "no_spread")


def coarsened(value: Any, rule: Rules) -> Any:
    """Make a result coarse enough for a shared edition, or withhold it whole.

    Parameters
    ----------
    value : a result, Withheld, a tuple of these, or None
        Exact.
    rule : Rules
        Of a shared edition.
    """
    if isinstance(value, tuple):
        return tuple(coarsened(v, rule) for v in value)
    if isinstance(value, Withheld):
        return _reworded(value)
    if value is None:
        return None
    safe = protected(value, rule)
    return safe if isinstance(safe, Withheld) else _fields(safe, rule)


def without_pupils(value: Any) -> Any:
    """Take out which pupils a result is about, and change nothing else."""
    if isinstance(value, tuple):
        return tuple(without_pupils(v) for v in value)
    if not is_result(value):
        return value
    changed = {
        name: without_pupils(getattr(value, name)) if kind is None else ()
        for name, kind in kinds(type(value)).items()
        if kind is None or kind.name == "pupils"
    }
    return replace(value, **changed)


def _fields(value: Any, rule: Rules) -> Any:
    of = type(value)
    n = value.n if "n" in kinds(of) else None
    found = {
        name: coarsened(getattr(value, name), rule)
        if kind is None
        else _each(getattr(value, name), name, kind, n, rule)
        for name, kind in kinds(of).items()
    }
    for name, shown in found.items():
        rows = shown if isinstance(shown, tuple) else (shown,)
        withheld = next((row for row in rows if isinstance(row, Withheld)), None)
        if withheld is not None and not may_be_withheld(of, name):
            return withheld
    return replace(value, **found)


def _each(value: Any, name: str, kind: Kind, n: int | None, rule: Rules) -> Any:
    if kind.name in ("pupils", "staff"):
        return () if isinstance(value, tuple) else None
    if isinstance(value, tuple):
        return tuple(_each(v, name, kind, n, rule) for v in value)
    if isinstance(value, Withheld):
        return _reworded(value)
    if value is None or kind.name in ("label", "constant") or math.isnan(value):
        return value
    return _COARSER[kind.name](value, name, kind, n, rule)


def _count(value: int, name: str, _kind: Kind, n: int | None, rule: Rules) -> int | Withheld:
    if name == "n" or name.startswith("n_") or name.endswith("_n"):
        return suppressed() if value < rule.group_minimum else to_step(value, rule.round_to)
    if n is not None and n < rule.smallest_split:
        return suppressed()
    return shown_count(value, n, rule)


def _tally(value: int, _name: str, _kind: Kind, _n: int | None, rule: Rules) -> int:
    return shown_count(value, None, rule)


def _measured(value: float, name: str, kind: Kind, _n: int | None, _rule: Rules) -> float:
    if name == "low" or name.endswith("_low"):
        steps: float = math.floor(round(value / kind.step, 9))
    elif name == "high" or name.endswith("_high"):
        steps = math.ceil(round(value / kind.step, 9))
    else:
        steps = round(value / kind.step)
    return round(kind.step * steps, 9)


def _probability(value: float, _name: str, _kind: Kind, _n: int | None, _rule: Rules) -> float:
    return next((band for band in _BANDS if value <= band), 1.0)


_COARSER = {"count": _count, "tally": _tally, "measured": _measured, "p": _probability}


def _reworded(why: Withheld) -> Withheld:
    """Keep the reason, and drop words that could hold a pupil's count."""
    if why.reason in _ALIKE:
        return suppressed()
    safe = {
        part: text
        for part in ("found", "needed", "remedy")
        if not _NUMBER.search(_NAMES.sub("", text := getattr(why, part)))
    }
    return Withheld(reason=why.reason, **{"found": said(why.reason) or "", **safe})
