"""What a run remembers of each school's data, so that the next one sees what became of them.

Before a school's reports are made its data are read once, for all of them, and compared with the
last time: in this term, or else in the last term that was run. A school whose tables have lost a
fifth of their rows is held; any other difference is told. `_private/read/KEY.json` holds the
imprint: counts, short hashes, and the days on which pupils joined and left. Until the reports are
made it is `KEY.new.json`, so that a run that is killed has not yet seen a change.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writinggaps.run.isolate import CAN_FORK, call
from writinggaps.run.jobs import Failure, data_of
from writinggaps.run.limits import limits
from writinggaps.run.publish import PRIVATE, put, terms_in

if TYPE_CHECKING:
    from writinggaps.readers.changes import TableChange
    from writinggaps.run.plan import Plan, PlannedSchool

__all__ = ["Looked", "keep", "look", "movers_told"]

_NEW = ".new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A school's data beside those of the last time.

    Parameters
    ----------
    changes : tuple of TableChange
        By table; empty where nothing changed, and the first time.
    held : Failure, optional
        Why no report may be made of them.
    school : bytes
        What was read, for the school's reports.
    """

    changes: tuple[TableChange, ...] = ()
    held: Failure | None = None
    school: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        return "; ".join(map(str, self.changes))


def look(plan: Plan, school: PlannedSchool, *, fork: bool = True) -> Looked:
    """Read a school's data in a child process, and compare them with the last time.

    Where they cannot be read there is nothing to compare; the school's reports will say why.
    """
    from writinggaps.readers.changes import fewer_rows, what_changed

    own = limits()
    if not _holds_tables(school.data):
        return Looked()
    try:
        now, read = call(_read, data_of(school), seconds=own.seconds, megabytes=own.megabytes,
                         fork=CAN_FORK and fork)  # fmt: skip
    except Exception:
        return Looked()
    before = _last(plan, school.key)
    changes = what_changed(before, now) if before else ()
    why = fewer_rows(changes)
    held = Failure(code=why.code, words=" ".join(str(why).split())) if why else None
    put(_place(plan.folder, f"{school.key}{_NEW}"), json.dumps(now).encode())
    return Looked(changes=changes, held=held, school=read)


def _holds_tables(data: str) -> bool:
    """Say whether there is anything to read, before a process is started for it."""
    place = Path(data)
    inside = place.iterdir() if place.is_dir() else [place]
    return "://" in data or any(f.suffix.lower() in (".csv", ".tsv", ".xlsx") for f in inside)


def _read(data: str) -> tuple[dict[str, Any], bytes]:
    """Read a school as its reports would, and take its imprint."""
    from writinggaps.readers import read_school
    from writinggaps.readers.changes import imprint

    school = read_school(data)
    return imprint(school), pickle.dumps(school)


def keep(plan: Plan, key: str) -> None:
    """Remember what was read of a school."""
    new = _place(plan.folder, f"{key}{_NEW}")
    if new.exists():
        new.replace(_place(plan.folder, key))


def movers_told(plan: Plan) -> str:
    """Say how many pupils stand in the data of two schools, as far as these were read this term."""
    from writinggaps.readers.changes import in_two_schools

    kept = {school.key: _kept(plan.folder, school.key) for school in plan.schools}
    return in_two_schools({key: found for key, found in kept.items() if found})


def _last(plan: Plan, key: str) -> dict[str, Any]:
    """Give what was kept in this term, or else in the last term before it; empty if in none."""
    folders = reversed(terms_in(plan.out, plan.term))
    return next(filter(None, (_kept(folder, key) for folder in folders)), {})


def _kept(folder: Path, key: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_place(folder, key).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _place(folder: Path, key: str) -> Path:
    return folder / PRIVATE / "read" / f"{key}.json"
