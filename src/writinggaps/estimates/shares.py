"""How many of a group, and how sure: shares, their differences, and their intervals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field
from itertools import chain
from math import sqrt
from typing import Any, TypeAlias

from scipy.special import ndtri

from writinggaps.problems import BadArgument, TooFewPupils
from writinggaps.results import Constant, Count, Label, PupilIds, result

__all__ = [
    "Difference",
    "Pupils",
    "Share",
    "ShareDifference",
    "share",
    "share_difference",
    "together",
]

Pupils: TypeAlias = int | Collection[str]
"""How many pupils, or which: where disclosure knows which, it can compare figures about them."""


@result
class Share:
    """So many of so many pupils, with Wilson's interval.

    Everything but the two counts is worked out from them, so a share whose counts have been rounded
    for a shared edition has the interval of the rounded counts.
    """

    count: Count
    n: Count
    level: Constant = 0.95
    counted: PupilIds = field(default=(), repr=False, compare=False)
    group: PupilIds = field(default=(), repr=False, compare=False)

    unit = "share of pupils"
    method = "Wilson"

    @property
    def estimate(self) -> float:
        """The share, between 0 and 1."""
        return self.count / self.n

    @property
    def low(self) -> float:
        """Lower end of Wilson's interval."""
        return _wilson(self.count, self.n, self.level)[0]

    @property
    def high(self) -> float:
        """Upper end of Wilson's interval."""
        return _wilson(self.count, self.n, self.level)[1]


class Difference:
    """One figure less another, with the interval that follows from theirs.

    Newcombe (1998b) gives it for shares (his method 10), Zou and Donner (2008) for any two figures
    that do not depend on each other.
    """

    __slots__ = ()
    group: Any
    others: Any

    @property
    def estimate(self) -> float:
        """The figure of `group` less that of `others`: negative when the group's is lower."""
        return float(self.group.estimate - self.others.estimate)

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        lower, upper = self.group.estimate - self.group.low, self.others.high - self.others.estimate
        return self.estimate - sqrt(lower**2 + upper**2)

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        upper, lower = self.group.high - self.group.estimate, self.others.estimate - self.others.low
        return self.estimate + sqrt(upper**2 + lower**2)

    @property
    def n(self) -> int:
        """Pupils in both groups."""
        return int(self.group.n + self.others.n)

    @property
    def level(self) -> float:
        """Confidence level of the interval."""
        return float(self.group.level)


@result
class ShareDifference(Difference):
    """One group's share less another's, with Newcombe's interval (his method 10)."""

    group: Share
    others: Share
    group_name: Label
    others_name: Label

    unit = "difference of shares"
    method = "Newcombe's hybrid score (method 10)"


def share(count: Pupils, n: Pupils, *, level: float = 0.95) -> Share:
    """Give the share of a group with Wilson's score interval.

    Parameters
    ----------
    count : int or collection of str
        Pupils of whom something is true: how many, or which.
    n : int or collection of str
        Pupils in the group: how many, or which.
    level : float, optional
        Confidence level of the interval, between 0 and 1.

    Returns
    -------
    Share
        Between 0 and 1.

    Raises
    ------
    TooFewPupils
        If the group is empty.
    BadArgument
        If `count` is not between 0 and `n`.

    References
    ----------
    Wilson (1927); checked against Newcombe (1998a), table I.

    Examples
    --------
    >>> s = share(81, 263)
    >>> f"{s.estimate:.4f} ({s.low:.4f} to {s.high:.4f})"
    '0.3080 (0.2553 to 0.3662)'
    """
    counted, group = _which(count), _which(n)
    held = len(counted) if isinstance(count, Collection) else int(count)
    size = len(group) if isinstance(n, Collection) else int(n)
    if size == 0:
        raise TooFewPupils("The group has no pupils", "a share needs at least 1")
    if not 0 <= held <= size or (group and not set(counted) <= set(group)):
        raise BadArgument(f"A share was asked for {held} of {size}", "0 <= count <= n")
    return Share(count=held, n=size, level=level, counted=counted, group=group)


def together(parts: Iterable[Pupils]) -> Pupils:
    """Add up pupils of separate groups: which they are, if that is known of all.

    Examples
    --------
    >>> together([3, 4]), sorted(together([["p1"], ["p2", "p3"]]))
    (7, ['p1', 'p2', 'p3'])
    """
    parts = list(parts)
    known = [part for part in parts if isinstance(part, Collection)]
    if len(known) == len(parts):
        return list(chain.from_iterable(known))
    return sum(map(_how_many, parts))


def _which(pupils: Pupils) -> tuple[str, ...]:
    return tuple(sorted(set(map(str, pupils)))) if isinstance(pupils, Collection) else ()


def _how_many(pupils: Pupils) -> int:
    return len(_which(pupils)) if isinstance(pupils, Collection) else int(pupils)


def share_difference(
    group: Share, others: Share, *, group_name: str = "group", others_name: str = "others"
) -> ShareDifference:
    """Compare the shares of two separate groups by Newcombe's interval.

    Parameters
    ----------
    group, others : Share
        The two groups; no pupil may be in both.
    group_name, others_name : str, optional
        What to call them in words.

    Returns
    -------
    ShareDifference
        Share of `group` less share of `others`; negative when the group is behind.

    References
    ----------
    Newcombe (1998b), method 10.

    Examples
    --------
    >>> d = share_difference(share(56, 70), share(48, 80))
    >>> f"{d.estimate:.4f} ({d.low:.4f} to {d.high:.4f})"
    '0.2000 (0.0524 to 0.3339)'
    """
    return ShareDifference(
        group=group, others=others, group_name=group_name, others_name=others_name
    )


def _wilson(count: int, n: int, level: float) -> tuple[float, float]:
    z = float(ndtri(0.5 + level / 2))
    p, zz = count / n, z * z / n
    middle = p + zz / 2
    half = z * sqrt(p * (1 - p) / n + zz / (4 * n))
    low = 0.0 if count == 0 else (middle - half) / (1 + zz)
    high = 1.0 if count == n else (middle + half) / (1 + zz)
    return low, high
