"""Sentences put together: page one, and answers that belong in one paragraph."""

from __future__ import annotations

from writinggaps.report.faces import Prose

__all__ = ["in_brief", "paragraph"]

_MOST = 5


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
    return Prose("\n".join(f"- {s}" for s in ordered[:_MOST]))


def paragraph(*sentences: Prose) -> Prose:
    """Put sentences that answer one question together, each with its record.

    What is withheld for the same reason is said once.

    Examples
    --------
    >>> paragraph(Prose("Girls are ahead."), Prose("Boys are behind."), Prose("Boys are behind."))
    'Girls are ahead. Boys are behind.'
    """
    said = dict.fromkeys(s for s in sentences if s.strip())
    return Prose(" ".join(said), tuple(found for s in sentences for found in s.findings))


def _withheld(sentence: Prose) -> bool:
    return any(found.status == "withheld" for found in sentence.findings)
