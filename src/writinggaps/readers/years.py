"""School years and terms in every spelling that exports use."""

from __future__ import annotations

import re

from writinggaps.readers.terms import PARTS

__all__ = ["term_text", "year_text"]

_PAIR = re.compile(r"(?<!\d)(20\d{2})\s*[-/_–—]?\s*(20)?(\d{2})(?!\d)")
_SHORT_PAIR = re.compile(r"(?<!\d)(\d{2})\s*[-/–—]\s*(\d{2})(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_PART = re.compile(r"\b(aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?:[ _-]?(?:term)?[ _-]?[12])?\b")


def year_text(text: str, *, single: str = "") -> str | None:
    """Read a school year in any spelling.

    Parameters
    ----------
    text : str
        Such as `2024/25`, `202425`, `2024-2025` or `24/25`.
    single : str, optional
        What a single year such as `2025` means: `end` (as in assessment data), `start` (as in the
        header of a common transfer file), or empty where it means nothing.

    Returns
    -------
    str or None
        As `2024-25`; None where it is not a school year.

    Examples
    --------
    >>> year_text("2024/2025"), year_text("202425"), year_text("2025", single="end")
    ('2024-25', '2024-25', '2024-25')
    """
    match = _PAIR.search(text)
    if match is not None:
        return _year(int(match[1]), int(match[3]))
    match = _SHORT_PAIR.search(text)
    if match is not None:
        return _year(2000 + int(match[1]), int(match[2]))
    match = _SINGLE.search(text) if single else None
    if match is None:
        return None
    start = int(match[1]) - (single == "end")
    return _year(start, (start + 1) % 100)


def term_text(text: str) -> str | None:
    """Read a term in any spelling; half terms give their term.

    Examples
    --------
    >>> term_text("Autumn 2 2025/26"), term_text("Spr 2026"), term_text("summer")
    ('2025-26-autumn', '2025-26-spring', None)
    """
    low = text.casefold()
    found = _PART.search(low.replace("-", " ").replace("_", " "))
    if found is None:
        return None
    part = next(p for p in PARTS if p.startswith(found[1][:3]))
    year = year_text(low, single="start" if part == "autumn" else "end")
    return f"{year}-{part}" if year else None


def _year(start: int, end: int) -> str | None:
    return f"{start}-{end:02d}" if (start + 1) % 100 == end else None
