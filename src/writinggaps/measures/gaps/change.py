"""Is the gap closing?"""

from __future__ import annotations

from functools import partial
from typing import Literal, TypeAlias

from writinggaps.estimates.gate import CHECKS, Judgement, judge
from writinggaps.measures.gaps.compared import one_scale
from writinggaps.measures.gaps.designs import Read, cohorts, same_pupils
from writinggaps.measures.gaps.groups import group_of
from writinggaps.measures.gaps.results import Check, GapChange, PointsMoved, ScoresMoved
from writinggaps.problems import BadArgument, DifferentTests
from writinggaps.readers.judged import measure_of
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.standards import Measure, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["gap_change", "gap_direction"]

Design: TypeAlias = Literal["same pupils", "successive cohorts"]

_A_YEAR = 3


def gap_change(
    school: School,
    *,
    by: str,
    term: str,
    standards: Standards,
    since: str = "",
    measure: str = "",
    design: Design = "same pupils",
    year_group: int | None = None,
    statements: int | None = None,
) -> GapChange:
    """Say whether a gap is closing, by the gate of `estimates.gate`.

    Parameters
    ----------
    school : School
        With a table of judgements.
    by : str
        `disadvantaged`, `sen`, `sex`, `eal`; or `lowest_fifth`, pupils chosen because they scored
        low at the start, for whom regression to the mean is allowed for.
    term, since : str
        From when to when; a year before `term` when not given.
    standards : Standards
        Thresholds of the gate, and measures.
    measure : str, optional
        The first on one scale that was used both times when not given, or else `writing`.
    design : str, optional
        `same pupils`, judged both times; or `successive cohorts`, one year group in each school
        year from `since` to `term`.
    year_group : int, optional
        For successive cohorts: the oldest judged when not given.
    statements : int, optional
        How many changes the report speaks about; as in the standards when not given.

    Returns
    -------
    GapChange
        With its verdict, every check, and the change that could have been seen. Positive when the
        gap is smaller.

    Raises
    ------
    DifferentTests
        If the two terms used different measures, or one whose scores differ from test to test.
    TooFewPupils
        If a group is smaller than the standards ask for.
    NoRecords, NoSpread
        If nobody was judged, or nobody moved differently from anybody else.
    """
    since = since or str(Term.parse(term).back(_A_YEAR))
    if Term.parse(since) >= Term.parse(term):
        raise BadArgument(
            f"A change was asked for from {since} to {term}", "the earlier term first"
        )
    of = _measure(school, standards, measure, since, term)
    if design == "same pupils":
        read = same_pupils(school, of, by, since, term, standards)
    else:
        read = cohorts(school, of, by, since, term, standards, year_group)
    found = judge(
        *read.readings,
        rules=standards.gap,
        statements=statements or standards.gap.statements,
        sound=read.sound,
    )
    return _change(found, read, of, by, since, term, design, statements or standards.gap.statements)


def gap_direction(school: School, *, by: str, term: str, standards: Standards) -> GapChange:
    """Say whether a gap is closing over three school years, or two where no more can be said.

    Raises
    ------
    CannotSay
        As `gap_change` does, of two school years.
    """
    ask = partial(gap_change, school, by=by, term=term, standards=standards)
    found = attempt(ask, since=str(Term.parse(term).back(2 * _A_YEAR)))
    return ask() if isinstance(found, Withheld) else found


def _measure(school: School, standards: Standards, name: str, since: str, term: str) -> Measure:
    if not name:
        found = attempt(one_scale, school, standards, [since, term])
        return measure_of(standards, "writing") if isinstance(found, Withheld) else found
    measure = measure_of(standards, name)
    if measure.kind == "interval" and not measure.one_scale:
        raise DifferentTests(
            f"Scores of {measure.label} differ from test to test",
            "a change needs one test or scale at both times",
            "",
            "Use judgements on one scale, such as comparative judgement.",
        )
    return measure


def _change(
    found: Judgement,
    read: Read,
    measure: Measure,
    by: str,
    since: str,
    term: str,
    design: Design,
    statements: int,
) -> GapChange:
    group, moved = group_of(by), read.readings[0]
    counted = moved.fixed > 0
    unit, kind = (100.0, PointsMoved) if counted else (1.0, ScoresMoved)
    return GapChange(
        by=by,
        group_name=group.name,
        others_name=group.others_name,
        measure=measure.label,
        since=since,
        period=term,
        design=design,
        verdict=found.verdict.value,
        checks=tuple(Check(name=name, held=found.checks[name]) for name in CHECKS),
        moved=kind(
            narrowed=unit * found.estimate,
            low=unit * found.low,
            high=unit * found.high,
            detectable=unit * found.detectable,
            margin=unit * found.margin,
            before=unit * moved.before,
            after=unit * moved.after,
        ),
        standard_deviations=found.estimate / moved.sd,
        n_group=read.group,
        n_others=read.others,
        joined=read.joined,
        gone=read.gone,
        cohorts=read.cohorts,
        level=found.level,
        statements=statements,
    )
