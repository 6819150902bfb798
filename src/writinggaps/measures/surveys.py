"""What do pupils, families and staff say, and where do their views differ?"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

import pandas as pd

from writinggaps.estimates import Share, ShareDifference, share, share_difference
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.problems import NoRecords
from writinggaps.readers.schema import default
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Label, Number, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Asked", "Response", "Surveys", "surveys"]

_CHANCE = 0.05
_A_YEAR = pd.Timedelta(days=365)
_MIDDLE = 0.5
_YES = {"yes": 1.0, "y": 1.0, "no": 0.0, "n": 0.0}


@result
class Asked:
    """One question, or one area of a self-audit: who agreed, and the two roles furthest apart."""

    label: Label
    agreed: Breakdown | Withheld
    widest: ShareDifference | Withheld


@result
class Response:
    """How many of a role answered, of those who were asked."""

    role: Label
    answered: Share | Withheld


@result
class Surveys:
    """The answers of a year, question by question, those where roles differ most first.

    Someone agrees whose answer is above the middle of its scale. Roles with fewer answers than
    `role_minimum` are shown and not compared; intervals are widened for all comparisons.
    """

    period: Label
    by: Label
    asked: tuple[Asked, ...]
    responses: tuple[Response, ...]
    role_minimum: Number
    enough: Number
    comparisons: Number


def surveys(
    school: School, *, term: str, standards: Standards, by: Literal["question", "area"] = "question"
) -> Surveys:
    """Set the answers of pupils, families, staff and others beside each other.

    Parameters
    ----------
    school : School
        With a table of surveys.
    term : str
        The answers of the twelve months up to its end count, of each person the latest.
    standards : Standards
        How many answers are enough to compare a role, and to speak for it.
    by : str, optional
        `question` for surveys; `area` for the areas of a self-audit, in which a person agrees who
        agrees on average with its questions. The eight areas of the inclusion index are such areas.

    Returns
    -------
    Surveys
        Differences between roles have Newcombe's interval.

    Raises
    ------
    NoRecords
        If nobody answered.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> told = pd.DataFrame({"respondent": [f"R{n}" for n in range(40)],
    ...                      "role": ["parent"] * 20 + ["staff"] * 20, "question": "Heard?",
    ...                      "answer": ["yes"] * 8 + ["no"] * 12 + ["yes"] * 15 + ["no"] * 5})
    >>> school = School(key="1", name="A", phase="primary", tables={"surveys": told})
    >>> [found] = surveys(school, term="2025-26-autumn", standards=load_standards()).asked
    >>> round(found.widest.estimate, 2), found.widest.group_name
    (-0.35, 'parent')
    """
    rows, rule = _answers(school, term, by), standards.surveys
    parts = {str(name): _by_role(of) for name, of in rows.groupby(by, sort=False)}
    pairs = {name: _pairs(of, rule.role_minimum) for name, of in parts.items()}
    comparisons = sum(len(of) for of in pairs.values())
    asked = [
        Asked(
            label=name,
            agreed=breakdown("role", of),
            widest=attempt(_widest, of, pairs[name], 1 - _CHANCE / max(comparisons, 1)),
        )
        for name, of in parts.items()
    ]
    return Surveys(
        period=term,
        by=by,
        asked=tuple(sorted(asked, key=_apart, reverse=True)),
        responses=tuple(
            Response(role=str(role), answered=attempt(_response, of))
            for role, of in rows.groupby("role", sort=True)
        ),
        role_minimum=rule.role_minimum,
        enough=round(100 * rule.response),
        comparisons=comparisons,
    )


def _answers(school: School, term: str, by: str) -> pd.DataFrame:
    """Give one row a person and question or area, with whether the person agreed."""
    told, last = school.table("surveys"), pd.Timestamp(Term.parse(term).end)
    named = told["question"].where(
        told["question"].isin(default("inclusion.toml")["review"]["areas"])
    )
    area = told["area"].replace("", pd.NA).fillna(named) if "area" in told else named
    told = told.assign(area=area)[area.notna() if by == "area" else area.isna()]
    if "date" in told:
        told = told[~(told["date"] > last) & ~(told["date"] <= last - _A_YEAR)]
        told = told.sort_values("date", kind="stable", na_position="first")
    told = told.drop_duplicates(["role", "respondent", "question"], keep="last").sort_index()
    scale = told.get("scale", pd.Series("", index=told.index)).fillna("")
    places = [_place(str(a), str(s)) for a, s in zip(told["answer"], scale, strict=True)]
    told = told.assign(place=places).dropna(subset=["place", "role"])
    if told.empty:
        what = "survey" if by == "question" else "self-audit"
        raise NoRecords(f"No {what} was answered in the last twelve months")
    told = told.assign(invited=told["asked"] if "asked" in told else float("nan"))
    one = told.groupby([by, "role", "respondent"], sort=False, as_index=False)
    return one.agg(place=("place", "mean"), invited=("invited", "max"))


def _place(answer: str, scale: str) -> float:
    """Say where an answer lies on its scale, from 0 to 1; nan where it is not on it."""
    ends = scale.replace("–", "-").split("-")
    if len(ends) == 2 and all(end.strip().isdigit() for end in ends):
        low, high = (float(end) for end in ends)
        value = float(answer) if answer.replace(".", "", 1).isdigit() else float("nan")
        return (value - low) / (high - low) if low <= value <= high else float("nan")
    words = [word.strip().casefold() for word in scale.split("/")] if "/" in scale else []
    if words:
        there = answer.strip().casefold() in words
        return words.index(answer.strip().casefold()) / (len(words) - 1) if there else float("nan")
    return _YES.get(answer.strip().casefold(), float("nan"))


def _by_role(rows: pd.DataFrame) -> Mapping[str, tuple[int, int]]:
    agreed = rows["place"].gt(_MIDDLE).groupby(rows["role"], sort=True)
    return {str(role): (int(of.sum()), len(of)) for role, of in agreed}


def _pairs(of: Mapping[str, tuple[int, int]], least: int) -> list[tuple[str, str]]:
    return list(combinations([role for role, (_, n) in of.items() if n >= least], 2))


def _widest(
    of: Mapping[str, tuple[int, int]], pairs: list[tuple[str, str]], level: float
) -> ShareDifference:
    if not pairs:
        raise NoRecords("Fewer than two roles have enough answers to be compared")
    found = [
        share_difference(
            share(*of[one], level=level),
            share(*of[other], level=level),
            group_name=one,
            others_name=other,
        )
        for one, other in pairs
    ]
    return max(found, key=lambda difference: abs(difference.estimate))


def _apart(asked: Asked) -> float:
    return 0.0 if isinstance(asked.widest, Withheld) else abs(asked.widest.estimate)


def _response(rows: pd.DataFrame) -> Share:
    people, invited = rows["respondent"].nunique(), rows["invited"].max()
    if invited != invited or invited < people:
        raise NoRecords("How many were asked is not recorded")
    return share(people, int(invited))
