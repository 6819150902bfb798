"""How long, how large: the limits of one report, from `defaults/run.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Limits", "limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one report: time, memory, size of its page."""

    seconds: float
    megabytes: int
    page_kilobytes: int
    source: str


@cache
def limits() -> Limits:
    """Give the limits.

    Examples
    --------
    >>> limits().seconds
    300
    """
    text = files("writinggaps.defaults").joinpath("run.toml").read_text(encoding="utf-8")
    return Limits(**tomllib.loads(text))
