"""Who the pupils with SEN are, as tables in the shape that governors know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.estimates import Share
from writinggaps.measures.send.context import share_in
from writinggaps.measures.send.status import NONE, PLAN, SUPPORT
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.words.language import sentence_case, so_many_of
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from writinggaps.disclosure import Released
    from writinggaps.measures.send.context import Context
    from writinggaps.official import Official

__all__ = ["cell", "needs", "three_years"]


@shown
def three_years(value: Context, released: Released[Context]) -> Table:
    """Lay three years side by side, with England and the authority."""
    officials = {PLAN: value.ehcp, SUPPORT: value.support}
    found = [
        ("England", {s: y.england for s, y in officials.items()}),
        ("local authority", {s: y.authority for s, y in officials.items()}),
    ]
    rows = tuple(
        (
            {PLAN: "EHCP", SUPPORT: "SEN Support", NONE: "no SEN"}[status],
            *(cell(share_in(year, status), released) for year in value.years),
            *(_official(figures.get(status)) for _, figures in found),
        )
        for status in (PLAN, SUPPORT, NONE)
    )
    return Table(
        caption=(
            f"Pupils on roll at the end of {Term.parse(value.period).spoken}, and in the two years "
            "before"
        ),
        columns=("status", *(y.period for y in value.years), *(_heading(*f) for f in found)),
        rows=rows,
        note=_source(value),
    )


@shown
def needs(value: Context, released: Released[Context]) -> Table:
    """List primary needs by how common they are."""
    split = value.needs
    parts = [] if isinstance(split, Withheld) else split.parts
    rows = tuple((sentence_case(p.label), cell(p.share, released)) for p in parts)
    return Table(
        caption=f"Primary needs of pupils with SEN, {Term.parse(value.period).spoken}",
        columns=("primary need", "pupils with SEN"),
        rows=rows or (("none to show", ""),),
    )


def cell(part: Share | Withheld, released: Released[Any]) -> str:
    """Write a share for a table, or why it is not there as a symbol."""
    return part.symbol if isinstance(part, Withheld) else so_many_of(part, released, noun="")


def _official(found: Official | Withheld | None) -> str:
    return (
        ""
        if found is None
        else found.symbol
        if isinstance(found, Withheld)
        else f"{found.value:g}%"
    )


def _heading(name: str, figures: dict[str, Official | Withheld]) -> str:
    periods = {f.period for f in figures.values() if not isinstance(f, Withheld)}
    return f"{name}, {periods.pop()}" if len(periods) == 1 else name


def _source(value: Context) -> str:
    england = value.support.england
    if isinstance(england, Withheld):
        return f"{england.found or 'No official figure is carried'}."
    missing = isinstance(value.support.authority, Withheld)
    local = " No figure is carried for the school's local authority (x)." if missing else ""
    return (
        f"Official figures: {england.source}, release {england.version}; {england.coverage}.{local}"
    )
