"""What a study of a given size could have seen, and how large a finding is in other words."""

from __future__ import annotations

from math import sqrt
from typing import Literal

from scipy.special import ndtr, stdtrit

from writinggaps.problems import BadArgument, NoComparison, TooFewPupils
from writinggaps.standards import bands

__all__ = [
    "improvement_index",
    "minimum_detectable_effect",
    "months_of_progress",
    "relative_gap_reduction",
]


def minimum_detectable_effect(
    pupils: int,
    *,
    taught_share: float = 0.5,
    explained: float = 0.0,
    covariates: int = 0,
    level: float = 0.95,
    power: float = 0.8,
) -> float:
    """Give the smallest effect that a trial of pupils would probably have seen.

    Parameters
    ----------
    pupils : int
        In both groups together.
    taught_share : float, optional
        Share of them taught, between 0 and 1.
    explained : float, optional
        Share of the scores' variance that the pre-test explains (R squared).
    covariates : int, optional
        Columns adjusted for.
    level, power : float, optional
        Confidence level of a two-sided interval, and the chance of seeing the effect.

    Returns
    -------
    float
        In standard deviations.

    References
    ----------
    Dong and Maynard (2013), individual random assignment; agrees with R's PowerUpR.

    Examples
    --------
    >>> round(minimum_detectable_effect(100, explained=0.5, covariates=1), 3)
    0.4
    """
    _between(taught_share, "the share taught")
    df = pupils - 2 - covariates
    if df < 1:
        raise TooFewPupils(f"There are {pupils} pupils", f"at least {3 + covariates} are needed")
    error = sqrt((1 - explained) / (taught_share * (1 - taught_share) * pupils))
    return _reach(df, level, power) * error


def months_of_progress(
    effect: float, *, comparison: Literal["equivalent", "not equivalent", "none"]
) -> str:
    """Say an effect size in months' progress, by the EEF toolkit's table.

    Parameters
    ----------
    effect : float
        Against a comparison group, in standard deviations; positive when the taught did better.
    comparison : {"equivalent", "not equivalent", "none"}
        What sort of group it is against. Only an equivalent one allows months.

    Returns
    -------
    str
        Whole months, such as "3" or "-2".

    Raises
    ------
    NoComparison
        If the effect is not against an equivalent group.

    Examples
    --------
    >>> months_of_progress(0.24, comparison="equivalent")
    '3'
    """
    if comparison != "equivalent":
        found = "no group" if comparison == "none" else "a group that is not equivalent"
        raise NoComparison(
            f"The effect is against {found}",
            "months' progress is only for effects against an equivalent comparison group",
        )
    return bands("eef-toolkit-months").label(effect)


def improvement_index(effect: float) -> float:
    """Say where the average comparison pupil would rank among the taught.

    Returns
    -------
    float
        Percentile points above the middle, between -50 and 50.

    References
    ----------
    What Works Clearinghouse procedures handbook 4.1.

    Examples
    --------
    >>> round(improvement_index(0.25), 2)
    9.87
    """
    return float(100 * ndtr(effect) - 50)


def relative_gap_reduction(impact: float, comparison_mean: float, *, norm: float = 100.0) -> float:
    """Give the share of the distance to the national norm that an impact closes.

    Parameters
    ----------
    impact : float
        Taught less comparison, in standard-score points.
    comparison_mean : float
        The comparison group's mean at follow-up, in the same points.
    norm : float, optional
        The mean of the test's norm group.

    Returns
    -------
    float
        0.5 where half of the distance was closed; negative where it grew.

    Raises
    ------
    NoComparison
        If the comparison group is not below the norm.

    References
    ----------
    Torgesen and others (2007), Closing the Reading Gap, NCEE 2008-4012, exhibit 15.

    Examples
    --------
    >>> round(relative_gap_reduction(5.3, 92.1), 2)
    0.67
    """
    if comparison_mean >= norm:
        raise NoComparison(
            "The comparison group is not below the norm", "only a gap can be reduced"
        )
    return impact / (norm - comparison_mean)


def _reach(df: int, level: float, power: float) -> float:
    return float(stdtrit(df, 0.5 + level / 2) + stdtrit(df, power))


def _between(share: float, what: str) -> None:
    if not 0 < share < 1:
        raise BadArgument(f"It was given {share} for {what}", "a number between 0 and 1")
