"""`writinggaps release` and `writinggaps purge`: what was published, and what is forgotten."""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from typing import TYPE_CHECKING

from writinggaps.disclosure import Edition, key_place, read_register, rules
from writinggaps.problems import BadArgument, BadPlan
from writinggaps.readers.terms import Term
from writinggaps.run.beside import register_of
from writinggaps.run.ledger import Ledger
from writinggaps.run.lock import locked
from writinggaps.run.plan_faults import file_safe
from writinggaps.run.publish import PRIVATE, as_json, put, terms_in
from writinggaps.run.since import keep_released

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

__all__ = ["purge", "record_release"]


def record_release(out: Path, term: str) -> tuple[int, int]:
    """Record that the shared editions of a term, as they stand, were published.

    Parameters
    ----------
    out : Path
        The folder of reports.
    term : str
        Such as `2025-26-autumn`.

    Returns
    -------
    int, int
        How many reports, and how many figures about known pupils.

    Raises
    ------
    BadPlan
        If there is no shared edition of the term, or one has changed since it was made.
    """
    folder = out / str(Term.parse(term))
    ledger = Ledger(folder)
    shared = [job for job in ledger.jobs() if not rules(Edition(job.rpartition(".")[2])).exact]
    if not shared:
        raise BadPlan(f"There are no shared reports of {term} to release", where=str(folder))
    changed = sorted(job for job in shared if not ledger.stands(job))
    if changed:
        raise BadPlan(f"{changed[0]} has changed since it was made", remedy="Run the plan again.")
    figures = 0
    with locked(folder / PRIVATE / "lock"):
        for key in sorted({job.partition("/")[0] for job in shared}):
            found = [folder / PRIVATE / "proposed" / f"{j}.json" for j in shared]
            own = [place for place in found if place.parent.name == key and place.exists()]
            rows = [row for place in own for row in json.loads(place.read_text(encoding="utf-8"))]
            if rows:
                read_register(register_of(out, key), key_place()).record_release(rows)
            keep_released(folder, key)
            figures += sum(len(row["figures"]) for row in rows)
    return len(shared), figures


def purge(
    out: Path, *, pupils: Collection[str] = (), school: str = "", before: str = ""
) -> list[Path]:
    """Forget pupils, a school, or everything of terms before a term.

    What is deleted can be made again by a run from what the school still has. Registers keep a
    random mark for each pupil who is forgotten, so that no two releases tell what they did.

    Parameters
    ----------
    out : Path
        The folder of reports.
    pupils : collection of str, optional
        Their identifiers.
    school : str, optional
        Its key.
    before : str, optional
        The oldest term to keep.

    Returns
    -------
    list of Path
        What was deleted.

    Raises
    ------
    BadArgument
        If the key of the school cannot be one.
    """
    if school and not file_safe(school):
        raise BadArgument(f"'{school}' cannot be the key of a school")
    terms = terms_in(out)
    old = [p for p in terms if before and Term.parse(p.name) < Term.parse(before)]
    gone = old + [file for term in terms for file in _about_pupils(term / PRIVATE, pupils)]
    if school:
        gone += [place for term in terms for place in _about_school(term, school)]
        gone += [place for place in [register_of(out, school)] if place.exists()]
    for place in gone:
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    for register in sorted(register_of(out, "").parent.glob("*.json")):
        read_register(register, key_place()).purge(pupils=pupils, before=before)
    return gone


def _about_pupils(private: Path, pupils: Collection[str]) -> Iterator[Path]:
    """Find the private files in which a pupil stands, or may stand as a short hash.

    Exact findings hold none; what a run remembers of the data is made again by the next.
    """
    if pupils:
        yield from private.glob("read/*.json")
    for file in (
        f for part in ("proposed", "pupils", "failed") for f in private.glob(f"{part}/**/*")
    ):
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            ids = [form for pupil in pupils for form in (pupil, escape(pupil), json.dumps(pupil))]
            if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in ids):
                yield file


def _about_school(term: Path, key: str) -> Iterator[Path]:
    """Find the folders and files of a school, and take it out of what the trust's reports read."""
    private = term / PRIVATE
    yield from (place for place in [term / key] if place.exists())
    for pattern in (f"*/{key}", f"*/{key}.*"):
        yield from sorted(private.glob(pattern))
    for found in private.glob("findings*.json"):
        rows = json.loads(found.read_text(encoding="utf-8"))
        put(found, as_json(row for row in rows if row.get("school") != key))
    Ledger(term).forget(key)
