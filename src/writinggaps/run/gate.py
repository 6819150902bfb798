"""The publish gate: a page that fails it is kept aside, and the last good one stays.

It asks whether the page is about the school of the plan and no other, shows only what disclosure
has passed, can be read by everyone, and is no larger than a page should be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from writinggaps.disclosure import Edition, rules
from writinggaps.disclosure.private import PRIVATE_MIME
from writinggaps.findings import MIME
from writinggaps.run.access import Page, access_faults, read_page
from writinggaps.run.jobs import Failure, Job
from writinggaps.run.limits import limits
from writinggaps.run.plan import TRUST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

__all__ = ["refused"]

_URN = re.compile(r"\d{6}")


def refused(job: Job, notebook: NotebookNode, html: str) -> Failure | None:
    """Say why a page may not be published, or give None.

    Parameters
    ----------
    job : Job
        What was to be made.
    notebook : NotebookNode
        As executed, with the schools it read in its metadata.
    html : str
        The page.
    """
    page = read_page(html)
    faults = {
        "wrong_school": _other_school(job, notebook) + _strangers(job, page),
        "undisclosed": _undisclosed(job, notebook),
        "inaccessible": access_faults(page),
        "too_large": _too_large(html),
    }
    found = [(code, fault) for code, listed in faults.items() for fault in listed]
    if not found:
        return None
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    listed = "\n".join(f"{code}: {fault}" for code, fault in found)
    words = f"The page was held back: {found[0][1]}{more}."
    return Failure(code=found[0][0], words=words, private=listed, page=html)


def _other_school(job: Job, notebook: NotebookNode) -> list[str]:
    """Compare the schools that were read with the school that was planned."""
    if job.key == TRUST:
        return []
    if all(_same(job, school) for school in notebook.metadata.get("schools", ())):
        return []
    return [f"its data are of another school than {job.key}, by their own settings; mend one"]


def _same(job: Job, school: Mapping[str, str]) -> bool:
    """Compare URNs where both have one, otherwise keys or names."""
    numbers = {school[part] for part in ("key", "urn") if _URN.fullmatch(school[part])}
    if numbers and _URN.fullmatch(job.key):
        return job.key in numbers
    return school["key"] == job.key or school["name"].casefold() == job.name.casefold()


def _strangers(job: Job, page: Page) -> list[str]:
    """Look for other planned schools; which one is not said, as the page may go to anyone."""
    said = " ".join(" ".join(page.words).split()).casefold()
    near = (word for word in map(str.casefold, job.strangers) if word in said)
    found = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in near)
    return ["the name or number of another school of the plan stands in it"] if found else []


def _undisclosed(job: Job, notebook: NotebookNode) -> list[str]:
    """In shared editions every output must be a face, since only faces are released."""
    if rules(Edition(job.edition)).exact:
        return []
    return [
        f"cell {place} shows something that disclosure has not passed"
        for place, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", ())
        if not _released(output)
    ]


def _released(output: NotebookNode) -> bool:
    """Whether an output is a face, shows nothing, or is printed and so not shown."""
    data = output.get("data", {})
    if PRIVATE_MIME in data:
        return False
    return MIME in data or not any(data.values())


def _too_large(html: str) -> list[str]:
    kilobytes, most = len(html.encode()) // 1024, limits().page_kilobytes
    return [f"it has {kilobytes} kB, and {most} are the most"] if kilobytes > most else []
