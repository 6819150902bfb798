"""What is judged otherwise than in the term before: for the index page, which is the trust's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.findings import read_findings
from writinggaps.problems import BadArgument
from writinggaps.readers.terms import Term
from writinggaps.run.publish import PRIVATE

if TYPE_CHECKING:
    from pathlib import Path

    from writinggaps.findings import Finding
    from writinggaps.run.plan import Plan

__all__ = ["since_last"]

_MOST = 5


def since_last(plan: Plan, key: str) -> list[str]:
    """Say what a school's findings call otherwise than in the last term that has any.

    Returns
    -------
    list of str
        Sentences of now, each with what was said then; empty where nothing was or nothing changed.
    """
    earlier = [folder for folder in plan.out.glob("*") if _before(folder.name, plan.term)]
    kept = [folder for folder in earlier if _place(folder, key).exists()]
    if not kept or not _place(plan.folder, key).exists():
        return []
    last = max(kept, key=lambda folder: Term.parse(folder.name))
    then = {_about(f): f.verdict for f in read_findings(_place(last, key)) if f.verdict}
    told = {
        f"{f.sentence} In {Term.parse(last.name).spoken}: {then[_about(f)]}."
        for f in read_findings(_place(plan.folder, key))
        if f.verdict and f.verdict != then.get(_about(f), f.verdict)
    }
    return [line.replace("**", "") for line in sorted(told)[:_MOST]]


def _about(found: Finding) -> tuple[str, ...]:
    return (found.report, found.question, found.measure, found.group)


def _place(folder: Path, key: str) -> Path:
    return folder / PRIVATE / "findings" / f"{key}.json"


def _before(name: str, term: str) -> bool:
    try:
        return Term.parse(name) < Term.parse(term)
    except BadArgument:
        return False
