"""What pupils can do, and what was judged of it.

`attained` is a pupil's standing among pupils of the same age, in standard deviations: own ability,
plus the school's shifts for the groups the pupil belongs to, plus what was planted. Every score of
every term is read off that standing with noise, so scores of one pupil hang together at about
r = .8 from year to year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from making.roll import class_name, on_roll, two_pupils, year_group
from making.trust import SCHOOLS, TERMS, draws, judged_on, term_name

if TYPE_CHECKING:
    from datetime import date

ABILITY, NOISE = 0.8, 0.42
POINTS_PER_SD = 38.0
STARTS = {1: 425, 2: 465, 3: 498, 4: 525, 5: 548, 6: 570}
"""Mean comparative-judgement score of a year group in autumn."""
CLOSING = {(2024, "spring"): 0.2, (2024, "summer"): 0.4, (2025, "autumn"): 0.63}
"""By how much S03's disadvantaged pupils have caught up by each term, in standard deviations."""
TWO_PUPILS = 4.5
CUTS = (0.002, 0.004, 0.006, 0.009, 0.013, 0.018, 0.024, 0.27, 0.87)
MOVED = 0.07
"""Share of moderated judgements that go a step down, and the share that goes a step up."""
LENIENT, LENIENT_SHARE = "S06", 0.35
CODES = np.array(["EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"])
DOUBTED = ("S02", 5)
"""Three pupils there were judged below the standard this term, and score like pupils at it."""
POINTS_SCHOOL = "S02"
"""It keeps points: three steps a year, a pupil who keeps up being "secure" in summer."""
POINTS = np.array([f"{year}{step}" for year in range(7) for step in "BWS"])
SUBJECTS_SCHOOL, SUBJECTS = "S04", ("reading", "maths")
"""It records data drops in other subjects too, and key stage 2 tests in them."""
ADDED_CLASS, ADDED = ("S04", 6, "A"), 0.75
"""A class whose pupils came further this year than others with the same score, in SDs."""
COLUMNS = [
    "pupil_id",
    "date",
    "term",
    "subject",
    "measure",
    "value",
    "kind",
    "assessor",
    "moderated_value",
]


def attained(stays: pd.DataFrame) -> pd.Series:
    """Give each stay's standing, in standard deviations."""
    shifts = stays["school"].map({school.key: school.shifts for school in SCHOOLS})
    total = stays["raw"].astype(float) * ABILITY
    for group, belongs in _groups(stays).items():
        total += belongs * shifts.map(lambda shift, group=group: shift[group])
    total += 0.28 * ~stays["school"].isin(["S07"])  # most pupils are in no group that is behind
    return _with_two(stays, total)


def _groups(stays: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "disadvantaged": stays["disadvantaged"].astype(bool),
        "K": stays["sen_provision"] == "K",
        "E": stays["sen_provision"] == "E",
        "F": stays["sex"] == "F",
        "eal": stays["eal"].astype(bool),
    }


def _with_two(stays: pd.DataFrame, total: pd.Series) -> pd.Series:
    """Put the two far below the rest of the village."""
    level = _village_level(stays, total)
    rest = (stays["school"] == "S01") & ~stays["disadvantaged"].astype(bool)
    return level.where(~stays.index.isin(two_pupils(stays)), total[rest].mean() - TWO_PUPILS)


def _village_level(stays: pd.DataFrame, total: pd.Series) -> pd.Series:
    """Put the village's other disadvantaged pupils level with the rest, on average."""
    here = (stays["school"] == "S01") & stays["cohort"].between(2019, 2024)
    poor = here & stays["disadvantaged"].astype(bool) & ~stays.index.isin(two_pupils(stays))
    rest = here & ~stays["disadvantaged"].astype(bool)
    return total.where(~poor, total - total[poor].mean() + total[rest].mean())


def standing(stays: pd.DataFrame, term: tuple[int, str]) -> pd.Series:
    """Give what a judgement of a term sees: standing, what was planted by then, and noise."""
    seen = attained(stays)
    closing = (stays["school"] == "S03") & stays["disadvantaged"].astype(bool)
    seen += closing * CLOSING.get(term, 0.0)
    seen += ADDED * _of_class(stays, *ADDED_CLASS) * (term == TERMS[-1])
    seen += NOISE * draws(stays, "normal", "standing", *term)
    return _village_level(stays, seen)


def _of_class(stays: pd.DataFrame, school: str, group: int, form: str) -> pd.Series:
    here = (stays["school"] == school) & (stays["form"] == form)
    return here & (year_group(stays, TERMS[-1][0]) == group)


def judgements(stays: pd.DataFrame) -> pd.DataFrame:
    """Make every judgement of the trust, with the school it belongs to."""
    seen = {term: standing(stays, term) for term in TERMS}
    edges = np.quantile(np.concatenate([_primary(stays, seen[t]) for t in TERMS]), CUTS)
    parts = []
    for term, z in seen.items():
        day = judged_on(*term)
        here = stays[on_roll(stays, day)].assign(group=lambda d, y=term[0]: year_group(d, y))
        parts.append(_teacher(here, z[here.index], edges, term, day))
        if term[1] == "autumn":
            parts.append(_comparative(here, z[here.index], term, day))
        if term[1] == "summer":
            parts += _once(here, z[here.index], term, day)
    parts.append(_formative(stays, seen, edges))
    parts.append(points(stays))
    parts += _subjects(stays, seen, edges)
    made = pd.concat(parts, ignore_index=True)
    made = made.sort_values(["school", "pupil_id", "date", "measure", "kind"], kind="stable")
    return made[["school", *COLUMNS]]


def _primary(stays: pd.DataFrame, z: pd.Series) -> np.ndarray:
    return z[stays["school"] != "S05"].to_numpy()


def _rows(here: pd.DataFrame, term: tuple[int, str], day: date, **columns: object) -> pd.DataFrame:
    pairs = zip(here["school"], here["group"], here["form"], strict=True)
    return pd.DataFrame(
        {
            "school": here["school"],
            "pupil_id": here["pupil_id"],
            "date": day,
            "term": term_name(*term),
            "subject": "writing",
            "kind": "summative",
            "assessor": ["T" + class_name(*pair).replace("Class ", "V") for pair in pairs],
            "moderated_value": "",
            **columns,
        },
        index=here.index,
    )


def _teacher(
    here: pd.DataFrame, z: pd.Series, edges: np.ndarray, term: tuple[int, str], day: date
) -> pd.DataFrame:
    """Judge writing from Year 1 on; a fifth is moderated, and some of those are moved a step."""
    level = np.searchsorted(edges, z)
    doubted = here.index.isin(doubted_pupils(here, z)) & (term == TERMS[-1])
    level = np.where(doubted, list(CODES).index("WTS"), level)
    looked_at = (draws(here, "uniform", "looked at", *term) < 0.2) & ~doubted
    drawn = draws(here, "uniform", "moved", *term)
    lowered = drawn < np.where(here["school"] == LENIENT, LENIENT_SHARE, MOVED)
    step = np.where(lowered, -1, np.where(drawn > 1 - MOVED, 1, 0))
    agreed = (level + step).clip(0, len(CODES) - 1)
    made = _rows(
        here,
        term,
        day,
        measure="writing",
        value=CODES[level],
        moderated_value=np.where(looked_at, CODES[agreed], ""),
    )
    return made[here["group"].between(1, 9)]


def doubted_pupils(here: pd.DataFrame, z: pd.Series) -> pd.Index:
    """Give three who stand well, but not at the top."""
    school, group = DOUBTED
    theirs = here[(here["school"] == school) & (here["group"] == group)].index
    return z[theirs].sort_values(ascending=False).index[5:8]


def _comparative(
    here: pd.DataFrame, z: pd.Series, term: tuple[int, str], day: date
) -> pd.DataFrame:
    """Score Years 1 to 6 on one scale each autumn; one pupil in a hundred is away."""
    score = here["group"].map(STARTS) + POINTS_PER_SD * z
    again = score + 8 * draws(here, "normal", "again", *term)
    there = here["group"].between(1, 6) & (draws(here, "uniform", "away", *term) > 0.01)
    looked_at = draws(here, "uniform", "looked at again", *term) < 0.15
    made = _rows(here, term, day, measure="cj_writing", assessor="panel")[there]
    made["value"] = score[there].round().astype(int).astype(str)
    second = again[there].round().astype(int).astype(str)
    made["moderated_value"] = np.where(looked_at[there], second, "")
    return made


def _once(here: pd.DataFrame, z: pd.Series, term: tuple[int, str], day: date) -> list[pd.DataFrame]:
    """Give what is judged once in a school life: Reception, Year 1, Year 6 and Year 11."""
    grammar = (103.5 + 7.5 * z).clip(80, 120).round().astype(int).astype(str)
    phonics = (34.5 + 5 * z).clip(0, 40).round().astype(int).astype(str)
    goal = (z > -0.5).map({True: "2", False: "1"})
    good = (z > -0.45).map({True: "1", False: "0"})
    attainment = (48 + 17 * z).clip(0, 90).round(1).astype(str)
    progress = (0.05 + 0.9 * z).clip(-4, 4).round(2).astype(str)
    made = []
    for group, measure, subject, value in (
        (0, "eyfs_writing", "writing", goal),
        (0, "gld", "all goals", good),
        (1, "phonics", "reading", phonics),
        (6, "gps", "grammar", grammar),
        (11, "attainment8", "eight subjects", attainment),
        (11, "progress8", "eight subjects", progress),
    ):
        chosen = here["group"] == group
        rows = _rows(here[chosen], term, day, measure=measure, subject=subject)
        made.append(rows.assign(value=value[chosen]))
    return made


def _formative(
    stays: pd.DataFrame, seen: dict[tuple[int, str], pd.Series], edges: np.ndarray
) -> pd.DataFrame:
    """Give this term's half-term judgement, made while teaching, in Years 1 to 9."""
    term = TERMS[-1]
    day = judged_on(*term).replace(month=10, day=24)
    here = stays[on_roll(stays, day)].assign(group=lambda d: year_group(d, term[0]))
    here = here[here["group"].between(1, 9)]
    level = np.searchsorted(edges, seen[term][here.index] - 0.1)
    return _rows(here, term, day, measure="writing", value=CODES[level], kind="formative")


def _subjects(
    stays: pd.DataFrame, seen: dict[tuple[int, str], pd.Series], edges: np.ndarray
) -> list[pd.DataFrame]:
    """Give reading and maths of this term and the last, and the tests at the end of Year 6."""
    parts = []
    for term in TERMS[-2:]:
        day = judged_on(*term)
        here = stays[on_roll(stays, day) & (stays["school"] == SUBJECTS_SCHOOL)]
        here = here.assign(group=year_group(here, term[0]))
        six = here[here["group"] == 6] if term[1] == "summer" else here[:0]
        for subject in SUBJECTS:
            z = seen[term][here.index] + 0.5 * draws(here, "normal", subject, *term)
            told = _rows(here, term, day, measure=subject, subject=subject)
            level = CODES[np.searchsorted(edges, z)]
            parts.append(told.assign(value=level)[here["group"].between(1, 6)])
            tests = _rows(six, term, day, measure=f"ks2_{subject}", subject=subject)
            score = (103.5 + 7.5 * z[six.index]).clip(80, 120).round().astype(int)
            parts.append(tests.assign(value=score.astype(str)))
    return parts


def points(stays: pd.DataFrame) -> pd.DataFrame:
    """Give the points of those on roll now: at the end of their own Reception year, and now."""
    term, level = TERMS[-1], 1.2 * attained(stays)
    here = stays[on_roll(stays, judged_on(*term)) & (stays["school"] == POINTS_SCHOOL)]
    here = here.assign(group=year_group(here, term[0]), off=level)
    here = here[here["group"].between(1, 6)]
    parts = [_points(here, term, 3 * here["group"])]
    for cohort, rows in here.groupby("cohort"):
        began = (int(cohort), "summer")
        there = rows[rows["joined"] <= judged_on(*began)]
        parts.append(_points(there.assign(group=0), began, 2))
    return pd.concat(parts)


def _points(here: pd.DataFrame, term: tuple[int, str], keeping_up: pd.Series | int) -> pd.DataFrame:
    """Put pupils on the school's steps by their standing and by luck."""
    off = here["off"] + 0.6 * draws(here, "normal", "points", *term)
    place = (keeping_up + off.round()).clip(0, len(POINTS) - 1).astype(int)
    made = _rows(here, term, judged_on(*term), measure="points")
    return made.assign(value=POINTS[place])
