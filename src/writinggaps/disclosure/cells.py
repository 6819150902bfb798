"""One count: what is shown for it, and what a reader can tell from that."""

from __future__ import annotations

from writinggaps.disclosure.audit import Cell
from writinggaps.disclosure.editions import Rules, said
from writinggaps.withheld import Withheld

__all__ = ["part_cell", "shown_count", "size_cell", "suppressed", "to_step"]


def suppressed() -> Withheld:
    """Give the one answer that stands for everything hidden to protect a child.

    Examples
    --------
    >>> suppressed().reason
    'suppressed'
    """
    return Withheld(reason="suppressed", found=said("suppressed") or "")


def to_step(value: float, step: int) -> int:
    """Round to the nearest multiple.

    Examples
    --------
    >>> to_step(23, 5)
    25
    """
    return step * round(value / step)


def shown_count(count: int, n: int | None, rule: Rules) -> int:
    """Give what is shown for a count: a multiple of 5, or the middle of the band it is in.

    Parameters
    ----------
    count : int
        Exact.
    n : int or None
        Exact size of the group that it is a part of, if it is.
    rule : Rules
        Of a shared edition.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> rule = rules(Edition.PUBLIC)
    >>> [shown_count(c, 23, rule) for c in (0, 4, 5, 7, 12, 18, 19, 23)]
    [2, 2, 5, 5, 10, 20, 23, 23]
    """
    hidden = rule.hidden_up_to
    if 0 <= count <= hidden:
        return hidden // 2
    if n is not None and n - count <= hidden:
        return to_step(n, rule.round_to) - hidden // 2
    return to_step(count, rule.round_to)


def part_cell(count: int, n: int, rule: Rules, *, cost: float) -> Cell:
    """Say what a reader who knows `n` can tell about a part of it.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> cell = part_cell(7, 23, rules(Edition.PUBLIC), cost=23)
    >>> cell.low, cell.high
    (5, 7)
    """
    h, half = rule.hidden_up_to, rule.round_to // 2
    small = count <= h or n - count <= h
    if n < max(rule.group_minimum, rule.smallest_split):
        return Cell(low=0, high=n, cap=n, sensitive=small, cost=cost)
    if count <= h:
        return Cell(low=0, high=h, cap=n, sensitive=True, cost=cost)
    if small:
        return Cell(low=n - h, high=n, cap=n, sensitive=True, cost=cost)
    shown = shown_count(count, n, rule)
    low, high = max(h + 1, shown - half), min(n - h - 1, shown + half)
    return Cell(low=low, high=high, cap=n, sensitive=False, cost=cost)


def size_cell(n: int, whole: int, rule: Rules) -> Cell:
    """Say what a reader can tell about the size of a group that is a part of `whole`.

    Examples
    --------
    >>> from writinggaps.disclosure.editions import Edition, rules
    >>> cell = size_cell(3, 60, rules(Edition.PUBLIC))
    >>> cell.low, cell.high, cell.sensitive
    (0, 9, True)
    """
    if n < rule.group_minimum:
        high, small = min(rule.group_minimum - 1, whole), n <= rule.hidden_up_to
        return Cell(low=0, high=high, cap=whole, sensitive=small, hideable=False)
    shown, half = to_step(n, rule.round_to), rule.round_to // 2
    low, high = max(rule.group_minimum, shown - half), min(whole, shown + half)
    return Cell(low=low, high=high, cap=whole, sensitive=False, cost=n)
