"""papermill engines that need no kernel.

`papermill --engine writinggaps` runs a notebook in a process of its own, as the runner does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from papermill.engines import Engine, papermill_engines

from writinggaps.run.isolate import call
from writinggaps.run.limits import limits
from writinggaps.run.shell import run_cells, run_text

if TYPE_CHECKING:
    from papermill.engines import NotebookExecutionManager

__all__ = ["HERE", "HereEngine", "WritinggapsEngine"]

HERE = "writinggaps-here"


class HereEngine(Engine):  # type: ignore[misc]
    """Runs cells in this process: for children that the runner has already set apart."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any
    ) -> None:
        """Run the cells of papermill's notebook in place."""
        del kernel_name
        run_cells(nb_man.nb, nb_man.cell_start, lambda *told: _after(nb_man, *told))


class WritinggapsEngine(Engine):  # type: ignore[misc]
    """Runs cells in a child process; the entry point `papermill.engine` of this package."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run the cells of papermill's notebook elsewhere and take over what they show."""
        del kernel_name
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


papermill_engines.register(HERE, HereEngine)
