"""Could it pay to be inclusive? What plans cost a school, and a fund shared out differently.

Two questions that are often mixed up. The first is about the law as it stands: a school pays the
first part of each plan itself, so a school with twenty plans carries what its neighbour with none
does not. The second is a thought: if the same money were shared out with an eye on inclusion, who
would have how much, to the penny, and how sure is that?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from writinggaps.estimates.arrays import Array
from writinggaps.problems import BadArgument

Pence = NDArray[np.int64]

__all__ = ["Pressure", "first_part", "recalculated"]

_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What a school's plans take of its notional fund.

    Parameters
    ----------
    cost_pounds : float
        What the school pays itself before any top-up.
    share : float
        Of the notional fund.
    plans_at_even : float
        How many plans would use up the part of the fund that counts.
    extra_pounds : float
        What the authority adds for plans above that number.
    """

    cost_pounds: float
    share: float
    plans_at_even: float
    extra_pounds: float


def first_part(
    plans: float,
    notional_pounds: float,
    *,
    threshold_pounds: float,
    counts: float = 1.0,
    paid_above: bool = False,
) -> Pressure:
    """Set the first part of each plan's cost against a school's notional fund.

    Parameters
    ----------
    plans : float
        Pupils with plans.
    notional_pounds : float
        The school's notional SEN fund.
    threshold_pounds : float
        What the school pays of each plan itself.
    counts : float, optional
        Share of the fund that counts towards plans.
    paid_above : bool, optional
        Whether the authority pays the first part of plans above the number that this supports.

    Returns
    -------
    Pressure
        A share above 1 means that plans cost more than the whole fund.

    Raises
    ------
    BadArgument
        If the fund is not above nought.

    Examples
    --------
    >>> mine, neighbour = (first_part(n, 150_000, threshold_pounds=6_000) for n in (20, 0))
    >>> mine.cost_pounds - neighbour.cost_pounds, mine.share, mine.plans_at_even
    (120000, 0.8, 25.0)
    """
    if notional_pounds <= 0 or plans < 0:
        raise BadArgument("The notional fund or the plans are not a number above nought")
    cost = plans * threshold_pounds
    even = counts * notional_pounds / threshold_pounds
    return Pressure(
        cost_pounds=cost,
        share=cost / notional_pounds,
        plans_at_even=even,
        extra_pounds=max(plans - even, 0.0) * threshold_pounds if paid_above else 0.0,
    )


def recalculated(
    pence: ArrayLike, index: ArrayLike, *, share: float, strength: float, floor: float, cap: float
) -> Pence:
    """Share the same money out with an eye on inclusion, to the penny.

    A part of each fund goes into one pot, which is shared out in proportion to the fund times a
    factor that rises with the index. No school loses or gains more than the floor and the cap say.

    Parameters
    ----------
    pence : array of int, shape (k,)
        Each school's fund today.
    index : array of float, shape (k,)
        Each school's index; or shape (draws, k), and each draw is shared out by itself.
    share : float
        Part of every fund that goes into the pot, between 0 and 1.
    strength : float
        How much the factor rises over 50 points of the index.
    floor, cap : float
        The least and the most that a school may have, as shares of its fund today.

    Returns
    -------
    array of int, shape of `index`
        Pence; each draw adds up to exactly what there is today.

    Raises
    ------
    BadArgument
        If the floor is above 1, the cap below 1, or a factor not above nought.

    Examples
    --------
    >>> fund = [10_000_000, 10_000_000]
    >>> rule = {"share": 0.5, "strength": 0.5, "floor": 0.95, "cap": 1.05}
    >>> recalculated(fund, [60, 50], **rule).tolist()
    [10238095, 9761905]
    >>> recalculated(fund, [100, 50], **rule).tolist()
    [10500000, 9500000]
    """
    funds, told = np.asarray(pence, dtype=np.int64), np.asarray(index, dtype=np.float64)
    if not (0 <= floor <= 1 <= cap and 0 <= share <= 1):
        raise BadArgument("The floor, the cap or the share cannot be", "floor <= 1 <= cap")
    factor = np.atleast_2d(1 + strength * (told - 50) / 50)
    if np.any(factor <= 0):
        raise BadArgument("An index would leave a school with nothing", "a smaller strength")
    whole, weighed = int(funds.sum()), funds * factor
    wanted = (1 - share) * funds + share * whole * weighed / weighed.sum(axis=1, keepdims=True)
    low, high = np.ceil(floor * funds), np.floor(cap * funds)
    found = _to_the_penny(_filled(wanted, whole, low, high), whole, low, high)
    return found.reshape(told.shape)


def _filled(wanted: Array, whole: int, low: Array, high: Array) -> Array:
    """Raise or lower everybody by one factor until the bounded sums add up (water-filling)."""
    start, end = np.full((len(wanted), 1), -30.0), np.full((len(wanted), 1), 30.0)
    for _ in range(_STEPS):
        middle = (start + end) / 2
        total = np.clip(np.exp(middle) * wanted, low, high).sum(axis=1, keepdims=True)
        start = np.where(total < whole, middle, start)
        end = np.where(total < whole, end, middle)
    return np.asarray(np.clip(np.exp(end) * wanted, low, high))


def _to_the_penny(exact: Array, whole: int, low: Array, high: Array) -> Pence:
    """Round so that nothing is left over: the largest remainders get the last pennies."""
    down: Pence = np.maximum(np.floor(exact + 1e-6), low).astype(np.int64)
    left = whole - down.sum(axis=1, keepdims=True)
    way = np.sign(left)
    room = np.where(way > 0, down < high, down > low)
    order = np.where(room, -way * (exact - down), np.inf).argsort(axis=1, kind="stable")
    place = order.argsort(axis=1, kind="stable")
    return np.asarray(down + way * (place < np.abs(left)))
