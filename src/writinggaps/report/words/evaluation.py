"""Schemes in words: what page one says of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.findings import Finding
from writinggaps.measures.evaluation.results import Scheme, SchemeRow, Schemes
from writinggaps.readers.terms import Term
from writinggaps.report.faces import Prose, sentence
from writinggaps.report.words.language import (
    and_list,
    decimal,
    plain,
    sentence_case,
    so_many_of,
    spelled,
)
from writinggaps.withheld import Withheld

__all__ = [
    "LADDER",
    "both_ends",
    "enough",
    "given",
    "needed",
    "no_group",
    "not_gained",
    "spent",
    "step",
    "title",
    "title_of_pairs",
    "together",
    "worth",
]

LADDER = {
    "strong_helped": "strong evidence that it helped",
    "some_helped": "some evidence that it helped",
    "cannot_tell": "cannot tell whether it helped",
    "some_not": "some evidence that it did not help",
    "harm": "evidence of harm",
}
"""The five steps, in the words of every report."""

_HALF = 0.5


@sentence
def together(value: Schemes, released: Released[Schemes]) -> str:
    """Say how many schemes were run, and of how many it can be told whether they helped."""
    names = {name: _names(value, name) for name in LADDER}
    told = [
        f"**{and_list(names[name])}**: {LADDER[name]}."
        for name in ("strong_helped", "some_helped", "harm", "some_not")
        if names[name]
    ]
    unsure = len(names["cannot_tell"])
    hidden = len(value.rows) - sum(len(n) for n in names.values())
    run = "one scheme" if len(value.rows) == 1 else f"{spelled(len(value.rows))} schemes"
    parts = [f"Up to {Term.parse(value.period).spoken}, {run} had been run.", *told]
    if unsure and hidden:
        they = "it" if unsure == 1 else "they"
        parts.append(f"Of {spelled(unsure)} of them nobody can tell whether {they} helped.")
    elif unsure:
        parts.append(f"Nobody can tell whether {_which(unsure, len(value.rows))} helped.")
    if hidden:
        parts.append(f"{sentence_case(spelled(hidden))} had too few pupils to be shown.")
    return Prose(" ".join(parts), tuple(f for row in value.rows for f in _records(value, row)))


def _which(unsure: int, run: int) -> str:
    """Name the schemes of which nothing can be told, beside those of which something can."""
    if unsure == run:
        return "it" if run == 1 else "any of them"
    return "the other" if unsure == 1 else f"the other {spelled(unsure)}"


def _records(value: Schemes, row: SchemeRow) -> tuple[Finding, ...]:
    """Record what is known of one scheme: its effect or else its gain, and its ratio gain."""
    about = Finding(question="did it work", group=row.label, period=value.period)
    s = row.scheme
    if isinstance(s, Withheld):
        return (replace(about, measure="scheme", status="withheld", reason=s.reason),)
    figures = {"scheme_effect": s.effect, "scheme_gain": s.gain, "ratio_gain": s.ratio}
    known = {name: of for name, of in figures.items() if not isinstance(of, Withheld)}
    if "scheme_effect" in known:
        known.pop("scheme_gain", None)
    codes = [*s.reasons, *(["left_on_success"] if s.left_on_success else [])]
    codes += [] if isinstance(s.ratio, Withheld) else s.ratio.cautions
    return tuple(
        replace(
            about,
            measure=name,
            estimate=of.estimate,
            low=of.low,
            high=of.high,
            level=of.level,
            unit=of.unit,
            n=of.n,
            method=of.method,
            verdict=step(s),
            reason=", ".join(codes),
        )
        for name, of in known.items()
    )


@sentence
def worth(value: Schemes, _: Released[Schemes]) -> str:
    """Warn of gains that look like success and need no scheme to come about."""
    unsure = [s for s in _shown(value) if no_group(s)]
    useful = [s for s in unsure if _looks_useful(s)]
    nothing = [s for s in unsure if s not in useful and _beyond(s) is False]
    more = [s for s in unsure if _beyond(s)]
    left = [s for s in _shown(value) if s.left_on_success]
    said = {
        "The ratio gain of {} looks useful. But pupils who scored as low as these would have shown "
        "as much, or nearly as much, with no teaching at all.": useful,
        "Low scores rise by themselves. Once that is allowed for, the gain of {} could be "
        "chance.": nothing,
        "The gain of {} is more than low scores rise by themselves. With nobody to compare with, "
        "nobody can tell what made it.": more,
        "Pupils left {} when they had met their target or were referred on, so the number of "
        "sessions does not tell how many are needed.": left,
    }
    parts = [text.format(_and(found)) for text, found in said.items() if found]
    return " ".join(parts) or "No gain can be set against what would have come without teaching."


@sentence
def needed(value: Schemes, _: Released[Schemes]) -> str:
    """Say what would have to be done to know more."""
    without = [s for s in _shown(value) if no_group(s)]
    if not _shown(value):
        return "No scheme can be shown: the groups are too small."
    if not without:
        return "Every scheme that can be shown has pupils to compare with."
    many = "one scheme has" if len(without) == 1 else f"{spelled(len(without))} schemes have"
    return (
        f"**Next:** {many} nobody to compare with. List the pupils who need "
        f"support, and draw by lot who is taught first. Test all of them at the same times, before "
        f"the others begin."
    )


@sentence
def spent(value: Schemes, released: Released[Schemes]) -> str:
    """Say what schemes took: sessions, lessons given up, and money."""
    schemes, step_ = _shown(value), 1 if released.exact else 5
    if not schemes:
        return ""
    doses = [s.dose.per_pupil for s in schemes if not isinstance(s.dose, Withheld)]
    pounds = [s.cost.pounds for s in schemes if not isinstance(s.cost, Withheld)]
    sessions = [step_ * round(dose / step_) for dose in doses]
    about = "" if released.exact else "about "
    dose = f"Pupils had {about}{_from_to(sessions)} sessions each on average. " if sessions else ""
    cost = (
        f"It cost {about}{_from_to(pounds, '£')} a pupil" if pounds else "What it cost is not known"
    )
    return f"{dose}{_missed(schemes)}{cost}."


def _missed(schemes: list[Scheme]) -> str:
    """Say for how many schemes lessons were missed; nothing where it is hidden for one."""
    lost = [s for s in schemes if not isinstance(s.lost, Withheld)]
    hidden = [s for s in schemes if isinstance(s.lost, Withheld) and s.lost.reason != "no_records"]
    if hidden:
        return ""
    if not lost:
        return "No missed lessons are recorded. "
    which = "every scheme" if len(lost) == len(schemes) else f"{spelled(len(lost))} of the schemes"
    return f"Lessons were missed for {which}. "


def _from_to(numbers: Sequence[float], unit: str = "") -> str:
    least, most = (f"{unit}{decimal(pick(numbers))}" for pick in (min, max))
    return least if least == most else f"{least} to {most}"


@sentence
def enough(value: Schemes, released: Released[Schemes]) -> str:
    """Say how large an effect would have to be to be seen with as many pupils as now."""
    places = 2 if released.exact else 1
    told = [
        f"{plain(s.scheme)}: {decimal(s.detectable, places)}"
        for s in _shown(value)
        if step(s) == "cannot_tell" and not isinstance(s.detectable, Withheld)
    ]
    if not told:
        return ""
    return (
        f"With as many pupils as now, the smallest effect that would probably be seen, in standard "
        f"deviations. {'; '.join(told)}. Where nobody was compared with, half of the pupils would "
        f"wait. Pupils of several years or schools, taken together, show smaller effects."
    )


@sentence
def not_gained(value: Schemes, released: Released[Schemes]) -> str:
    """Say of each scheme how many pupils did not gain."""
    said = [
        f"{plain(s.scheme)}: {so_many_of(s.not_moved, released)}"
        for s in _shown(value)
        if isinstance(s.not_moved, Share)
    ]
    if not said:
        return "How many pupils did not gain is not shown."
    return (
        f"Pupils taught who did not gain (on a scale of ages: not as much as time passed). "
        f"{'; '.join(said)}. A single pupil's two scores differ by chance: look at the work "
        f"before anything is decided."
    )


def title_of_pairs(value: Schemes) -> str:
    """Give the headline of the picture of scores before and after."""
    known = [s for s in _shown(value) if isinstance(s.not_moved, Share)]
    many = [s for s in known if isinstance(s.not_moved, Share) and s.not_moved.estimate >= _HALF]
    if many:
        return f"Half of the pupils or more did not gain in {_and(many)}"
    if not known:
        return "How many pupils gained is not shown"
    every = "every scheme" if len(known) == len(value.rows) else "every scheme that is shown"
    return f"Most pupils gained in {every}"


def given(*sentences: Prose) -> tuple[Prose, ...]:
    """Leave out what was not asked for: sentences that lack their records, unless all do.

    Examples
    --------
    >>> given(Prose("Four schemes had been run."))
    ('Four schemes had been run.',)
    """
    kept = [s for s in sentences if all(f.reason != "no_records" for f in s.findings)]
    return tuple(kept) or sentences[:1]


@sentence
def both_ends(value: Schemes, released: Released[Schemes]) -> str:
    """Say of each scheme how many pupils have scores from both ends."""
    said = [f"{plain(s.scheme)}: {so_many_of(s.tested, released)}" for s in _shown(value)]
    if not said:
        return "No scheme has enough pupils to be shown."
    return f"Pupils taught who have a score before and one after. {'; '.join(said)}."


def step(s: Scheme) -> str:
    """Give the step of the ladder; what has no shown effect cannot be told."""
    return "cannot_tell" if isinstance(s.effect, Withheld) else s.verdict


def title(value: Schemes) -> str:
    """Give the headline of a picture: which schemes are known to have helped, or harmed."""
    helped, harmed = (
        and_list([n for name in steps for n in _names(value, name)])
        for steps in (("strong_helped", "some_helped"), ("harm",))
    )
    if helped:
        return f"There is evidence that {helped} helped"
    return f"There is evidence that {harmed} did harm" if harmed else "No scheme is known to help"


def no_group(s: Scheme) -> bool:
    """Say whether a scheme has nobody to compare with, or too few."""
    return isinstance(s.effect, Withheld) and isinstance(s.before, Withheld)


def _looks_useful(s: Scheme) -> bool:
    if isinstance(s.ratio, Withheld) or s.ratio.after_regression is None:
        return False
    after = s.ratio.after_regression
    return s.ratio.band != after.band and after.estimate < s.ratio.estimate and not _beyond(s)


def _beyond(s: Scheme) -> bool | None:
    """Say whether the gain is more than regression to the mean gives; None where not known."""
    if not isinstance(s.ratio, Withheld):
        after = s.ratio.after_regression
        return None if after is None or after.low is None else after.low > 1
    return None if isinstance(s.chance, Withheld) else s.chance.beyond[1] > 0


def _and(schemes: list[Scheme]) -> str:
    return and_list(plain(s.scheme) for s in schemes)


def _shown(value: Schemes) -> list[Scheme]:
    return [row.scheme for row in value.rows if not isinstance(row.scheme, Withheld)]


def _names(value: Schemes, wanted: str) -> list[str]:
    return [plain(s.scheme) for s in _shown(value) if step(s) == wanted]
