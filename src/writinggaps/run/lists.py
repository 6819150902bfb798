"""Lists of pupils: taken out of a staff report, and put on a private page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.disclosure.private import PRIVATE_MIME
from writinggaps.report.faces import Table
from writinggaps.run.look import style, template, term_words

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["lists_page"]


def lists_page(notebook: NotebookNode, *, name: str, term: str, report: str) -> str:
    """Write the page of a notebook's private lists; empty where it has none."""
    outputs = (out for cell in notebook.cells for out in cell.get("outputs", ()))
    blocks = [o.data[PRIVATE_MIME] for o in outputs if PRIVATE_MIME in o.get("data", {})]
    if not blocks:
        return ""
    lists = [{"title": block["title"], "table": _table(block)} for block in blocks]
    words = report.replace("_", " ")
    told = {"name": name, "term": term_words(term), "report": words, "lists": lists}
    return template("lists").render(style=style(), **told)


def _table(block: NotebookNode) -> str:
    table = Table(
        caption=f"{block['title']}: {len(block['rows'])}",
        columns=tuple(column.replace("_", " ") for column in block["columns"]),
        rows=tuple(tuple(row) for row in block["rows"]),
    )
    return table._repr_html_()
