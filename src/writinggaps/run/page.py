"""A finished notebook becomes one HTML page: no code, one file, nothing loaded from elsewhere.

nbconvert fills our own template (`defaults/page`). Everything that comes from data is escaped: the
HTML of our own faces is taken as it is, Markdown may not hold HTML, and any other output is shown
as plain text. What a cell prints is not shown at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import mistune
from jinja2 import pass_context
from markupsafe import Markup
from mistune.plugins.table import table
from nbconvert.exporters import TemplateExporter
from traitlets import default

from writinggaps.findings import MIME
from writinggaps.run.brand import accent_style
from writinggaps.run.look import EDITIONS, style, term_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

__all__ = ["Heading", "render", "title"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a report: of whom, of when, for whom; and the school's own look."""

    name: str
    when: str
    edition: str
    logo: str = ""
    accent: str = ""

    @property
    def term(self) -> str:
        """The term in words."""
        return term_words(self.when)

    @property
    def whom(self) -> str:
        """Whom the edition is for."""
        return EDITIONS.get(self.edition, "")

    @property
    def title(self) -> str:
        """Of whom and of when, for the foot of each printed page."""
        return " – ".join(part for part in (self.name, self.term) if part)


def render(notebook: NotebookNode, heading: Heading) -> str:
    """Write the page of an executed notebook.

    Returns
    -------
    str
        An HTML document; equal for equal outputs.
    """
    page, _ = _exporter().from_notebook_node(notebook, {"heading": heading})
    return str(page)


@cache
def _exporter() -> _Page:
    return _Page(default_preprocessors=[])  # type: ignore[no-untyped-call]


class _Page(TemplateExporter):
    """nbconvert's exporter with our template and filters."""

    file_extension = ".html"
    output_mimetype = "text/html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "page"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(files("writinggaps.defaults"))]

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Add our filters to nbconvert's."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield ("words", _words)
        yield ("shown", _shown)
        yield ("title", title)
        yield ("css_text", _css_text)
        yield ("accent_style", lambda accent: Markup(accent_style(accent)))  # noqa: S704 - colours only
        yield ("contents", _contents)

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        made = super()._init_resources(resources)  # type: ignore[no-untyped-call]
        made["style"] = Markup(style())  # noqa: S704 - our own file
        made["version"] = version("writinggaps")
        return dict(made)


@pass_context
def _words(context: Any, text: str) -> Markup:
    """Turn Markdown into HTML; its headings open sections with ids that are used once."""
    used = context["resources"].setdefault("ids", set())
    return Markup(_markdown(_Sections(used))(text))  # noqa: S704 - escaped by the renderer


def _shown(output: NotebookNode) -> str | Markup:
    """Choose how an output is shown."""
    data = output.get("data", {})
    if MIME in data and "text/html" in data:
        return Markup(data["text/html"])  # noqa: S704 - our faces escape what they show
    if "text/markdown" in data:
        made = _markdown(_Sentences(escape=True))(data["text/markdown"])
        return Markup(made)  # noqa: S704 - escaped by the renderer
    text = data.get("text/plain", "")
    return Markup("<pre>{}</pre>").format(text) if text else ""


def title(notebook: NotebookNode) -> str:
    """Give the report's own heading: the first of level one."""
    return next((words for level, words in _headings(notebook) if level == 1), "Report")


def _contents(notebook: NotebookNode) -> list[tuple[str, str]]:
    """Give the questions of the report with their ids, for the list at its head."""
    used: set[str] = set()
    listed = [(level, words, _id(words, used)) for level, words in _headings(notebook)]
    return [(slug, words) for level, words, slug in listed if level == 2]


def _headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """Give every heading of the notebook's own words as plain text."""
    found: list[tuple[int, str]] = []

    class Listing(mistune.HTMLRenderer):
        def heading(self, text: str, level: int, **_: Any) -> str:
            found.append((level, Markup(text).striptags()))  # noqa: S704 - tags are dropped
            return ""

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _markdown(Listing(escape=True))(cell.source)
    return found


def _css_text(words: str) -> Markup:
    """Write words as a text of a style sheet, in which only letters and digits stand as such."""
    plain = (c if c.isalnum() else f"\\{ord(c):x} " for c in words)
    return Markup(f'"{"".join(plain)}"')  # noqa: S704 - nothing is left that could end it


class _Sentences(mistune.HTMLRenderer):
    """Lets no sentence load a picture or lead anywhere: an address in a name is part of it."""

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return text


class _Sections(mistune.HTMLRenderer):
    """Lets each question open a section, so that a screen reader can list them."""

    def __init__(self, used: set[str]) -> None:
        super().__init__(escape=True)
        self.used = used

    def heading(self, text: str, level: int, **_: Any) -> str:
        slug = _id(Markup(text).striptags(), self.used)  # noqa: S704 - tags are dropped
        line = f'<h{level} id="{slug}">{text}</h{level}>\n'
        opening = f'</section>\n<section aria-labelledby="{slug}">\n' if level == 2 else ""
        return opening + line


def _id(words: str, used: set[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "part"
    while slug in used:
        slug += "-again"
    used.add(slug)
    return slug


def _markdown(renderer: mistune.HTMLRenderer) -> Any:
    return mistune.Markdown(renderer=renderer, plugins=[table])
