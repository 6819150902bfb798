"""How the fields of a result are made coarser, kind by kind.

Nothing here looks at what a result is about: a count is a count. Results whose rows add up
(`Split`, `Breakdown`) are looked after in `families`, which says what else must be hidden.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any, NamedTuple

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


class _Of(NamedTuple):
    """The group that the fields of a result are about, and the smallest that it compares."""

    n: int | None = None
    smallest: int | None = None


_ALONE = _Of()


def coarsened(value: Any, rule: Rules, of: _Of = _ALONE) -> Any:
    """Make a result coarse enough for a shared edition, or withhold it whole.

    Parameters
    ----------
    value : a result, Withheld, a tuple of these, or None
        Exact.
    rule : Rules
        Of a shared edition.
    of : optional
        What the result that this one is a part of is about.
    """
    if isinstance(value, tuple):
        return tuple(coarsened(v, rule, of) for v in value)
    if isinstance(value, Withheld):
        return _reworded(value)
    if value is None:
        return None
    safe = protected(value, rule)
    return safe if isinstance(safe, Withheld) else _fields(safe, rule, of)


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


def _fields(value: Any, rule: Rules, around: _Of) -> Any:
    cls = type(value)
    sizes = [getattr(value, f) for f, kind in kinds(cls).items() if kind and _is_size(f, kind)]
    of = _Of(
        n=value.n if "n" in kinds(cls) else None,
        smallest=min((n for n in sizes if isinstance(n, int)), default=around.smallest),
    )
    found = {
        name: coarsened(getattr(value, name), rule, of)
        if kind is None
        else _each(getattr(value, name), name, kind, of, rule)
        for name, kind in kinds(cls).items()
    }
    for name, shown in found.items():
        rows = shown if isinstance(shown, tuple) else (shown,)
        withheld = next((row for row in rows if isinstance(row, Withheld)), None)
        if withheld is not None and not may_be_withheld(cls, name):
            return withheld
    return replace(value, **found)


def _is_size(name: str, kind: Kind) -> bool:
    return kind.name == "count" and (name == "n" or name.startswith("n_") or name.endswith("_n"))


def _each(value: Any, name: str, kind: Kind, of: _Of, rule: Rules) -> Any:
    if kind.name in ("pupils", "staff"):
        return () if isinstance(value, tuple) else None
    if isinstance(value, tuple):
        return tuple(_each(v, name, kind, of, rule) for v in value)
    if isinstance(value, Withheld):
        return _reworded(value)
    if value is None or kind.name in ("label", "constant") or math.isnan(value):
        return value
    if kind.name == "count":
        return _count(value, name, kind, of, rule)
    if kind.name == "tally":
        return shown_count(value, None, rule)
    if kind.name == "p":
        return next((band for band in _BANDS if value <= band), 1.0)
    return _measured(value, name, _gap_step(kind, of, rule) if kind.name == "gap" else kind.step)


def _count(value: int, name: str, kind: Kind, of: _Of, rule: Rules) -> int | Withheld:
    if _is_size(name, kind):
        return suppressed() if value < rule.group_minimum else to_step(value, rule.round_to)
    if of.n is not None and of.n < rule.smallest_split:
        return suppressed()
    return shown_count(value, of.n, rule)


def _measured(value: float, name: str, step: float) -> float:
    if name == "low" or name.endswith("_low"):
        steps: float = math.floor(round(value / step, 9))
    elif name == "high" or name.endswith("_high"):
        steps = math.ceil(round(value / step, 9))
    else:
        steps = round(value / step)
    return round(step * steps, 9)


def _gap_step(kind: Kind, of: _Of, rule: Rules) -> float:
    """Give steps so wide that four pupils more or fewer of the smaller group may be within one."""
    wide = 100 * rule.hidden_up_to / (of.smallest or rule.group_minimum)
    return kind.step * math.ceil(wide / kind.step)


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
