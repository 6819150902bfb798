"""The index page of a term: every school with its reports and what became of them."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from writinggaps.run.jobs import first_pass, second_pass
from writinggaps.run.look import style, template, term_words
from writinggaps.run.memory import movers_told
from writinggaps.run.plan import TRUST
from writinggaps.run.publish import lists_of, page_of

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
            _rows(plan, [j for j in jobs if j.key == key], outcomes),
            (changed or {}).get(key, ""),
        )
        for key in keys
    ]
    trust = _rows(plan, [job for job in jobs if job.key == TRUST], outcomes)
    return template("overview").render(
        name=plan.name or "Reports",
        term=term_words(plan.term),
        trust=trust,
        movers=movers_told(plan),
        schools=groups,
        failed=sum(
            row["failure"] != "" for _, rows, _ in [("", trust, ""), *groups] for row in rows
        ),
        style=style(),
        version=version("writinggaps"),
    )


def _rows(plan: Plan, jobs: list[Job], outcomes: Mapping[str, Outcome]) -> list[dict[str, Any]]:
    """Lay out the reports of a school; the headline stands once, at the first edition."""
    rows = [_row(plan, job, outcomes.get(job.id)) for job in jobs]
    firsts = {row["report"]: row for row in reversed(rows)}
    return [row if firsts[row["report"]] is row else row | {"headline": ""} for row in rows]


def _row(plan: Plan, job: Job, outcome: Outcome | None) -> dict[str, Any]:
    failure = outcome.failure.words if outcome and outcome.failure else ""
    return {
        "report": job.report.replace("_", " ").capitalize(),
        "edition": job.edition,
        "link": _if_there(plan, page_of(job)),
        "lists": _if_there(plan, lists_of(job)),
        "failure": failure,
        "headline": outcome.headline if outcome else "",
    }


def _if_there(plan: Plan, place: str) -> str:
    return place if (plan.folder / place).exists() else ""
