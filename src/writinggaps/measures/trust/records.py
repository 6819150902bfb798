"""What the trust report looks for among the records of the schools' reports.

A trust's figure is the schools' own, added up: nothing is counted a second time. The words below
are what school reports write into their records and the trust report looks for.
"""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.estimates import Share, share
from writinggaps.findings import Finding

__all__ = [
    "AT_EXPECTED",
    "BY_YEAR",
    "EVERYBODY",
    "GAP_CHANGE",
    "HIGHER",
    "IN_GROUPS",
    "LOWER",
    "MODERATED",
    "SAME",
    "SECURE",
    "named",
    "shares",
    "years",
]

AT_EXPECTED = "Who is at the expected standard?"
BY_YEAR = "Who was at the expected standard in each school year?"
IN_GROUPS = "Who was at the expected standard, three years together?"
MODERATED = "What did moderation make of the judgements?"
SECURE = "secure: "
"""How the measure of a block's security begins."""
GAP_CHANGE = "gap change"
EVERYBODY = "all pupils"
SAME, HIGHER, LOWER = "the same", "teacher higher", "teacher lower"
"""What moderation may say of a judgement."""


def shares(found: Iterable[Finding], question: str) -> dict[tuple[str, str], Share]:
    """Give the shares that answer a question, by school and group, as the schools counted them.

    Where a report says the same twice it is taken once; what is withheld is left out.

    Examples
    --------
    >>> said = Finding(question=AT_EXPECTED, school="S1", group="Year 4", estimate=12 / 23, n=23)
    >>> shares([said, said], AT_EXPECTED)["S1", "Year 4"].count
    12
    """
    return {
        (named(row), row.group): share(round(row.estimate * row.n), row.n)
        for row in found
        if row.question == question and row.estimate is not None and row.n
    }


def named(row: Finding) -> str:
    """Give the school's name, or its key where it has none."""
    return row.school_name or row.school


def years(found: Iterable[Finding], question: str) -> dict[tuple[str, str], dict[str, Share]]:
    """Give the shares that answer a question in several periods, by school and group, in order."""
    given: dict[tuple[str, str], dict[str, Share]] = {}
    for row in sorted((r for r in found if r.question == question), key=lambda r: r.period):
        for place, share_ in shares([row], question).items():
            given.setdefault(place, {})[row.period] = share_
    return given
