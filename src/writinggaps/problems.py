"""What can go wrong in a way that a user can act on.

Every problem says what was found, what was needed, where, and what to do next, in school words and
never with a pupil's name. The parts stay fields, so that a log, a page and a test can each use
what they need.

Three families differ in what happens next:

`CannotSay`
    The data are sound, but nobody could give the answer. `attempt` turns it into `Withheld`.
`BadInput`
    A file, a table or an argument is not what it should be. It stays an error.
`BadPlan`
    A plan or a notebook's parameters are wrong. Nothing is run.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BadArgument",
    "BadInput",
    "BadPlan",
    "CannotSay",
    "DifferentTests",
    "HeldBack",
    "MissingColumn",
    "MixedReleases",
    "NoAges",
    "NoComparison",
    "NoRecords",
    "NoSpread",
    "NotPublished",
    "Problem",
    "TooFewPupils",
    "TooFewStudies",
    "UnknownCode",
    "Unreadable",
    "hint",
]


class Problem(Exception):
    """Something a user can act on.

    Parameters
    ----------
    found : str
        What was found, as a clause without a full stop.
    needed : str, optional
        What was needed instead, as a clause with a verb of its own: it follows a semicolon.
    where : str, optional
        File, sheet, row as Excel shows it, column.
    remedy : str, optional
        What to do next, as whole sentences.

    Examples
    --------
    >>> print(TooFewPupils("The comparison group has 1 pupil with a score",
    ...                    "Hedges' g needs at least 2", "", "Check for blank scores."))
    The comparison group has 1 pupil with a score; Hedges' g needs at least 2.
    Check for blank scores.
    """

    def __init__(self, found: str, needed: str = "", where: str = "", remedy: str = "") -> None:
        super().__init__(found, needed, where, remedy)
        self.found = found
        self.needed = needed
        self.where = where
        self.remedy = remedy

    @property
    def code(self) -> str:
        """The kind of problem as one word for logs: `too_few_pupils`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        needed = f"; {self.needed}" if self.needed else ""
        remedy = f"\n{self.remedy}" if self.remedy else ""
        return f"{place}{self.found}{needed}.{remedy}"


class CannotSay(Problem):
    """The data are sound, but nobody could give the answer from them."""


class TooFewPupils(CannotSay):
    """A group is too small for the measure."""


class TooFewStudies(CannotSay):
    """Too few studies, or schools, to take together."""


class NoSpread(CannotSay):
    """Every pupil has the same score, so nothing can be compared in standard deviations."""


class NoComparison(CannotSay):
    """No group, or no equivalent group, to compare with."""


class NoAges(CannotSay):
    """The test has no age scale, so months and ratio gains have no meaning."""


class DifferentTests(CannotSay):
    """The two points in time used different tests or standards."""


class NoRecords(CannotSay):
    """The school has not supplied the table, or it holds nothing for the question."""


class MixedReleases(CannotSay):
    """Figures from two releases would be compared as if they were one series."""


class NotPublished(CannotSay):
    """No official figure exists, or none may be shown."""


class BadInput(Problem):
    """A file, a table or an argument is not what it should be."""


class Unreadable(BadInput):
    """A file cannot be read at all."""


class MissingColumn(BadInput):
    """A table lacks a column that it must have."""


class UnknownCode(BadInput):
    """A value is not one of the codes that its column allows."""


class HeldBack(BadInput):
    """The input may be incomplete, so the school is held instead of reported."""


class BadArgument(BadInput, ValueError):
    """A function was called with something it cannot use."""


class BadPlan(Problem):
    """A plan, or a parameter of a notebook, is wrong."""


def hint(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest known names for one that is not known.

    Examples
    --------
    >>> hint("pupil_idd", ["pupil_id", "class"])
    "Did you mean 'pupil_id'?"
    >>> hint("zzz", ["pupil_id", "class"])
    'Known names: class, pupil_id.'
    """
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"Known names: {', '.join(names)}."
