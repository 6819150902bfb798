"""What a report rests on: who was counted, which tables there were, and what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.readers.roll import on_roll
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, Number, StaffLabels, Tally, result

if TYPE_CHECKING:
    from writinggaps.readers.school import School

__all__ = ["DataChecks", "TableRows", "data_checks"]


@result
class TableRows:
    """One table: how many rows were read, how many are counted, and up to when they run."""

    label: Label
    read: Tally
    set_aside: Number
    latest: Label


@result
class DataChecks:
    """What was read, and who was on roll at the end of the term.

    `found` lists in words what the school can mend; `as_at` is the latest date in the data.
    """

    school: Label
    period: Label
    as_at: Label
    n: Count
    joined: Tally
    left: Tally
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
    roll = on_roll(school, term)
    start = pd.Timestamp(Term(Term.parse(term).starts_in, 0).start)
    issues = school.reading.issues if school.reading else ()
    tables = tuple(_table(school, name) for name in school.tables)
    return DataChecks(
        school=school.name,
        period=term,
        as_at=max((t.latest for t in tables), default=""),
        n=len(roll),
        joined=_since(roll, "joined", start),
        left=_since(school.pupils, "left", start, until=pd.Timestamp(Term.parse(term).end)),
        tables=tables,
        errors=sum(i.severity == "error" for i in issues),
        warnings=sum(i.severity == "warning" for i in issues),
        found=tuple(str(i) for i in issues if i.severity != "note"),
    )


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


def _since(
    pupils: pd.DataFrame, column: str, start: pd.Timestamp, until: pd.Timestamp | None = None
) -> int:
    if column not in pupils:
        return 0
    dates = pupils[column]
    found = dates >= start
    return int((found if until is None else found & (dates <= until)).sum())
