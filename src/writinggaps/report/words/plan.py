"""The development plan in words: what became of it, what its targets are worth, what next."""

from __future__ import annotations

from typing import Any

from writinggaps.disclosure import Released
from writinggaps.disclosure.editions import rules
from writinggaps.estimates import Share
from writinggaps.measures.plan import Plan, Priority, Suggestion, Suggestions
from writinggaps.readers.schema import default
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    few,
    inside,
    most_of,
    percent,
    plain,
    sentence_case,
    share_of,
    so_many_of,
    spelled,
)
from writinggaps.withheld import Withheld

__all__ = [
    "became",
    "concern",
    "goal",
    "in_schools",
    "last_year",
    "listed",
    "questions",
    "rounded",
    "suggested",
    "this_year",
    "title",
]

_FEWEST, _MOST, _SEVERAL = 3, 5, 2
_PERCENT = 100
_SAID = "plan.toml"
_SECURE = "secure: "


@sentence
def last_year(value: Plan, released: Released[Plan]) -> str:
    """Say how many of last year's priorities reached their targets."""
    if not value.last:
        return "No priorities of last year are in the table."
    known = [row for row in value.last if row.reached is not None]
    reached = [row for row in known if row.reached]
    sure = [row for row in reached if _surely(row) == "better"]
    if not known:
        return "Last year's priorities named no figure of the reports; what became of them is told."
    told = f"Of last year's {spelled(len(value.last))} priorities, {spelled(len(known))} can be"
    told = f"{told} measured." if len(value.last) > 1 else "Last year's priority can be measured."
    if not reached:
        return f"{told} {'It did not reach its' if len(known) == 1 else 'None reached its'} target."
    if len(known) == 1:
        beyond = "by more than chance gives" if sure else "within chance"
        return f"{told} It reached its target, {beyond}."
    at = f"{sentence_case(spelled(len(reached)))} of them reached the target"
    return f"{told} {at}, {spelled(len(sure)) if sure else 'none'} by more than chance gives."


@sentence
def this_year(value: Plan, released: Released[Plan]) -> str:
    """Say whether this year's priorities are few, measured, owned, and beyond chance."""
    rows = value.this
    if not rows:
        return "This year's priorities are not in the table yet."
    said = [f"This year there {_are(len(rows))}."]
    if not _FEWEST <= len(rows) <= _MOST:
        said.append(f"A team can hold {spelled(_FEWEST)} to {spelled(_MOST)}.")
    often = [row for row in rows if _often(row)]
    if often:
        names = and_list(f"“{plain(row.label)}”" for row in often)
        said.append(f"Chance alone would often reach the target of {names}; see the table.")
    for lacking, what in ((_unmeasured, "figure"), (_unowned, "owner or date")):
        names = and_list(f"“{plain(row.label)}”" for row in rows if lacking(row))
        said += [f"Without {what}: {names}."] if names else []
    said += [
        f"No figure is called “{plain(r.measure)}”. {plain(r.unknown)}" for r in rows if r.unknown
    ]
    return " ".join(said)


@sentence
def listed(value: Plan, _: Released[Plan]) -> str:
    """Name this year's priorities, for reports that do not show the plan."""
    if not value.this:
        return "This year's priorities are not in the table yet."
    said = [
        f"{plain(row.label)}{f' ({plain(row.status)})' if row.status else ''}" for row in value.this
    ]
    return f"This year's priorities: {'; '.join(said)}. The development plan has their figures."


@sentence
def suggested(value: Suggestions, released: Released[Suggestions]) -> str:
    """Name what surely concerns most pupils."""
    if not value.rows:
        return "Nothing in the reports stands out from what chance gives."
    first, *rest = value.rows
    others = f" Next: {and_list(_quiet(row) for row in rest)}." if rest else ""
    most = f"**{title(first)}**: {concern(first, released)}"
    return f"What surely concerns most pupils is {most}.{others}"


@sentence
def questions(value: Suggestions, released: Released[Suggestions]) -> str:
    """Ask the team one question for each area that the reports point to, with a first step."""
    asked: dict[str, str] = {}
    for row in value.rows:
        asked.setdefault(*_asked(row.kind, title=inside(title(row)), group=plain(row.group)))
    if value.formative is not None and value.formative < default(_SAID)["balance"]["below"]:
        asked.setdefault(*_asked("balance"))
    return "\n".join(f"- **{area}.** {said}" for area, said in asked.items())


def title(row: Suggestion) -> str:
    """Give a suggestion its name as a priority."""
    measure = plain(row.measure.removeprefix(_SECURE))
    return str(default(_SAID)[row.kind]["title"]).format(measure=measure, group=plain(row.group))


def concern(row: Suggestion, released: Released[Any]) -> str:
    """Say of how many pupils the reports found what, as a clause."""
    goal, gap = row.goal, row.gap
    if isinstance(goal, Withheld) or isinstance(gap, Withheld):
        return "not shown, to protect children"
    noun = "pupils" if row.gap is None else plain(row.group)
    left = Share(count=goal.n - goal.count, n=goal.n, level=goal.level)
    told = {"held": so_many_of(goal, released, noun=noun), "left": so_many_of(left, released)}
    told["most"] = f", most of them in {plain(row.most)}" if row.most else ""
    if gap is not None:
        told["others"] = f"{share_of(gap.others, released)} of {plain(gap.others_name)}"
    said = str(default(_SAID)[row.kind]["concern"]).format(**told)
    return f"{said}{in_schools(row, '; surely so', released)}"


def in_schools(row: Priority | Suggestion, what: str, released: Released[Any]) -> str:
    """Say in how many of a trust's schools something is so, to staff; nothing of one school."""
    if row.of_schools < _SEVERAL or not released.exact:
        return ""
    return f"{what} in {row.schools or 'none'} of {row.of_schools} schools"


def goal(
    of: Share | Withheld, target: int | Withheld | None, rising: bool, released: Released[Any]
) -> str:
    """Write a target that chance alone would rarely reach, or why there is none."""
    if isinstance(of, Withheld) or target is None:
        return ""
    if isinstance(target, Withheld):
        return "none: too few pupils"
    if few(target, released) or most_of(Share(count=target, n=of.n), released):
        return "not shown"
    about = "" if released.exact else "about "
    shown = rounded(target, released)
    least = f"{shown:,} of {of.n:,} pupils or {'more' if rising else 'fewer'}"
    return f"{about}{least} ({percent(shown / of.n)})"


def rounded(n: int, released: Released[Any]) -> int:
    """Round a number that was worked out from counts as its edition rounds counts."""
    step = 1 if released.exact else rules(released.edition).round_to
    return step * round(n / step)


def became(row: Priority, released: Released[Any]) -> str:
    """Say what became of a priority: measured where it can be, and in the school's words."""
    words = plain(row.became)
    if row.reached is None:
        return words or "not measured"
    side = "reached" if row.reached else "not reached"
    moved = {
        "better": "better by more than chance gives",
        "worse": "worse by more than chance gives",
    }
    return "; ".join(p for p in (side, moved.get(_surely(row), "within chance"), words) if p)


def _surely(row: Priority) -> str:
    """Say `better` or `worse` where the figure moved by more than chance gives."""
    if row.moved is None:
        return ""
    if row.moved.low > 0:
        return "better" if row.rising else "worse"
    if row.moved.high < 0:
        return "worse" if row.rising else "better"
    return ""


def _often(row: Priority) -> bool:
    """Whether chance alone would reach the target more often than it should."""
    if (
        row.target is None
        or row.before is None
        or isinstance(row.beyond, Withheld)
        or row.beyond is None
    ):
        return False
    needed = _PERCENT * row.beyond / row.before.n
    return row.target < needed if row.rising else row.target > needed


def _unmeasured(row: Priority) -> bool:
    return isinstance(row.now, Withheld) and not row.unknown


def _unowned(row: Priority) -> bool:
    return not row.owner or not row.by


def _are(n: int) -> str:
    return "is one priority" if n == 1 else f"are {spelled(n)} priorities"


def _quiet(row: Suggestion) -> str:
    return title(row)[:1].lower() + title(row)[1:]


def _asked(kind: str, **told: str) -> tuple[str, str]:
    """Give an area with its question and a first step."""
    said = default(_SAID)[kind]
    return said["area"], f"{said['ask'].format(**told)} *A first step:* {said['step']}."
