"""How the documentation site is built: `make docs`."""

import logging
from importlib.metadata import version as of

import papermill  # noqa: F401 - it loads our engine, which must not be what loads it
from pygments.lexers.special import TextLexer

project = "writinggaps"
author = "The writinggaps maintainers"
release = version = of("writinggaps")
language = "en-GB"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.apidoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "writinggaps"
html_static_path = ["screenshots"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#12436D", "color-brand-content": "#12436D"},
    "dark_css_variables": {"color-brand-primary": "#9cc8ee", "color-brand-content": "#9cc8ee"},
}
myst_heading_anchors = 3
apidoc_modules = [
    {
        "path": "../src/writinggaps",
        "destination": "api",
        "max_depth": 4,
        "separate_modules": True,
        "implicit_namespaces": False,
        "exclude_patterns": ["../src/writinggaps/run/warm.py", "../src/writinggaps/__main__.py"],
    }
]
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
suppress_warnings = [
    "myst.xref_missing",
    "docutils",
    "toc.not_included",
    "ref.python",  # a class that a package offers again is found twice
]

logging.getLogger("sphinx.sphinx.domains.python").addFilter(
    # a function that lives in a module of its own name is described under both
    lambda said: "duplicate object description" not in str(said.msg)
)

if tags.has("quick"):  # noqa: F821 - Sphinx gives it; `make check-docs` writes no reference, no gallery
    extensions.remove("sphinx.ext.apidoc")
    exclude_patterns += ["gallery.md", "api"]
    suppress_warnings += ["toc.not_readable", "toc.excluded"]


def setup(app):
    """Show examples of exports, and what is read of them, as the plain text that they are."""
    for name in ("csv", "result"):
        app.add_lexer(name, TextLexer)
