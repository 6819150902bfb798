"""Sentences put together: page one, and answers that belong in one paragraph."""

from __future__ import annotations

import re

from writinggaps.report.faces import Prose
from writinggaps.report.words.language import and_list

__all__ = ["bullets", "four", "in_brief", "known", "paragraph"]

_MOST = 5
_MISSING = re.compile(
    r"This cannot be said\. The school's data have no (\w+) table; this question is answered from "
    r"it\. The codebook says what the table \w+ holds\.\s*"
)
"""What is said of a question whose table was not supplied (`School.table`)."""
_FOUR = (
    "Above or below national?",
    "Is there a gap, and is it moving?",
    "Is it one or two pupils?",
    "What is in place?",
)


def in_brief(*sentences: Prose) -> Prose:
    """Put the most useful sentences on page one, as a list.

    Parameters
    ----------
    *sentences : Prose
        Already written, the most useful first. What could not be said comes last, so that page
        one leads with what is known; at most five are kept. Tables that were not supplied are
        named together, with what to do.

    Returns
    -------
    Prose
        Without records of its own: each sentence is recorded where its question is answered.

    Examples
    --------
    >>> print(in_brief(Prose("Most pupils are secure."), Prose("Seven are not.")))
    - Most pupils are secure.
    - Seven are not.
    """
    missing = [name for s in sentences for name in _MISSING.findall(s)]
    told = [Prose(_MISSING.sub("", s).strip(), s.findings) for s in sentences]
    said = [s for s in told if s]
    ordered = [*(s for s in said if not _withheld(s)), *(s for s in said if _withheld(s))]
    last = [_to_supply(missing)] if missing else []
    return Prose(bullets(*ordered[: _MOST - len(last)], *last))


def bullets(*sentences: Prose) -> Prose:
    """Put answers to one question below each other, each with its record.

    What is withheld for the same reason is said once.

    Examples
    --------
    >>> print(bullets(Prose("Girls are ahead."), Prose("Pupils with EAL are level.")))
    - Girls are ahead.
    - Pupils with EAL are level.
    """
    return _joined(sentences, "\n", "- ")


def four(national: Prose, gap: Prose, two: Prose, place: Prose) -> Prose:
    """Answer the four questions that are asked of every figure of a group, each by its name.

    Questions with the same answer, such as that there are no data, stand together.

    Examples
    --------
    >>> print(four(Prose("Below."), Prose("Wider."), Prose("No."), Prose("A club.")))
    - **Above or below national?** Below.
    - **Is there a gap, and is it moving?** Wider.
    - **Is it one or two pupils?** No.
    - **What is in place?** A club.
    >>> print(four(Prose("-"), Prose("-"), Prose("-"), Prose("A club.")))
    - **Above or below national? Is there a gap, and is it moving? Is it one or two pupils?** -
    - **What is in place?** A club.
    """
    asked: dict[Prose, list[str]] = {}
    for question, said in zip(_FOUR, (national, gap, two, place), strict=True):
        asked.setdefault(said, []).append(question)
    return bullets(*(Prose(f"**{' '.join(of)}** {s}", s.findings) for s, of in asked.items()))


def paragraph(*sentences: Prose) -> Prose:
    """Put sentences that answer one question together, each with its record.

    What is withheld for the same reason is said once.

    Examples
    --------
    >>> paragraph(Prose("Girls are ahead."), Prose("Boys are behind."), Prose("Boys are behind."))
    'Girls are ahead. Boys are behind.'
    """
    return _joined(sentences, " ")


def known(*sentences: Prose) -> Prose:
    """Put together what can be said; why the rest cannot be was told where it was asked first.

    Examples
    --------
    >>> from writinggaps.findings import Finding
    >>> unknown = Prose("This cannot be said.", (Finding(status="withheld"),))
    >>> known(Prose("Girls are ahead."), unknown)
    'Girls are ahead.'
    """
    return _joined(tuple(Prose("", s.findings) if _withheld(s) else s for s in sentences), " ")


def _joined(sentences: tuple[Prose, ...], between: str, before: str = "") -> Prose:
    said = dict.fromkeys(s for s in sentences if s.strip())
    found = tuple(record for s in sentences for record in s.findings)
    return Prose(between.join(before + s for s in said), found)


def _to_supply(missing: list[str]) -> Prose:
    names = [name.replace("_", " ") for name in dict.fromkeys(missing)]
    return Prose(
        f"**Not known yet**, as no tables were given: {and_list(names)}. A sheet of the workbook, "
        f"or a file such as {missing[0]}.csv beside pupils.csv, brings each answer; the codebook "
        "says what it holds."
    )


def _withheld(sentence: Prose) -> bool:
    return bool(sentence.findings) and all(f.status == "withheld" for f in sentence.findings)
