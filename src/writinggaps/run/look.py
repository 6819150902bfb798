"""What all our pages share: the style sheet, templates, and how a term is said."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["EDITIONS", "style", "template", "term_words"]

EDITIONS = {
    "staff": "For staff: exact figures, not to be passed on",
    "governors": "For governors: figures rounded, small groups not shown",
    "public": "For the public: figures rounded, small groups not shown",
}
"""Whom an edition is for, as its pages say it."""


@cache
def style() -> str:
    """Give the style sheet of our pages."""
    folder = Path(str(files("writinggaps.defaults")), "page")
    lines = (folder / "style.css").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines)


@cache
def template(name: str) -> Template:
    """Give one of our templates; what is put into it is escaped."""
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("writinggaps", "defaults/page")
    return Environment(loader=loader, autoescape=True).get_template(f"{name}.html.j2")


def term_words(term: str) -> str:
    """Say a term as people do.

    Examples
    --------
    >>> term_words("2025-26-autumn")
    'Autumn term 2025-26'
    """
    year, _, part = term.rpartition("-")
    return f"{part.capitalize()} term {year}" if year else term
