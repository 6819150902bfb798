"""Groups that a school compares, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from writinggaps.estimates.arrays import Mask
from writinggaps.problems import BadArgument, MissingColumn, TooFewPupils, hint
from writinggaps.readers.groups import GROUPS as KNOWN
from writinggaps.readers.groups import Group
from writinggaps.standards import Gap as Rules

__all__ = ["GROUPS", "LOWEST", "Group", "group_of", "large_enough", "split"]

LOWEST = "lowest_fifth"
"""Pupils chosen because they scored low at the start: they rise whatever is done."""


GROUPS: Mapping[str, Group] = {word: of for word, of in KNOWN.items() if word != "fsm"}
"""Those compared unless others are named; most pupils with FSM are among the disadvantaged."""

_LOWEST = Group(
    column="score",
    members=(),
    others=(),
    name="pupils of the lowest-scoring fifth",
    others_name="other pupils",
)


def group_of(by: str) -> Group:
    """Give a group by its word.

    Raises
    ------
    BadArgument
        If there is none.

    Examples
    --------
    >>> group_of("sex").name
    'boys'
    """
    if by == LOWEST:
        return _LOWEST
    known = {**KNOWN, **GROUPS}
    if by not in known:
        raise BadArgument(f"There is no group '{by}'", "", "", hint(by, [*known, LOWEST]))
    return known[by]


def split(pupils: pd.DataFrame, by: str) -> tuple[pd.DataFrame, Mask]:
    """Give the pupils who are in either group, and which of them are in the first.

    Raises
    ------
    MissingColumn
        If the pupils table lacks the column.

    Examples
    --------
    >>> import pandas as pd
    >>> kept, first = split(pd.DataFrame({"sex": ["M", "F", None]}), "sex")
    >>> len(kept), first.tolist()
    (2, [True, False])
    """
    group = group_of(by)
    if group.column not in pupils:
        raise MissingColumn(
            f"The pupils table has no column '{group.column}'",
            f"{group.name} are found by it",
            "pupils",
        )
    values = pupils[group.column]
    inside = values.isin(group.members).to_numpy(dtype=bool, na_value=False)
    outside = values.isin(group.others).to_numpy(dtype=bool, na_value=False)
    kept = inside | outside
    return pupils[kept].reset_index(drop=True), inside[kept]


def large_enough(first: Mask, by: str, rules: Rules, *, of: str) -> None:
    """Check that both groups have the pupils that a comparison needs.

    Raises
    ------
    TooFewPupils
        If either has fewer; says how many were found, `of` saying what they have.
    """
    group = group_of(by)
    counts = {group.name: int(first.sum()), group.others_name: int((~first).sum())}
    for name, n in counts.items():
        if n < rules.group_minimum:
            few = {0: f"no {name}", 1: f"only 1 of the {name}"}.get(n, f"only {n} {name}")
            raise TooFewPupils(
                f"There {'is' if n == 1 else 'are'} {few} {of}",
                f"a comparison needs at least {rules.group_minimum} in each group",
                "",
                "Talk about these pupils one by one instead." if n else "",
            )
