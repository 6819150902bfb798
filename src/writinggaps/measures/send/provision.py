"""What is provided, for whom, what does it cost, and what did pupils gain meanwhile?"""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.means import MeanDifference, mean_gain
from writinggaps.measures.send.status import NONE, with_status
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Count, Label, Labels, Tally, result
from writinggaps.withheld import Withheld, attempt

__all__ = ["Given", "Provision", "Scheme", "provision_map"]

_A_YEAR = 3
_MINUTES = 60


@result
class Given:
    """What was given to the pupils of one scheme.

    `lessons_lost` are sessions for which pupils left a lesson; `pounds` is None where no cost is
    recorded.
    """

    n: Count
    sen: Share | Withheld
    sessions: Tally
    hours: Tally
    lessons_lost: Tally
    pounds: Tally | None
    missed: Labels


@result
class Scheme:
    """One scheme: what was given, and what its pupils gained meanwhile on a standard scale."""

    label: Label
    given: Given | Withheld
    gained: MeanDifference | Withheld


@result
class Provision:
    """The provision map of the three terms up to a term: schemes by how many pupils had them."""

    period: Label
    since: Label
    schemes: tuple[Scheme, ...]


def provision_map(school: School, *, term: str) -> Provision:
    """List the schemes that pupils had in a year.

    Parameters
    ----------
    school : School
        With a table of interventions.
    term : str
        Schemes that began in the three terms up to it; comparison pupils are left out.

    Returns
    -------
    Provision
        Gains are of pupils with standard scores from before and after, and without a comparison.

    Raises
    ------
    NoRecords
        If no scheme began in a year.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> pupils = pd.DataFrame({"pupil_id": list("ab"), "year_group": 4,
    ...                        "sen_provision": ["K", "N"]})
    >>> told = pd.DataFrame({"pupil_id": list("ab"), "scheme": "Sample", "group": "taught",
    ...                      "start": pd.Timestamp("2025-09-15"), "place": "withdrawn",
    ...                      "missed_subject": "art", "sessions": 20.0, "minutes": 30.0})
    >>> school = School(key="1", name="A", phase="primary",
    ...                 tables={"pupils": pupils, "interventions": told})
    >>> [scheme] = provision_map(school, term="2025-26-autumn").schemes
    >>> scheme.given.hours, scheme.given.lessons_lost, scheme.given.sen.count
    (20, 40, 1)
    """
    last = Term.parse(term)
    first = last.back(_A_YEAR - 1)
    told = school.table("interventions")
    here = told["start"].between(pd.Timestamp(first.start), pd.Timestamp(last.end))
    told = told[here & told.get("group", pd.Series("", index=told.index)).ne("comparison")]
    told = told[told["pupil_id"].isin(school.pupils["pupil_id"])]
    if told.empty:
        raise NoRecords("No support that began in the last three terms is recorded")
    known = attempt(with_status, school, school.pupils, term)
    sen = set() if isinstance(known, Withheld) else set(known[known["status"].ne(NONE)]["pupil_id"])
    common = (
        told.groupby("scheme")["pupil_id"].nunique().sort_values(ascending=False, kind="stable")
    )
    return Provision(
        period=term,
        since=str(first),
        schemes=tuple(_scheme(str(s), told[told["scheme"].eq(s)], sen) for s in common.index),
    )


def _scheme(name: str, every: pd.DataFrame, sen: set[str]) -> Scheme:
    once = every.drop_duplicates(["pupil_id", "start"])  # a row more for each test
    sessions = _column(once, "sessions").fillna(0)
    out = once["place"].eq("withdrawn") if "place" in once else sessions.lt(0)
    missed = _column(once[out], "missed_subject").dropna().unique()
    cost = _column(once, "cost")
    given = Given(
        n=once["pupil_id"].nunique(),
        sen=attempt(share, set(once["pupil_id"]) & sen, once["pupil_id"]),
        sessions=int(sessions.sum()),
        hours=round(float((sessions * _column(once, "minutes").fillna(0)).sum() / _MINUTES)),
        lessons_lost=int(sessions[out].sum()),
        pounds=None if cost.isna().all() else round(float(cost.sum())),
        missed=tuple(sorted(str(m) for m in missed if str(m))),
    )
    return Scheme(label=name, given=given, gained=attempt(_gained, every))


def _gained(rows: pd.DataFrame) -> MeanDifference:
    tested = rows[_column(rows, "scale").eq("standard")]
    if tested.empty:
        raise NoRecords("There are no standard scores from before and after")
    latest = tested.sort_values("start", kind="stable").drop_duplicates("pupil_id", keep="last")
    return mean_gain(latest["pre"], latest["post"])


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(float("nan"), index=rows.index)
