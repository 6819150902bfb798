"""Schemes whose worth is known: one that helps, one that only looks useful, one that pupils leave.

`PARAGRAPH` was tried by a fair draw within pairs of like pupils, and helped. `AGES` did nothing at
all: its pupils were chosen because they scored low on the test that they were tested with again, so
they gained by regression to the mean alone, and the ratio gain looks useful. `LADDER` is left by
pupils who have met their target, so those with the fewest sessions did best; sessions do nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from making.scores import attained
from making.trust import days_of, dice

TAUGHT_IN = (2024, "summer")
PARAGRAPH, PARAGRAPH_SCHOOL, PAIRS, POINTS, LOST = (
    "Specimen Paragraph Scheme", "S03", 36, 6.0, 2)  # fmt: skip
AGES, AGES_SCHOOL, AGES_PUPILS, BEHIND, RELIABILITY, COST = (
    "Example Spelling Ages Scheme", "S04", 28, 18.0, 0.85, 60)  # fmt: skip
LADDER, LADDER_SCHOOL, LADDER_PUPILS = "Sample Ladder Scheme", "S05", 24
TARGETS = {PARAGRAPH: "TS1", AGES: "SP1", LADDER: "SC1"}
WEEKS_BETWEEN = 10
MONTHS_BETWEEN = WEEKS_BETWEEN * 12 / 52


def schemes(stays: pd.DataFrame, supported: set[str]) -> pd.DataFrame:
    """Make the rows of the three schemes, of pupils who had no other support."""
    rows = [
        *_paragraph(_chosen(stays, PARAGRAPH_SCHOOL, 2 * PAIRS, supported)),
        *_ages(_chosen(stays, AGES_SCHOOL, AGES_PUPILS, supported)),
        *_ladder(_chosen(stays, LADDER_SCHOOL, LADDER_PUPILS, supported)),
    ]
    return pd.DataFrame(rows)


def _chosen(stays: pd.DataFrame, school: str, n: int, supported: set[str]) -> pd.DataFrame:
    """Give the lowest of the pupils who were there all the year, lowest first."""
    start = days_of(*TAUGHT_IN, (0,))[0]
    here = (stays["school"] == school) & stays["left"].isna() & (stays["joined"] < start)
    years = TAUGHT_IN[0] - stays["cohort"]
    here &= years.between(3, 9) & ~stays["pupil_id"].isin(supported)
    return stays.loc[attained(stays)[here].nsmallest(n).index]


def _paragraph(pupils: pd.DataFrame) -> list[dict[str, object]]:
    """Draw one of each pair of like pupils; the others are the comparison. The last few moved."""
    random = dice("paragraph")
    pre = np.sort(91 + 8 * random.standard_normal(2 * PAIRS))
    taught = np.repeat(random.random(PAIRS) < 0.5, 2) ^ np.tile([True, False], PAIRS)
    post = 91 + 0.8 * (pre - 91) + 1.5 + POINTS * taught + 5 * random.standard_normal(2 * PAIRS)
    gone = set(np.flatnonzero(taught)[-LOST:]) | set(np.flatnonzero(~taught)[:LOST])
    return [
        _row(
            pupil, PARAGRAPH, "standard", pre[n], None if n in gone else post[n],
            group="taught" if taught[n] else "comparison", sessions=20 if taught[n] else "",
            ended="moved away" if n in gone else "end of term",
        )
        for n, pupil in enumerate(pupils.itertuples())
    ]  # fmt: skip


def _ages(pupils: pd.DataFrame) -> list[dict[str, object]]:
    """Test spelling ages again after ten weeks in which nothing but time passed."""
    random = dice("ages")
    noise = _centred(random, AGES_PUPILS, 5.0)
    behind = BEHIND + _centred(random, AGES_PUPILS, 4.0)
    gain = MONTHS_BETWEEN + (1 - RELIABILITY) * BEHIND + noise
    rows = []
    for n, pupil in enumerate(pupils.itertuples()):
        age = 12 * (TAUGHT_IN[0] - pupil.cohort + 4.5) + 7.5  # in the middle of April
        pre = age - behind[n]
        rows.append(_row(pupil, AGES, "spelling age in months", pre, pre + gain[n], cost=COST))
    return rows


def _ladder(pupils: pd.DataFrame) -> list[dict[str, object]]:
    """Let pupils go when they have gained enough: the more they gain, the fewer their sessions."""
    random = dice("ladder")
    pre = 85 + 5 * random.standard_normal(LADDER_PUPILS)
    gain = 3 + 4 * random.standard_normal(LADDER_PUPILS)
    met = gain > np.median(gain)
    sessions = np.clip(np.round(20 - 1.2 * gain), 8, 24).astype(int)
    return [
        _row(
            pupil, LADDER, "standard", pre[n], pre[n] + gain[n], sessions=int(sessions[n]),
            ended="target met" if met[n] else "end of term", place="withdrawn", missed="geography",
        )
        for n, pupil in enumerate(pupils.itertuples())
    ]  # fmt: skip


def _centred(random: np.random.Generator, n: int, sd: float) -> np.ndarray:
    """Draw noise whose mean is nought, so that the planted gain is the gain."""
    drawn = sd * random.standard_normal(n)
    return np.asarray(drawn - drawn.mean())


def _row(
    pupil: Any,
    scheme: str,
    scale: str,
    pre: float,
    post: float | None,
    *,
    group: str = "taught",
    sessions: object = 20,
    ended: str = "end of term",
    place: str = "in class",
    missed: str = "",
    cost: object = "",
) -> dict[str, object]:
    start = days_of(*TAUGHT_IN, (0,))[0]
    end = start + timedelta(weeks=WEEKS_BETWEEN)
    taught = group == "taught"
    return {
        "school": pupil.school,
        "pupil_id": pupil.pupil_id,
        "scheme": scheme,
        "targets": f"Y{min(TAUGHT_IN[0] - pupil.cohort, 8)}-{TARGETS[scheme]}",
        "place": place if taught else "",
        "missed_subject": missed,
        "start": start,
        "end": end,
        "sessions": sessions,
        "minutes": 25 if taught else "",
        "cost": cost,
        "exit": ended,
        "test": "Sample Spelling Test" if "age" in scale else "Sample Writing Test",
        "scale": scale,
        "pre": round(pre),
        "post": "" if post is None else round(post),
        "pre_date": start,
        "post_date": "" if post is None else end,
        "group": group,
    }
