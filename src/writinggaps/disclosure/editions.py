"""For whom a report is written, and what that edition may show."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Edition", "Rules", "register_rules", "rules", "said"]


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
        Counts of pupils up to this, and the same number left over, are told only as a band.
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

    @property
    def smallest_split(self) -> int:
        """The smallest group of which a part may be told: both its bands must fit."""
        return 2 * (self.hidden_up_to + 1)


def rules(edition: Edition) -> Rules:
    """Give the rules of an edition.

    Examples
    --------
    >>> rules(Edition.PUBLIC).group_minimum
    10
    """
    return Rules(**_defaults()[edition.value])


def said(reason: str) -> str | None:
    """Give the words of shared editions for a reason to withhold; None where there are none.

    Examples
    --------
    >>> said("different_tests")
    'The two points in time used different tests or standards'
    """
    words: str | None = _defaults()["said"].get(reason)
    return words


def register_rules() -> dict[str, Any]:
    """Give the rules of the release register.

    Examples
    --------
    >>> register_rules()["hidden_difference"]
    4
    """
    return _defaults()["register"]


@cache
def _defaults() -> dict[str, dict[str, Any]]:
    text = files("writinggaps.defaults").joinpath("disclosure.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
