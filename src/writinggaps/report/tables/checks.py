"""What a report rests on, as a table."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.checks import DataChecks, TableRows
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.cells import NONE, laid
from writinggaps.report.words.checks import day
from writinggaps.report.words.language import count_of, sentence_case

__all__ = ["data_checks"]


@shown
def data_checks(value: DataChecks, released: Released[DataChecks]) -> Table:
    """Say which pupils count where, what was read, and to staff what the school can mend in it."""
    read = "; ".join(_read(table, released) for table in value.tables)
    return laid(
        "Which pupils count where",
        {
            "Pupils": lambda row: sentence_case(row.label),
            "How many": lambda row: count_of(row.n, released),
            "They count": lambda row: row.counted,
            "They do not count": lambda row: row.not_counted or NONE,
        },
        value.counted,
        " ".join([f"Read for this report: {read}.", *value.found]),
    )


def _read(table: TableRows, released: Released[DataChecks]) -> str:
    aside = f", {table.set_aside:,} set aside" if table.set_aside else ""
    latest = f", up to {day(table.latest)}" if table.latest else ""
    rows = f"{count_of(table.read, released)} rows"
    return f"{table.label.replace('_', ' ')} ({rows}{aside}{latest})"
