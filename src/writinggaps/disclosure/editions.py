"""For whom a report is written, and what that edition may show."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

__all__ = ["Edition", "Rules", "rules"]


class Edition(StrEnum):
    """The readers of a report: `staff` see exact figures, the others released ones."""

    STAFF = "staff"
    GOVERNORS = "governors"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an edition may show.

    Parameters
    ----------
    exact : bool
        True where figures are shown as they are.
    group_minimum : int
        The smallest group about which anything is said.
    hidden_up_to : int
        Counts of pupils from 1 to this, and the same number left over, are hidden.
    round_to : int
        Counts are rounded to multiples of this.
    source : str
        Who set the rule.
    """

    exact: bool
    group_minimum: int
    hidden_up_to: int
    round_to: int
    source: str


@cache
def rules(edition: Edition) -> Rules:
    """Give the rules of an edition.

    Examples
    --------
    >>> rules(Edition.PUBLIC).group_minimum
    10
    """
    text = files("writinggaps.defaults").joinpath("disclosure.toml").read_text(encoding="utf-8")
    return Rules(**tomllib.loads(text)[edition.value])
