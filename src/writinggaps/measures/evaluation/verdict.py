"""What may be said of an effect: five steps from strong evidence that it helped to harm."""

from __future__ import annotations

from typing import Any

from writinggaps.estimates import Share
from writinggaps.estimates.planning import months_of_progress
from writinggaps.estimates.standardised import Effect
from writinggaps.problems import NoComparison
from writinggaps.standards import Evaluation
from writinggaps.withheld import Withheld

__all__ = ["VERDICTS", "alike", "months", "verdict"]

VERDICTS = ("strong_helped", "some_helped", "cannot_tell", "some_not", "harm")
"""From best to worst."""


def alike(before: Effect, rule: Evaluation) -> bool:
    """Say whether groups were alike enough before to be compared once that is allowed for."""
    return abs(before.estimate) <= rule.adjustable


def months(effect: Any) -> str:
    """Give an effect against an equivalent group in months' progress.

    Raises
    ------
    NoComparison
        If the effect is withheld.
    """
    if isinstance(effect, Withheld):
        raise NoComparison("There is no effect against an equivalent group")
    return months_of_progress(effect.estimate, comparison="equivalent")


def verdict(
    effect: Effect | Withheld, tested: tuple[Share | Withheld, ...], rule: Evaluation
) -> tuple[str, tuple[str, ...]]:
    """Give the step of the ladder, and what stood in the way of saying more.

    Parameters
    ----------
    effect : Effect or Withheld
        Against an equivalent comparison group; withheld where there is none.
    tested : tuple of Share
        Pupils with both scores, of each group.
    rule : Evaluation
        When evidence is strong.

    Returns
    -------
    tuple
        One of `VERDICTS`, and reasons: that of a withheld effect, `lost_pupils`, `few_pupils`,
        `within_chance`.

    Examples
    --------
    >>> from writinggaps.standards import load_standards
    >>> none = Withheld(reason="no_comparison", found="Nobody")
    >>> verdict(none, (), load_standards().evaluation)
    ('cannot_tell', ('no_comparison',))
    """
    if isinstance(effect, Withheld):
        return "cannot_tell", (effect.reason,)
    known = [group for group in tested if not isinstance(group, Withheld)]
    reasons = []
    if any(1 - group.estimate > rule.lost_share for group in known):
        reasons.append("lost_pupils")
    if any(group.count < rule.group_minimum for group in known):
        reasons.append("few_pupils")
    if effect.low > 0:
        return ("some_helped" if reasons else "strong_helped"), tuple(reasons)
    if effect.high < 0:
        return ("some_not" if reasons else "harm"), tuple(reasons)
    if effect.high < rule.smallest_worthwhile_sd:
        return "some_not", tuple(reasons)
    return "cannot_tell", (*reasons, "within_chance")
