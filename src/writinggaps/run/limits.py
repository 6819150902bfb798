"""How long, how large: the limits of one report, from `defaults/run.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from writinggaps.run.jobs import Failure

__all__ = ["Limits", "limits", "past"]


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


def past(code: str) -> Failure:
    """Say that a report was past its limit of time or of memory.

    Examples
    --------
    >>> past("time_limit").words
    'The report took longer than 300 seconds and was ended.'
    """
    words = {
        "time_limit": f"The report took longer than {limits().seconds} seconds and was ended.",
        "memory_limit": f"The report needed more than {limits().megabytes} megabytes of memory.",
    }
    return Failure(code=code, words=words[code])
