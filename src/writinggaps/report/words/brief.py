"""Sentences put together: page one, and answers that belong in one paragraph."""

from __future__ import annotations

from writinggaps.report.faces import Prose

__all__ = ["bullets", "four", "in_brief", "paragraph"]

_MOST = 5
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
        one leads with what is known; at most five are kept.

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
    said = [s for s in sentences if s.strip()]
    ordered = [*(s for s in said if not _withheld(s)), *(s for s in said if _withheld(s))]
    return Prose(bullets(*ordered[:_MOST]))


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


def _joined(sentences: tuple[Prose, ...], between: str, before: str = "") -> Prose:
    said = dict.fromkeys(s for s in sentences if s.strip())
    found = tuple(record for s in sentences for record in s.findings)
    return Prose(between.join(before + s for s in said), found)


def _withheld(sentence: Prose) -> bool:
    return bool(sentence.findings) and sentence.findings[0].status == "withheld"
