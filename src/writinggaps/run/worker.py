"""Do one job: in a child process, with limits, and once more where a second try is worth it.

`work` is what an executor is given. It can be sent to another process or machine, as long as the
paths of the job are there too.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from writinggaps.run.digest import seen_by
from writinggaps.run.isolate import CAN_FORK, ChildDied, TookTooLong, call
from writinggaps.run.jobs import Failure, Job, Product
from writinggaps.run.limits import limits, past
from writinggaps.run.plan import TRUST

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    from writinggaps.run.page import Heading

__all__ = ["ISOLATIONS", "produce", "work"]

ISOLATIONS = ("fork", "spawn", "kernel")
"""A warm forked child, a cold child, or a cold or warm child with a Jupyter kernel."""

_AGAIN = ("died",)


def work(
    job: Job,
    seen: str,
    isolation: str = "fork",
    make: Callable[[Job, bool], Product | Failure] | None = None,
) -> Product | Failure:
    """Make a job's page, or say why there is none.

    Parameters
    ----------
    job : Job
        What to do.
    seen : str
        The hash of its inputs when it was planned; a change since then is a failure.
    isolation : str, optional
        One of `ISOLATIONS`.
    make : callable, optional
        What makes the page, instead of `produce`.
    """
    made = _try(job, isolation, make or produce)
    if isinstance(made, Failure) and made.code in _AGAIN:
        made = _try(job, isolation, make or produce)
    if seen and seen_by(job) != seen:
        return Failure(
            code="input_changed",
            words="The school's data changed while the report was being written; run it again.",
        )
    return made


def produce(job: Job, kernel: bool) -> Product | Failure:
    """Execute, render and check one report, in this process."""
    from writinggaps.readers.front import already_read
    from writinggaps.run.execute import execute, findings_in, headline_in, proposed_in
    from writinggaps.run.gate import refused
    from writinggaps.run.lists import lists_page
    from writinggaps.run.page import render
    from writinggaps.run.workbook import workbook

    if job.school:
        already_read(str(job.parameters["data"]), job.school)
    ran = execute(job.notebook, job.parameters, kernel=kernel, beside=job.beside)
    if isinstance(ran, Failure):
        return ran
    heading, found = _heading(job, ran), findings_in(ran)
    page = render(ran, heading)
    failure = refused(job, ran, page)
    if failure:
        return failure
    return Product(
        page=page,
        findings=found,
        headline=headline_in(ran),
        proposed=proposed_in(ran),
        lists=lists_page(ran, name=heading.name, term=job.term, report=job.report),
        shapes={"xlsx": workbook(ran, heading, found)} if "xlsx" in job.shapes else {},
    )


def _heading(job: Job, notebook: NotebookNode) -> Heading:
    """Give the school's name and look as its own data say them."""
    from writinggaps.run.brand import logo_source
    from writinggaps.run.page import Heading

    read = notebook.metadata["schools"]
    if job.key == TRUST or len(read) != 1:
        return Heading(job.name, job.term, job.edition)
    logo = logo_source(str(job.parameters.get("data", "")), read[0]["logo"])
    return Heading(read[0]["name"], job.term, job.edition, logo, read[0]["accent"])


def _try(
    job: Job, isolation: str, make: Callable[[Job, bool], Product | Failure]
) -> Product | Failure:
    own = limits()
    fork = CAN_FORK and isolation != "spawn"
    kernel = isolation == "kernel"
    try:
        return call(make, job, kernel, seconds=own.seconds, megabytes=own.megabytes, fork=fork)
    except TookTooLong:
        return past("time_limit")
    except ChildDied:
        return Failure(code="died", words="The process that wrote the report died, twice.")
    except MemoryError:
        return past("memory_limit")
    except Exception as why:
        words = f"The report could not be made ({type(why).__name__}); the private log says more."
        return Failure(code="broken", words=words, private=traceback.format_exc())
