"""One school, or all the schools of a folder."""

from __future__ import annotations

from pathlib import Path

from writinggaps.readers.front import read_school
from writinggaps.readers.school import School

__all__ = ["read_schools"]

_OWN = (".csv", ".xlsx", ".toml", ".xml")


def read_schools(data: str) -> tuple[School, ...]:
    """Read one school, or each school of a folder that holds nothing but schools' folders.

    Parameters
    ----------
    data : str
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
    if not folders or any(path.suffix.lower() in _OWN for path in inside if path.is_file()):
        return (read_school(data),)
    return tuple(read_school(_source(path)) for path in folders)


def _source(folder: Path) -> Path:
    """Take the workbook of a folder that holds one and no settings of a school."""
    books = sorted(folder.glob("*.xlsx"))
    return books[0] if len(books) == 1 and not (folder / "school.toml").exists() else folder
