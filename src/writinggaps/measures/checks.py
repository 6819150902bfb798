"""What a report rests on: who was counted, which tables there were, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from writinggaps.readers.roll import on_roll
from writinggaps.readers.schema import default
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, Number, StaffLabels, Tally, result

__all__ = ["CountedPupils", "DataChecks", "TableRows", "data_checks"]


@result
class CountedPupils:
    """Some pupils, what they count in, and what they do not."""

    label: Label
    n: Tally
    counted: Label
    not_counted: Label


@result
class TableRows:
    """One table: how many rows were read, how many are counted, and up to when they run."""

    label: Label
    read: Tally
    set_aside: Number
    latest: Label


@result
class DataChecks:
    """What was read, and who counts where.

    `counted` leaves out kinds of pupils whom the school has none of; `found` lists in words what
    the school can mend; `as_at` is the latest date in the data.
    """

    school: Label
    period: Label
    as_at: Label
    n: Count
    joined: Tally
    left: Tally
    counted: tuple[CountedPupils, ...]
    tables: tuple[TableRows, ...]
    errors: Number
    warnings: Number
    found: StaffLabels


def data_checks(school: School, *, term: str) -> DataChecks:
    """Say what a school's report rests on.

    Parameters
    ----------
    school : School
        As read.
    term : str
        The term of the report; joiners and leavers are those since its school year began.

    Raises
    ------
    NoRecords
        If nobody was on roll at the end of the term.
    """
    kinds = _kinds(school, term)
    issues = school.reading.issues if school.reading else ()
    tables = tuple(t for name in school.tables if (t := _table(school, name)).read)
    told = _told()
    return DataChecks(
        school=school.name,
        period=term,
        as_at=max((t.latest for t in tables), default=""),
        n=kinds["on_roll"],
        joined=kinds["joined"],
        left=kinds["left"],
        counted=tuple(CountedPupils(n=n, **told[kind]) for kind, n in kinds.items() if n),
        tables=tables,
        errors=sum(i.severity == "error" for i in issues),
        warnings=sum(i.severity == "warning" for i in issues),
        found=tuple(str(i) for i in issues if i.severity != "note"),
    )


def _kinds(school: School, term: str) -> dict[str, int]:
    """Count the pupils of each kind in `who_counts.toml`."""
    roll, asked = on_roll(school, term), Term.parse(term)
    begun, last = pd.Timestamp(Term(asked.starts_in, 0).start), pd.Timestamp(asked.end)
    gone = school.pupils[~school.pupils["pupil_id"].isin(roll["pupil_id"])]
    left, upn = _dates(gone, "left"), roll.get("upn", pd.Series(dtype=str))
    blank = {c: int(roll[c].isna().sum()) if c in roll else 0 for c in _ASKED.values()}
    judged = school.tables.get("judgements", pd.DataFrame({"term": [], "pupil_id": []}))
    now: Iterable[str] = judged.loc[judged["term"] == term, "pupil_id"] if "term" in judged else ()
    return {
        "on_roll": len(roll),
        "joined": int((_dates(roll, "joined") >= begun).sum()),
        "left": int(((left >= begun) & (left <= last)).sum()),
        "left_before": int((left < begun).sum()),
        "not_judged": int((~roll["pupil_id"].isin(now)).sum()),
        **{kind: blank[column] for kind, column in _ASKED.items()},
        "shared_upn": int((upn.notna() & upn.duplicated()).sum()),
    }


_ASKED = {
    "no_year_group": "year_group",
    "no_disadvantage": "disadvantaged",
    "no_sen": "sen_provision",
}


@cache
def _told() -> dict[str, Any]:
    return default("who_counts.toml")


def _dates(pupils: pd.DataFrame, column: str) -> pd.Series:
    return pupils.get(column, pd.Series(pd.NaT, index=pupils.index))


def _table(school: School, name: str) -> TableRows:
    kept = school.tables[name]
    rows = school.reading.rows.get(name) if school.reading else None
    latest = kept["date"].max() if "date" in kept else pd.NaT
    return TableRows(
        label=name,
        read=rows.read if rows else len(kept),
        set_aside=rows.set_aside if rows else 0,
        latest="" if pd.isna(latest) else latest.date().isoformat(),
    )
