"""What evaluations are made from beside a school's data: published studies, and trials' files."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import pandas as pd

from writinggaps.problems import BadArgument, BadInput, hint
from writinggaps.readers.flat import need, numbers, refuse, texts
from writinggaps.readers.front import read_school
from writinggaps.readers.school import School

__all__ = ["read_evaluation", "read_gap_reductions", "read_studies", "read_trial"]

_NUMBERS = {
    "studies.csv": (
        "age_low", "age_high", "n", "n_comparison", "months_between", "weeks_between", "pre",
        "post", "gain_months", "published_ratio_gain", "effect",
    ),
    "gap_reductions.csv": ("row", "impact", "comparison_mean", "published_reduction"),
}  # fmt: skip

_CALLED = {name: name for name in ("pupil_id", "group", "taught", "pre", "post", "school")}
_REFUSED = "n/a"
_ANSWERS = ("published_ratio_gain",)
"""Columns in which a publication may say that there is no such figure."""


def read_studies(path: str | Path = "") -> pd.DataFrame:
    """Read published studies.

    Parameters
    ----------
    path : str or Path, optional
        A table of one's own in the columns of the table that comes with the library, which is
        read where nothing is given.

    Returns
    -------
    DataFrame
        A row for each group and outcome of a study. Numbers are floats, blank where the study does
        not give them; everything else is text. `published_ratio_gain_refused` is true where the
        publication says "n/a". `gain_months` stands only where the scale is ages;
        `effect` is against the group named in `compared_with`; `why_not` says why something is
        missing; `citation` is in every row.

    Raises
    ------
    Unreadable, MissingColumn, BadInput
        If there is no such table, or it lacks a column, a citation, or a number where one should
        be.

    Examples
    --------
    >>> studies = read_studies().set_index("study")
    >>> float(studies.loc["spellit-taught", "published_ratio_gain"])
    1.2
    """
    return _read("studies.csv", path)


def read_gap_reductions() -> pd.DataFrame:
    """Read published impacts with the share of the distance to the norm that they closed.

    Examples
    --------
    >>> len(read_gap_reductions())
    12
    """
    return _read("gap_reductions.csv", "")


def _read(name: str, path: str | Path) -> pd.DataFrame:
    shipped = files("writinggaps.defaults").joinpath("published", name)
    with shipped.open(encoding="utf-8") as ours:
        known = pd.read_csv(ours, dtype=str, keep_default_na=False)
    found = texts(path, "a CSV file of published studies") if str(path) else known
    need(found, map(str, known), str(path))
    refuse(found["citation"].str.strip().eq(""), "no citation", str(path))
    answers = [column for column in _ANSWERS if column in found]
    refused = {f"{column}_refused": found[column].str.strip().eq(_REFUSED) for column in answers}
    made = {
        column: numbers(found[column], str(path), ("", _REFUSED) if column in answers else ("",))
        for column in _NUMBERS[name]
    }
    return found.assign(**made, **refused).reset_index(drop=True)


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
    called, where = _called(columns), Path(path).name
    raw = texts(path, "a CSV file with a row a pupil")
    taught = called.pop("taught")
    if called["school"] == "school" and "school" not in raw:
        del called["school"]
    need(raw, called.values(), where)
    found = pd.DataFrame({name: raw[column].str.strip() for name, column in called.items()})
    for name in called.keys() - {"pre", "post"}:
        refuse(found[name].eq(""), f"no {name.removesuffix('_id')}", where)
    refuse(found["pupil_id"].duplicated(), "a pupil who stands there already", where)
    scores = {name: numbers(raw[called[name]], where) for name in ("pre", "post")}
    groups = _taught(found.pop("group"), taught, where)
    found.insert(1, "taught", groups)
    return found.assign(**scores).reset_index(drop=True)


def _called(columns: str) -> dict[str, str]:
    called = dict(_CALLED)
    for part in filter(None, (p.strip() for p in columns.split(","))):
        name, equals, given = (p.strip() for p in part.partition("="))
        if not equals or not given or name not in called:
            raise BadArgument(
                f"'{part}' does not say what a column is called",
                "columns are given as pairs such as group=arm",
                "",
                hint(name, called),
            )
        called[name] = given
    return called


def _taught(groups: pd.Series, taught: str, where: str) -> pd.Series:
    kinds = sorted(groups.unique())
    if taught not in kinds:
        raise BadArgument(f"No pupil's group is '{taught}'", "", where, _named(kinds))
    if len(kinds) > 2:
        raise BadInput(f"There are {len(kinds)} groups", "there must be two", where, _named(kinds))
    return groups.eq(taught)


def _named(kinds: Iterable[str]) -> str:
    return f"Groups in the file: {', '.join(kinds)}."
