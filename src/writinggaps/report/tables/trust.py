"""A trust's schools, as tables."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import share_finding
from writinggaps.measures.trust.gaps import PooledGap, SchoolGap, TrustGaps
from writinggaps.measures.trust.judging import TrustJudging
from writinggaps.measures.trust.schools import Cohort, TrustSchools
from writinggaps.measures.trust.secured import TrustSecured
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.given import shares_of, whole_of
from writinggaps.report.tables.cells import NONE, NOT_SHOWN, cell, laid
from writinggaps.report.words.gaps import banded
from writinggaps.report.words.language import decimal, plural, ranged, to_range
from writinggaps.withheld import Withheld

__all__ = ["cohorts", "gaps", "judging", "places", "schools", "secured"]

_TRUST = "The trust"


@shown
def schools(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay all schools below each other: all year groups together, and each of them."""
    columns = {"All year groups": value.schools, **{y.label: y.schools for y in value.years}}
    wholes = {label: whole_of(found) for label, found in columns.items()}
    return Table(
        caption=f"Pupils at the expected standard in writing, {Term.parse(value.period).spoken}",
        columns=("School", *columns),
        rows=(
            (_TRUST, *(cell(share, released) for share in wholes.values())),
            *(
                (name, *(cell(shares_of(c).get(name), released) or NONE for c in columns.values()))
                for name in value.schools.shares
            ),
        ),
        note=f"{NONE}: the school has no such year group, or nobody in it was judged.",
        findings=tuple(
            share_finding(
                share,
                question="Who in the trust is at the expected standard?",
                measure=value.measure,
                group="all pupils" if label == "All year groups" else label,
                period=value.period,
            )
            for label, share in wholes.items()
        ),
    )


@shown
def places(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay each school's share beside the same drawn towards the others', and its places."""
    return laid(
        "Schools that have year groups in common: shares, and what they say about a school",
        {
            "School": lambda row: row.name,
            "At the expected standard": lambda row: cell(row.share, released),
            "Drawn towards the others": lambda row: f"{decimal(100 * row.drawn)}%",
            "Likely range": lambda row: f"{to_range(100 * row.low, 100 * row.high)}%",
            "Place": lambda r: f"{r.best} to {r.worst}" if r.best < r.worst else f"{r.best}",
            "Beside the others": lambda r: {"within": "within chance"}.get(r.where, r.where),
        },
        value.rows,
        "Drawn towards the others: the smaller a school, the less its own figure tells by "
        "itself. Place: every place that it may have, all schools allowed for together.",
    )


@shown
def cohorts(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay each school's oldest year group beside last year's."""
    return laid(
        "The oldest year group that was judged, last school year and this one",
        {
            "School": lambda row: row.name,
            "Year group": lambda row: row.who,
            "Last school year": lambda row: cell(row.before, released),
            "This school year": lambda row: cell(row.after, released),
            "Difference": _differs,
        },
        value.cohorts,
        "These are different children: two such groups differ by chance alone.",
    )


@shown
def judging(value: TrustJudging, released: Released[TrustJudging]) -> Table:
    """Lay what moderation made of each school's judgements below each other."""
    kinds = ("the same", "teacher higher", "teacher lower")
    return Table(
        caption=f"What moderation made of teachers' judgements, {value.period}",
        columns=("School", *kinds, "Judged higher less lower, per hundred"),
        rows=tuple(
            (
                row.name,
                *(
                    NOT_SHOWN
                    if isinstance(row.agreement, Withheld)
                    else cell(row.agreement.shares[kind], released)
                    for kind in kinds
                ),
                _surplus(row.leniency),
            )
            for row in value.rows
        ),
    )


@shown
def gaps(value: TrustGaps, released: Released[TrustGaps]) -> Table:
    """Lay gaps and what the school reports said of them side by side, all schools together last."""
    return Table(
        caption=(
            f"Gaps at the expected standard, percentage points, three years to "
            f"{Term.parse(value.period).spoken}; and what each school's report said of the change"
        ),
        columns=("School", *(row.group_name for row in value.rows)),
        rows=(
            *(
                (school.name, *(_gap(row.schools[place], released) for row in value.rows))
                for place, school in enumerate(value.rows[0].schools)
            ),
            ("A typical school", *(_pooled(row.pooled) for row in value.rows)),
            ("One more such school", *(_further(row.pooled) for row in value.rows)),
        ),
        note=(
            "Below nought the group is behind. What a school's report says allows for that "
            "report; a change that does not hold with all schools' reports allowed for is marked "
            "so. A typical school: all schools together, each with its own true gap."
        ),
    )


@shown
def secured(value: TrustSecured, released: Released[TrustSecured]) -> Table:
    """Lay blocks beside schools: how many pupils are secure in what earlier years taught."""
    shares = [block.schools.shares for block in value.blocks]
    return Table(
        caption=(
            f"Pupils secure in what earlier years taught, by school, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("School", *(block.label for block in value.blocks)),
        rows=(
            *(
                (name, *(cell(of.get(name), released) or NONE for of in shares))
                for name in dict.fromkeys(name for of in shares for name in of)
            ),
            (_TRUST, *(cell(block.schools.whole, released) for block in value.blocks)),
            ("Secured", *(block.where or "cannot be said" for block in value.blocks)),
        ),
    )


def _differs(row: Cohort) -> str:
    if not (isinstance(row.before, Share) and isinstance(row.after, Share)):
        return NOT_SHOWN
    told = {"up": "higher by more than chance", "down": "lower by more than chance"}
    return told.get(row.moved, "within chance")


def _surplus(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return NOT_SHOWN
    middle, low, high = (100 * end for end in found)
    return f"{decimal(middle)} ({to_range(low, high)})"


def _gap(school: SchoolGap, released: Released[TrustGaps]) -> str:
    said = "" if isinstance(school.change, Withheld) else school.change.verdict
    if said in ("closing", "wider") and not getattr(school.change, "holds", False):
        said = f"{said}, which does not hold beside all schools"
    change = said or "change cannot be said"
    if isinstance(school.points, Withheld):
        return f"not known; {change}"
    shown_ = not banded(school.points, released)
    return f"{ranged(school.points, times=100) if shown_ else NOT_SHOWN}; {change}"


def _pooled(found: PooledGap | Withheld) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    return f"{ranged(found)}, {plural(found.schools, 'school')}"


def _further(found: PooledGap | Withheld) -> str:
    if isinstance(found, Withheld) or found.further_low != found.further_low:
        return "x"
    return f"between {decimal(found.further_low)} and {decimal(found.further_high)}"
