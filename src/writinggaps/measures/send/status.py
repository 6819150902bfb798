"""The SEN status and need of pupils at a date, and the school years that are looked at.

A census says what was recorded on its day, and comes first while it is less than a year old; the
pupils table says what is recorded now, or was when the pupil left.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from writinggaps.problems import NoRecords, TooFewPupils
from writinggaps.readers.groups import GROUPS
from writinggaps.readers.judged import year_groups
from writinggaps.readers.roll import on_roll
from writinggaps.readers.schema import code_table
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term

__all__ = [
    "FEWEST",
    "NONE",
    "PLAN",
    "STATUSES",
    "SUPPORT",
    "comparable",
    "enrolled",
    "roll_with_status",
    "same_terms",
    "sides",
    "status_parts",
    "with_status",
    "years_to",
]

STATUSES = ("EHCP", "SEN Support", "no SEN")
"""In the order of every table: plans first."""
PLAN, SUPPORT, NONE = STATUSES

FEWEST = 4
"""Pupils of whom a figure by SEN status or need is told, and on either side of a comparison."""

_FRESH = pd.Timedelta(days=365)
_YEARS = 3
_NO_NEED = "no need recorded"


def with_status(school: School, pupils: pd.DataFrame, term: str) -> pd.DataFrame:
    """Say of each pupil what provision was made at the end of a term, and for what need.

    Parameters
    ----------
    school : School
        With a census or a column `sen_provision`.
    pupils : DataFrame
        Rows of the pupils table.
    term : str
        Such as `2025-26-autumn`.

    Returns
    -------
    DataFrame
        The pupils whose status is known, with `status` (one of `STATUSES`) and `need` (in words;
        empty where there is no SEN).

    Raises
    ------
    NoRecords
        If nobody's status is recorded.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> pupils = pd.DataFrame({"pupil_id": ["p1", "p2"], "sen_provision": ["N", "N"]})
    >>> day = pd.Timestamp("2025-10-02")
    >>> census = pd.DataFrame({"pupil_id": ["p2"], "date": [day], "sen_provision": ["K"]})
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "census": census})
    >>> with_status(school, pupils, "2025-26-autumn").status.tolist()
    ['no SEN', 'SEN Support']
    """
    blank = pd.Series(pd.NA, index=pupils.index, dtype="string")
    recorded = pupils.get("sen_provision", blank).astype("string")
    counted = pupils["pupil_id"].map(_census(school, term)).astype("string")
    status = counted.fillna(recorded).map(GROUPS["sen"].labels)
    found = pupils.assign(status=status, need=pupils.get("sen_need", blank).map(need_label))
    found = found[status.notna()].reset_index(drop=True)
    if found.empty:
        raise NoRecords(
            "The school's data do not say who is on SEN Support or has a plan",
            "this question is answered from the column sen_provision",
        )
    return found.assign(need=found["need"].where(found["status"].ne(NONE), ""))


def need_label(code: object) -> str:
    """Name a need in words.

    Examples
    --------
    >>> need_label("SEMH"), need_label(None)
    ('social, emotional and mental health', 'no need recorded')
    """
    return code_table("sen_need").means.get(str(code), _NO_NEED)


def enrolled(school: School, term: str) -> pd.DataFrame:
    """Give the pupils who were on roll at any time of a school year up to the end of a term.

    Raises
    ------
    NoRecords
        If nobody was.
    """
    last = Term.parse(term)
    pupils, start = school.pupils, pd.Timestamp(Term(last.starts_in, 0).start)
    here = pd.Series(data=True, index=pupils.index)
    if "joined" in pupils:
        here &= ~(pupils["joined"] > pd.Timestamp(last.end))
    if "left" in pupils:
        here &= ~(pupils["left"] < start)
    if not here.any():
        raise NoRecords(f"Nobody was on roll in {last.year}", "pupils have to be on roll")
    return pupils.assign(year_group=year_groups(school, term))[here].reset_index(drop=True)


def years_to(term: str) -> tuple[str, ...]:
    """Give the same term of three school years, oldest first.

    Examples
    --------
    >>> years_to("2025-26-autumn")
    ('2023-24-autumn', '2024-25-autumn', '2025-26-autumn')
    """
    return tuple(str(Term.parse(term).back(3 * back)) for back in reversed(range(_YEARS)))


def same_terms(term: str) -> tuple[str, ...]:
    """Give the periods that a school year holds up to a term: its terms, and the whole year.

    Examples
    --------
    >>> same_terms("2025-26-spring")
    ('2025-26-autumn', '2025-26-spring')
    >>> same_terms("2025-26-summer")[-1]
    '2025-26'
    """
    last = Term.parse(term)
    terms = tuple(str(Term(last.starts_in, part)) for part in range(last.part + 1))
    return (*terms, last.year) if last.part == _YEARS - 1 else terms


def sides(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part pupils with SEN from pupils without."""
    sen = rows["status"].ne(NONE)
    return rows[sen], rows[~sen]


def comparable(with_sen: int, without: int) -> None:
    """Refuse a school where nothing can be compared: hardly anybody, or nearly everybody, has SEN.

    Raises
    ------
    TooFewPupils
        If either side has fewer than four pupils; every question then has the same answer.
    """
    talk = "Where there are some, talk about them one by one."
    for n, who, remedy in ((with_sen, "with", talk), (without, "without", "")):
        if n < FEWEST:
            raise TooFewPupils(
                f"There are no pupils {who} SEN, or fewer than four",
                "there is no group to set beside the others",
                "",
                remedy,
            )


def status_parts(
    rows: pd.DataFrame, held: pd.Series, by: str = "status"
) -> Mapping[str, tuple[list[str], list[str]]]:
    """Give, for each status or need, the pupils of whom something holds and all its pupils."""
    names = STATUSES if by == "status" else rows[by].value_counts().index
    parts = {str(name): rows[by].eq(name) for name in names}
    return {
        name: (rows.loc[here & held, "pupil_id"].tolist(), rows.loc[here, "pupil_id"].tolist())
        for name, here in parts.items()
        if here.any()
    }


def roll_with_status(school: School, term: str) -> pd.DataFrame:
    """Give the pupils on roll at the end of a term with their status."""
    return with_status(school, on_roll(school, term), term)


def _census(school: School, term: str) -> Mapping[str, str]:
    rows, last = school.tables.get("census"), pd.Timestamp(Term.parse(term).end)
    if rows is None or "sen_provision" not in rows:
        return {}
    near = rows[(rows["date"] <= last) & (rows["date"] > last - _FRESH)]
    latest = near.dropna(subset=["sen_provision"]).sort_values("date", kind="stable")
    return dict(
        latest.drop_duplicates("pupil_id", keep="last")[["pupil_id", "sen_provision"]]
        .to_numpy()
        .tolist()
    )
