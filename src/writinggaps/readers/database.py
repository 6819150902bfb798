"""A database with our table names, read through SQLAlchemy and never written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writinggaps.problems import Unreadable
from writinggaps.readers.reading import Place
from writinggaps.readers.schema import tables
from writinggaps.readers.sheets import Sheet, cell_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from writinggaps.readers.reading import Log

__all__ = ["is_address", "read_database"]

SCHOOL_KEY = "school_key"
_SETTINGS = "school"


def is_address(source: object) -> bool:
    """Say whether a source is the address of a database.

    Examples
    --------
    >>> is_address("sqlite:///trust.db"), is_address("schools/100001")
    (True, False)
    """
    return isinstance(source, str) and "://" in source


def read_database(address: str, key: str, log: Log) -> tuple[str, tuple[Sheet, ...]]:
    """Read every table of ours that a database holds.

    Parameters
    ----------
    address : str
        As SQLAlchemy writes it: `postgresql+psycopg://...`, `sqlite:///...`.
    key : str
        The school whose rows are read, where the tables have a column `school_key`.
    log : Log
        Where issues go; never with the address, which may hold a password.

    Returns
    -------
    (str, tuple of Sheet)
        Name of the database, and its tables with their rows in alphabetical order.

    Raises
    ------
    Unreadable
        If SQLAlchemy is not installed.
    """
    try:
        import sqlalchemy
    except ImportError:
        raise Unreadable(
            "Databases are read through SQLAlchemy, which is not installed",
            remedy="Install it with: pip install 'writinggaps[database]'",
        ) from None
    place = Place("database")
    try:
        url = sqlalchemy.make_url(address)
        place = Place((url.database or "database").replace("\\", "/").rpartition("/")[2])
        engine = sqlalchemy.create_engine(url)
        with engine.connect() as connection:
            _read_only(connection)
            found = _tables(connection, place, key, log)
        engine.dispose()
    except (sqlalchemy.exc.SQLAlchemyError, ImportError, OSError, ValueError):
        log.add("no_database", place)
        return place.file, ()
    return place.file, tuple(found)


def _read_only(connection: Connection) -> None:
    kind = connection.dialect.name
    if kind == "postgresql":
        connection.execution_options(postgresql_readonly=True)
    elif kind == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")


def _tables(connection: Connection, place: Place, key: str, log: Log) -> list[Sheet]:
    import sqlalchemy

    looked = sqlalchemy.inspect(connection)
    names = {*looked.get_table_names(), *looked.get_view_names()}
    found = []
    for name in (_SETTINGS, *tables()):
        if name in names:
            columns = [column["name"] for column in looked.get_columns(name)]
            rows = _rows(connection, name, columns, key)
            at = Place(place.file, name)
            found.append(
                _settings(at, columns, rows) if name == _SETTINGS else _sheet(at, columns, rows)
            )
            _one_school(columns, rows, key, at, log)
    return found


def _rows(connection: Connection, name: str, columns: Sequence[str], key: str) -> list[list[str]]:
    from sqlalchemy import String, cast, column, select, table

    wanted: Any = select(*(column(c) for c in columns)).select_from(table(name))
    if key and SCHOOL_KEY in columns:
        wanted = wanted.where(cast(column(SCHOOL_KEY), String) == key)
    return sorted([cell_text(value) for value in row] for row in connection.execute(wanted))


def _one_school(
    columns: Sequence[str], rows: list[list[str]], key: str, place: Place, log: Log
) -> None:
    if key or SCHOOL_KEY not in columns:
        return
    number = columns.index(SCHOOL_KEY)
    if len({row[number] for row in rows}) > 1:
        log.add("key_needed", place)


def _sheet(place: Place, columns: Sequence[str], rows: list[list[str]]) -> Sheet:
    kept = [number for number, name in enumerate(columns) if name != SCHOOL_KEY]
    whole = [[columns[n] for n in kept], *([row[n] for n in kept] for row in rows)]
    return Sheet.of(place, zip(*whole, strict=True))


def _settings(place: Place, columns: Sequence[str], rows: list[list[str]]) -> Sheet:
    """Turn the one row of the school's settings on its side."""
    row = rows[0] if rows else [""] * len(columns)
    pairs = [[name, text] for name, text in zip(columns, row, strict=True) if name != SCHOOL_KEY]
    return Sheet.of(place, zip(["setting", "value"], *pairs, strict=True))
