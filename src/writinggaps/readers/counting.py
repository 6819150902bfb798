"""Who counts where: leavers, joiners, blanks, pupils listed twice, pupils who moved."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from writinggaps.problems import NoRecords
from writinggaps.readers.schema import default
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from writinggaps.readers.school import School

__all__ = ["CountedPupils", "WhoCounts", "movers", "who_counts"]


@result
class CountedPupils:
    """Some pupils, where they count, and where they do not."""

    label: Label
    n: Count
    counted: Label
    not_counted: Label


@result
class WhoCounts:
    """Every kind of pupil of a school, in the order for reading."""

    school: Label
    period: Label
    rows: tuple[CountedPupils, ...]


def who_counts(school: School, *, term: str) -> WhoCounts:
    """Say how many pupils of each kind there are, and where they count.

    Parameters
    ----------
    school : School
        As read.
    term : str
        The term of the report, such as `2025-26-autumn`.

    Returns
    -------
    WhoCounts
        Kinds that no pupil belongs to are left out, but for those on roll.

    Raises
    ------
    NoRecords
        If nobody was on roll at the end of the term.
    """
    pupils, asked = school.pupils, Term.parse(term)
    last, begun = pd.Timestamp(asked.end), pd.Timestamp(Term(asked.starts_in, 0).start)
    here = ~(pupils["joined"] > last) & ~(pupils["left"] <= last)
    if not here.any():
        raise NoRecords(f"Nobody was on roll at the end of {term}", "pupils on roll")
    judged = _judged(school, term)
    kinds = {
        "on_roll": here,
        "joined": here & (pupils["joined"] >= begun),
        "left": (pupils["left"] <= last) & (pupils["left"] >= begun),
        "left_before": pupils["left"] < begun,
        "not_judged": here & ~pupils["pupil_id"].isin(judged),
        "no_year_group": here & pupils["year_group"].isna(),
        "no_disadvantage": here & pupils["disadvantaged"].isna(),
        "no_sen": here & pupils["sen_provision"].isna(),
        "shared_upn": here & pupils["upn"].notna() & pupils["upn"].duplicated(),
    }
    counts = {kind: int(rows.sum()) for kind, rows in kinds.items()}
    rows = [_row(kind, n) for kind, n in counts.items() if n or kind == "on_roll"]
    return WhoCounts(school=school.name, period=term, rows=tuple(rows))


def _judged(school: School, term: str) -> set[str]:
    found = school.tables.get("judgements")
    return set() if found is None else set(found.loc[found["term"] == term, "pupil_id"])


def _row(kind: str, n: int) -> CountedPupils:
    told = _kinds()[kind]
    return CountedPupils(
        label=told["label"], n=n, counted=told["counted"], not_counted=told["not_counted"]
    )


@cache
def _kinds() -> dict[str, Any]:
    return default("who_counts.toml")


def movers(schools: Iterable[School]) -> pd.DataFrame:
    """Find pupils whom more than one school of a trust has, by UPN; for private use only.

    Parameters
    ----------
    schools : iterable of School
        The schools of a trust.

    Returns
    -------
    DataFrame
        A row for each move: `upn`, `from_school`, `from_id`, `left`, `to_school`, `to_id`,
        `joined`, and `at_once` (bool): on roll at both, as pupils with a dual registration are.
    """
    listed = [
        school.pupils.loc[school.pupils["upn"].notna(), ["upn", "pupil_id", "joined", "left"]]
        .assign(school=school.key)
        .sort_values("joined", na_position="first")
        .drop_duplicates("upn", keep="last")
        for school in schools
    ]
    columns = ["upn", "from_school", "from_id", "left", "to_school", "to_id", "joined", "at_once"]
    if not listed:
        return pd.DataFrame(columns=columns)
    both = pd.concat(listed, ignore_index=True)
    both = both[both["upn"].duplicated(keep=False)]
    ordered = both.sort_values(["upn", "joined", "school"], na_position="first")
    rows = [
        (old.upn, old.school, old.pupil_id, old.left, new.school, new.pupil_id, new.joined)
        for old, new in pairwise(ordered.itertuples(index=False))
        if str(old.upn) == str(new.upn)
    ]
    found = pd.DataFrame(rows, columns=columns[:-1])
    found = found.astype({"left": "datetime64[us]", "joined": "datetime64[us]"})
    over = (found["left"] <= found["joined"]) & found["left"].notna()
    return found.assign(at_once=~over)
