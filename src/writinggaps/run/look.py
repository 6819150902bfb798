"""What all our pages share: the style sheet, and how a term is said."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["style", "term_words"]


@cache
def style() -> str:
    """Give the style sheet of our pages."""
    folder = Path(str(files("writinggaps.defaults")), "page")
    return (folder / "style.css").read_text(encoding="utf-8")


def term_words(term: str) -> str:
    """Say a term as people do.

    Examples
    --------
    >>> term_words("2025-26-autumn")
    'Autumn term 2025-26'
    """
    year, _, part = term.rpartition("-")
    return f"{part.capitalize()} term {year}" if year else term
