"""The front door: a school's data, read and checked in one pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from writinggaps.problems import hint
from writinggaps.readers.checks import check_fewer, check_pupils_listed, check_table
from writinggaps.readers.delimited import read_delimited
from writinggaps.readers.reading import Log, Place, Reading, Rows
from writinggaps.readers.schema import plain, tables
from writinggaps.readers.school import School
from writinggaps.readers.settings import Settings, from_sheet, from_toml
from writinggaps.readers.sources import DELIMITED, SETTINGS, Source, gather
from writinggaps.readers.tables import draft
from writinggaps.readers.workbooks import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from writinggaps.readers.drafts import Draft
    from writinggaps.readers.sheets import Sheet

__all__ = ["check_school", "read_school"]


def read_school(
    source: str | Path, *, key: str = "", before: Mapping[str, int] | None = None
) -> School:
    r"""Read a school's data from a folder of CSV files or from a workbook with the same sheets.

    Parameters
    ----------
    source : str or Path
        A folder with `pupils.csv` and whatever else the school has, or a workbook (.xlsx).
    key : str, optional
        The school's key; otherwise as `school.toml` says, or the name of the folder or file.
    before : mapping of str to int, optional
        How many rows each table had the last time: a table that has lost a fifth is held.

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
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = "pupil_id,year_group,sen_provision\nP1,R,None\nP2,4,K\n"
    ...     _ = (Path(folder) / "pupils.csv").write_text(text)
    ...     school = read_school(folder, key="100001")
    >>> school.pupils["sen_provision"].to_list(), school.ages
    (['N', 'K'], (0, 4))
    """
    school = _read(source, key, before)
    if isinstance(school, Reading):
        raise school.problem()
    return school


def check_school(
    source: str | Path, *, key: str = "", before: Mapping[str, int] | None = None
) -> Reading:
    """Find everything that is wrong with a school's data, in one pass.

    Parameters
    ----------
    source, key, before
        As for `read_school`.

    Returns
    -------
    Reading
        Errors, warnings and notes; nothing is raised for what the data hold.
    """
    school = _read(source, key, before)
    if isinstance(school, Reading):
        return school
    return school.reading or Reading(digest="", issues=(), rows={})


def _read(source: str | Path, key: str, before: Mapping[str, int] | None) -> School | Reading:
    log = Log()
    found = gather(source, log)
    settings, drafts = _drafts(found, log)
    for name, made in drafts.items():
        check_table(made)
        check_fewer(made, (before or {}).get(name, 0))
    check_pupils_listed(drafts)
    frames = {name: made.frame() for name, made in drafts.items()}
    settings = _assumed(settings, frames, found, log)
    reading = Reading(
        digest=found.digest,
        issues=tuple(sorted(log.issues, key=lambda issue: (issue.file, issue.sheet))),
        rows={n: Rows(read=d.read, kept=len(frames[n])) for n, d in drafts.items()},
    )
    return reading if reading.stops else _school(settings, found, key, frames, reading)


def _drafts(found: Source, log: Log) -> tuple[Settings, dict[str, Draft]]:
    settings, drafts = from_toml(found, log), {}
    supplied: dict[str, Place] = {}
    for name, sheet in _sheets(found, settings, log):
        if name == "school":
            settings = settings if SETTINGS in found.files else from_sheet(sheet, log)
        elif name in supplied:
            log.add("table_twice", sheet.place, table=name)
        else:
            supplied[name] = sheet.place
            made = draft(sheet, tables()[name], settings.columns.get(name, {}), log)
            if made is not None:
                drafts[name] = made
    if "pupils" not in supplied and not log.stopped:
        log.add("table_missing", Place(found.name), table="pupils")
    return settings, drafts


def _sheets(found: Source, settings: Settings, log: Log) -> Iterator[tuple[str, Sheet]]:
    """Give every sheet of every file that is one of the tables, with the table's name."""
    for file, data in found.files.items():
        path = Path(file)
        if path.suffix.lower() in DELIMITED:
            name = _table_name(path.stem, Place(file), settings, log)
            sheet = read_delimited(data, Place(file), log) if name else None
            if name and sheet is not None:
                yield name, sheet
        elif file != SETTINGS:
            for sheet in read_workbook(data, file, log):
                name = _table_name(sheet.place.sheet, sheet.place, settings, log)
                if name:
                    yield name, sheet


def _table_name(text: str, place: Place, settings: Settings, log: Log) -> str:
    name = plain(text)
    known = {plain(table): table for table in tables()} | {"school": "school"} | settings.tables
    if name not in known:
        log.add("not_a_table", place, hint=hint(name, tables()))
    return known.get(name, "")


def _assumed(
    settings: Settings, frames: Mapping[str, pd.DataFrame], found: Source, log: Log
) -> Settings:
    """Fill settings that the school did not give from its pupils, and say so."""
    if "pupils" not in frames:
        return settings
    years = frames["pupils"]["year_group"].dropna()
    ages = settings.ages or ((int(years.min()), int(years.max())) if len(years) else (0, 6))
    phase = settings.phase or _phase(*ages)
    place = Place(found.name)
    for setting, value in (("ages", settings.ages), ("phase", settings.phase)):
        if not value:
            assumed = phase if setting == "phase" else f"year groups {ages[0]} to {ages[1]}"
            log.add("assumed_setting", place, setting=setting, assumed=assumed)
    return replace(settings, ages=ages, phase=phase)


def _phase(low: int, high: int) -> str:
    if high <= 6:
        return "primary"
    return "secondary" if low >= 7 else "all-through"


def _school(
    settings: Settings,
    found: Source,
    key: str,
    frames: Mapping[str, pd.DataFrame],
    reading: Reading,
) -> School:
    return School(
        key=key or settings.key or settings.urn or found.name,
        name=settings.name or found.name,
        phase=settings.phase,
        tables=frames,
        urn=settings.urn,
        la_code=settings.la_code,
        ages=settings.ages or (0, 6),
        logo=str(found.folder / settings.logo) if settings.logo else "",
        accent=settings.accent,
        reading=reading,
    )
