"""What is secured, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import Finding, share_finding
from writinggaps.measures.security.blocks import Security
from writinggaps.measures.security.statements import LeastSecure, Next, StatementRow
from writinggaps.measures.trust.records import EVERYBODY, SECURE
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, Table, shown
from writinggaps.report.given import known
from writinggaps.report.tables.cells import NOT_SHOWN, cell, laid
from writinggaps.report.words.language import and_list, count_in
from writinggaps.report.words.security import of_layer
from writinggaps.withheld import Withheld

__all__ = ["best_next", "least_secure", "security"]


@shown
def security(value: Security, released: Released[Security]) -> Table:
    """Set out how many pupils are secure in each block, by parts of the school."""
    parts = list(dict.fromkeys(part for block in value.blocks for part in block.parts))
    return Table(
        caption=(
            f"Pupils who are secure in {of_layer(value.layer)}, by block, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("Block", "All pupils", "Of these retained", *parts),
        rows=tuple(
            (
                block.label,
                cell(block.secure, released),
                cell(block.retained, released),
                *(cell(block.parts.get(part), released) for part in parts),
            )
            for block in value.blocks
        ),
        note=(
            "Secure: shown independently in all statements of the block. Retained: shown again "
            "after a break. What is blank or not listed: too little was looked at to say."
        ),
        findings=tuple(_findings(value)),
    )


@shown
def least_secure(value: LeastSecure, released: Released[LeastSecure]) -> Table | Prose:
    """List the least secure statements with counts, classes and since when."""
    rows = [row for row in value.rows if isinstance(row.whole, Share)]
    if not rows:
        return Prose("")
    return laid(
        f"The least secure statements of {of_layer(value.layer)}, "
        f"{Term.parse(value.period).spoken}",
        {
            "Statement": lambda row: row.label,
            "Year group": lambda row: row.year_group,
            "Not secured by": lambda row: cell(row.whole, released),
            "By class": lambda row: _classes(row, released),
            "Last shown by them": lambda row: row.since or "this term",
        },
        rows,
        "Last shown: when any of these pupils last showed it in independent writing.",
    )


@shown
def best_next(value: Next, released: Released[Next]) -> Table | Prose:
    """List the statements to teach next, with the pupils reached so far."""
    rows = [row for row in value.rows if isinstance(row.reached, Share)]
    if not rows:
        return Prose("")
    return laid(
        f"The fewest statements that would help the most pupils, {Term.parse(value.period).spoken}",
        {
            "Statement": lambda row: row.label,
            "Year groups": lambda row: and_list(row.year_groups) or NOT_SHOWN,
            "Pupils reached, with those above": lambda row: cell(row.reached, released),
        },
        rows,
        "Of all pupils with at least one gap.",
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


def _classes(row: StatementRow, released: Released[LeastSecure]) -> str:
    if isinstance(row.not_secure, Withheld):
        return NOT_SHOWN
    shares = sorted(known(row.not_secure.shares).items(), key=lambda pair: -pair[1].count)
    return ", ".join(
        f"{name}: {count_in(share, released)}" for name, share in shares if share.count
    )
