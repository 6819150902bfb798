"""Who moved where: from code to code, and up a school's points."""

from __future__ import annotations

from writinggaps.estimates.breakdown import Breakdown, SplitBreakdown, breakdown, split_breakdown
from writinggaps.measures.progress.starts import chosen, codes
from writinggaps.readers.roll import group_labels
from writinggaps.readers.school import School
from writinggaps.results import Constant, Label, result
from writinggaps.standards import Measure, Standards

__all__ = ["Jumps", "Transitions", "jumps", "transitions"]


@result
class Transitions:
    """Where pupils who started at each code are now, by the order of the codes."""

    start: Label
    start_measure: Label
    measure: Label
    period: Label
    moves: SplitBreakdown


@result
class Jumps:
    """Pupils who went up at least `enough` steps of an order since the start, by year group."""

    start: Label
    measure: Label
    period: Label
    enough: Constant
    reached: Breakdown


def transitions(*schools: School, term: str, standards: Standards, start: str = "") -> Transitions:
    """Count where pupils who started at each code are now.

    Parameters
    ----------
    *schools : School
        One, or all of a trust: pupils who moved between them are followed.
    term : str
        Such as `2025-26-autumn`; each pupil's latest judgement in it counts.
    standards : Standards
        With starting points and measures.
    start : str, optional
        A starting point of the standards; when not given, the first of this kind for which pupils
        were judged at both times (a school's points have too many codes for that: see `jumps`).

    Raises
    ------
    BadArgument
        If there is no such starting point, or it has scores and not codes.
    NoRecords
        If nobody was judged at both times.
    """
    has_codes = codes(standards)
    found, rows = chosen(
        schools, term, standards, start, lambda s: has_codes(s) and (start == s.id or not s.jumps)
    )
    first, of = standards.measures[found.measure], standards.measures[found.reaches]
    ends = {code: name for code, name in _names(of).items() if rows["value"].eq(code).any()}
    moves = {
        name: {
            label: part.loc[part["value"] == now, "person"].tolist() for now, label in ends.items()
        }
        for code, name in _names(first).items()
        if not (part := rows[rows["start_value"] == code]).empty
    }
    return Transitions(
        start=found.label,
        start_measure=first.label,
        measure=of.label,
        period=term,
        moves=split_breakdown("start", moves),
    )


def jumps(*schools: School, term: str, standards: Standards, start: str = "") -> Jumps:
    """Count the pupils who went up enough steps of a school's points since the start.

    Parameters and errors are those of `transitions`, for starting points with `jumps`.
    """
    found, rows = chosen(schools, term, standards, start, lambda s: s.jumps > 0)
    enough = rows["score"] - rows["start_score"] >= found.jumps
    years = rows["person"].groupby(group_labels(rows, "year_group"), observed=True)
    return Jumps(
        start=found.label,
        measure=standards.measures[found.reaches].label,
        period=term,
        enough=found.jumps,
        reached=breakdown(
            "year_group", {str(k): (who[enough[who.index]], who) for k, who in years}
        ),
    )


def _names(measure: Measure) -> dict[str, str]:
    return dict(zip(measure.order, measure.names or measure.order, strict=True))
