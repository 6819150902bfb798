"""What is secured, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.estimates import Share
from writinggaps.findings import share_finding
from writinggaps.measures.trust.records import EVERYBODY, SECURE
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.language import (
    and_list,
    count_in,
    count_of,
    few,
    most_of,
    sentence_case,
)
from writinggaps.report.words.security import of_layer
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from writinggaps.disclosure import Released
    from writinggaps.findings import Finding
    from writinggaps.measures.security import (
        Coverage,
        LeastSecure,
        Next,
        SecureFit,
        Security,
        StatementRow,
    )

__all__ = ["best_next", "cell", "coverage", "fit", "least_secure", "or_none", "security"]

NOT_SHOWN = "not shown"


def cell(share: Share | Withheld | None, released: Released[Any]) -> str:
    """Write a share for a table: so many of so many, or why not.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> staff = release(share(12, 23), "staff")
    >>> cell(staff.value, staff), cell(None, staff)
    ('12 of 23', '')
    """
    if share is None:
        return ""
    if isinstance(share, Withheld):
        return "too little evidence" if share.reason == "too_little_evidence" else NOT_SHOWN
    if few(share.count, released):
        return f"none or very few of {count_of(share.n, released)}"
    if most_of(share, released):
        return f"all or nearly all of {count_of(share.n, released)}"
    return f"{count_of(share.count, released)} of {count_of(share.n, released)}"


def or_none(rows: Iterable[tuple[str, ...]], width: int) -> tuple[tuple[str, ...], ...]:
    """Say in a table without rows that there are none.

    Examples
    --------
    >>> or_none([], 3)
    (('none', '', ''),)
    """
    return tuple(rows) or (("none", *[""] * (width - 1)),)


@shown
def security(value: Security, released: Released[Security]) -> Table:
    """Set out how many pupils are secure in each block, by parts of the school."""
    parts = list(dict.fromkeys(part for block in value.blocks for part in block.parts))
    rows = tuple(
        (
            block.label,
            cell(block.secure, released),
            cell(block.retained, released),
            *(cell(block.parts.get(part), released) for part in parts),
        )
        for block in value.blocks
    )
    return Table(
        caption=(
            f"Pupils who are secure in {of_layer(value.layer)}, by block, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("block", "all pupils", "of these retained", *map(sentence_case, parts)),
        rows=rows,
        note=(
            "Secure: shown independently in all statements of the block. Retained: shown again "
            "after a break. What is blank or not listed: too little was looked at to say."
        ),
        findings=tuple(_findings(value)),
    )


@shown
def fit(value: SecureFit, released: Released[SecureFit]) -> Table:
    """Set out who has secured everything, by year group, and which weaknesses were discounted."""
    splits = {} if isinstance(value.fit, Withheld) else value.fit.splits
    rows = [(year, cell(_secure(found), released)) for year, found in splits.items()]
    weak = {} if isinstance(value.weaknesses, Withheld) else value.weaknesses.shares
    rows += [
        (f"Discounted: {text}", count_in(share, released))
        for text, share in weak.items()
        if isinstance(share, Share) and not few(share.count, released)
    ]
    return Table(
        caption=(
            f"Pupils who have secured all of {of_layer(value.layer)}, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("year group, or weakness discounted", "pupils"),
        rows=tuple(rows),
        note="All statements are met, but one particular weakness of a pupil may be discounted.",
    )


@shown
def least_secure(value: LeastSecure, released: Released[LeastSecure]) -> Table:
    """List the least secure statements with counts, classes and since when."""
    rows = tuple(
        (
            row.label,
            row.year_group,
            cell(row.whole, released),
            _classes(row, released),
            {"": "this term", "never": "never"}.get(row.since, row.since),
        )
        for row in value.rows
        if isinstance(row.whole, Share)
    )
    return Table(
        caption=(
            f"The least secure statements of {of_layer(value.layer)}, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("statement", "year group", "not secured by", "by class", "last shown by them"),
        rows=or_none(rows, 5),
        note="Last shown: when any of these pupils last showed it in independent writing.",
    )


@shown
def coverage(value: Coverage, released: Released[Coverage]) -> Table:
    """List what was taught often and secured rarely."""
    rows = tuple(
        (row.label, row.class_name, count_of(row.lessons, released), cell(row.secured, released))
        for row in value.rows
        if isinstance(row.secured, Share)
    )
    return Table(
        caption=f"Taught often, secured rarely, {Term.parse(value.period).spoken}",
        columns=("statement", "class", "lessons this school year", "secured by"),
        rows=or_none(rows, 4),
    )


@shown
def best_next(value: Next, released: Released[Next]) -> Table:
    """List the statements to teach next, with the pupils reached so far."""
    rows = tuple(
        (row.label, and_list(row.year_groups) or NOT_SHOWN, cell(row.reached, released))
        for row in value.rows
        if isinstance(row.reached, Share)
    )
    return Table(
        caption=f"The fewest statements that would help the most pupils, "
        f"{Term.parse(value.period).spoken}",
        columns=("statement", "year groups", "pupils reached, with those above"),
        rows=or_none(rows, 3),
        note="Of all pupils with at least one gap.",
    )


def _findings(value: Security) -> Iterator[Finding]:
    """Record the share that is secure in each block, of all pupils and of each part."""
    for block in value.blocks:
        for part, share in {EVERYBODY: block.secure, **block.parts}.items():
            yield share_finding(
                share,
                question=f"Who is secure in {of_layer(value.layer)}?",
                measure=f"{SECURE}{block.label}",
                group=part,
                period=value.period,
                source=value.standards,
            )


def _secure(found: Any) -> Share | Withheld:
    return found if isinstance(found, Withheld) else found.shares["secure"]


def _classes(row: StatementRow, released: Released[LeastSecure]) -> str:
    if isinstance(row.not_secure, Withheld):
        return NOT_SHOWN
    known = [(k, s) for k, s in row.not_secure.shares.items() if isinstance(s, Share) and s.count]
    known.sort(key=lambda pair: -pair[1].count)
    return ", ".join(f"{name}: {count_in(share, released)}" for name, share in known)
