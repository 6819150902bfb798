"""Comparing two groups within year groups, on a scale that rises with age.

Older pupils score higher on such a scale. If more of one group are in older years, a comparison of
plain means sees their age, and the spread of ages hides everything else. Here each score is taken
less the level of its year, so that only pupils of one year are compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from writinggaps.estimates.arrays import Array, Mask

__all__ = ["spread_within", "within"]


def within(values: Array, group: Mask, years: NDArray[Any]) -> Array:
    """Take each score less the level of its year.

    The difference of the two groups' means is then that of a regression on group and year.

    Parameters
    ----------
    values : 1-D array
        One score per pupil, no blanks.
    group : 1-D array of bool
        Who is in the group.
    years : 1-D array
        Each pupil's year group.

    Returns
    -------
    ndarray
        Of the same length; a year's other pupils have a mean near 0.

    Examples
    --------
    >>> import numpy as np
    >>> scores = np.array([400.0, 410, 420, 500, 510, 520])
    >>> within(scores, np.array([True, False, False, True, True, False]), np.repeat([3, 6], 3))
    array([-15.,  -5.,   5., -20., -10.,   0.])
    """
    place, count, weight = _strata(group, years)
    with np.errstate(divide="ignore", invalid="ignore"):
        ours = np.bincount(place, values * group) / np.bincount(place, group)
        theirs = np.bincount(place, values * ~group) / np.bincount(place, ~group)
    both = weight > 0
    gap = float((weight[both] * (ours - theirs)[both]).sum() / max(weight.sum(), 1e-300))
    level = np.bincount(place, values - gap * group) / count
    return np.asarray(values - level[place])


def spread_within(adjusted: Array, group: Mask, years: NDArray[Any]) -> Array:
    """Stretch scores that `within` has adjusted, so that Welch's interval allows for the years.

    Estimating a level for each year takes degrees of freedom, and groups that are spread unevenly
    over the years say less about each other. The groups' means stay where they are.

    Examples
    --------
    >>> import numpy as np
    >>> group = np.array([True, False] * 4)
    >>> stretched = spread_within(np.arange(8.0), group, np.repeat([1, 2], 4))
    >>> float(stretched[group].mean()), bool(stretched[0] < 0)
    (3.0, True)
    """
    _, count, weight = _strata(group, years)
    n, ours = len(adjusted), int(group.sum())
    freedom = (n - 2) / max(n - len(count) - 1, 1)
    unevenness = (ours * (n - ours) / n) / max(float(weight.sum()), 1e-300)
    means = np.where(group, adjusted[group].mean(), adjusted[~group].mean())
    return np.asarray(means + (adjusted - means) * np.sqrt(freedom * unevenness))


def _strata(group: Mask, years: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Give each pupil's year as a number, each year's pupils, and how much each year tells."""
    _, place = np.unique(years, return_inverse=True)
    count, ours = np.bincount(place), np.bincount(place, group)
    return place, count, ours * (count - ours) / count
