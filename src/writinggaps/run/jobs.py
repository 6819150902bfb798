"""What a run does, one piece at a time: jobs, and what became of them.

A job is one report of one school for one edition. Jobs, products and outcomes are plain data that
can be sent to another process or another machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from writinggaps.run.beside import beside_of, findings_of, read_by
from writinggaps.run.plan import TRUST, Plan, PlannedSchool, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.findings import Finding

__all__ = ["Failure", "Job", "Outcome", "Product", "data_of", "first_pass", "second_pass"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One report to write.

    Parameters
    ----------
    key, name : str
        The school, or `trust` and the trust's name.
    report, edition, term : str
        Which report, for whom, of when.
    notebook : str
        Path of the notebook.
    parameters : mapping
        What the notebook is given.
    inputs : tuple of str
        Files and folders from which it is made, besides the notebook and the code.
    settings : mapping
        Those of the parameters that are no paths.
    published : bool
        False where only its exact findings are wanted.
    strangers : tuple of str
        Keys, names and URNs of other planned schools, which must not stand in this report.
    beside : mapping
        What `disclosure.beside` is told before a shared edition about a school.
    shapes : tuple of str
        What is made besides the page: `pdf`, `xlsx`.
    school : bytes
        The school as it was read already; empty where the notebook is to read it.
    """

    key: str
    name: str
    report: str
    edition: str
    term: str
    notebook: str
    parameters: Mapping[str, object]
    inputs: tuple[str, ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    published: bool = True
    strangers: tuple[str, ...] = ()
    beside: Mapping[str, object] = field(default_factory=dict)
    shapes: tuple[str, ...] = ()
    school: bytes = field(default=b"", repr=False)

    @property
    def id(self) -> str:
        """The job as one word: `100001/school_report.staff`."""
        return f"{self.key}/{self.report}.{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a job made, ready to be published.

    Parameters
    ----------
    page : str
        The report.
    findings : tuple of Finding
        The records that it carries.
    headline : str
        Its first sentence.
    lists : str
        The page of its private lists of pupils; empty where it has none.
    proposed : str
        The figures to record if it is released, as JSON; empty where none are of known pupils.
    shapes : mapping of str to bytes
        What else was made of it: `pdf`, `xlsx`.
    """

    page: str
    findings: tuple[Finding, ...] = ()
    headline: str = ""
    lists: str = field(default="", repr=False)
    proposed: str = field(default="", repr=False)
    shapes: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a job made nothing that may be published.

    Parameters
    ----------
    code : str
        The kind of problem as one word, for logs.
    words : str
        What happened and what to do, in school words, on one line.
    private : str
        What only the data manager may read: the traceback.
    page : str
        The page that was refused, if there is one.
    """

    code: str
    words: str
    private: str = field(default="", repr=False)
    page: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: `done`, `unchanged` or `failed`, and its first sentence."""

    job: Job
    status: str
    failure: Failure | None = None
    headline: str = ""


def first_pass(plan: Plan) -> list[Job]:
    """Give the jobs that read schools' data only.

    Where a later report needs exact findings and the plan has no staff edition, staff jobs are
    added that are not published.
    """
    reports = [r for r in plan.reports if not r.reads_findings]
    wanted = any(r.reads_findings for r in plan.reports)
    hidden = wanted and "staff" not in plan.editions
    return _jobs(plan, reports, ["staff"] if hidden else [])


def second_pass(plan: Plan) -> list[Job]:
    """Give the jobs that read what the first pass found."""
    return _jobs(plan, [r for r in plan.reports if r.reads_findings], [])


def data_of(school: PlannedSchool) -> str:
    """Give what a school's notebooks read: of a database only the rows of the school."""
    return f"{school.data}#{school.key}" if "://" in school.data else school.data


def _jobs(plan: Plan, reports: list[Report], hidden: list[str]) -> list[Job]:
    jobs = []
    mine = [(edition, True) for edition in plan.editions] + [(e, False) for e in hidden]
    for school in plan.schools:
        own = [
            _school_job(plan, school, report, *e)
            for report in reports
            for e in mine
            if report.per_school and report.is_for(e[0])
        ]
        strangers = _strangers(plan, school)
        jobs += [replace(job, strangers=strangers) for job in own]
    for report in (r for r in reports if not r.per_school):
        jobs += [_trust_job(plan, report, e) for e in plan.editions if report.is_for(e)]
    return jobs


def _school_job(
    plan: Plan, school: PlannedSchool, report: Report, edition: str, published: bool
) -> Job:
    findings = str(findings_of(plan.folder, edition, school.key))
    beside = beside_of(plan, school.key, report, edition)
    read = [school.data, *[findings] * report.reads_findings, *read_by(beside)]
    job = _job(plan, report, edition, {"data": data_of(school), "findings": findings}, read)
    return replace(
        job,
        key=school.key,
        name=school.name,
        published=published,
        shapes=job.shapes if published else (),
        beside=beside,
    )


def _trust_job(plan: Plan, report: Report, edition: str) -> Job:
    findings = str(findings_of(plan.folder, edition))
    read = [str(report.given["data"])] if report.given.get("data") else []
    read += [findings] * report.reads_findings
    if report.takes("plan"):
        read += [str(plan.path), *(school.data for school in plan.schools)]
    return _job(plan, report, edition, {"findings": findings, "plan": str(plan.path)}, read)


def _job(plan: Plan, report: Report, edition: str, paths: dict[str, str], inputs: list[str]) -> Job:
    paths = {**paths, "standards": plan.standards}
    settings: dict[str, object] = {"term": plan.term, "edition": edition}
    settings |= {k: v for k, v in report.given.items() if k != "data"}
    offered = {**paths, **settings, **report.given}
    return Job(
        key=TRUST,
        name=plan.name,
        report=report.name,
        edition=edition,
        term=plan.term if report.takes("term") else "",
        shapes=plan.shapes,
        notebook=str(report.notebook),
        parameters={name: value for name, value in offered.items() if report.takes(name)},
        settings=settings,
        inputs=(*inputs, *([plan.standards] if plan.standards else [])),
    )


def _strangers(plan: Plan, own: PlannedSchool) -> tuple[str, ...]:
    """Give other schools' names and numbers, save those that stand within the school's own."""
    said = f"{own.key}\n{own.name}\n{own.urn}"
    others = [word for s in plan.schools if s.key != own.key for word in (s.name, s.key, s.urn)]
    return tuple(dict.fromkeys(word for word in others if word not in said and _telling(word)))


def _telling(word: str) -> bool:
    """Whether a word can only mean a school: `100002` and `S02`, but not `2` or `120`."""
    return len(word) >= 5 or (len(word) >= 3 and not word.isdigit())
