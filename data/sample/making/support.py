"""Support, attendance, and what schools know about themselves.

Ordinary support lasts one term and helps a little. In one school, some pupils are taken out of the
lessons of the same subjects term after term and gain nothing: that is planted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from making.roll import on_roll
from making.schemes import schemes
from making.scores import attained
from making.trust import SCHOOLS, SESSIONS, TERMS, days_of, dice, draws, term_name
from writinggaps.readers.terms import Term

WITHDRAWN_SCHOOL, WITHDRAWN = "S02", 5
WITHDRAWN_FROM = ("art", "music", "art", "physical education")
WITHDRAWN_TERMS = TERMS[3:]
SCHEMES = (
    ("Sample Sentence Scheme", "sentence_control"),
    ("Example Spelling Scheme", "transcription_spelling"),
    ("Specimen Handwriting Scheme", "transcription_handwriting"),
)
BLOCK_CODES = {
    "sentence_control": "SC1",
    "transcription_spelling": "SP1",
    "transcription_handwriting": "HW1",
}
CENSUS_DAYS = (date(2024, 1, 18), date(2024, 10, 3), date(2025, 1, 16), date(2025, 10, 2))
ABSENCE = {"primary": 5.2, "secondary": 8.44}
"""Percentages of possible sessions, England 2024-25."""
SEVERE = {"primary": 0.009, "secondary": 0.03}
"""Shares of pupils who miss at least half of their sessions (secondary: set by hand)."""
SUSPENDED = {"primary": 0.0227, "secondary": 0.2}
AWAY_SCHOOL, AWAY_NEED = "S03", "SEMH"
"""Pupils of one school with one primary need miss between 14 % and 26 % of sessions."""
TWO_AWAY_SCHOOL, TWO_AWAY = "S06", 0.75
"""In one school the attendance gap is two pupils: others with SEN miss no more than others do."""
TWO_AWAY_IN = (2020, 2021, 2022)
SUSPENDED_SEN, SUSPENDED_OTHERS = 2.5, 0.7
"""Pupils with SEN are suspended so many times, and others so many times, as often as usual."""
INTERNAL_SCHOOL = "S05"
"""It keeps internal sanctions; no other does."""
COUNTED = 10
"""The teaching week in which a term's attendance is counted: whoever is on roll has a row."""
REASONS = ("DB", "PP", "VA", "VP", "DM")


def withdrawn(stays: pd.DataFrame) -> list[str]:
    """Give the pupils who were withdrawn term after term: on SEN Support in Years 4 and 5."""
    here = (stays["school"] == WITHDRAWN_SCHOOL) & stays["left"].isna()
    here &= stays["cohort"].isin([2019, 2020, 2021]) & stays["joined"].map(lambda d: d.day == 2)
    least = attained(stays)[here].nsmallest(WITHDRAWN).index
    return sorted(stays.loc[least, "pupil_id"])


def interventions(stays: pd.DataFrame) -> pd.DataFrame:
    """Make the table of schemes: one term each, and the planted series."""
    leaning = set(withdrawn(stays))
    rows = []
    for pupil in stays.assign(ability=attained(stays)).itertuples():
        random = dice("support", pupil.pupil_id)
        if pupil.pupil_id in leaning:
            rows += _series(pupil, random)
        elif pupil.ability < -0.9 and random.random() < 0.6:
            rows += _one(pupil, random)
    ordinary = pd.DataFrame(rows)
    return pd.concat([ordinary, schemes(stays, set(ordinary["pupil_id"]))], ignore_index=True)


def _one(pupil: Any, random: np.random.Generator) -> list[dict[str, object]]:
    """Give a pupil one scheme in one term, most often in class, with a small gain."""
    year, part = TERMS[int(random.integers(3, len(TERMS)))]
    group = year - pupil.cohort
    start = days_of(year, part, (1,))[0]
    if not 1 <= group <= 9 or pupil.joined > start or (pupil.left and pupil.left < start):
        return []
    pre = 84 + 5 * random.standard_normal()
    post = pre + 3.5 + 4 * random.standard_normal()
    place = "withdrawn" if random.random() < 0.4 else "in class"
    missed = str(random.choice(["history", "art", "science"])) if place == "withdrawn" else ""
    return [_scheme(pupil, (year, part), int(random.integers(3)), place, missed, pre, post)]


def _series(pupil: Any, random: np.random.Generator) -> list[dict[str, object]]:
    """Withdraw a pupil in every term since autumn 2024; the last score is below the first."""
    start = 80 + 3 * random.standard_normal()
    scores = start - 0.5 * np.arange(5) + np.array([0, 0.8, -0.6, 0.4, -0.4])
    return [
        _scheme(pupil, term, n % 3, "withdrawn", WITHDRAWN_FROM[n], scores[n], scores[n + 1])
        for n, term in enumerate(WITHDRAWN_TERMS)
    ]


def _scheme(
    pupil: Any, term: tuple[int, str], which: int, place: str, missed: str, pre: float, post: float
) -> dict[str, object]:
    scheme, block = SCHEMES[which]
    group = min(max(term[0] - pupil.cohort, 1), 8)
    code = "SC1" if group >= 8 else BLOCK_CODES[block]
    start, end = days_of(*term, (1, 11))
    return {
        "school": pupil.school,
        "pupil_id": pupil.pupil_id,
        "scheme": scheme,
        "targets": f"Y{group}-{code}",
        "place": place,
        "missed_subject": missed,
        "start": start,
        "end": end,
        "sessions": 20,
        "minutes": 25,
        "cost": "",
        "exit": "end of term",
        "test": "Sample Writing Test",
        "scale": "standard",
        "pre": round(pre),
        "post": round(post),
        "pre_date": start - timedelta(days=5),
        "post_date": end + timedelta(days=3),
        "group": "taught",
    }


def attendance(stays: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Make sessions possible and missed for every pupil and term, England's share missed."""
    lost = _lost(events)
    share = _absence(stays)
    parts = []
    for year, part in TERMS:
        there = stays[on_roll(stays, days_of(year, part, (COUNTED,))[0])]
        term, possible = term_name(year, part), SESSIONS[part]
        for school, here in there.groupby("school"):
            out = here["pupil_id"].map(lost.get(term, {})).fillna(0).astype(int)
            random = dice(school, "attendance", term)
            absent = random.binomial(possible - out, share[here.index]) + out
            told = {"period": term, "possible": possible, "absent": absent, "suspended": out}
            parts.append(here[["school", "pupil_id"]].assign(**told, part_time=0))
    return pd.concat(parts, ignore_index=True).sort_values(["school", "pupil_id", "period"])


def _lost(events: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Add up sessions lost through suspension, by term and pupil."""
    terms = events["date"].map(lambda day: str(Term.of(day)))
    sums = events.groupby([terms, "pupil_id"])["sessions"].sum()
    return {term: part.droplevel(0).to_dict() for term, part in sums.groupby(level=0)}


def _absence(stays: pd.DataFrame) -> pd.Series:
    """Draw each pupil's share of sessions missed; the mean of each phase is England's."""
    null = stays["school"] == "S07"
    factor = np.where(stays["disadvantaged"].astype(bool) & ~null, 1.5, 1.0)
    level = null | (stays["school"] == TWO_AWAY_SCHOOL)
    factor = factor * np.where((stays["sen_provision"] != "N") & ~level, 1.45, 1.0)
    phase = stays["school"].map({s.key: s.phase for s in SCHOOLS})
    drawn = pd.Series(dice("absence").gamma(1.4, 1.0, len(stays)) * factor, index=stays.index)
    severe = draws(stays, "uniform", "severe").groupby(phase).rank(pct=True) <= phase.map(SEVERE)
    severe &= ~null  # one pupil there would be a gap of one pupil
    usual = phase.map(ABSENCE) / 100 - 0.6 * phase.map(SEVERE)
    share = drawn / drawn[~severe].groupby(phase).mean().reindex(phase).to_numpy() * usual
    share = share.where(~severe, 0.6).clip(upper=1)
    need = (stays["school"] == AWAY_SCHOOL) & (stays["sen_need"] == AWAY_NEED)
    share = share.where(~need, 0.14 + 0.12 * draws(stays, "uniform", "away"))
    two = stays["pupil_id"].isin(two_away(stays))
    calm = (stays["school"] == TWO_AWAY_SCHOOL) & (stays["sen_provision"] != "N") & ~two
    return share.where(~calm, share.clip(upper=0.12)).where(~two, TWO_AWAY)


def two_away(stays: pd.DataFrame) -> list[str]:
    """Give the two pupils with SEN who are the attendance gap, on roll throughout."""
    here = (stays["school"] == TWO_AWAY_SCHOOL) & (stays["sen_provision"] != "N")
    here &= stays["left"].isna() & stays["joined"].map(lambda day: day.day == 2)
    here &= stays["cohort"].isin(TWO_AWAY_IN)
    return sorted(stays.loc[here, "pupil_id"])[:2]


def suspensions(stays: pd.DataFrame) -> pd.DataFrame:
    """Make suspensions: rates of each phase, more often of pupils with SEN where that differs."""
    rows = []
    phase = {s.key: s.phase for s in SCHOOLS}
    for pupil in stays.itertuples():
        random = dice("suspended", pupil.pupil_id)
        more = SUSPENDED_SEN if pupil.sen_provision != "N" else SUSPENDED_OTHERS
        more = 1.0 if pupil.school == "S07" else more
        for year, part in TERMS:
            day, counted = days_of(year, part, (int(random.integers(12)), COUNTED))
            first, last = min(day, counted), max(day, counted)
            gone = pupil.joined > first or (pupil.left and pupil.left < last)
            if random.random() < SUSPENDED[phase[pupil.school]] / 3 * more and not gone:
                length, reason = int(random.integers(1, 7)), str(random.choice(REASONS))
                rows.append((pupil.school, pupil.pupil_id, day, length, "suspension", reason))
    columns = ["school", "pupil_id", "date", "sessions", "kind", "reason"]
    told = pd.DataFrame(rows, columns=columns).drop_duplicates(["pupil_id", "date"])
    return pd.concat([told, internal(stays)[columns]], ignore_index=True)


def internal(stays: pd.DataFrame) -> pd.DataFrame:
    """Make internal sanctions of this term, where they are kept: of every ninth pupil, one."""
    here = stays[stays["left"].isna() & stays["school"].eq(INTERNAL_SCHOOL)]
    chosen = here.sort_values("pupil_id")[::9]
    day = days_of(*TERMS[-1], (4,))[0]
    told = chosen[["school", "pupil_id"]]
    return told.assign(date=day, sessions=0, kind="internal", reason="DB")


def census(stays: pd.DataFrame) -> pd.DataFrame:
    """Make the rolls of the census days."""
    parts = []
    for day in CENSUS_DAYS:
        here = stays[on_roll(stays, day)]
        parts.append(
            here[["school", "pupil_id", "sen_provision"]].assign(
                date=day, resourced_place=False, on_roll=True
            )
        )
    columns = ["school", "pupil_id", "date", "sen_provision", "resourced_place", "on_roll"]
    return pd.concat(parts)[columns].sort_values(["school", "pupil_id", "date"])


def consultations() -> pd.DataFrame:
    """Make each school's log of EHCP consultations."""
    rows = []
    for school in SCHOOLS:
        random = dice("consultations", school.key)
        for _ in range(4 if school.key == "S01" else int(random.integers(6, 13))):
            sent = date(2023, 9, 12) + timedelta(days=int(random.integers(820)))
            answered = sent + timedelta(days=int(random.integers(3, 25)))
            answer = str(random.choice(["yes", "conditional", "no"], p=[0.5, 0.25, 0.25]))
            need = str(random.choice(["ASD", "SLCN", "SEMH", "MLD"]))
            rows.append((school.key, sent, answered, answer, need))
    columns = ["school", "date_sent", "date_answered", "answer", "need"]
    return pd.DataFrame(rows, columns=columns).sort_values(["school", "date_sent"])
