"""What parents are told: a few sentences without school words, of released figures only."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.estimates import Share
from writinggaps.measures.attainment import Attainment
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.security.blocks import Security
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.given import given, whole_of
from writinggaps.report.words.language import inside, plain, sentence_case, share_of, so_many_of

__all__ = ["focus", "standing", "title", "writing"]


@sentence
def standing(value: Attainment, released: Released[Attainment]) -> str:
    """Say how many of the pupils write as is expected at their age."""
    found = given(whole_of(value.expected))
    if found is None:
        return "Our numbers are too small to show without telling about single children."
    return (
        f"In {Term.parse(value.period).spoken}, **{so_many_of(found, released)}** wrote as well as "
        f"is expected at their age."
    )


@sentence
def focus(value: Security, released: Released[Security]) -> str:
    """Say what pupils are surest of, and of what fewest are sure."""
    known = [(plain(b.label), b.secure) for b in value.blocks if isinstance(b.secure, Share)]
    if not known:
        return "It is too early to say which parts of writing they are sure of."
    best, most = max(known, key=lambda pair: pair[1].estimate)
    worst, fewest = min(known, key=lambda pair: pair[1].estimate)
    if most.estimate == fewest.estimate:
        return "They are as sure of one part of writing as of another."
    return (
        f"They are surest of {inside(best)}. The part that they find hardest is "
        f"**{inside(worst)}**: {share_of(fewest, released)} are sure of it so far."
    )


@sentence
def writing(value: Evidence, released: Released[Evidence]) -> str:
    """Say whether children wrote often enough by themselves to be judged."""
    found = whole_of(value.enough)
    if not isinstance(found, Share):
        return ""
    return (
        f"We want every child to write at least {value.expected:g} pieces a term all by "
        f"themselves. This term {share_of(found, released)} did."
    )


def title(value: Attainment, released: Released[Attainment]) -> str:
    """Give the title of a picture. Not a face: figures call it with what was released."""
    found = given(whole_of(value.expected))
    if found is None:
        return "How many write as is expected is not shown"
    return f"{sentence_case(share_of(found, released))} write as is expected at their age"
