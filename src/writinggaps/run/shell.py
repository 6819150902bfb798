"""Run a notebook's cells in this process, with the outputs that a kernel would give.

Starting a kernel takes most of the time of a report. The cells run in IPython's shell, which is
what a kernel runs them in, so that what they show is the same; a test holds that for each notebook.
The process should be a fresh one: the shell replaces `__main__` and the standard streams.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from nbformat import reads, writes
from nbformat.v4 import new_output
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbformat import NotebookNode

__all__ = ["run_cells", "run_text"]


def run_cells(
    notebook: NotebookNode,
    before: Callable[[NotebookNode, int], object] = lambda _cell, _place: None,
    after: Callable[[NotebookNode, int, bool], object] = lambda _cell, _place, _sound: None,
) -> None:
    """Run the code cells of a notebook and put their outputs into it; stop at the first error.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    before, after : callable
        Called around each cell with the cell and its place, `after` also with whether it ran well.
    """
    with tempfile.TemporaryDirectory() as folder:
        _Shell.clear_instance()
        shell = _Shell.instance(config=_CONFIG, profile_dir=ProfileDir(location=folder))
        for place, cell in enumerate(notebook.cells):
            before(cell, place)
            sound = cell.cell_type != "code" or not cell.source.strip() or _run(shell, cell)
            after(cell, place, sound)
            if not sound:
                return


def run_text(notebook: str) -> str:
    """Run a notebook given as text and give it back with its outputs."""
    made = reads(notebook, as_version=4)  # type: ignore[no-untyped-call]
    run_cells(made)
    return str(writes(made))  # type: ignore[no-untyped-call]


_CONFIG = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})


def _run(shell: _Shell, cell: NotebookNode) -> bool:
    shell.outputs = cell.outputs = []
    with _streams(shell.outputs):
        result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    cell.execution_count = result.execution_count
    return bool(result.success)


class _Hook(DisplayHook):
    """Takes the value of a cell's last line."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        count = self.prompt_count
        self.shell.add("execute_result", format_dict, md_dict, execution_count=count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Takes what a cell displays on the way."""

    shell: _Shell

    def publish(self, data: Any, metadata: Any = None, **_: Any) -> None:  # type: ignore[override]
        self.shell.add("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002 - no reader waits here
        self.shell.outputs.clear()


class _Shell(InteractiveShell):
    """IPython's shell, which keeps what is shown instead of showing it."""

    outputs: list[NotebookNode]

    def __init__(self, **kwargs: Any) -> None:
        self.outputs = []
        super().__init__(displayhook_class=_Hook, display_pub_class=_Publisher, **kwargs)  # type: ignore[no-untyped-call]

    def add(self, kind: str, data: Any, metadata: Any, **more: Any) -> None:
        plain = json.loads(json.dumps(data))
        self.outputs.append(new_output(kind, data=plain, metadata=metadata or {}, **more))  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        said = {"ename": etype.__name__, "evalue": str(evalue), "traceback": stb}
        self.outputs.append(new_output("error", **said))  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Open no windows."""


class _Stream(io.TextIOBase):
    """A standard stream that becomes an output."""

    def __init__(self, name: str, outputs: list[NotebookNode]) -> None:
        self.name = name
        self.outputs = outputs

    def write(self, text: str) -> int:
        since = takewhile(lambda out: out.output_type == "stream", reversed(self.outputs))
        own = next((out for out in since if out.name == self.name), None)
        if own is not None:
            own.text += text
        elif text:
            self.outputs.append(new_output("stream", name=self.name, text=text))  # type: ignore[no-untyped-call]
        return len(text)


@contextmanager
def _streams(outputs: list[NotebookNode]) -> Iterator[None]:
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept
