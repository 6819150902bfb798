"""What a shared edition must not be set against: what was released, and what is shown before it.

The shared editions of a school are made one after another, so that each knows what stands already;
what they show is kept under `_private/proposed/` until it is released.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from writinggaps.run.jobs import Job
    from writinggaps.run.plan import Plan, Report

__all__ = ["beside_of", "read_by", "register_of", "turns"]


def register_of(out: Path, key: str) -> Path:
    """Give the place of a school's release register."""
    return out / "_private" / "register" / f"{key}.json"


def beside_of(plan: Plan, key: str, report: Report, edition: str) -> dict[str, str | list[str]]:
    """Give what `disclosure.beside` is told before a shared edition; nothing before staff's."""
    if edition == "staff":
        return {}
    ranked = sorted(plan.reports, key=lambda r: r.reads_findings)
    names = [f"{r.name}.{e}" for r in ranked for e in plan.editions if e != "staff"]
    own = f"{report.name}.{edition}"
    folder = plan.folder / "_private" / "proposed" / key
    return {
        "name": f"{plan.term} {own}",
        "register": str(register_of(plan.out, key)),
        "earlier": [str(folder / f"{name}.json") for name in names[: names.index(own)]],
    }


def read_by(beside: dict[str, str | list[str]]) -> list[str]:
    """Give the files that are read to know what stands beside an edition."""
    return [str(beside["register"]), *beside["earlier"]] if beside else []


def turns(jobs: Iterable[Job]) -> list[list[Job]]:
    """Let the shared editions of a school follow one another; all else is done in the first turn.

    Examples
    --------
    >>> turns([])
    []
    """
    found: dict[int, list[Job]] = {}
    taken: Counter[str] = Counter()
    for job in jobs:
        found.setdefault(taken[job.key] if job.beside else 0, []).append(job)
        taken[job.key] += bool(job.beside)
    return list(found.values())
