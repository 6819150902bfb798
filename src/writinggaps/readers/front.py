"""The front door: a school's data, read and checked in one pass."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from writinggaps.readers.checks import check_pupils_listed, check_table, match_upns, rows_read
from writinggaps.readers.collect import READ, Source, collect, gather
from writinggaps.readers.database import is_address
from writinggaps.readers.drafts import Draft
from writinggaps.readers.reading import Issue, Log, Reading, Rows
from writinggaps.readers.schema import tables
from writinggaps.readers.school import School
from writinggaps.readers.settings import Settings

__all__ = ["already_read", "check_school", "read_school", "read_schools"]

_READ: dict[str, bytes] = {}
"""By source: a school's reports are made in a process each, but its data are read once."""


def read_school(source: str | Path, *, key: str = "") -> School:
    r"""Read a school's data from a folder, a workbook or a database.

    Parameters
    ----------
    source : str or Path
        A folder with `pupils.csv` and whatever else the school has, exports of other programs
        among it; or a workbook (.xlsx) with the same sheets; or the address of a database with
        the same tables, such as `postgresql+psycopg://...` (needs `writinggaps[database]`); it may
        end in `#` and the school's key.
    key : str, optional
        The school's key; otherwise as `school.toml` says, or the name of the folder or file. Of
        database tables with a column `school_key`, only the rows of this school are read.

    Returns
    -------
    School
        With every column of each table that was supplied: blank where it was not. What was
        found on the way, and which rows were set aside, is in `school.reading`.

    Raises
    ------
    BadInput
        If the data cannot be used; the one problem lists everything that has to be mended.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = "pupil_id,year_group,sen_provision\nP1,R,None\nP2,4,K\n"
    ...     _ = (Path(folder) / "pupils.csv").write_text(text)
    ...     school = read_school(folder, key="100001")
    >>> school.pupils["sen_provision"].to_list(), school.ages
    (['N', 'K'], (0, 4))
    """
    if not key and str(source) in _READ:
        known: School = pickle.loads(_READ[str(source)])  # noqa: S301 - our own process wrote it
        return known
    reading, school = _read(source, key)
    if school is None:
        raise reading.problem()
    return school


def read_schools(data: str | Path) -> tuple[School, ...]:
    """Read one school, or each school of a folder that holds nothing but schools' folders.

    Parameters
    ----------
    data : str or Path
        A school's folder, workbook or database; or a folder with a folder for each school.

    Returns
    -------
    tuple of School
        By the names of their folders.

    Examples
    --------
    >>> [s.key for s in read_schools("data/sample/schools/S02")]
    ['S02']
    """
    place = Path(data)
    inside = sorted(place.iterdir()) if place.is_dir() else []
    folders = [path for path in inside if path.is_dir() and not path.name.startswith(".")]
    if not folders or any(path.suffix.lower() in READ for path in inside if path.is_file()):
        return (read_school(data),)
    return tuple(map(read_school, folders))


def already_read(source: str, school: bytes) -> None:
    """Let `read_school` take a school from what the same source gave, as bytes of `pickle`."""
    _READ[source] = school


def check_school(source: str | Path, *, key: str = "") -> Reading:
    """Find everything that is wrong with a school's data, in one pass.

    Parameters
    ----------
    source, key
        As for `read_school`.

    Returns
    -------
    Reading
        Errors, warnings and notes; nothing is raised for what the data hold.
    """
    return _read(source, key)[0]


def _read(source: str | Path, key: str) -> tuple[Reading, School | None]:
    log = Log()
    if is_address(source):
        source, _, named = str(source).partition("#")
        key = key or named
    found = gather(source, key, log)
    settings, drafts = collect(found, log)
    match_upns(drafts)
    for made in drafts:
        check_table(made)
    check_pupils_listed(drafts)
    frames = {name: _frame(name, drafts, log) for name in dict.fromkeys(d.name for d in drafts)}
    settings = _assumed(settings, frames, found, log)
    reading = Reading(
        digest=found.digest,
        issues=tuple(sorted(log.issues, key=_order)),
        rows={n: Rows(read=rows_read(drafts, n), kept=len(frame)) for n, frame in frames.items()},
    )
    if reading.stops:
        return reading, None
    return reading, School(
        key=key or settings.key or settings.urn or found.name,
        name=settings.name or found.name,
        phase=settings.phase,
        tables=frames,
        urn=settings.urn,
        la_code=settings.la_code,
        ages=settings.ages or (0, 6),
        notional_sen_pounds=settings.notional_sen_pounds,
        logo=str(found.folder / settings.logo) if settings.logo else "",
        accent=settings.accent,
        reading=reading,
    )


def _order(issue: Issue) -> tuple[bool, int, str, str]:
    """Put what stops the school first, and notes last."""
    severity = ("error", "warning", "note").index(issue.severity)
    return (not issue.stops, severity, issue.file, issue.sheet)


def _frame(name: str, drafts: list[Draft], log: Log) -> pd.DataFrame:
    """Put the files that hold one table under each other; what comes first counts."""
    made = [draft for draft in drafts if draft.name == name]
    if len(made) == 1:
        return made[0].frame()
    whole = pd.concat([draft.frame() for draft in made], ignore_index=True)
    unique = list(tables()[name].unique)
    again = whole.duplicated(unique) if unique else pd.Series(False, index=whole.index)
    if again.any():
        log.add("given_before", made[-1].place, n=int(again.sum()), table=name)
    return whole[~again].reset_index(drop=True)


def _assumed(
    settings: Settings, frames: Mapping[str, pd.DataFrame], found: Source, log: Log
) -> Settings:
    """Fill settings that the school did not give from its pupils, and say so."""
    if "pupils" not in frames:
        return settings
    years = frames["pupils"]["year_group"].dropna()
    low, high = settings.ages or ((int(years.min()), int(years.max())) if len(years) else (0, 6))
    phase = settings.phase or _phase(low, high)
    span = f"year groups {low} to {high}" if low < high else f"year group {low}"
    for setting, assumed in (("ages", span), ("phase", phase)):
        if not getattr(settings, setting):
            log.add("assumed_setting", found.place, setting=setting, assumed=assumed)
    return replace(settings, ages=(low, high), phase=phase)


def _phase(low: int, high: int) -> str:
    if high <= 6:
        return "primary"
    return "secondary" if low >= 7 else "all-through"
