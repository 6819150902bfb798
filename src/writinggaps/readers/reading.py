"""What was found while reading a school's data: every issue, and every row set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from writinggaps import problems
from writinggaps.problems import BadInput
from writinggaps.readers.schema import default

__all__ = ["Issue", "Log", "Place", "Reading", "Rows", "Rule", "rules", "spoken_rows"]

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may be found, how bad it is and what to do about it: one entry of `rules.toml`.

    Parameters
    ----------
    severity, one, many, remedy : str
        How bad it is; its sentence for one and for several; what to do.
    stops, aside, unread : bool
        True where the school is stopped, the row set aside, or the cell's value lost.
    problem : str
        The kind of problem that is raised when it stops.
    """

    severity: str
    one: str
    remedy: str
    many: str = ""
    stops: bool = False
    aside: bool = False
    unread: bool = False
    problem: str = "BadInput"


@cache
def rules() -> dict[str, Rule]:
    """Give every rule by name.

    Examples
    --------
    >>> rules()["not_a_date"].severity
    'error'
    """
    return {name: Rule(**told) for name, told in default("rules.toml").items()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a file, and a sheet where the file is a workbook."""

    file: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that was found, wherever in a column or sheet it was found.

    Parameters
    ----------
    rule, severity, message, remedy : str
        What was found and what to do; never with a value from the data.
    stops : bool
        True where the school cannot be reported until it is mended.
    file, sheet, column : str
        Where; empty where it concerns the whole.
    rows : tuple of int
        Rows as Excel shows them, the headings being row 1.
    values : tuple of str
        What stood there: only for the school's own screen or private file.
    """

    rule: str
    severity: str
    message: str
    remedy: str
    stops: bool = False
    file: str = ""
    sheet: str = ""
    column: str = ""
    rows: tuple[int, ...] = ()
    values: tuple[str, ...] = field(default=(), repr=False)

    @property
    def where(self) -> str:
        """File, sheet, rows and column in words."""
        parts = [self.file, f"sheet {self.sheet}" if self.sheet else "", spoken_rows(self.rows)]
        parts.append(f"column {self.column}" if self.column else "")
        return ", ".join(part for part in parts if part)

    @property
    def private(self) -> str:
        """The issue with what stood there: for the school's own screen or a private file only."""
        shown = [repr(value) for value in dict.fromkeys(self.values) if value.strip()][:_SHOWN]
        return f"{self} Found: {', '.join(shown)}." if shown else str(self)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}. {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What became of a table's rows: read = kept + set aside."""

    read: int
    kept: int

    @property
    def set_aside(self) -> int:
        """Rows that no report counts."""
        return self.read - self.kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was found in one pass over a school's data.

    Parameters
    ----------
    digest : str
        SHA-256 of what was read: equal for equal input.
    issues : tuple of Issue
        What stops the school first, then errors, warnings and notes.
    rows : mapping of str to Rows
        By table, what became of its rows.
    """

    digest: str
    issues: tuple[Issue, ...]
    rows: Mapping[str, Rows]

    def of(self, severity: str) -> tuple[Issue, ...]:
        """Give the issues that are an `error`, a `warning` or a `note`."""
        return tuple(issue for issue in self.issues if issue.severity == severity)

    @property
    def stops(self) -> tuple[Issue, ...]:
        """The issues for which the school cannot be reported."""
        return tuple(issue for issue in self.issues if issue.stops)

    def problem(self) -> BadInput:
        """Make the one problem that lists everything for which the school is stopped."""
        if len(self.stops) == 1:
            only = self.stops[0]
            kind = getattr(problems, rules()[only.rule].problem)
            made: BadInput = kind(_sentence(only.message), "", only.where, only.remedy)
            return made
        listed = "\n".join(f"- {issue}" for issue in self.stops)
        return BadInput(
            f"{len(self.stops)} things keep this school's data from being used", remedy=listed
        )


@dataclass(slots=True)
class Log:
    """Collects issues while reading."""

    issues: list[Issue] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """True once something was found for which the school cannot be reported."""
        return any(issue.stops for issue in self.issues)

    def stopped_at(self, place: Place) -> bool:
        """Say whether anything there has stopped the school."""
        at = (place.file, place.sheet)
        return any(issue.stops and (issue.file, issue.sheet) == at for issue in self.issues)

    def add(
        self,
        name: str,
        place: Place,
        *,
        column: str = "",
        rows: Iterable[int] = (),
        values: Iterable[str] = (),
        then: str = "",
        **facts: object,
    ) -> None:
        """Note one thing; `facts` fill its sentence and never hold a value from the data."""
        told = rules()[name]
        where = tuple(rows.tolist() if isinstance(rows, np.ndarray) else rows)
        found = {"n": len(where), "column": column, "hint": ""} | facts
        sentence = told.one if found["n"] == 1 or not told.many else told.many
        self.issues.append(
            Issue(
                rule=name,
                severity=told.severity,
                message=sentence.format(**found) + then,
                remedy=told.remedy.format(**found).strip(),
                stops=told.stops,
                file=place.file,
                sheet=place.sheet,
                column=column,
                rows=where,
                values=tuple(values),
            )
        )


def spoken_rows(found: tuple[int, ...]) -> str:
    """Name rows as Excel shows them: the first of them where there are many.

    Examples
    --------
    >>> spoken_rows((7, 2, 3))
    'rows 2, 3 and 7'
    """
    rows = sorted(set(found))
    if not rows:
        return ""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) <= _SHOWN:
        return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
    return f"rows {', '.join(map(str, rows[:_SHOWN]))} and {len(rows) - _SHOWN} more"


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:]
