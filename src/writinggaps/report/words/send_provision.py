"""What is provided, and the school's own words, in words."""

from __future__ import annotations

from writinggaps.disclosure import Released
from writinggaps.measures.send.notes import SECTIONS, Note, Notes
from writinggaps.measures.send.provision import Given, Provision
from writinggaps.readers.terms import Term
from writinggaps.report.faces import sentence
from writinggaps.report.words.checks import day
from writinggaps.report.words.language import and_list, count_in, plain, pupils, spelled
from writinggaps.withheld import Withheld

__all__ = ["gained", "in_place", "own_words", "provision"]


@sentence
def provision(value: Provision, released: Released[Provision]) -> str:
    """Say how many schemes were given in a year, and which to most pupils."""
    given = [(s, s.given) for s in value.schemes if isinstance(s.given, Given)]
    since = Term.parse(value.since).spoken
    schemes = f"{spelled(len(value.schemes))} scheme{'s' if len(value.schemes) > 1 else ''}"
    if not given:
        return f"Since {since}, {schemes} had pupils, each too few to be told here."
    first, most = given[0]
    told = f"{plain(first.label)}: {pupils(most.n, released)}{_with_sen(most, released)}."
    if len(value.schemes) == 1:
        return f"Since {since}, one scheme was given, {told}"
    return f"Since {since}, {schemes} were given. Most pupils had {told}"


@sentence
def gained(value: Provision, released: Released[Provision]) -> str:
    """Say on which schemes pupils moved on meanwhile; the table has what they took."""
    schemes = [s for s in value.schemes if isinstance(s.given, Given)]
    if not schemes:
        return provision(released)
    known = {s.label: s.gained for s in schemes if not isinstance(s.gained, Withheld)}
    sure = [plain(label) for label, gain in known.items() if gain.low > 0]
    if not known:
        return "What pupils gained cannot be said: there are no standard scores to go by."
    if not sure:
        return "On none of the schemes did standard scores rise by more than chance gives."
    on = "every scheme" if len(sure) == len(schemes) > 1 else and_list(sure)
    return (
        f"Standard scores rose by more than chance gives among pupils on {on}; "
        "without a comparison group that does not say what made them rise."
    )


def _with_sen(given: Given, released: Released[Provision]) -> str:
    if isinstance(given.sen, Withheld):
        return ""
    nobody = released.exact and not given.sen.count
    return f", {'none' if nobody else count_in(given.sen, released)} of them with SEN"


@sentence
def in_place(value: Notes, released: Released[Notes], *, asked: bool = True) -> str:
    """Answer in the school's own words what is in place; if asked, say that nothing is written."""
    if value.notes or not asked:
        return " ".join(_quoted(note) for note in value.notes)
    where = f" (table called notes, section {plain(value.section)})" if released.exact else ""
    return f"The school has written nothing here yet{where}."


@sentence
def own_words(value: Notes, released: Released[Notes], *, heading: str) -> str:
    """Quote what the school wrote, the latest first; a heading only where there are words.

    Staff are told where to write.
    """
    if value.notes:
        return f"## {heading}\n\n" + "\n\n".join(f"> {_quoted(note)}" for note in value.notes)
    if not released.exact:
        return ""
    where = SECTIONS[value.report]
    sections = f"section{'s' if len(where) > 1 else ''} {and_list(where)}"
    return (
        f"## {heading}\n\n*Nothing has been written here yet. Rows of the table called notes, with "
        f"the report {plain(value.report)} and the {sections}, stand in these places from run to "
        "run; they are for staff unless their column called edition says more.*"
    )


def _quoted(note: Note) -> str:
    who = [plain(note.author)] if note.author else []
    when = [day(note.date)] if note.date else []
    by = ", ".join([*who, *when])
    return f"{plain(note.text)}{f' *({by})*' if by else ''}"
