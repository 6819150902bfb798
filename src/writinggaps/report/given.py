"""What of a result is given, and what is withheld: the few questions that every face asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from writinggaps.estimates import Share
from writinggaps.estimates.breakdown import Breakdown, Split
from writinggaps.withheld import Withheld

T = TypeVar("T")

__all__ = ["given", "known", "shares_of", "whole_of"]


def given(found: T | Withheld) -> T | None:
    """Give what was found, or None where it is withheld.

    Examples
    --------
    >>> given(3), given(Withheld(reason="suppressed", found=""))
    (3, None)
    """
    return None if isinstance(found, Withheld) else found


def whole_of(found: Breakdown | Withheld) -> Share | Withheld:
    """Give the share of the whole, or why there is none."""
    return found if isinstance(found, Withheld) else found.whole


def shares_of(found: Breakdown | Split | Withheld) -> dict[str, Share | Withheld]:
    """Give the share of each part by its label; none where all are withheld."""
    return {} if isinstance(found, Withheld) else found.shares


def known(shares: Mapping[str, Share | Withheld]) -> dict[str, Share]:
    """Give those that are not withheld."""
    return {label: found for label, found in shares.items() if isinstance(found, Share)}
