"""Exact results become released ones here, and nowhere else.

Words, tables and figures accept only `Released` objects. What may be shown follows from the kinds
that a result's fields declare (`writinggaps.results`), so a new measure needs no code here.
"""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from writinggaps.disclosure.editions import Edition, Rules, rules
from writinggaps.problems import BadArgument
from writinggaps.results import kinds
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Released", "release", "shown_to"]

P = ParamSpec("P")
T = TypeVar("T")

_PASSED = object()


class Released(Generic[T]):
    """A result that disclosure has passed for one edition.

    Only `release` makes these. `value` is the result with its counts rounded and its measured
    values coarsened as the edition asks, or `Withheld`.
    """

    __slots__ = ("edition", "value")

    value: T | Withheld
    edition: Edition

    def __init__(self, value: T | Withheld, edition: Edition, passed: object = None) -> None:
        if passed is not _PASSED:
            raise BadArgument("A Released result was made by hand", "only release() may make one")
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "edition", edition)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a released result cannot be changed ({name})")

    @property
    def exact(self) -> bool:
        """True where the figures are as counted, not rounded."""
        return rules(self.edition).exact


def release(result: T | Withheld, edition: Edition | str) -> Released[T]:
    """Pass a result for an edition: hide what is small, round what is shown.

    Parameters
    ----------
    result : a result made by `writinggaps.results.result`, or Withheld
        The exact answer.
    edition : Edition or str
        For whom.

    Returns
    -------
    Released
        With the coarsened result, or `Withheld` where the edition may not show it.

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> release(share(12, 23), "governors").value.n
    25
    >>> release(share(2, 23), "governors").value.reason
    'suppressed'
    """
    edition = Edition(edition)
    rule = rules(edition)
    if isinstance(result, Withheld) or rule.exact:
        return Released(result, edition, _PASSED)
    return Released(_coarsen(result, rule), edition, _PASSED)


class Shown:
    """Calls measures and releases what they return, for one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __call__(self, measure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Released[T]:
        """Attempt a measure and release its result."""
        return release(attempt(measure, *args, **kwargs), self.edition)


def shown_to(edition: Edition | str) -> Shown:
    """Give the `show(measure, ...)` of a notebook: attempt, then release for the edition.

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> show = shown_to("staff")
    >>> show(share, 12, 23).value.n
    23
    """
    return Shown(Edition(edition))


def _coarsen(result: Any, rule: Rules) -> Any:
    """Coarsen a result field by field, or withhold it whole."""
    found: dict[str, Any] = {}
    for name, kind in kinds(type(result)).items():
        value = getattr(result, name)
        if kind is None:
            found[name] = _nested(value, rule)
        elif kind.name == "count":
            if value < rule.group_minimum and name == "n":
                return _suppressed(f"the group has fewer than {rule.group_minimum} pupils")
            if 0 < value <= rule.hidden_up_to:
                return _suppressed(f"the number is {rule.hidden_up_to} or fewer")
            found[name] = _round(value, rule.round_to)
        elif kind.name == "tally":
            found[name] = _round(value, rule.round_to)
        elif kind.name == "measured":
            found[name] = _round(value, kind.step)
        elif kind.name == "pupils":
            found[name] = ()
        else:
            found[name] = value
    return replace(result, **found)


def _nested(value: Any, rule: Rules) -> Any:
    if isinstance(value, tuple):
        return tuple(_nested(v, rule) for v in value)
    if is_dataclass(value) and not isinstance(value, Withheld):
        return _coarsen(value, rule)
    return value


def _round(value: float, step: float) -> Any:
    rounded = step * round(value / step)
    return int(rounded) if isinstance(value, int) else float(rounded)


def _suppressed(why: str) -> Withheld:
    return Withheld(reason="suppressed", found=f"It is not shown because {why}")
