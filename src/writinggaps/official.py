"""Official figures: what has been published for England and its local authorities, and by whom.

One tidy table holds them all, a row for each measure, group, phase, place and school year. Every
figure says its source, whom it covers, and the release (`version`) that it stands in. Two releases
can differ by a point for the same measure, so **one comparison never mixes them**: functions here
that give several figures take them from one release, and `one_release` refuses any others.

What is not published, or was never read at its source, stands in the table as an empty row with the
reason, and asking for it raises `NotPublished`.

Where each figure comes from is told in `docs/official-figures.md`. Newer figures are kept in a
folder of the user's own (`own_folder`), in files of the same columns, and come before those that
are shipped: `writinggaps official import FILE` writes them.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

from writinggaps.problems import BadArgument, MixedReleases, NotPublished, hint
from writinggaps.results import Constant, Label, Number, result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Official",
    "Row",
    "Series",
    "keep",
    "lines",
    "measures_published",
    "official",
    "official_series",
    "one_release",
    "own_folder",
    "series_of",
]

T = TypeVar("T", "Row", "Series")

_FILES = ("england.csv", "local_authorities.csv")
_OWN = "figures.csv"
_SERIES = "series.csv"
_CHANGED = 5


@result
class Official:
    """One published figure.

    `value` is in `unit`: percentages are 79, not 0.79. `year_ending` is the calendar year in which
    the school year ends. `version` names the release.
    """

    value: Constant
    unit: Label
    measure: Label
    label: Label
    group: Label
    phase: Label
    place: Label
    la_code: Label
    year_ending: Number
    source: Label
    coverage: Label
    version: Label

    @property
    def estimate(self) -> float:
        """The figure, in `unit`."""
        return self.value

    @property
    def period(self) -> str:
        """The school year: `2024-25`."""
        return _school_year(self.year_ending)


class Row(NamedTuple):
    """A line of the table as it is stored; values are text, as they were published."""

    measure: str
    group: str
    phase: str
    la_code: str
    place: str
    year_ending: str
    value: str
    version: str
    coverage: str
    reason: str


class Series(NamedTuple):
    """What is true of every figure of one measure in one release."""

    measure: str
    version: str
    label: str
    unit: str
    source: str
    coverage: str


def official(
    measure: str,
    *,
    group: str = "all",
    phase: str = "primary",
    year_ending: int | None = None,
    la_code: str = "",
    version: str = "",
) -> Official:
    """Give one official figure.

    Parameters
    ----------
    measure : str
        Such as `ks2_writing_expected`; `measures_published` lists them.
    group, phase : str, optional
        Such as `disadvantaged`; `primary`, `secondary` or `all`.
    year_ending : int, optional
        The year in which the school year ends; the latest that is published when not given.
    la_code : str, optional
        Three digits for a local authority; England when empty.
    version : str, optional
        The release; the first that has the figure when empty.

    Returns
    -------
    Official
        In the unit that it names.

    Raises
    ------
    NotPublished
        If there is no such figure, with the reason where one is known.
    BadArgument
        If the measure is not known.

    Examples
    --------
    >>> england = official("ks2_writing_expected", year_ending=2025)
    >>> england.value, england.unit, england.version
    (73.0, '% of pupils', 'LAIT April 2026')
    >>> official("ks2_writing_expected", la_code="850").place
    'Hampshire'
    """
    series = _found(measure, group, phase, la_code, version)
    wanted = [f for f in series if year_ending in (None, f.year_ending)]
    if not wanted:
        _not_published(measure, group, phase, la_code, year_ending)
    return max(wanted, key=lambda f: (f.version == wanted[0].version, f.year_ending))


def official_series(
    measure: str,
    *,
    group: str = "all",
    phase: str = "primary",
    la_code: str = "",
    version: str = "",
) -> tuple[Official, ...]:
    """Give every year of a figure, all from one release, oldest first.

    Raises
    ------
    NotPublished
        If no year is published.

    Examples
    --------
    >>> [(f.year_ending, f.value) for f in official_series("ks2_writing_expected")][-2:]
    [(2024, 72.0), (2025, 73.0)]
    """
    found = _found(measure, group, phase, la_code, version)
    if not found:
        _not_published(measure, group, phase, la_code, None)
    return one_release(f for f in found if f.version == found[0].version)


def one_release(figures: Iterable[Official]) -> tuple[Official, ...]:
    """Pass figures on if they stand in one release, so that they may be compared.

    Raises
    ------
    MixedReleases
        If they come from two; names both.

    Examples
    --------
    >>> lait = official("ks2_writing_expected", year_ending=2019)
    >>> tables = official("ks2_writing_expected", group="disadvantaged", year_ending=2019)
    >>> one_release([lait, tables])
    Traceback (most recent call last):
    writinggaps.problems.MixedReleases: Figures from two releases would be compared: ...
    """
    passed = tuple(figures)
    versions = sorted({f.version for f in passed})
    if len(versions) > 1:
        raise MixedReleases(
            f"Figures from two releases would be compared: {' and '.join(versions)}",
            "the same measure can differ by a point between releases",
            remedy="Ask for both figures with the same version.",
        )
    return passed


def measures_published() -> tuple[str, ...]:
    """List the measures of the table, in order of the alphabet.

    Examples
    --------
    >>> "ks2_writing_expected" in measures_published()
    True
    """
    return tuple(sorted({measure for measure, _ in _releases()}))


def own_folder() -> Path:
    """Give the folder of the user's own, newer figures; `WRITINGGAPS_OFFICIAL` names another."""
    named = os.environ.get("WRITINGGAPS_OFFICIAL", "")
    return Path(named) if named else Path.home() / ".config" / "writinggaps" / "official"


def series_of(measure: str) -> Series:
    """Give what is told of a measure in its preferred release."""
    return next(s for (name, _), s in _releases().items() if name == measure)


def keep(rows: Iterable[Row], series: Iterable[Series]) -> tuple[str, ...]:
    """Keep newer figures in the user's own folder and say what they change.

    A figure that was imported before in the same release is replaced. Later runs take these figures
    first; one comparison still never mixes two releases.

    Returns
    -------
    tuple of str
        How many figures are new, as they were, or differ from those in use: of all, and of each
        measure with its years; then the first of those that differ.
    """
    rows, series = tuple(rows), tuple(series)
    changes = _changes(rows, {s.measure: s.label for s in series})
    folder = own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    given = {row[:4] + row[5:6] + row[7:8]: row for row in (*_own(_OWN, Row), *rows)}
    told = {(s.measure, s.version): s for s in (*series, *_own(_SERIES, Series))}
    for name, kind, lines in (
        (_OWN, Row, given.values()),
        (_SERIES, Series, [*series, *(s for k, s in told.items() if s not in series)]),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([kind._fields, *lines])
    _table.cache_clear()
    _releases.cache_clear()
    return changes


def _changes(rows: tuple[Row, ...], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Compare figures with those in use, at the precision of those in use."""
    order, differ = list(_releases()), []
    counts: dict[str, Counter[str]] = {}
    years: dict[str, set[int]] = {}
    for row in rows:
        old = _table().get((row.measure, row.group, row.phase, row.la_code), ())
        here = [o for o in old if o.year_ending == row.year_ending and o.value]
        known = min(here, key=lambda o: order.index((o.measure, o.version)), default=None)
        label, year = labels.get(row.measure, row.measure), int(row.year_ending)
        found = "new" if known is None else "unlike those in use"
        if known is not None and _alike(row.value, known.value):
            found = "as they were"
        elif known is not None:
            what = f"{label}, {_whom(row.group)}, {row.phase}, {row.place} {_school_year(year)}"
            differ.append(f"  {what}: {known.value} becomes {row.value}")
        counts.setdefault(label, Counter())[found] += 1
        years.setdefault(label, set()).add(year)
    more = [f"  ... and {len(differ) - _CHANGED} more"] if len(differ) > _CHANGED else []
    by_measure = (f"  {of}, {_span(years[of])}: {_counted(n)}" for of, n in counts.items())
    said = _counted(sum(counts.values(), Counter()))
    return (f"Of {len(rows):,} figures: {said}.", *by_measure, *differ[:_CHANGED], *more)


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{n:,} {what}" for what, n in sorted(found.items(), reverse=True))


def _span(years: set[int]) -> str:
    ends = dict.fromkeys((min(years), max(years)))
    return " to ".join(_school_year(year) for year in ends)


def _school_year(year_ending: int) -> str:
    return f"{year_ending - 1}-{year_ending % 100:02d}"


def _alike(value: str, known: str) -> bool:
    places = len(known.partition(".")[2])
    return bool(abs(float(value) - float(known)) <= 0.5 * 10**-places + 1e-9)


def _own(name: str, kind: type[T]) -> list[T]:
    place = own_folder() / name
    if not place.is_file():
        return []
    with place.open(encoding="utf-8", newline="") as file:
        return [kind(*line) for line in list(csv.reader(file))[1:]]


def _found(
    measure: str, group: str, phase: str, la_code: str, version: str
) -> tuple[Official, ...]:
    """All published figures of one kind: preferred release first, oldest year first."""
    if measure not in measures_published():
        raise BadArgument(
            f"There is no measure '{measure}' among the official figures",
            remedy=hint(measure, measures_published()),
        )
    order = list(_releases())
    rows = [r for r in _table().get((measure, group, phase, la_code), ()) if r.value]
    rows = [r for r in rows if version in ("", r.version)]
    rows.sort(key=lambda r: (order.index((measure, r.version)), r.year_ending))
    return tuple(_official(row) for row in rows)


def _official(row: Row) -> Official:
    series = _releases()[row.measure, row.version]
    return Official(
        value=float(row.value),
        unit=series.unit,
        measure=row.measure,
        label=series.label,
        group=row.group,
        phase=row.phase,
        place=row.place,
        la_code=row.la_code,
        year_ending=int(row.year_ending),
        source=series.source,
        coverage=row.coverage or series.coverage,
        version=row.version,
    )


def _not_published(
    measure: str, group: str, phase: str, la_code: str, year_ending: int | None
) -> NoReturn:
    """Say why there is no figure: the reason of its empty row, or that nothing is carried."""
    rows = _table().get((measure, group, phase, la_code), ())
    reasons = [r.reason for r in rows if r.reason and r.year_ending in ("", str(year_ending))]
    reasons = reasons or [r.reason for r in rows if r.reason and year_ending is None]
    when = f" in {_school_year(year_ending)}" if year_ending else ""
    where = "England" if not la_code else f"local authority {la_code}"
    carried = (
        f"no official figure of {_whom(group)} in {phase} schools is carried for {where}{when}"
    )
    raise NotPublished(reasons[0] if reasons else f"{series_of(measure).label}: {carried}")


def _whom(group: str) -> str:
    return "all pupils" if group == "all" else f"the group {group}"


@cache
def _table() -> dict[tuple[str, str, str, str], tuple[Row, ...]]:
    """Read the whole table, by measure, group, phase and place."""
    found: dict[tuple[str, str, str, str], tuple[Row, ...]] = {}
    shipped = (Row(*line) for name in _FILES for line in lines(name))
    for row in (*_own(_OWN, Row), *shipped):
        key = (row.measure, row.group, row.phase, row.la_code)
        found[key] = (*found.get(key, ()), row)
    return found


@cache
def _releases() -> dict[tuple[str, str], Series]:
    """Read what each release says of a measure; a measure's preferred release comes first."""
    shipped = (Series(*line) for line in lines(_SERIES))
    return {(s.measure, s.version): s for s in (*_own(_SERIES, Series), *shipped)}


def lines(name: str) -> list[list[str]]:
    """Read a table of `defaults/official` without its headings.

    Examples
    --------
    >>> lines("ks2_codes.csv")[0]
    ['SUPP', 'suppressed because very few pupils are behind it']
    """
    text = files("writinggaps.defaults").joinpath("official", name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
