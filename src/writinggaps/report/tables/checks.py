"""What a report rests on, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.report.faces import Table, shown
from writinggaps.report.words.checks import day
from writinggaps.report.words.language import count_of, sentence_case

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.checks import DataChecks

__all__ = ["data_checks"]


@shown
def data_checks(value: DataChecks, released: Released[DataChecks]) -> Table:
    """List the tables that were read, and for staff what the school can mend in them."""
    return Table(
        caption="What was read for this report",
        columns=("table", "rows", "set aside", "latest date"),
        rows=tuple(
            (
                sentence_case(table.label.replace("_", " ")),
                count_of(table.read, released),
                f"{table.set_aside:,}",
                day(table.latest) if table.latest else "no dates",
            )
            for table in value.tables
        ),
        note=" ".join(value.found),
    )
