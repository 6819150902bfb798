"""Changes of gaps in words: the ladder, and whether it is one or two pupils.

The rungs have one wording everywhere. "Not significant" never becomes "no gap" or "no change": a
change that was not found is told with the change that could have been found.
"""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.disclosure import Released
from writinggaps.estimates.gate import Verdict
from writinggaps.measures.gaps.results import GapChange, Influence, PointsMoved
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    count_of,
    decimal,
    how_often,
    inside,
    plural,
    pupils,
    sentence_case,
    spelled,
    to_range,
)

__all__ = ["CHECKED", "carried", "gap_change", "how", "influence", "why_not"]

CHECKED = {
    "enough_pupils": "Both groups are large enough",
    "same_pupils_or_trend": "The same pupils were judged both times, or there are enough cohorts",
    "not_chosen_by_score": "The group was not chosen because it scored low",
    "same_assessment": "Both times were judged in the same way",
    "no_ceiling": "The other pupils had room to rise",
    "behind_at_start": "The group was behind at the start",
    "beyond_chance": "The change is more than chance gives",
    "same_on_every_scale": "It is the same as counted, in standard deviations and by rank",
    "own_level_rose": "The group itself did better",
    "worth_having": "The change is large enough to matter",
    "not_two_pupils": "It holds without any one or two pupils",
}
"""The checks of the gate as a reader is told of them."""

_OF_WIDER = (
    "enough_pupils",
    "same_pupils_or_trend",
    "not_chosen_by_score",
    "same_assessment",
    "no_ceiling",
    "same_on_every_scale",
    "not_two_pupils",
)


@sentence
def gap_change(value: GapChange, released: Released[GapChange]) -> str:
    """Say on the ladder what is known of a change."""
    said = _RUNGS[Verdict(value.verdict)].format(**_told_of(value, released))
    return f"{said}{_moved_away(value, released)}"


@sentence
def how(value: GapChange, released: Released[GapChange]) -> str:
    """Say how a change was worked out, for the end of a report."""
    many = "statement" if value.statements == 1 else "statements"
    return (
        f"The change of the gap between {value.group_name} and {value.others_name} was worked out "
        f"from {_whom(value, released)}, by {inside(value.measure)}, with Welch's interval at "
        f"{percent_of(value.level)}, so that all {spelled(value.statements)} {many} about gaps in "
        f"this report together are wrong as rarely as one would be alone."
    )


@sentence
def influence(value: Influence, released: Released[Influence]) -> str:
    """Say whether a gap is one or two pupils; how much they count for only staff are told."""
    if value.carried:
        said, even = "One or two pupils make this gap.", "without"
    elif value.decided:
        said, even = "One or two pupils decide which group is ahead.", "without"
    else:
        said, even = "It is not one or two pupils.", "even without"
    gap = f"{sentence_case(value.group_name)} are {_standing(value.estimate, value.others_name)}"
    if value.without is None or value.typical_without is None:
        return f"**{said}** {gap}."
    return (
        f"**{said}** {gap}; {even} those who count most they would be {_standing(value.without)}. "
        f"Leaving out two pupils of a typical cohort of this size would make it "
        f"{_standing(value.typical_without)}; {how_often(value.chance, released)} such cohorts "
        f"have two who count for as much."
    )


@sentence
def carried(value: Influence, released: Released[Influence]) -> str:
    """Say on page one that a gap is one or two pupils, and nothing where it is not."""
    return str(influence(released)) if value.carried else ""


def percent_of(level: float) -> str:
    """Write a confidence level with the places that it needs.

    Examples
    --------
    >>> percent_of(0.95), percent_of(0.9875)
    ('95%', '98.75%')
    """
    return f"{100 * level:.6g}%"


_RUNGS = {
    Verdict.CLOSING: "The gap between {who} **is closing**: {between} less than in {since}, for "
    "{whom}. It was {before} and is now {after}.",
    Verdict.SMALLER: "The gap between {who} **was {size} smaller** than in {since}, **within "
    "chance**: {whom} often give such a difference.{seen}",
    Verdict.UNDETECTED: "**No change could be detected** in the gap between {who} since {since}: "
    "{chance}.{seen}",
    Verdict.UNCHANGED: "The gap between {who} **has not changed {most}** since {since}, for "
    "{whom}.",
    Verdict.WIDER: "The gap between {who} **is wider**: {between} more than in {since}, for "
    "{whom}. It was {before} and is now {after}.",
    Verdict.CANNOT_SAY: "Whether the gap between {who} is {doing} **cannot be said**. It was "
    "{size} {way} than in {since}, more than chance gives, but {why}.",
}
"""One sentence for each rung of the ladder."""

_REASONS = {
    "enough_pupils": "one of the groups is too small",
    "same_pupils_or_trend": "{trend}",
    "not_chosen_by_score": "these pupils were chosen because they scored low, and such pupils rise "
    "whatever is done",
    "same_assessment": "the two times were judged in different ways",
    "no_ceiling": "many of the other pupils had the highest score and could not rise",
    "behind_at_start": "{group} were not behind to begin with",
    "same_on_every_scale": "it is not so on every scale",
    "own_level_rose": "{group} themselves did not do better",
    "worth_having": "that is less than the smallest change that matters",
    "not_two_pupils": "it rests on one or two pupils",
}
"""Why nothing is claimed, by the check of the gate that was not passed."""


def why_not(failed: Iterable[str], group: str, trend: str) -> str:
    """Say why a change may not be claimed, by the checks that it fails; `trend` says of how few."""
    reasons = [_REASONS[name] for name in failed if name in _REASONS]
    return and_list(reason.format(group=group, trend=trend) for reason in reasons)


def _told_of(value: GapChange, released: Released[GapChange]) -> dict[str, str]:
    """Give what the sentences of the ladder say of a change."""
    smaller, margin = value.estimate > 0, value.moved.margin
    way = "smaller" if smaller else "wider"
    size = _told(value, value.estimate, released)
    failed = [name for name in value.failed if smaller or name in _OF_WIDER]
    trend = "too few of the pupils were judged both times"
    if value.design != "same pupils":
        trend = f"{plural(value.cohorts, 'cohort')} are too few for a trend"
    return {
        "who": f"{value.group_name} and {value.others_name}",
        "whom": _whom(value, released),
        "since": Term.parse(value.since).spoken,
        "size": size,
        "way": way,
        "doing": "closing" if smaller else "growing",
        "between": _between(value, released),
        "before": _told(value, value.moved.before, released),
        "after": _told(value, value.moved.after, released),
        "chance": f"it was {size} {way}, within chance"
        if _shown(value.estimate)
        else "what there was is within chance",
        "most": f"by more than {_size(value, margin)} either way"
        if _shown(margin)
        else "by as much as would matter, either way",
        "why": why_not(failed, value.group_name, trend),
        "seen": _could_see(value),
    }


def _whom(value: GapChange, released: Released[GapChange]) -> str:
    group = pupils(value.n_group, released, noun=value.group_name)
    both = f"{group} and {pupils(value.n_others, released, noun=value.others_name)}"
    if value.design != "same pupils":
        return f"{both} in {plural(value.cohorts, 'cohort')}"
    return f"the same {both}" if released.exact else f"{both} judged both times"


def _unit(value: GapChange) -> str:
    return "point" if isinstance(value.moved, PointsMoved) else "scale point"


def _shown(size: float) -> bool:
    return abs(size) >= 0.5


def _size(value: GapChange, size: float) -> str:
    if not _shown(size):
        return f"less than one {_unit(value)}"
    return f"{decimal(abs(size))} {_unit(value)}{'' if decimal(abs(size)) == '1' else 's'}"


def _told(value: GapChange, size: float, released: Released[GapChange]) -> str:
    """Write a size, which shared editions are told in steps of several points."""
    if released.exact:
        return _size(value, size)
    return f"about {_size(value, size)}" if _shown(size) else f"a few {_unit(value)}s"


def _between(value: GapChange, released: Released[GapChange]) -> str:
    """Write the interval of a change that is known to be on one side of nothing."""
    ends = sorted((abs(value.low), abs(value.high)))
    same_side = value.low * value.high > 0 and _shown(ends[0])
    unit = f"{_unit(value)}s"
    about = "about " if released.exact else "roughly "
    if not same_side:
        return f"by up to {about}{decimal(max(ends))} {unit}"
    return f"{about}{to_range(ends[0], ends[1])} {unit}"


def _could_see(value: GapChange) -> str:
    if not _shown(value.moved.detectable):
        return ""
    return (
        f" A change of less than {_size(value, value.moved.detectable)} could not have been seen "
        f"with these numbers."
    )


def _moved_away(value: GapChange, released: Released[GapChange]) -> str:
    """Say whom the sentence is not about, where that is more than a few."""
    if value.design != "same pupils" or "same_pupils_or_trend" not in value.failed:
        return ""
    joined, gone = (count_of(n, released) for n in (value.joined, value.gone))
    return (
        f" This is only about pupils who were judged both times: {joined} were judged only at the "
        f"end, and {gone} only at the start."
    )


def _standing(value: float, others: str = "") -> str:
    if not _shown(value):
        return f"level with {others}" if others else "level"
    size = decimal(abs(value))
    points = f"{size} scale point{'' if size == '1' else 's'}"
    if value < 0:
        return f"{points} behind {others}" if others else f"{points} behind"
    return f"{points} ahead of {others}" if others else f"{points} ahead"
