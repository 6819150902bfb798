"""Is support in the right place: who is out of which lessons, for how much, and to what gain?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.states import secured_by
from writinggaps.problems import NoRecords
from writinggaps.readers.evidence import seen
from writinggaps.readers.roll import on_roll
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Count, Label, Labels, PupilIds, Tally, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "MissedLessons",
    "MissedSubject",
    "SupportPlace",
    "TakenOutAgain",
    "Withdrawal",
    "withdrawal",
]

_STANDARD_SD = 15.0
"""Standard scores have this standard deviation: only on their scale is a gain known in SDs."""


@result
class MissedLessons:
    """Sessions that some pupils were out of a subject's lessons."""

    n: Count
    sessions: Tally


@result
class MissedSubject:
    """One subject."""

    label: Label
    missed: MissedLessons | Withheld


@result
class SupportPlace:
    """Sessions of support of some pupils, and how many of them were given in class."""

    n: Count
    in_class: Tally
    sessions: Tally

    @property
    def share(self) -> float:
        """The share given in class, between 0 and 1."""
        return min(self.in_class / self.sessions, 1.0) if self.sessions else 0.0


@result
class TakenOutAgain:
    """Pupils taken out term after term: which lessons they lost, and how many gained.

    `gained` counts, of those with standard scores from both ends, the pupils whose last score is
    above their first on the same test by more than a score moves by itself: a sustained gain.
    """

    n: Count
    subjects: Labels
    gained: Share | Withheld


@result
class Withdrawal:
    """Where a term's support was given, and what came of taking pupils out again and again.

    Parameters
    ----------
    subjects : tuple of MissedSubject
        Most sessions first.
    place : SupportPlace or Withheld
        Of all support in the term.
    place_before, aimed_before
        The same in the term `since`: before a change.
    aimed : Share or Withheld
        Pupils supported in something that they had not secured when it began, of those whose
        schemes name statements that their writing was looked at for.
    withdrawn : Share or Withheld
        Pupils taken out in the term, of those on roll.
    repeated : Share or Withheld
        Pupils taken out in the term and in at least `terms` terms in all, of those on roll.
    again : TakenOutAgain or Withheld
        What these pupils lost and gained.
    """

    period: Label
    since: Label
    terms: Constant
    subjects: tuple[MissedSubject, ...]
    place: SupportPlace | Withheld
    aimed: Share | Withheld
    place_before: SupportPlace | Withheld
    aimed_before: Share | Withheld
    withdrawn: Share | Withheld
    repeated: Share | Withheld
    again: TakenOutAgain | Withheld
    repeated_pupils: PupilIds


def withdrawal(school: School, *, term: str, standards: Standards, since: str = "") -> Withdrawal:
    """Say where support was given, which lessons it cost, and whether it was aimed right.

    Parameters
    ----------
    school : School
        With interventions; with statements too, to say whether support was aimed at something not
        yet secure.
    term : str
        Schemes that began in it are this term's; earlier ones count for how often pupils were
        taken out.
    standards : Standards
        When withdrawal is repeated, and which gain is a gain.
    since : str, optional
        The term before a change, to set this one against; the same term last year when not given.

    Raises
    ------
    NoRecords
        If no support of pupils on roll was recorded up to the term's end.
    """
    rules, asked = standards.for_phase(school.phase), Term.parse(term)
    roll = on_roll(school, term)
    since = since or str(asked.back(3))
    given = school.table("interventions")
    given = given[given["start"].le(pd.Timestamp(asked.end)) & given["group"].ne("comparison")]
    given = given.assign(out=given["place"].eq("withdrawn"), sessions=given["sessions"].fillna(0))
    earlier = given[given["start"].map(lambda day: str(Term.of(day.date()))).eq(since)]
    every = given[given["pupil_id"].isin(roll["pupil_id"])]
    if every.empty:
        raise NoRecords(
            f"No support was recorded up to {Term.parse(term).spoken}",
            "schemes have to be given with their pupils",
        )
    now = every[every["start"].ge(pd.Timestamp(asked.start))]
    out = every[every["out"]]
    out = out.assign(term=out["start"].map(lambda day: str(Term.of(day.date()))))
    often = out.groupby("pupil_id")["term"].nunique().ge(rules.withdrawal.repeated_terms)
    again = sorted(set(often[often].index) & set(now.loc[now["out"], "pupil_id"]))
    theirs = out[out["pupil_id"].isin(again)]
    return Withdrawal(
        period=term,
        since=since,
        terms=rules.withdrawal.repeated_terms,
        subjects=_subjects(now[now["out"]]),
        place=attempt(_place, now),
        aimed=attempt(_aimed, school, now, standards, term),
        place_before=attempt(_place, earlier),
        aimed_before=attempt(_aimed, school, earlier, standards, since),
        withdrawn=attempt(share, now.loc[now["out"], "pupil_id"], roll["pupil_id"]),
        repeated=attempt(share, again, roll["pupil_id"]),
        again=attempt(_again, theirs, rules.withdrawal.sustained_gain_sd),
        repeated_pupils=tuple(again),
    )


def _subjects(out: pd.DataFrame) -> tuple[MissedSubject, ...]:
    subject = out["missed_subject"].fillna("not recorded")
    found = out.groupby(subject).agg(n=("pupil_id", "nunique"), sessions=("sessions", "sum"))
    rows = found.sort_values("sessions", ascending=False, kind="stable").itertuples(name=None)
    return tuple(
        MissedSubject(label=str(name), missed=MissedLessons(n=int(n), sessions=int(sessions)))
        for name, n, sessions in rows
    )


def _place(now: pd.DataFrame) -> SupportPlace:
    if not now["sessions"].sum():
        raise NoRecords(
            "No sessions of support were recorded in the term", "sessions have to be given"
        )
    return SupportPlace(
        n=now["pupil_id"].nunique(),
        in_class=int(now.loc[~now["out"], "sessions"].sum()),
        sessions=int(now["sessions"].sum()),
    )


def _again(theirs: pd.DataFrame, sustained: float) -> TakenOutAgain:
    if theirs.empty:
        raise NoRecords("Nobody was taken out of lessons again and again")
    gains = _gains(theirs)
    return TakenOutAgain(
        n=theirs["pupil_id"].nunique(),
        subjects=tuple(sorted(theirs["missed_subject"].dropna().unique())),
        gained=attempt(share, gains.index[gains > sustained], gains.index),
    )


def _gains(out: pd.DataFrame) -> pd.Series:
    """Give each pupil's last score less the first, in standard deviations, on the same test."""
    scored = out[out["scale"].eq("standard")].dropna(subset=["pre", "post"]).sort_values("start")
    ends = scored.groupby(["pupil_id", "test"], dropna=False).agg(
        first=("pre", "first"), last=("post", "last"), schemes=("pre", "size")
    )
    most = ends.sort_values("schemes", kind="stable").groupby("pupil_id").tail(1)
    return ((most["last"] - most["first"]) / _STANDARD_SD).droplevel("test")


def _aimed(school: School, now: pd.DataFrame, standards: Standards, term: str) -> Share:
    """Count the pupils supported in something they had not secured on the day it began."""
    rule = standards.for_phase(school.phase).secure
    targets = now[["pupil_id", "start", "targets"]].dropna()
    found = seen(school, term)
    found = found[found["pupil_id"].isin(targets["pupil_id"])]
    held = secured_by(found, pieces=rule.independent_pieces, within_weeks=rule.within_weeks)
    targets = targets.assign(statement=targets["targets"].str.split(";")).explode("statement")
    targets["statement"] = targets["statement"].str.strip()
    looked_at = found[["pupil_id", "statement"]].drop_duplicates()
    known = targets.merge(looked_at, on=["pupil_id", "statement"])
    known = known.merge(held, "left", on=["pupil_id", "statement"])
    needed = known[~known["secured_on"].le(known["start"])]
    return share(needed["pupil_id"], known["pupil_id"])
