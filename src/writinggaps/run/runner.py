"""Run a plan: school reports first, then those that read what they found.

Each report is made in a process of its own, put into place whole, and only then recorded. What one
school's data break stays with that school.
"""

from __future__ import annotations

import contextlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from writinggaps.problems import BadPlan, hint
from writinggaps.run.beside import findings_of, told_in, turns
from writinggaps.run.digest import code, digest_of, seen_by
from writinggaps.run.isolate import all_end, expect
from writinggaps.run.jobs import Failure, Job, Outcome, Product, first_pass, second_pass
from writinggaps.run.ledger import Ledger
from writinggaps.run.lock import locked
from writinggaps.run.memory import Looked, keep, look
from writinggaps.run.overview import overview
from writinggaps.run.pdf import NO_BROWSER, CannotPrint, Printer, find_browser
from writinggaps.run.plan import TRUST
from writinggaps.run.progress import Quiet
from writinggaps.run.publish import PRIVATE, as_json, cannot_write, files_of, put, sweep
from writinggaps.run.steady import steady
from writinggaps.run.worker import produce, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from writinggaps.run.plan import Plan, PlannedSchool

__all__ = ["Run", "Settings", "run"]

_TOGETHER = 64
"""Schools that are read, and then reported on, together: some 40 MB of primary schools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to run.

    Parameters
    ----------
    only : str
        Key of the one school to run; empty for all.
    force : bool
        True to run what is unchanged, too.
    jobs : int
        Reports made at a time.
    isolation : str
        One of `writinggaps.run.worker.ISOLATIONS`.
    executor : Executor, optional
        Where to send jobs, instead of threads that each guard one child process.
    make : callable
        What makes a page; importable by name.
    """

    only: str = ""
    force: bool = False
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    isolation: str = "fork"
    executor: Executor | None = None
    make: Callable[[Job, bool], Product | Failure] = produce


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run came to: every outcome in the order of the plan, and the index page, if written.

    `notes` say what else a person should know, such as that no browser could make PDFs.
    `changed` says by key what is different in a school's data since the last time.
    """

    outcomes: tuple[Outcome, ...]
    index: Path | None
    changed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The reports that could not be made."""
        return tuple(o for o in self.outcomes if o.status == "failed")

    @property
    def code(self) -> int:
        """The exit code: 0 all done, 1 some failed."""
        return 1 if self.failed or self.index is None else 0


def run(plan: Plan, settings: Settings | None = None, watch: Quiet | None = None) -> Run:
    """Make the reports of a plan.

    Raises
    ------
    Locked
        If another run of the same term is under way.
    BadPlan
        If `only` is no school of the plan, or the folder of reports cannot be made.
    """
    settings = settings or Settings()
    _check_only(plan, settings.only)
    steady()
    try:
        with locked(plan.folder / PRIVATE / "lock"), all_end():
            sweep(plan.folder)
            return _Runner(plan, settings, watch or Quiet()).run()
    except OSError as why:
        raise BadPlan(
            f"The folder of reports cannot be used: {why.strerror}", where=str(plan.folder)
        ) from None


def _check_only(plan: Plan, only: str) -> None:
    keys = [school.key for school in plan.schools]
    if only and only not in keys:
        raise BadPlan(f"No school of the plan has the key '{only}'", remedy=hint(only, keys))


class _Runner:
    def __init__(self, plan: Plan, settings: Settings, watch: Quiet) -> None:
        self.printer = Printer(find_browser() if "pdf" in plan.shapes else "")
        self.notes: list[str] = []
        if "pdf" in plan.shapes and not self.printer.browser:
            plan = replace(plan, shapes=tuple(s for s in plan.shapes if s != "pdf"))
            self.notes.append(NO_BROWSER)
        self.plan = plan
        self.settings = settings
        self.watch = watch
        self.ledger = Ledger(plan.folder)
        self.outcomes: dict[str, Outcome] = {}
        self.looked: dict[str, Looked] = {}
        self.read: dict[str, bytes] = {}

    def run(self) -> Run:
        first, second = self._wanted(first_pass(self.plan)), self._wanted(second_pass(self.plan))
        expect(len(first) + len(second))
        self.watch.start(len(first) + len(second), {s.key: s.name for s in self.plan.schools})
        try:
            with self._executor() as executor:
                for some in _by_schools(first):
                    for jobs in turns(some):
                        self._do(jobs, executor)
                    self.read.clear()
                lost = self._gather()
                for jobs in turns(job for job in second if self._can(job, lost)):
                    self._do(jobs, executor)
        finally:
            self.printer.close()
            self.watch.stop()
        outcomes = tuple(self.outcomes[job.id] for job in (*first, *second))
        changed = {key: str(seen) for key, seen in self.looked.items() if seen.changes}
        index = self._sum_up(outcomes, changed)
        notes = tuple(dict.fromkeys(self.notes))
        return Run(outcomes=outcomes, index=index, changed=changed, notes=notes)

    def _sum_up(self, outcomes: tuple[Outcome, ...], changed: Mapping[str, str]) -> Path | None:
        """Write the index page and the list of failures."""
        index = self.plan.folder / "index.html"
        failures = [
            {"job": o.job.id, "code": o.failure.code, "words": o.failure.words}
            for o in outcomes
            if o.failure
        ]
        try:
            put(index, overview(self.plan, self.outcomes, changed).encode())
            put(self.plan.folder / PRIVATE / "failures.json", as_json(failures))
        except OSError as why:
            self.notes.append(f"There is no new index page. {cannot_write(why).words}")
            return None
        return index

    def _wanted(self, jobs: list[Job]) -> list[Job]:
        return [job for job in jobs if self.settings.only in ("", job.key)]

    @contextlib.contextmanager
    def _executor(self) -> Iterator[Executor]:
        """Give where jobs are sent; an interrupted run leaves nothing running."""
        if self.settings.executor is not None:
            yield self.settings.executor
            return
        threads = ThreadPoolExecutor(self.settings.jobs)
        try:
            yield threads
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def _do(self, jobs: list[Job], executor: Executor) -> None:
        """Do jobs in any order; each is published and recorded as it is done."""
        todo: list[tuple[Job, str, str]] = []
        for job in jobs:
            seen = seen_by(job)
            digest = digest_of(job, seen)
            line = None if self.settings.force else self.ledger.knows(job.id, digest)
            if line is not None:
                self._note(Outcome(job=job, status="unchanged", headline=line["headline"]))
            else:
                todo.append((job, seen, digest))
        self._look({job.key for job, _, _ in todo} - self.looked.keys(), executor)
        self.watch.stage("making reports")
        waiting: dict[Future[Product | Failure], tuple[Job, str]] = {}
        for job, seen, digest in todo:
            held = self.looked.get(job.key, Looked()).held
            if held is not None and not self.settings.force:
                self._note(Outcome(job=job, status="failed", failure=held))
                continue
            how = (self.settings.isolation, self.settings.make)
            told = replace(job, school=self.read.get(job.key, b""))
            waiting[executor.submit(work, told, seen, *how)] = (job, digest)
        for future in as_completed(waiting):
            job, digest = waiting[future]
            self._note(self._finish(job, digest, _result(future)))

    def _look(self, keys: set[str], executor: Executor) -> None:
        """Compare the data of schools with the last time, before anything is made of them."""
        self.watch.stage("looking at the data")
        fork = self.settings.isolation != "spawn"
        schools = [school for school in self.plan.schools if school.key in keys]
        asked = {s.key: executor.submit(look, self.plan, s, fork=fork) for s in schools}
        for key, future in asked.items():
            with contextlib.suppress(Exception):  # then its reports will say what is wrong
                seen = future.result()
                self.looked[key], self.read[key] = replace(seen, school=b""), seen.school

    def _finish(self, job: Job, digest: str, made: Product | Failure) -> Outcome:
        if isinstance(made, Product):
            try:
                self._publish(job, digest, self._printed(job, made))
            except OSError as why:
                made = cannot_write(why)
            else:
                return Outcome(job=job, status="done", headline=made.headline)
        self._keep(job, made)
        return Outcome(job=job, status="failed", failure=made)

    def _printed(self, job: Job, product: Product) -> Product:
        """Add the PDF of the page, where one is wanted and the browser makes one."""
        if "pdf" not in job.shapes:
            return product
        try:
            made = self.printer.pdf(product.page)
        except CannotPrint:
            self.notes.append(f"No PDF was made of {job.id}: the browser failed. Run again.")
            return product
        return replace(product, shapes={**product.shapes, "pdf": made})

    def _publish(self, job: Job, digest: str, product: Product) -> None:
        files = files_of(job, product)
        for place, data in files.items():
            put(self.plan.folder / place, data)
        for place in self.ledger.files(job.id) - files.keys():  # such as lists of pupils
            (self.plan.folder / place).unlink(missing_ok=True)
        whole = product.shapes.keys() >= set(job.shapes)
        digest = digest if whole else ""
        self.ledger.append(job.id, digest, files, code=code(), headline=product.headline)

    def _keep(self, job: Job, failure: Failure) -> None:
        """Keep what only the data manager may read: the traceback, the page that was refused."""
        kept = {".txt": f"{failure.words}\n\n{failure.private}\n", ".html": failure.page}
        name = job.id.replace("/", ".")
        for ending, text in kept.items():
            if text.strip():
                with contextlib.suppress(OSError):
                    put(self.plan.folder / PRIVATE / "failed" / f"{name}{ending}", text.encode())

    def _note(self, outcome: Outcome) -> None:
        self.outcomes[outcome.job.id] = outcome
        self.watch.tell(outcome)

    def _can(self, job: Job, lost: Failure | None) -> bool:
        """Whether the exact findings of a school are there for what reads them."""
        failed = [
            o.job.report
            for o in self.outcomes.values()
            if o.status == "failed" and o.job.key == job.key and o.job.edition == "staff"
        ]
        if failed and job.key != TRUST and lost is None:
            words = f"It reads what {failed[0]} found, and that report could not be made."
            lost = Failure(code="not_run", words=words)
        if lost is not None:
            self._note(Outcome(job=job, status="failed", failure=lost))
        return lost is None

    def _gather(self) -> Failure | None:
        """Put what the first pass found together for the second, and remember what was read."""
        first = [report.name for report in self.plan.reports if not report.reads_findings]
        try:
            for key, seen in self.looked.items():
                if self.settings.force or seen.held is None:
                    keep(self.plan, key)
            for edition in dict.fromkeys(("staff", *self.plan.editions)):
                self._gather_edition(edition, first)
        except OSError as why:
            return cannot_write(why)
        return None

    def _gather_edition(self, edition: str, reports: list[str]) -> None:
        folder = self.plan.folder
        everything: list[Mapping[str, object]] = []
        for school in self.plan.schools:
            found = [row for report in reports for row in self._rows(school, report)]
            rows = told_in(folder, edition, found)
            put(findings_of(folder, edition, school.key), as_json(rows))
            everything += rows
        put(findings_of(folder, edition), as_json(everything))

    def _rows(self, school: PlannedSchool, report: str) -> list[Mapping[str, object]]:
        outcome = self.outcomes.get(f"{school.key}/{report}.staff")
        file = self.plan.folder / PRIVATE / "findings" / school.key / f"{report}.json"
        if (outcome is not None and outcome.status == "failed") or not file.exists():
            return []
        rows = json.loads(file.read_text(encoding="utf-8"))
        said = {"school": school.key, "school_name": school.name, "report": report}
        return [{**row, **said} for row in rows]


def _by_schools(jobs: list[Job]) -> Iterator[list[Job]]:
    """Give the jobs of some schools at a time: so many are kept in memory as they were read."""
    keys = [*dict.fromkeys(job.key for job in jobs)]
    for first in range(0, len(keys), _TOGETHER):
        some = {*keys[first : first + _TOGETHER]}
        yield [job for job in jobs if job.key in some]


def _result(future: Future[Product | Failure]) -> Product | Failure:
    """Give what a future made; a worker that was lost is a failure like any other."""
    try:
        return future.result()
    except Exception as why:
        words = f"The report could not be made ({type(why).__name__})."
        return Failure(code="lost", words=words, private=repr(why))
