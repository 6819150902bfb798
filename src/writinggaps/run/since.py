"""What is judged otherwise than when reports were last released: for the index, the trust's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.findings import read_findings
from writinggaps.readers.terms import Term
from writinggaps.run.publish import PRIVATE, put, terms_in

if TYPE_CHECKING:
    from pathlib import Path

    from writinggaps.findings import Finding
    from writinggaps.run.plan import Plan

__all__ = ["keep_released", "since_last"]

_MOST = 5


def keep_released(folder: Path, key: str) -> None:
    """Keep what a school's reports of a term say now, as they are released."""
    if _found(folder, key).exists():
        put(_found(folder, key, "released"), _found(folder, key).read_bytes())


def since_last(plan: Plan, key: str) -> list[str]:
    """Say what a school's findings call otherwise than its last release, or else the term before.

    Returns
    -------
    list of str
        Sentences of now, each with what was said then; empty where nothing was or nothing changed.
    """
    known = terms_in(plan.out, plan.term)
    released = [found for f in known if (found := _found(f, key, "released")).exists()]
    earlier = [found for f in known[:-1] if (found := _found(f, key)).exists()]
    now = _found(plan.folder, key)
    if not now.exists() or not (released or earlier):
        return []
    last = (released or earlier)[-1]
    when = f"{'Released for' if released else 'In'} {Term.parse(last.parents[2].name).spoken}"
    then = {_about(f): f.verdict for f in read_findings(last) if f.verdict}
    told = {
        f"{f.sentence} {when}: {then[_about(f)]}."
        for f in read_findings(now)
        if f.verdict and f.verdict != then.get(_about(f), f.verdict)
    }
    return sorted(told)[:_MOST]


def _about(found: Finding) -> tuple[str, ...]:
    return (found.report, found.question, found.measure, found.group)


def _found(folder: Path, key: str, part: str = "findings") -> Path:
    return folder / PRIVATE / part / f"{key}.json"
