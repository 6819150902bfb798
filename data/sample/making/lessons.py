"""What was taught, what was written, what it showed, and which errors were in it.

Pieces are written in three terms. Each pupil masters a statement or does not; an independent piece
shows a mastered one nearly always and an unmastered one rarely, while a scaffold makes most pupils
look secure. No pupil makes the same error twice unless a habit was planted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from making.roll import class_name, on_roll
from making.scores import attained
from making.trust import SCHOOLS, days_of, dice
from writinggaps.standards import load_standards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from writinggaps.standards.shape import Statement

Habit = tuple[str, str, int, int]
COLUMNS = {
    "pieces": ["piece", "pupil_id", "date", "class", "subject", "text_type", "independent"],
    "statements": ["pupil_id", "date", "piece", "statement", "secure", "support"],
    "writing_errors": ["pupil_id", "date", "piece", "kind", "item"],
}
STANDARDS = load_standards()
WRITTEN = {(2024, "spring"): (2, 8), (2024, "summer"): (3, 10), (2025, "autumn"): (3, 6, 8, 11)}
"""Teaching weeks of each term in which a piece is written; the third of autumn is scaffolded."""
SCAFFOLDED = 2
SUBJECTS = ("English", "English", "history", "English", "science", "geography")
FORMS = ("narrative", "recount", "report", "explanation", "letter", "instructions")
TAUGHT_NOW = 5
"""Statements of the year that have been taught by the end of autumn."""

SCAFFOLDED_CLASS = ("S02", 4, "A")
RELIANT = 8
WEAK_BLOCK = ("S03", 4, "B", "sentence_control")
WEAK_YEAR_BLOCK = ("S05", 8, "transcription_spelling")
ONE_SUBJECT = "S05"
OFTEN_TAUGHT = ("S04", 5, "Y5-SC1")
HABITS = (
    # school, year group now, pupils, kind, item, first and last piece in which it stands
    ("S02", 3, 9, "spelling", "thay for they", 0, 7),
    ("S03", 5, 12, "spelling", "could of for could have", 2, 7),
    ("S05", 7, 8, "punctuation", "capital letter missing after a full stop", 0, 7),
    ("S02", 2, 6, "handwriting", "b written for d", 0, 3),
)
"""The last of them stopped: it stands in no piece after summer."""
SLIPS = tuple(
    [("spelling", f"{wrong} for {right}") for wrong, right in (
        ("becos", "because"), ("sed", "said"), ("wos", "was"), ("wen", "when"),
        ("frend", "friend"), ("peple", "people"), ("thort", "thought"), ("diffrent", "different"),
        ("beleive", "believe"),
        ("brige", "bridge"), ("cort", "caught"), ("definately", "definitely"), ("enuf", "enough"),
        ("evry", "every"), ("febuary", "February"), ("gard", "guard"), ("hole", "whole"),
        ("intrest", "interest"), ("knowlege", "knowledge"), ("libary", "library"),
        ("nessesary", "necessary"), ("ocasion", "occasion"), ("posession", "possession"),
        ("quater", "quarter"), ("recieve", "receive"), ("seperate", "separate"),
        ("suprise", "surprise"), ("tho", "though"), ("wich", "which"), ("writen", "written"),
    )]
    + [("handwriting", item) for item in (
        "letters above the line", "capital within a word", "space missing", "letter not closed",
        "uneven size",
    )]
    + [("punctuation", item) for item in (
        "comma for full stop", "question mark missing", "apostrophe in a plural",
        "inverted commas not closed", "comma missing in a list",
    )]
)  # fmt: skip


def writers(stays: pd.DataFrame) -> pd.DataFrame:
    """Choose the stays that write pieces: on roll in any of the three terms."""
    here = [on_roll(stays, day) for term in WRITTEN for day in days_of(*term, (11,))]
    group = 2025 - stays["cohort"]
    chosen = stays[np.logical_or.reduce(here) & group.between(0, 12)]
    return chosen.assign(ability=attained(stays)[chosen.index])


def reliant(stays: pd.DataFrame) -> list[str]:
    """Give the pupils who rely on scaffolds: the least able of a class, who can with support."""
    here = _of_class(stays, *SCAFFOLDED_CLASS)
    return sorted(here.nsmallest(RELIANT, "raw")["pupil_id"])


def habit_pupils(stays: pd.DataFrame, school: str, group: int, count: int) -> list[str]:
    """Give the pupils who have a planted habit: on roll throughout, in order of their number."""
    here = stays[(stays["school"] == school) & (stays["cohort"] == 2025 - group)]
    here = here[here["left"].isna() & here["joined"].map(lambda day: day.day == 2)]
    return sorted(here["pupil_id"])[:count]


def _of_class(stays: pd.DataFrame, school: str, group: int, form: str) -> pd.DataFrame:
    here = (stays["school"] == school) & (stays["cohort"] == 2025 - group)
    return stays[here & (stays["form"] == form) & stays["left"].isna()]


def lessons(stays: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Make the tables pieces, statements and writing_errors."""
    leaning = set(reliant(stays))
    habits = [(set(habit_pupils(stays, *habit[:3])), habit[3:]) for habit in HABITS]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    for pupil in writers(stays).itertuples():
        own = [habit for pupils, habit in habits if pupil.pupil_id in pupils]
        _write(pupil, pupil.pupil_id in leaning, own, rows)
    return {name: pd.DataFrame(rows[name])[["school", *own]] for name, own in COLUMNS.items()}


def _write(
    pupil: Any, leans: bool, habits: list[Habit], rows: dict[str, list[dict[str, Any]]]
) -> None:
    """Let a pupil write every piece, and note what each was and showed."""
    random = dice("writes", pupil.pupil_id)
    knows = _mastery(pupil, random)
    slips = iter(random.permutation(len(SLIPS)))
    for number, (term, place, day, alone) in enumerate(_pieces_of(pupil, leans)):
        group = term[0] - pupil.cohort
        piece = {
            "school": pupil.school,
            "pupil_id": pupil.pupil_id,
            "date": day,
            "piece": f"{pupil.pupil_id}{number:02d}",
        }
        about = {
            "class": class_name(pupil.school, group, pupil.form),
            "subject": "English" if pupil.school == ONE_SUBJECT else SUBJECTS[number % 6],
            "text_type": FORMS[(number + group) % 6],
            "independent": alone,
        }
        rows["pieces"].append(piece | about)
        support = "independent" if alone else "scaffolded"
        for key in _looked_at(group, place, term):
            secure = random.random() < _chance(knows.get(key, True), alone, leans)
            rows["statements"].append(
                piece | {"statement": key, "secure": secure, "support": support}
            )
        for kind, item in _errors_of(number, habits, slips, random):
            rows["writing_errors"].append(piece | {"kind": kind, "item": item})


def _pieces_of(pupil: Any, leans: bool) -> Iterator[tuple[tuple[int, str], int, date, bool]]:
    """Give term, place in it, day and whether written alone, for each piece of a pupil.

    The scaffolded piece is left out for those who came or went within the term: one of two pieces
    would make it half of their evidence.
    """
    for term, weeks in WRITTEN.items():
        days = days_of(*term, weeks)
        if not _taught_here(pupil.school, term[0] - pupil.cohort):
            continue
        there = [pupil.joined <= day and not (pupil.left and pupil.left < day) for day in days]
        for place, day in enumerate(days):
            scaffolded = term == (2025, "autumn") and place == SCAFFOLDED
            if there[place] and not (scaffolded and not all(there)):
                alone = place == 0 if leans else not scaffolded
                yield term, place, day, alone


def _taught_here(school: str, group: int) -> bool:
    low, high = next(s.ages for s in SCHOOLS if s.key == school)
    return low <= group <= high


def _mastery(pupil: Any, random: np.random.Generator) -> dict[str, bool]:
    """Draw which statements a pupil has mastered: most of earlier years, half of this year's."""
    now = 2025 - pupil.cohort
    known = {}
    for statement in STANDARDS.statements.values():
        if now - 2 <= statement.from_year <= now:
            logit = 1.2 * pupil.ability + (0.5 if statement.from_year == now else 2.2)
            chance = _planted(pupil, statement, now) or 1 / (1 + np.exp(-logit))
            known[statement.id] = bool(random.random() < chance)
    return known


def _planted(pupil: Any, statement: Statement, now: int) -> float:
    """Give the small chance of mastery where it was planted, and 0 elsewhere."""
    here = (pupil.school, now)
    if (*here, pupil.form, statement.block) == WEAK_BLOCK:
        return 0.12
    if (*here, statement.block) == WEAK_YEAR_BLOCK:
        return 0.15
    return 0.1 if (*here, statement.id) == OFTEN_TAUGHT else 0.0


def _looked_at(group: int, place: int, term: tuple[int, str]) -> list[str]:
    """Choose what a piece is read for: this year's, and in autumn some of last year's again."""
    new = [statement.id for statement in STANDARDS.expected_in(group)]
    if term[1] == "spring":
        return []
    if term[1] == "summer":
        return new
    again = [statement.id for statement in STANDARDS.expected_in(group - 1)]
    return [*new[:TAUGHT_NOW], *again[(0, 1, 0, 2)[place] :: 3]]


def _chance(known: bool, alone: bool, leans: bool) -> float:
    """Give the chance that a piece shows a statement."""
    if leans:
        return 0.08 if alone else 0.95
    if not alone:
        return 0.96 if known else 0.75
    return 0.96 if known else 0.06


def _errors_of(
    number: int, habits: list[Habit], slips: Iterator[int], random: np.random.Generator
) -> Iterator[tuple[str, str]]:
    for kind, item, first, last in habits:
        if first <= number <= last:
            yield kind, item
    for _ in range(min(int(random.poisson(0.35)), 3)):
        yield SLIPS[next(slips)]


def taught(stays: pd.DataFrame) -> pd.DataFrame:
    """Make what each class was taught this term: every statement so far one to five times."""
    rows = []
    for school, group, form in sorted(_classes(stays)):
        name = class_name(school, group, form)
        random = dice("taught", school, name, group)
        for statement in STANDARDS.expected_in(group)[:TAUGHT_NOW]:
            often = (school, group, statement.id) == OFTEN_TAUGHT
            weeks = random.choice(12, 9 if often else int(random.integers(1, 6)), replace=False)
            days = days_of(2025, "autumn", tuple(sorted(int(week) for week in weeks)))
            rows += [(school, name, day, "English", statement.id) for day in days]
    columns = ["school", "class", "date", "subject", "statement"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates()


def _classes(stays: pd.DataFrame) -> set[tuple[str, int, str]]:
    here = stays[stays["left"].isna() & (stays["cohort"] >= 2016)]
    return set(zip(here["school"], 2025 - here["cohort"], here["form"], strict=True))
