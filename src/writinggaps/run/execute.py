"""Execute one notebook with papermill, and believe only a notebook that ran to its end.

papermill calls a notebook done whose cell called `sys.exit()`, and saves tracebacks with pupils'
text into its output file. Nothing is saved here, and every cell must have run.
"""

from __future__ import annotations

import builtins
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell
from papermill import PapermillExecutionError, execute_notebook
from papermill.engines import papermill_engines
from traitlets.config import Config

from writinggaps import problems
from writinggaps.findings import MIME, Finding, unmarked
from writinggaps.run.engine import HERE, HereEngine
from writinggaps.run.jobs import Failure
from writinggaps.run.limits import limits, past
from writinggaps.run.parameters import TAG
from writinggaps.run.stamp import CELL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

__all__ = ["execute", "findings_in", "headline_in", "proposed_in"]


papermill_engines.register(HERE, HereEngine)


def execute(
    notebook: str | Path,
    parameters: Mapping[str, object],
    *,
    kernel: bool = False,
    beside: Mapping[str, object] | None = None,
) -> NotebookNode | Failure:
    """Run a notebook with these parameters.

    Parameters
    ----------
    notebook : str or Path
        The file; it is only read.
    parameters : mapping
        Checked values, by the names that the notebook declares.
    kernel : bool, optional
        True to use a Jupyter kernel, False to run the cells in this process.
    beside : mapping, optional
        What `disclosure.beside` is told before the notebook begins.

    Returns
    -------
    NotebookNode or Failure
        The notebook with its outputs, or why there is none.
    """
    try:
        ran = execute_notebook(
            _given(nbformat.read(notebook, as_version=4), parameters, beside or {}),  # type: ignore[no-untyped-call]
            None,
            kernel_name="python3",
            progress_bar=False,
            **(_kernel() if kernel else {"engine_name": HERE}),
        )
    except PapermillExecutionError as why:
        return _cell_failure(why.cell_index, why.ename, why.evalue, "\n".join(why.traceback))
    except CellTimeoutError:
        return past("time_limit")
    except DeadKernelError:
        return Failure(code="died", words="The kernel that wrote the report died.")
    return _unfinished(ran) or _stamped(ran)


def findings_in(notebook: NotebookNode) -> tuple[Finding, ...]:
    """Collect the records that a notebook's outputs carry, each once, in their order."""
    blocks = [o.data[MIME] for o in _outputs(notebook) if MIME in o.get("data", {})]
    found = [Finding(**record) for block in blocks for record in block.get("findings", ())]
    return tuple(dict.fromkeys(found))


def headline_in(notebook: NotebookNode) -> str:
    """Give the first line that a notebook says, without its Markdown."""
    blocks = (o.data[MIME] for o in _outputs(notebook) if MIME in o.get("data", {}))
    said = "\n".join(block["text"] for block in blocks if block.get("kind") == "prose")
    first = next((line for line in said.splitlines() if line.strip()), "")
    return unmarked(first)


def proposed_in(notebook: NotebookNode) -> str:
    """Give the figures that a notebook showed of known pupils, as JSON; empty where none."""
    found = notebook.metadata["proposed"]
    return json.dumps(found) if found else ""


def _given(
    notebook: NotebookNode, parameters: Mapping[str, object], beside: Mapping[str, object]
) -> NotebookNode:
    """Put a cell with the parameters behind the cell that declares them, and a stamp last.

    papermill's own cell turns dates and paths into text, and leaves the values in the metadata.
    """
    lines = [f"{name} = {_literal(value)}" for name, value in parameters.items()]
    lines += [f"__import__('writinggaps.disclosure').disclosure.beside(**{dict(beside)!r})"]
    place = next(n for n, cell in enumerate(notebook.cells) if TAG in cell.metadata.get("tags", ()))
    cell = new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})  # type: ignore[no-untyped-call]
    notebook.cells.insert(place + 1, cell)
    notebook.cells.append(new_code_cell(CELL))  # type: ignore[no-untyped-call]
    return notebook


def _stamped(notebook: NotebookNode) -> NotebookNode:
    """Take the last cell off again, and keep which schools it saw."""
    block = notebook.cells.pop().outputs[0].data[MIME]
    notebook.metadata.update(schools=block["schools"], proposed=block["proposed"])
    return notebook


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"__import__('datetime').date.fromisoformat('{value}')"
    if isinstance(value, Path):
        return f"__import__('pathlib').Path({str(value)!r})"
    return f"float('{value!r}')" if isinstance(value, float) else repr(value)


def _kernel() -> dict[str, Any]:
    """Use a kernel that listens on files, not on ports, where the system has such."""
    transport = "tcp" if sys.platform == "win32" else "ipc"
    config = Config({"KernelManager": {"transport": transport}})
    return {"execution_timeout": limits().seconds, "config": config}


def _cell_failure(place: int, kind: str, said: str, traceback: str) -> Failure:
    """Tell a problem in its own words, and of anything else only its kind.

    The cell of parameters that was put in makes a place counted from 0 the cell's number as people
    count.
    """
    if kind == "MemoryError":
        return past("memory_limit")
    problem = getattr(problems, kind, None)
    private = _plain(f"Cell {place}\n{traceback}\n{kind}: {said}")
    if isinstance(problem, type) and issubclass(problem, problems.Problem):
        return Failure(code=problem("").code, words=_brief(said), private=private)
    named = kind if hasattr(builtins, kind) else "an error"  # a name may be made from data, too
    words = f"The report stopped in its cell {place} with {named}; the private log says more."
    return Failure(code="cell_error", words=words, private=private)


def _brief(said: str) -> str:
    """Put a problem on one line; of a long list of things to mend only the first three."""
    lines = said.splitlines()
    more = [f"And {len(lines) - 4} more; `writinggaps check` lists them."] if lines[4:] else []
    return " ".join(" ".join([*lines[:4], *more]).split())


def _unfinished(notebook: NotebookNode) -> Failure | None:
    """Refuse a notebook with an error output, a flag or a cell that did not run."""
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        errors = [o for o in cell.outputs if o.output_type == "error"]
        if errors or cell.execution_count is None or cell.metadata.papermill.exception:
            words = f"The report ended early, in its cell {place}, without an answer."
            return Failure(code="unfinished", words=words, private=_plain(str(errors)))
    return None


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [out for cell in notebook.cells for out in cell.get("outputs", ())]


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
