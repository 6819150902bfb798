"""The development plan: what became of last year's priorities, this year's, and what data suggest.

Figures are those of the reports, as their records say them; nothing is counted a second time. A
priority is measured where it names a figure as the reports do: `secure: Sentence control`, with a
group after a comma where it is not of all pupils.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import floor

import pandas as pd

from writinggaps.estimates import Share, ShareDifference, share, share_difference
from writinggaps.estimates.targets import beyond_chance
from writinggaps.findings import Finding
from writinggaps.problems import NoRecords, hint
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Answer, Constant, Label, Number, Points, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Plan", "Priority", "Suggestion", "Suggestions", "priorities", "suggestions"]

_EVERYBODY = "all pupils"
_CHANCE = 0.05
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the records of one question may suggest: `paired` names what a group is set beside."""

    name: str
    question: str
    rising: bool
    paired: str = ""


_KINDS = (
    _Kind("secure", "Who is secure in what earlier years taught?", True),
    _Kind("gap", "Who was at the expected standard, three years together?", True, "next"),
    _Kind("absence", "Who missed a tenth or more of their sessions?", False, "pupils without SEN"),
    _Kind("suspended", "Who was suspended in three years?", False, "pupils without SEN"),
    _Kind("scaffolds", "Who relies on scaffolds?", False),
    _Kind("alone", "Who wrote enough alone?", True),
    _Kind("moderated", "What did moderation make of the judgements?", True),
)
_MIX = "How are judgements made?"
_SAME = "the same"
"""What moderation says of a judgement that stands."""


@result
class Priority:
    """A line of the plan, in the school's own words, with its figure where it names one.

    `baseline` and `target` are in percent; `now` is what the reports say today, and `unknown` the
    nearest name where none is called so. In a trust, `schools` of the `of_schools` are at the
    target.
    """

    label: Label
    measure: Label
    unknown: Label
    owner: Label
    by: Label
    status: Label
    became: Label
    aligned: Label
    tell: Label
    baseline: Points | None
    target: Constant | None
    now: Share | Withheld
    chance: Constant
    schools: Number = 0
    of_schools: Number = 0

    @property
    def rising(self) -> bool:
        """Whether more is better."""
        return self.baseline is None or self.target is None or self.target >= self.baseline

    @property
    def before(self) -> Share | None:
        """The baseline as a share of as many pupils as there are now."""
        if self.baseline is None or isinstance(self.now, Withheld):
            return None
        return share(round(self.baseline / _PERCENT * self.now.n), self.now.n)

    @property
    def moved(self) -> ShareDifference | None:
        """The share now less the baseline, as if both were of so many pupils."""
        if self.before is None or isinstance(self.now, Withheld):
            return None
        return share_difference(self.now, self.before)

    @property
    def reached(self) -> bool | None:
        """Whether the figure is at the target or beyond it; None where it is not measured."""
        return self.at_target(self.now)

    def at_target(self, part: Share | Withheld) -> bool | None:
        """Whether a share is at the target or beyond it; None where one of them is not known."""
        if self.target is None or isinstance(part, Withheld):
            return None
        now = _PERCENT * part.estimate
        return now >= self.target if self.rising else now <= self.target

    @property
    def beyond(self) -> int | Withheld | None:
        """The number of pupils that chance alone would rarely reach from the baseline."""
        if (start := self.before) is None:
            return None
        rising = self.rising
        return attempt(beyond_chance, start.count, start.n, chance=self.chance, rising=rising)


@result
class Plan:
    """Priorities that were due before this school year began, and those of this year."""

    period: Label
    last: tuple[Priority, ...]
    this: tuple[Priority, ...]


@result
class Suggestion:
    """What the reports suggest to work on.

    `goal` is the share that should become larger (`rising`) or smaller; `gap` sets it beside
    `others`; `most` is the part with the most pupils concerned. In a trust it is surely so in
    `schools` of the `of_schools` whose reports tell it.
    """

    kind: Label
    measure: Label
    group: Label
    most: Label
    goal: Share | Withheld
    rising: Answer
    gap: ShareDifference | Withheld | None
    chance: Constant
    schools: Number = 0
    of_schools: Number = 0

    @property
    def name(self) -> str:
        """The figure, as a priority may name it."""
        return _named(self.measure, self.group)

    @property
    def at_least(self) -> int:
        """Pupils concerned at the cautious end of what is likely; size, certainty, number in one.

        Where there is a gap, so many more (or fewer) pupils would close it.
        """
        goal = self.goal
        if isinstance(goal, Withheld) or isinstance(self.gap, Withheld):
            return 0
        if self.gap is not None:
            worse = -self.gap.high if self.rising else self.gap.low
        else:
            worse = 1 - goal.high if self.rising else goal.low
        return max(floor(worse * goal.n), 0)

    @property
    def target(self) -> int | Withheld:
        """The number of pupils that chance alone would rarely reach next time."""
        if isinstance(self.goal, Withheld):
            return self.goal
        count, n = self.goal.count, self.goal.n
        return attempt(beyond_chance, count, n, chance=self.chance, rising=self.rising)


@result
class Suggestions:
    """One suggestion of each kind at most, the one with the most pupils first.

    `formative` is the percentage of judgements made while teaching, None where none are recorded.
    """

    period: Label
    rows: tuple[Suggestion, ...]
    formative: Points | None


def priorities(
    school: School, found: Iterable[Finding], *, term: str, standards: Standards
) -> Plan:
    """Give the lines of a school's or a trust's plan with the figures that they name.

    Parameters
    ----------
    school : School
        With a table of priorities.
    found : iterable of records
        Exact ones, of this term's reports; schools of a trust are added up.
    term : str
        Lines that were due before its school year began are last year's.
    standards : Standards
        How rarely chance alone may reach a target.

    Raises
    ------
    NoRecords
        If there are no priorities.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> told = pd.DataFrame({"priority": ["More secure"], "baseline": [60.0], "target": [75.0]})
    >>> school = School(key="1", name="A", phase="primary", tables={"priorities": told})
    >>> plan = priorities(school, [], term="2025-26-autumn", standards=load_standards())
    >>> plan.this[0].label, plan.this[0].reached
    ('More secure', None)
    """
    told = school.table("priorities")
    if told.empty:
        raise NoRecords("The table of priorities has no rows yet", "each priority needs a row")
    each = _by_school(found)
    known = _by_name(_together(each))
    chance, began = standards.plan.chance, pd.Timestamp(Term(Term.parse(term).starts_in, 0).start)
    due = told.get("by", pd.Series(pd.NaT, index=told.index))
    schools = [_by_name(shares) for shares in each.values()]
    rows = [_reached(_priority(row, known, chance), schools) for _, row in told.iterrows()]
    last = (due < began).tolist()
    return Plan(
        period=term,
        last=tuple(row for row, past in zip(rows, last, strict=True) if past),
        this=tuple(row for row, past in zip(rows, last, strict=True) if not past),
    )


def suggestions(found: Iterable[Finding], *, term: str, standards: Standards) -> Suggestions:
    """Say what the reports suggest to work on.

    Parameters
    ----------
    found : iterable of records
        Exact ones, of this term's reports; schools of a trust are added up.
    term : str
        The term of the plan.
    standards : Standards
        How many to suggest, and how rarely chance alone may reach a target.

    Returns
    -------
    Suggestions
        Of each kind the one that surely concerns most pupils, all candidates allowed for; what may
        be chance is not suggested.

    Raises
    ------
    NoRecords
        If the reports hold nothing of the kind.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from writinggaps.standards import load_standards
    >>> said = {"question": "Who relies on scaffolds?", "measure": "relies on scaffolds",
    ...         "group": "all pupils", "period": "2025-26-autumn", "unit": "share of pupils"}
    >>> row = SimpleNamespace(**said, estimate=30 / 100, n=100, school="1")
    >>> found = suggestions([row], term="2025-26-autumn", standards=load_standards())
    >>> [(s.kind, s.at_least, s.target) for s in found.rows]
    [('scaffolds', 21, 19)]
    """
    found = list(found)
    each = _by_school(found)
    given = _together(each)
    candidates = [c for kind in _KINDS for c in _candidates(kind, given)]
    if not candidates:
        raise NoRecords("The reports of this run hold no figure that a priority could be made of")
    level = 1 - _CHANCE / len(candidates)
    chance = standards.plan.chance
    rows = [(_suggestion(c, given, level, chance), c) for c in candidates]
    best: dict[str, Suggestion] = {}
    for row, candidate in sorted(rows, key=lambda told: -told[0].at_least):
        if row.at_least and row.kind not in best:
            best[row.kind] = _in_schools(row, candidate, each, level, chance)
    mix = [r.estimate for r in found if r.question == _MIX and r.estimate is not None]
    return Suggestions(
        period=term,
        rows=tuple(best.values())[: standards.plan.suggested],
        formative=_PERCENT * sum(mix) / len(mix) if mix else None,
    )


_Name = tuple[str, str, str]
_Candidate = tuple[_Kind, _Name, _Name | None]


def _by_school(found: Iterable[Finding]) -> dict[str, dict[_Name, Share]]:
    """Give each school's latest shares of pupils by question, measure and group."""
    latest: dict[str, dict[_Name, Share]] = {}
    for row in sorted((r for r in found if r.unit == "share of pupils"), key=lambda r: r.period):
        if row.estimate is not None and row.n:
            name = (row.question, row.measure, row.group)
            latest.setdefault(row.school, {})[name] = share(round(row.estimate * row.n), row.n)
    return latest


def _together(each: Mapping[str, Mapping[_Name, Share]]) -> dict[_Name, Share]:
    """Add up the shares of schools, in the order in which they were told."""
    sums: dict[_Name, tuple[int, int]] = {}
    for shares in each.values():
        for name, part in shares.items():
            count, n = sums.get(name, (0, 0))
            sums[name] = count + part.count, n + part.n
    return {name: share(*told) for name, told in sums.items()}


def _by_name(shares: Mapping[_Name, Share]) -> dict[str, Share]:
    return {_named(m, g).casefold(): part for (_, m, g), part in shares.items()}


def _reached(row: Priority, schools: Iterable[Mapping[str, Share]]) -> Priority:
    """Count the schools that are at a priority's target."""
    name = row.measure.casefold()
    known = [row.at_target(shares[name]) for shares in schools if name in shares]
    return replace(row, schools=known.count(True), of_schools=len(known) - known.count(None))


def _in_schools(
    row: Suggestion,
    candidate: _Candidate,
    each: Mapping[str, Mapping[_Name, Share]],
    level: float,
    chance: float,
) -> Suggestion:
    """Count the schools whose own figures surely say the same."""
    names = {name for name in candidate[1:] if name is not None}
    known = [shares for shares in each.values() if names <= set(shares)]
    sure = sum(_suggestion(candidate, of, level, chance).at_least > 0 for of in known)
    return replace(row, schools=sure, of_schools=len(known))


def _candidates(kind: _Kind, given: Mapping[_Name, Share]) -> Iterator[_Candidate]:
    names = [name for name in given if name[0] == kind.question]
    if kind.paired == "next":  # reports record the two groups of a gap one after the other
        yield from ((kind, a, b) for a, b in zip(names[::2], names[1::2], strict=False))
    elif kind.paired:
        for name in names:
            beside = (*name[:2], kind.paired)
            if name != beside and beside in given:
                yield kind, name, beside
    else:
        yield from ((kind, name, None) for name in names if name[2] in (_EVERYBODY, _SAME))


def _suggestion(
    candidate: _Candidate, given: Mapping[_Name, Share], level: float, chance: float
) -> Suggestion:
    kind, name, beside = candidate
    goal, others = (None if n is None else _at(given[n], level) for n in (name, beside))
    gap = None
    if others is not None and beside is not None and goal is not None:
        gap = share_difference(goal, others, group_name=name[2], others_name=beside[2])
    return Suggestion(
        kind=kind.name,
        measure=name[1],
        group=name[2],
        most=_most(kind, name, given),
        goal=_at(given[name], level),
        rising=kind.rising,
        gap=gap,
        chance=chance,
    )


def _at(found: Share, level: float) -> Share:
    return share(found.count, found.n, level=level)


def _most(kind: _Kind, name: _Name, given: Mapping[_Name, Share]) -> str:
    """Name the part of all pupils in which most are concerned, where parts are recorded."""
    parts = {g: s for (q, m, g), s in given.items() if (q, m) == name[:2] and g != name[2]}
    if name[2] != _EVERYBODY or not parts:
        return ""
    return max(parts, key=lambda g: parts[g].n - parts[g].count if kind.rising else parts[g].count)


def _priority(row: pd.Series, known: Mapping[str, Share], chance: float) -> Priority:
    said = {c: _text(row.get(c)) for c in ("owner", "status", "aligned", "tell", "measure")}
    name, day = said["measure"], row.get("by")
    now: Share | Withheld = known.get(name.casefold()) or Withheld(
        reason="no_records", found="No figure of the reports has this name" if name else ""
    )
    near = hint(name.casefold(), known) if name and isinstance(now, Withheld) else ""
    return Priority(
        label=_text(row["priority"]),
        unknown=near if near.startswith("Did") else "",
        by="" if day is None or pd.isna(day) else str(day.date()),
        became=_text(row.get("last_year")),
        baseline=_number(row.get("baseline")),
        target=_number(row.get("target")),
        now=now,
        chance=chance,
        schools=0,
        of_schools=0,
        **said,
    )


def _text(found: object) -> str:
    return found.strip() if isinstance(found, str) else ""


def _number(found: object) -> float | None:
    return float(found) if isinstance(found, int | float) and found == found else None


def _named(measure: str, group: str) -> str:
    return measure if group in ("", _EVERYBODY) else f"{measure}, {group}"
