"""A school, and the schools that it is looked at beside."""

from __future__ import annotations

from pathlib import Path

from writinggaps.readers.front import read_school
from writinggaps.readers.school import School

__all__ = ["read_peers"]


def read_peers(data: str, peers: str = "") -> tuple[School, ...]:
    """Read one school and, where a folder of schools is given, the others in it.

    Parameters
    ----------
    data : str
        The school that a report is about: a folder, a workbook or a database.
    peers : str, optional
        A folder of schools' folders; the school itself may be among them.

    Returns
    -------
    tuple of School
        The school first.

    Examples
    --------
    >>> [s.key for s in read_peers("data/sample/schools/S02")]
    ['S02']
    """
    own = read_school(data)
    if not peers:
        return (own,)
    folders = sorted(path for path in Path(peers).iterdir() if path.is_dir())
    others = [read_school(_source(path)) for path in folders]
    return (own, *(s for s in others if s.key != own.key))


def _source(folder: Path) -> Path:
    """Take the workbook of a folder that holds one and no settings of a school."""
    books = sorted(folder.glob("*.xlsx"))
    return books[0] if len(books) == 1 and not (folder / "school.toml").exists() else folder
