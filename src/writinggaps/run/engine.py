"""papermill engines that need no kernel.

`papermill --engine writinggaps` runs a notebook in a process of its own, as the runner does. The
engines are made when they are asked for: papermill asks for its entry point while it is half
loaded, which it may be because this module is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat

from writinggaps.run.isolate import call
from writinggaps.run.limits import limits
from writinggaps.run.shell import run_cells, run_text

if TYPE_CHECKING:
    from papermill.engines import NotebookExecutionManager

__all__ = ["HERE"]

HERE = "writinggaps-here"


def __getattr__(name: str) -> Any:
    """Give `WritinggapsEngine`, or `HereEngine` for children that the runner has set apart."""
    ways = {"WritinggapsEngine": _apart, "HereEngine": _here}
    if name not in ways:
        raise AttributeError(name)
    from papermill.engines import Engine

    return type(name, (Engine,), {"execute_managed_notebook": staticmethod(ways[name])})


def _here(nb_man: NotebookExecutionManager, _kernel_name: str, **_: Any) -> None:
    """Run the cells of papermill's notebook in this process."""
    run_cells(nb_man.nb, nb_man.cell_start, lambda *told: _after(nb_man, *told))


def _apart(
    nb_man: NotebookExecutionManager,
    _kernel_name: str,
    execution_timeout: float | None = None,
    **_: Any,
) -> None:
    """Run the cells of papermill's notebook in a child process and take over what they show."""
    seconds = execution_timeout or limits().seconds
    text = nbformat.writes(nb_man.nb)  # type: ignore[no-untyped-call]
    ran = call(run_text, text, seconds=seconds, megabytes=limits().megabytes, fork=False)
    for place, cell in enumerate(nbformat.reads(ran, as_version=4).cells):  # type: ignore[no-untyped-call]
        own = nb_man.nb.cells[place]
        if cell.cell_type == "code":
            own.outputs, own.execution_count = cell.outputs, cell.execution_count
        nb_man.cell_start(own, place)
        sound = not any(o.output_type == "error" for o in own.get("outputs", ()))
        _after(nb_man, own, place, sound)
        if not sound:
            return


def _after(nb_man: NotebookExecutionManager, cell: Any, place: int, sound: bool) -> None:
    if not sound:
        nb_man.cell_exception(cell, place)
    nb_man.cell_complete(cell, place)
