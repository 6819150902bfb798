"""A target that says something when it is reached: one that chance alone would rarely reach."""

from __future__ import annotations

from scipy.stats import betabinom

from writinggaps.problems import BadArgument, TooFewPupils

__all__ = ["beyond_chance"]

_PRIOR = 0.5


def beyond_chance(count: int, n: int, *, chance: float = 0.05, rising: bool = True) -> int:
    """Give the number of pupils that chance alone would rarely reach next time.

    If nothing changes, next year's pupils are others with the same chances, and those are only
    known from this year's: both add noise. The target is the first number beyond what so many
    pupils would give by chance.

    Parameters
    ----------
    count, n : int
        Pupils of whom it is true, of so many, this time; as many are taken to be there next time.
    chance : float, optional
        How often chance alone may reach the target, between 0 and 1.
    rising : bool, optional
        True where more is better; else the target is so many pupils or fewer.

    Returns
    -------
    int
        A number of pupils of `n`.

    Raises
    ------
    TooFewPupils
        If chance alone would reach even the best figure that often.
    BadArgument
        If the counts are not a part and its whole.

    References
    ----------
    The predictive distribution of a binomial count after Jeffreys' prior.

    Examples
    --------
    >>> beyond_chance(60, 100), beyond_chance(12, 20), beyond_chance(30, 100, rising=False)
    (72, 18, 19)
    """
    if not 0 <= count <= n or n < 1:
        raise BadArgument(f"{count} of {n} pupils", "a part and its whole")
    better = count if rising else n - count
    coming = betabinom(n, better + _PRIOR, n - better + _PRIOR)
    target = int(coming.ppf(1 - chance)) + 1
    if target > n:
        raise TooFewPupils(
            f"With {n} pupils chance alone would often reach any target",
            "a target needs more pupils, or further to go",
        )
    return target if rising else n - target
