"""Shares of a whole by its parts: classes of a school, states of one class, and both at once.

Many-row answers are made of these, because the rows add up: whoever hides one row of such a family
must often hide a second, and disclosure can only do so where a result says what adds up to what.

`Split`
    One group sorted into states: secure, only with support, not yet, no evidence.
`Breakdown`
    One share by the parts of the whole: all pupils, and the same for each class.
`SplitBreakdown`
    One group sorted into states, and the same for each part of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from writinggaps.estimates.shares import Pupils, Share, share, together
from writinggaps.problems import BadArgument
from writinggaps.results import Answer, Count, Label, result
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "Breakdown",
    "Part",
    "Split",
    "SplitBreakdown",
    "SplitPart",
    "breakdown",
    "split",
    "split_breakdown",
]


@result
class Part:
    """One row: what it is called, and its share."""

    label: Label
    share: Share | Withheld


@result
class Split:
    """Every pupil of a group in exactly one state; the counts of `parts` add up to `n`."""

    n: Count
    parts: tuple[Part, ...]

    @property
    def shares(self) -> dict[str, Share | Withheld]:
        """The share of each state, by its label, in the order given."""
        return {part.label: part.share for part in self.parts}


@result
class SplitPart:
    """One row: what it is called, and how it splits."""

    label: Label
    split: Split | Withheld


@result
class Breakdown:
    """One share of the whole and of each part; every pupil is in exactly one part.

    Rows may stand `elsewhere`, too, as a school's do on its own page: then hiding one of them here
    protects nobody, only hiding their sum does.
    """

    by: Label
    whole: Share | Withheld
    parts: tuple[Part, ...]
    elsewhere: Answer = False

    @property
    def shares(self) -> dict[str, Share | Withheld]:
        """The share of each part, by its label, in the order given."""
        return {part.label: part.share for part in self.parts}


@result
class SplitBreakdown:
    """How the whole and each part split into the same states; every pupil is in one part."""

    by: Label
    whole: Split | Withheld
    parts: tuple[SplitPart, ...]

    @property
    def splits(self) -> dict[str, Split | Withheld]:
        """The split of each part, by its label, in the order given."""
        return {part.label: part.split for part in self.parts}


def split(counts: Mapping[str, Pupils]) -> Split:
    """Sort a group into states that add up to it.

    Parameters
    ----------
    counts : mapping of str to (int or collection of str)
        Pupils in each state, how many or which; every pupil in exactly one.

    Returns
    -------
    Split
        With one share per state, in the order given.

    Raises
    ------
    TooFewPupils
        If the group is empty.

    Examples
    --------
    >>> s = split({"secure": 12, "only with support": 7, "not yet": 5})
    >>> s.n, s.shares["secure"].estimate
    (24, 0.5)
    """
    everyone = together(counts.values())
    n = share(everyone, everyone).n
    parts = (Part(label=k, share=share(c, everyone)) for k, c in counts.items())
    return Split(n=n, parts=tuple(parts))


def breakdown(
    by: str, parts: Mapping[str, tuple[Pupils, Pupils]], *, elsewhere: bool = False
) -> Breakdown:
    """Give one share for the whole and for each of its parts.

    Parameters
    ----------
    by : str
        What the parts are: `class`, `year group`.
    parts : mapping of str to (count, n)
        Pupils of whom something is true and pupils in all, how many or which, for each part; no
        pupil in two parts.
    elsewhere : bool, optional
        Whether the rows stand on other pages, too.

    Returns
    -------
    Breakdown
        A part without pupils is `Withheld`.

    Raises
    ------
    TooFewPupils
        If all parts are empty.

    Examples
    --------
    >>> b = breakdown("class", {"4A": (12, 25), "4B": (9, 27)})
    >>> b.whole.count, b.whole.n, round(b.shares["4B"].estimate, 2)
    (21, 52, 0.33)
    """
    counted, group = (together(pair[i] for pair in parts.values()) for i in (0, 1))
    whole = share(counted, group)
    rows = (Part(label=k, share=attempt(share, c, n)) for k, (c, n) in parts.items())
    return Breakdown(by=by, whole=whole, parts=tuple(rows), elsewhere=elsewhere)


def split_breakdown(by: str, parts: Mapping[str, Mapping[str, Pupils]]) -> SplitBreakdown:
    """Sort a group into states, and each of its parts into the same states.

    Parameters
    ----------
    by : str
        What the parts are: `class`, `year group`.
    parts : mapping of str to (mapping of str to (int or collection of str))
        For each part, pupils in each state, how many or which; the same states in every part.

    Raises
    ------
    TooFewPupils
        If all parts are empty.
    BadArgument
        If two parts have different states.

    Examples
    --------
    >>> both = split_breakdown("class", {"4A": {"secure": 9, "not yet": 8},
    ...                                  "4B": {"secure": 7, "not yet": 6}})
    >>> both.whole.shares["secure"].count, both.splits["4B"].n
    (16, 13)
    """
    states = {tuple(counts) for counts in parts.values()}
    if len(states) > 1:
        raise BadArgument(f"The parts by {by} have different states", "the same states in each")
    total = {s: together(c[s] for c in parts.values()) for names in states for s in names}
    rows = (SplitPart(label=k, split=attempt(split, counts)) for k, counts in parts.items())
    return SplitBreakdown(by=by, whole=split(total), parts=tuple(rows))
