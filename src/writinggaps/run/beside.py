"""What a shared edition must not be set against: what was released, and what is shown before it.

The shared editions of a school are made one after another, so that each knows what stands already;
what they show is kept under `_private/proposed/` until it is released.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from writinggaps.run.jobs import Job
    from writinggaps.run.plan import Plan, Report

__all__ = ["beside_of", "findings_of", "read_by", "register_of", "told_in", "turns"]


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


def findings_of(folder: Path, edition: str, key: str = "") -> Path:
    """Give the place of the exact findings that a later report reads: of a school, or of all."""
    shared = "" if edition == "staff" else f".{edition}"
    stem = Path("findings", key) if key else Path("findings")
    return folder / "_private" / f"{stem}{shared}.json"


def told_in(
    folder: Path, edition: str, rows: Iterable[Mapping[str, object]]
) -> list[Mapping[str, object]]:
    """Leave out what a school's own page of an edition does not show, so that no other shows it.

    What the page tells without the pupils who came since the last release is not told with them.
    A school that has no page of the edition is protected by the rules of the page that names it.
    """
    pages: dict[Path, set[tuple[object, ...]] | None] = {}
    kept = []
    for row in rows:
        page = folder / str(row["school"]) / f"{row['report']}.{edition}.findings.json"
        if page not in pages:
            pages[page] = _given(page)
        told = pages[page]
        if edition == "staff" or told is None or _what(row) in told:
            kept.append(row)
    return kept


def _given(page: Path) -> set[tuple[object, ...]] | None:
    if not page.exists():
        return None
    rows = json.loads(page.read_text(encoding="utf-8"))
    return {_what(row) for row in rows if row["status"] == "given"}


def _what(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[part] for part in ("question", "measure", "group", "period"))


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
