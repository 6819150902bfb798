"""What keeps a page from being read by everyone, found without a browser.

These checks catch what a change to a notebook can break: headings, alternative text, captions,
names of links, and anything that is loaded from elsewhere or could run.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

__all__ = ["Page", "access_faults", "read_page"]

_SILENT = {"style", "script", "title"}
_SPOKEN = ("alt", "aria-label", "title")
_NEVER = {"script", "iframe", "object", "embed", "form", "base"}
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)
_RUNS = re.compile(r"\s*(javascript|vbscript|data(?!:text/csv;)):", re.IGNORECASE)
_DEFAULT_ALT = "no description has been provided"


class Page(HTMLParser):
    """A page taken apart: what it says, and what is wrong with how.

    Attributes
    ----------
    words : list of str
        What a reader sees or hears, in order.
    faults : list of str
        As clauses.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.faults: list[str] = []
        self.title = self.lang = ""
        self.levels: list[int] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._tables: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check one element as it opens."""
        told = {name: value or "" for name, value in attrs}
        self.words += [told[name] for name in _SPOKEN if told.get(name)]
        self._check_safety(tag, told)
        if tag == "html":
            self.lang = told.get("lang", "")
        elif re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        elif tag == "img":
            self._check_alt(told.get("alt", ""))
        elif tag == "svg":
            self._check_svg(told)
        elif tag == "table":
            self._tables.append(set())
        elif tag in ("caption", "th") and self._tables:
            self._tables[-1].add(tag if tag == "caption" else f"th {told.get('scope', '')}")
        self._note_ids(tag, told)
        if tag not in ("meta", "link", "img", "br", "hr", "input"):
            self._open.append((tag, told))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element that has nothing inside."""
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1][0] == tag:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check a table as it closes."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "table" and self._tables:
            parts = self._tables.pop()
            if "caption" not in parts:
                self.faults.append("a table has no caption")
            if not parts & {"th col", "th row"}:
                self.faults.append("a table has no headings with a scope")

    def handle_data(self, data: str) -> None:
        """Take what is said."""
        inside = {tag for tag, _ in self._open}
        if "title" in inside and "svg" not in inside:
            self.title += data
        if "style" in inside and _OUTSIDE.search(data):
            self.faults.append("a style loads something from elsewhere")
        if not inside & _SILENT:
            self.words.append(data)

    def _check_safety(self, tag: str, told: dict[str, str]) -> None:
        if tag in _NEVER:
            self.faults.append(f"there is a <{tag}>")
        if any(name.startswith("on") for name in told):
            self.faults.append("an element has code that could run")
        if _RUNS.match(told.get("href", "")):
            self.faults.append("a link has code that could run")
        source = told.get("src", "") + (told.get("href", "") if tag != "a" else "")
        if source and not re.match("data:image/|#", source):
            self.faults.append("something is loaded from elsewhere")
        if _OUTSIDE.search(told.get("style", "")):
            self.faults.append("a style loads something from elsewhere")

    def _check_alt(self, alt: str) -> None:
        if not alt.strip() or alt.lower().startswith(_DEFAULT_ALT):
            self.faults.append("a picture has no alternative text")

    def _check_svg(self, told: dict[str, str]) -> None:
        around = [told, *(attributes for _, attributes in self._open)]
        if not any(a.get("role") == "img" and a.get("aria-label", "").strip() for a in around):
            self.faults.append("a chart has no alternative text")

    def _note_ids(self, tag: str, told: dict[str, str]) -> None:
        if not any(opened == "svg" for opened, _ in self._open) and tag != "svg":
            self.ids.update([told["id"]] if "id" in told else [])
            self.wanted.update(told.get("aria-labelledby", "").split())
            if told.get("href", "").startswith("#"):
                self.wanted.add(told["href"][1:])


def read_page(html: str) -> Page:
    """Take a page apart.

    Examples
    --------
    >>> read_page("<p>12 of <b>23</b></p>").words
    ['12 of ', '23']
    """
    page = Page()
    page.feed(html)
    page.close()
    return page


def access_faults(page: Page) -> list[str]:
    """List what keeps a page from being read by everyone, each once.

    Examples
    --------
    >>> access_faults(read_page('<html lang="en-GB"><title>A</title><h1>A</h1><img src="#">'))
    ['a picture has no alternative text']
    """
    faults = list(page.faults)
    if not page.lang:
        faults.append("its language is not given")
    if not page.title.strip():
        faults.append("it has no title")
    if page.levels.count(1) != 1:
        faults.append(f"it has {page.levels.count(1)} main headings instead of 1")
    if any(lower > upper + 1 for upper, lower in pairwise(page.levels)):
        faults.append("a level of headings is skipped")
    if any(page.ids[name] != 1 for name in page.wanted):
        faults.append("a link or label does not lead to one place")
    return list(dict.fromkeys(faults))
