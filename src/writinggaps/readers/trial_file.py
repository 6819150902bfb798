"""A trial's file, whatever its columns are called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from writinggaps.problems import BadArgument, BadInput, MissingColumn, Unreadable, hint
from writinggaps.readers.front import read_school
from writinggaps.readers.school import School

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["read_evaluation", "read_trial"]

_CALLED = {name: name for name in ("pupil_id", "group", "taught", "pre", "post", "school")}


def read_evaluation(data: str, trial: str = "", columns: str = "") -> tuple[School, pd.DataFrame]:
    """Read a school, or a trial's file, or both; what is not given is empty.

    Parameters
    ----------
    data : str
        A school, as for `read_school`; may be empty where there is a trial.
    trial, columns : str, optional
        A trial's file and its columns, as for `read_trial`.

    Raises
    ------
    BadInput
        If neither is given, or one of them cannot be used.
    """
    given = read_school(data) if data or not trial else None
    rows = read_trial(trial, columns) if trial else None
    empty = School(key="", name="", phase="primary", tables={"pupils": pd.DataFrame()})
    none = pd.DataFrame({"taught": pd.Series(dtype=bool)})
    return empty if given is None else given, none if rows is None else rows


def read_trial(path: str | Path, columns: str = "") -> pd.DataFrame:
    r"""Read a trial from a CSV file.

    Parameters
    ----------
    path : str or Path
        A CSV file with a row a pupil.
    columns : str, optional
        What the columns are called, where not `pupil_id`, `group`, `pre` and `post`, as
        `pupil_id=id, group=arm, pre=t1, post=t2`. `school=site` names a column of schools.
        `taught=T` says what stands in the column of groups for those taught; there may be one
        other.

    Returns
    -------
    DataFrame
        `pupil_id` (str), `taught` (bool), `pre`, `post` (float, blank where not tested) and,
        where the file has it, `school` (str).

    Raises
    ------
    Unreadable
        If there is no such file, or it is no CSV file.
    MissingColumn
        If it lacks a column.
    BadInput
        If `columns` cannot be read, a score is no number, a pupil stands there twice or without
        a group or school, or there are not two groups.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "trial.csv"
    ...     _ = file.write_text("id,arm,t1,t2\na,T,8,9\nb,C,7,\n")
    ...     read_trial(file, "pupil_id=id, group=arm, taught=T, pre=t1, post=t2")
      pupil_id  taught  pre  post
    0        a    True  8.0   9.0
    1        b   False  7.0   NaN
    """
    called, raw, where = _called(columns), _read(path), Path(path).name
    taught = called.pop("taught")
    if called["school"] == "school" and "school" not in raw:
        del called["school"]
    for name in called.values():
        if name not in raw:
            raise MissingColumn(f"There is no column '{name}'", "", where, hint(name, raw.columns))
    found = pd.DataFrame({name: raw[column].str.strip() for name, column in called.items()})
    _complete(found, where)
    groups = _taught(found.pop("group"), taught, where)
    scores = {name: _numbers(found[name], called[name], where) for name in ("pre", "post")}
    found = found.assign(**scores)
    found.insert(1, "taught", groups)
    return found


def _called(columns: str) -> dict[str, str]:
    called = dict(_CALLED)
    for part in filter(None, (p.strip() for p in columns.split(","))):
        name, equals, given = (p.strip() for p in part.partition("="))
        if not equals or not given or name not in called:
            raise BadArgument(
                f"'{part}' does not say what a column is called",
                "pairs such as group=arm",
                "",
                hint(name, called),
            )
        called[name] = given
    return called


def _read(path: str | Path) -> pd.DataFrame:
    if not Path(path).is_file():
        raise Unreadable(f"There is no file '{path}'", "a CSV file with a row a pupil")
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as why:
        raise Unreadable("The file cannot be read", "a CSV file", Path(path).name) from why


def _complete(found: pd.DataFrame, where: str) -> None:
    for name in set(found) - {"pre", "post"}:
        _refuse(found[name].eq(""), f"no {str(name).removesuffix('_id')}", where)
    _refuse(found["pupil_id"].duplicated(), "a pupil who stands there already", where)


def _refuse(wrong: pd.Series, what: str, where: str) -> None:
    if wrong.any():
        rows = ", ".join(str(place + 2) for place in wrong.to_numpy().nonzero()[0][:5])
        raise BadInput(f"{int(wrong.sum())} rows hold {what} (rows {rows})", "", where)


def _taught(groups: pd.Series, taught: str, where: str) -> pd.Series:
    kinds = sorted(groups.unique())
    if taught not in kinds:
        raise BadArgument(f"No pupil's group is '{taught}'", "", where, _named(kinds))
    if len(kinds) > 2:
        raise BadInput(
            f"There are {len(kinds)} groups", "two: taught and comparison", where, _named(kinds)
        )
    return groups.eq(taught)


def _named(kinds: Iterable[str]) -> str:
    return f"Groups in the file: {', '.join(kinds)}."


def _numbers(texts: pd.Series, column: str, where: str) -> pd.Series:
    made = pd.to_numeric(texts.mask(texts.eq("")), errors="coerce").astype(float)
    _refuse(made.isna() & texts.ne(""), f"something in '{column}' that is no number", where)
    return made
