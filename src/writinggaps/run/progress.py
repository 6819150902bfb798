"""What a person, or a scheduler, sees while a run is under way."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.run.jobs import Outcome

__all__ = ["Bar", "JsonLines", "Lines", "Quiet", "summary", "watch"]


class Quiet:
    """Is told of a run on its way and shows nothing; the other kinds show what they can."""

    def start(self, total: int, names: Mapping[str, str]) -> None:
        """Begin: so many reports, of schools with these names."""

    def stage(self, words: str) -> None:
        """Say what the run is at."""

    def tell(self, outcome: Outcome) -> None:
        """Tell one outcome."""

    def stop(self) -> None:
        """End."""


class Lines(Quiet):
    """Writes a line for each report: for logs, and where there is no terminal."""

    def __init__(self, to: TextIO | None = None) -> None:
        self.to = to or sys.stderr

    def tell(self, outcome: Outcome) -> None:
        """Write one line."""
        why = f": {outcome.failure.words}" if outcome.failure else ""
        print(f"{outcome.status} {outcome.job.id}{why}", file=self.to, flush=True)


class JsonLines(Lines):
    """Writes a line of JSON for each report, for schedulers."""

    def tell(self, outcome: Outcome) -> None:
        """Write one line of JSON."""
        job = outcome.job
        row = {"status": outcome.status, "school": job.key, "report": job.report}
        row |= {"edition": job.edition}
        if outcome.failure:
            row |= {"code": outcome.failure.code, "words": outcome.failure.words}
        print(json.dumps(row, ensure_ascii=False), file=self.to, flush=True)


class Bar(Quiet):
    """Draws a bar: how far, time left, failures so far, which school, and what the run is at."""

    _bar: Any
    _task: Any

    def start(self, total: int, names: Mapping[str, str]) -> None:
        """Draw the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        self.names, self.failures = names, 0
        words = TextColumn("{task.description}", markup=False)
        late = TextColumn("{task.fields[late]}", markup=False)
        columns = (BarColumn(24), MofNCompleteColumn(), TimeLeft(compact=True), late, words)
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("getting ready", total=total, late="")
        self._bar.start()

    def stage(self, words: str) -> None:
        """Say what the run is at, until the next report is there."""
        self._bar.update(self._task, description=words)

    def tell(self, outcome: Outcome) -> None:
        """Move the bar on."""
        self.failures += outcome.status == "failed"
        job = outcome.job
        self._bar.update(
            self._task,
            advance=1,
            description=f"{self.names.get(job.key) or job.key}: {job.report}, {job.edition}",
            late=f"{self.failures} failed" if self.failures else "",
        )

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def watch(kind: str) -> Quiet:
    """Give what shows a run: `quiet`, `json`, `lines`, or `auto`, a bar where a terminal is."""
    if kind == "auto":
        kind = "bar" if sys.stderr.isatty() else "lines"
    kinds: dict[str, type[Quiet]] = {"quiet": Quiet, "json": JsonLines, "lines": Lines, "bar": Bar}
    return kinds[kind]()


def summary(outcomes: tuple[Outcome, ...]) -> str:
    """Sum a run up in plain words that a data manager can forward.

    Examples
    --------
    >>> summary(())
    '0 reports were made and 0 were up to date.'
    """
    made = sum(o.status == "done" for o in outcomes)
    kept = sum(o.status == "unchanged" for o in outcomes)
    first = f"{_reports(made)} made and {kept} {'was' if kept == 1 else 'were'} up to date."
    failed = [o for o in outcomes if o.failure]
    if not failed:
        return first
    lines = [
        f"- {o.job.name or o.job.key} ({o.job.key}), {o.job.report}, {o.job.edition}: "
        f"{o.failure.words}"
        for o in failed
        if o.failure
    ]
    return "\n".join([first, f"{_reports(len(failed))} not made:", *lines])


def _reports(n: int) -> str:
    return f"{n} report was" if n == 1 else f"{n} reports were"
