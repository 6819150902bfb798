"""Support in class and out of it, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.withdrawal import TakenOutAgain, Withdrawal
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.language import (
    and_list,
    count_of,
    percent,
    plain,
    pupils,
    sentence_case,
    so_many_of,
    spelled,
)
from writinggaps.withheld import Withheld

__all__ = ["repeatedly_withdrawn", "withdrawal"]


@sentence
def withdrawal(value: Withdrawal, released: Released[Withdrawal]) -> str:
    """Say how many pupils were taken out, of which lessons, and where support was given."""
    when = Term.parse(value.period).spoken
    if not isinstance(value.withdrawn, Share):
        return f"How many pupils were taken out of lessons in {when} is too few to be shown."
    if released.exact and not value.withdrawn.count:
        out = f"In {when} nobody was taken out of lessons for support."
    else:
        out = (
            f"In {when}, {so_many_of(value.withdrawn, released)} were taken out of lessons for "
            f"support{_most(value, released)}."
        )
    return f"{out}{_place(value, released)}{_aimed(value, released)}"


@sentence
def repeatedly_withdrawn(value: Withdrawal, released: Released[Withdrawal]) -> str:
    """Say how many pupils were taken out term after term, what they lost and what they gained."""
    terms = f"in {spelled(int(value.terms))} terms or more"
    if not isinstance(value.repeated, Share):
        return f"How many pupils were taken out of lessons {terms} is too few to be shown."
    if released.exact and not value.repeated.count:
        return f"Nobody taken out of lessons this term has been taken out {terms}."
    who = f"**{sentence_case(pupils(value.repeated.count, released))}**"
    have = "has" if released.exact and value.repeated.count == 1 else "have"
    return f"{who} {have} been taken out of lessons {terms}.{_again(value.again, released)}"


def _most(value: Withdrawal, released: Released[Withdrawal]) -> str:
    known = [s for s in value.subjects if not isinstance(s.missed, Withheld)]
    if not known or isinstance(known[0].missed, Withheld):
        return ""
    sessions = count_of(known[0].missed.sessions, released)
    return f", most from {plain(known[0].label)} ({sessions} sessions)"


def _place(value: Withdrawal, released: Released[Withdrawal]) -> str:
    if isinstance(value.place, Withheld):
        return ""
    about = "" if released.exact else "about "
    before = (
        ""
        if isinstance(value.place_before, Withheld)
        else f" ({about}{percent(value.place_before.share)} in {Term.parse(value.since).spoken})"
    )
    return (
        f" Of all sessions of support, {about}{percent(value.place.share)} were given in "
        f"class{before}."
    )


def _aimed(value: Withdrawal, released: Released[Withdrawal]) -> str:
    if not isinstance(value.aimed, Share):
        return ""
    said, before = so_many_of(value.aimed, released), ""
    if isinstance(value.aimed_before, Share):
        then = Term.parse(value.since).spoken
        before = f"; in {then} for {so_many_of(value.aimed_before, released)}"
    return f" For {said} support was aimed at something that they had not yet secured{before}."


def _again(again: TakenOutAgain | Withheld, released: Released[Withdrawal]) -> str:
    if isinstance(again, Withheld):
        return " What they lost and gained is not shown: they are too few."
    subjects = and_list(plain(s) for s in again.subjects)
    lost = f" They lost lessons in {subjects}." if subjects else ""
    if isinstance(again.gained, Withheld):
        why = (
            "is not shown: the numbers are too small"
            if again.gained.reason == "suppressed"
            else "cannot be said: there are no standard scores from both ends"
        )
        return f"{lost} Whether they gained {why}."
    gained = (
        "for none of them"
        if released.exact and not again.gained.count
        else f"for {so_many_of(again.gained, released)}"
    )
    return (
        f"{lost} Their last standard score is above their first {gained}. "
        f"There is no comparison, so this does not say what they would have done in their lessons."
    )
