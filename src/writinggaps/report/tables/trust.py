"""A trust's schools, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.estimates import Share
from writinggaps.findings import share_finding
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Table, shown
from writinggaps.report.tables.security import cell
from writinggaps.report.words.gaps import banded
from writinggaps.report.words.language import decimal, plural, sentence_case, to_range
from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writinggaps.disclosure import Released
    from writinggaps.estimates import ShareDifference
    from writinggaps.estimates.breakdown import Breakdown
    from writinggaps.findings import Finding
    from writinggaps.measures.trust import TrustGaps, TrustJudging, TrustSchools, TrustSecured
    from writinggaps.measures.trust.gaps import PooledGap, SchoolGap
    from writinggaps.measures.trust.schools import Cohort

__all__ = ["cohorts", "gaps", "judging", "places", "schools", "secured"]

_NONE = "–"


@shown
def schools(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay all schools below each other: all year groups together, and each of them."""
    names = list(value.schools.shares)
    years = {y.label: _of(y.schools) for y in value.years}
    rows: list[tuple[str, Share | Withheld, dict[str, Share | Withheld | None]]] = [
        ("The trust", value.schools.whole, {k: _whole(y.schools) for k, y in _named(value)})
    ]
    rows += [
        (name, value.schools.shares[name], {k: of.get(name) for k, of in years.items()})
        for name in names
    ]
    return Table(
        caption=f"Pupils at the expected standard in writing, {Term.parse(value.period).spoken}",
        columns=("School", "All year groups", *years),
        rows=tuple(
            (
                name,
                cell(share, released),
                *(cell(part, released) or _NONE for part in parts.values()),
            )
            for name, share, parts in rows
        ),
        note=f"{_NONE}: the school has no such year group, or nobody in it was judged.",
        findings=tuple(_records(value)),
    )


@shown
def places(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay each school's share beside the same drawn towards the others', and its places."""
    return Table(
        caption="Schools that have year groups in common: shares, and what they say about a school",
        columns=(
            "School",
            "At the expected standard",
            "Drawn towards the others",
            "Likely range",
            "Place",
            "Beside the others",
        ),
        rows=tuple(
            (
                row.name,
                cell(row.share, released),
                f"{decimal(100 * row.drawn)}%",
                f"{to_range(100 * row.low, 100 * row.high)}%",
                f"{row.best} to {row.worst}" if row.best < row.worst else f"{row.best}",
                {"within": "within chance"}.get(row.where, row.where),
            )
            for row in value.rows
        ),
        note=(
            "Drawn towards the others: the smaller a school, the less its own figure tells by "
            "itself. Place: every place that it may have, all schools allowed for together."
        ),
    )


@shown
def cohorts(value: TrustSchools, released: Released[TrustSchools]) -> Table:
    """Lay each school's oldest year group beside last year's."""
    return Table(
        caption="The oldest year group that was judged, last school year and this one",
        columns=("School", "Year group", "Last school year", "This school year", "Difference"),
        rows=tuple(
            (
                row.name,
                row.who,
                cell(row.before, released),
                cell(row.after, released),
                _differs(row),
            )
            for row in value.cohorts
        ),
        note="These are different children: two such groups differ by chance alone.",
    )


@shown
def judging(value: TrustJudging, released: Released[TrustJudging]) -> Table:
    """Lay what moderation made of each school's judgements below each other."""
    kinds = ("the same", "teacher higher", "teacher lower")
    return Table(
        caption=f"What moderation made of teachers' judgements, {value.period}",
        columns=(
            "School",
            *(sentence_case(kind) for kind in kinds),
            "Judged higher less lower, per hundred",
        ),
        rows=tuple(
            (
                row.name,
                *(
                    cell(
                        row.agreement
                        if isinstance(row.agreement, Withheld)
                        else row.agreement.shares[kind],
                        released,
                    )
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
    first = value.rows[0].schools
    rows = [
        (school.name, *(_gap(row.schools[place], released) for row in value.rows))
        for place, school in enumerate(first)
    ]
    rows.append(("A typical school", *(_pooled(row.pooled) for row in value.rows)))
    rows.append(("One more such school", *(_further(row.pooled) for row in value.rows)))
    return Table(
        caption=(
            f"Gaps at the expected standard, percentage points, three years to "
            f"{Term.parse(value.period).spoken}; and what each school's report said of the change"
        ),
        columns=("School", *(sentence_case(row.group_name) for row in value.rows)),
        rows=tuple(rows),
        note=(
            "Below nought the group is behind. What a school's report says allows for that "
            "report; a change that does not hold with all schools' reports allowed for is marked "
            "so. A typical school: all schools together, each with its own true gap."
        ),
    )


@shown
def secured(value: TrustSecured, released: Released[TrustSecured]) -> Table:
    """Lay blocks beside schools: how many pupils are secure in what earlier years taught."""
    names = list(dict.fromkeys(name for block in value.blocks for name in block.schools.shares))
    return Table(
        caption=(
            f"Pupils secure in what earlier years taught, by school, "
            f"{Term.parse(value.period).spoken}"
        ),
        columns=("School", *(block.label for block in value.blocks)),
        rows=(
            *(
                (name, *(cell(b.schools.shares.get(name), released) or _NONE for b in value.blocks))
                for name in names
            ),
            ("The trust", *(cell(block.schools.whole, released) for block in value.blocks)),
            ("Secured", *(block.where or "cannot be said" for block in value.blocks)),
        ),
    )


def _named(value: TrustSchools) -> list[tuple[str, Any]]:
    return [(year.label, year) for year in value.years]


def _of(found: Breakdown | Withheld) -> dict[str, Share | Withheld]:
    return {} if isinstance(found, Withheld) else found.shares


def _whole(found: Breakdown | Withheld) -> Share | Withheld:
    return found if isinstance(found, Withheld) else found.whole


def _records(value: TrustSchools) -> Iterator[Finding]:
    """Record the trust's own shares; the schools' are in their own records."""
    given = {"all pupils": value.schools.whole, **{k: _whole(y.schools) for k, y in _named(value)}}
    for group, share in given.items():
        yield share_finding(
            share,
            question="Who in the trust is at the expected standard?",
            measure=value.measure,
            group=group,
            period=value.period,
        )


def _differs(row: Cohort) -> str:
    if not (isinstance(row.before, Share) and isinstance(row.after, Share)):
        return "not shown"
    return {"up": "higher by more than chance", "down": "lower by more than chance"}.get(
        row.moved, "within chance"
    )


def _surplus(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return "not shown"
    middle, low, high = (100 * end for end in found)
    return f"{decimal(middle)} ({to_range(low, high)})"


def _gap(school: SchoolGap, released: Released[TrustGaps]) -> str:
    said = "" if isinstance(school.change, Withheld) else school.change.verdict
    if said in ("closing", "wider") and not getattr(school.change, "holds", False):
        said = f"{said}, which does not hold beside all schools"
    return f"{_points(school.points, released)}; {said or 'change cannot be said'}"


def _points(points: ShareDifference | Withheld, released: Released[TrustGaps]) -> str:
    if isinstance(points, Withheld):
        return "not known"
    if banded(points, released):
        return "not shown"
    return f"{decimal(100 * points.estimate)} ({to_range(100 * points.low, 100 * points.high)})"


def _pooled(found: PooledGap | Withheld) -> str:
    if isinstance(found, Withheld):
        return found.symbol
    ends = to_range(found.low, found.high)
    return f"{decimal(found.estimate)} ({ends}), {plural(found.schools, 'school')}"


def _further(found: PooledGap | Withheld) -> str:
    if isinstance(found, Withheld) or found.further_low != found.further_low:
        return "x"
    return f"between {decimal(found.further_low)} and {decimal(found.further_high)}"
