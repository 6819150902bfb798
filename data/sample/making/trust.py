"""The invented trust: its schools, its calendar, and its dice.

Nothing here is real. Names say so, pupil numbers carry an authority's number (000) that does not
exist, and every figure comes from a seed. Each school and table throws its own dice, so a table
that is added later changes no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from zlib import crc32

import numpy as np
import pandas as pd

SEED = 20251214
"""Chosen among ninety so that schools in which nothing changes also look like it."""
LA_CODE = "000"
YEARS = (2023, 2024, 2025)
PARTS = ("autumn", "spring", "summer")
TERMS = tuple((year, part) for year in YEARS for part in PARTS)[:7]
"""Three school years: 2023-24 and 2024-25 in full, and the first term of 2025-26."""
NOW = (2025, "autumn")
JUDGED = {"autumn": (12, 12), "spring": (3, 27), "summer": (6, 26)}
SESSIONS = {"autumn": 140, "spring": 116, "summer": 124}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSchool:
    """One invented school.

    `shifts` is how far each group is from other pupils, in standard deviations; `moves` is the
    share of pupils who leave, and are replaced, in a year.
    """

    key: str
    letter: str
    name: str
    phase: str
    ages: tuple[int, int]
    sizes: tuple[int, ...]
    forms: int = 1
    disadvantaged: float = 0.25
    eal: float = 0.2
    moves: float = 0.03
    shifts: dict[str, float] = field(
        default_factory=lambda: {"disadvantaged": -0.55, "K": -0.8, "E": -1.6, "F": 0.3, "eal": 0}
    )


ORDINARY = SampleSchool.__dataclass_fields__["shifts"].default_factory()  # type: ignore[misc]
SCHOOLS = (
    SampleSchool(
        key="S01",
        letter="A",
        name="Example Village Primary",
        phase="primary",
        ages=(0, 6),
        sizes=(6, 7, 6, 7, 6, 7, 6),
        moves=0.0,
        shifts={**ORDINARY, "disadvantaged": 0.0},
    ),
    SampleSchool(
        key="S02",
        letter="B",
        name="Sample One-Form Primary",
        phase="primary",
        ages=(0, 6),
        sizes=(26,) * 7,
        moves=0.02,
    ),
    SampleSchool(
        key="S03",
        letter="C",
        name="Specimen Three-Form Primary",
        phase="primary",
        ages=(0, 6),
        sizes=(75,) * 7,
        forms=3,
        disadvantaged=0.3,
        moves=0.02,
        shifts={**ORDINARY, "disadvantaged": -1.05},
    ),
    SampleSchool(
        key="S04",
        letter="D",
        name="Pattern Junior School",
        phase="primary",
        ages=(3, 6),
        sizes=(58,) * 4,
        forms=2,
        disadvantaged=0.3,
        moves=0.02,
        shifts={**ORDINARY, "disadvantaged": -0.8},
    ),
    SampleSchool(
        key="S05",
        letter="E",
        name="Illustration Secondary",
        phase="secondary",
        ages=(7, 11),
        sizes=(60,) * 5,
        forms=2,
    ),
    SampleSchool(
        key="S06",
        letter="F",
        name="Changing Rolls Primary",
        phase="primary",
        ages=(0, 6),
        sizes=(26,) * 7,
        disadvantaged=0.35,
        eal=0.45,
        moves=0.3,
    ),
    SampleSchool(
        key="S07",
        letter="G",
        name="Nothing Planted Primary",
        phase="primary",
        ages=(0, 6),
        sizes=(28,) * 7,
        shifts=dict.fromkeys(ORDINARY, 0.0),
    ),
)


def dice(*names: object) -> np.random.Generator:
    """Give a random generator that belongs to a school, a table, or anything with a name."""
    return np.random.default_rng([SEED, *(crc32(str(name).encode()) for name in names)])


def draws(stays: pd.DataFrame, kind: str, *names: object) -> pd.Series:
    """Draw one number a stay from each school's own dice: `normal` or `uniform`."""
    parts = []
    for school, here in stays.groupby("school"):
        random = dice(school, *names)
        drawn = random.standard_normal(len(here)) if kind == "normal" else random.random(len(here))
        parts.append(pd.Series(drawn, index=here.index))
    return pd.concat(parts).reindex(stays.index)


def term_name(year: int, part: str) -> str:
    """Write a term: `2025-26-autumn`."""
    return f"{year}-{(year + 1) % 100:02d}-{part}"


def judged_on(year: int, part: str) -> date:
    """Give the day on which a term's judgements are entered."""
    return date(year + (part != "autumn"), *JUDGED[part])


def days_of(year: int, part: str, weeks: tuple[int, ...]) -> list[date]:
    """Give the Tuesdays of some teaching weeks of a term."""
    first = {
        "autumn": date(year, 9, 9),
        "spring": date(year + 1, 1, 7),
        "summer": date(year + 1, 4, 22),
    }[part]
    tuesday = first + timedelta(days=(1 - first.weekday()) % 7)
    return [tuesday + timedelta(weeks=week) for week in weeks]
