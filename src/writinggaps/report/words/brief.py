"""Page one: the few sentences that a busy reader reads."""

from __future__ import annotations

from writinggaps.report.faces import Prose

__all__ = ["in_brief"]

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


def _withheld(sentence: Prose) -> bool:
    return any(found.status == "withheld" for found in sentence.findings)
