"""The index page of a term: every school with its reports and what became of them."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from writinggaps.run.jobs import first_pass, second_pass
from writinggaps.run.look import style, template, term_words
from writinggaps.run.memory import movers_told
from writinggaps.run.plan import TRUST
from writinggaps.run.publish import lists_of, page_of
from writinggaps.run.since import since_last

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.run.jobs import Job, Outcome
    from writinggaps.run.plan import Plan

__all__ = ["overview"]


def overview(
    plan: Plan, outcomes: Mapping[str, Outcome], changed: Mapping[str, str] | None = None
) -> str:
    """Write the index page of a plan's term.

    Parameters
    ----------
    plan : Plan
        Which schools and reports.
    outcomes : mapping of str to Outcome
        Of this run, by the ids of their jobs; other reports are shown if their pages stand.
    changed : mapping of str to str, optional
        By key, what is different in a school's data since the last time.
    """
    jobs = [job for job in (*first_pass(plan), *second_pass(plan)) if job.published]
    keys = [*dict.fromkeys(job.key for job in jobs if job.key != TRUST)]
    names = {school.key: school.name for school in plan.schools}
    groups = [
        (
            names[key],
            _reports(plan, [j for j in jobs if j.key == key], outcomes),
            (changed or {}).get(key, ""),
            since_last(plan, key),
        )
        for key in keys
    ]
    trust = _reports(plan, [job for job in jobs if job.key == TRUST], outcomes)
    return template("overview").render(
        name=plan.name or "Reports",
        term=term_words(plan.term),
        trust=trust,
        movers=movers_told(plan),
        schools=groups,
        failed=sum(o.failure is not None for o in outcomes.values()),
        style=style(),
        version=version("writinggaps"),
    )


def _reports(plan: Plan, jobs: list[Job], outcomes: Mapping[str, Outcome]) -> list[dict[str, Any]]:
    """Lay out the reports of a school: each with its first sentence and its editions."""
    names = dict.fromkeys(job.report for job in jobs)
    return [_report(plan, [j for j in jobs if j.report == name], outcomes) for name in names]


def _report(plan: Plan, jobs: list[Job], outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    known = [outcomes[job.id] for job in jobs if job.id in outcomes]
    return {
        "name": _name(jobs[0].report),
        "headline": next((o.headline for o in known if o.headline), ""),
        "editions": [_edition(plan, job, outcomes.get(job.id)) for job in jobs],
    }


def _name(report: str) -> str:
    """Name a report: `SEND report`."""
    return report.replace("_", " ").capitalize().replace("Send ", "SEND ")


def _edition(plan: Plan, job: Job, outcome: Outcome | None) -> dict[str, Any]:
    """Give where an edition's page, its other shapes and its lists stand, and why one does not."""
    page = page_of(job)
    places = {"page": page, "PDF": page.removesuffix("html") + "pdf"}
    places |= {"workbook": page.removesuffix("html") + "xlsx", "pupil lists": lists_of(job)}
    return {
        "name": job.edition,
        "links": [(what, at) for what, at in places.items() if (plan.folder / at).exists()],
        "failure": outcome.failure.words if outcome and outcome.failure else "",
    }
