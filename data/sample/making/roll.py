"""Who is on roll: people, their stays at schools, and the moves between them.

One row is one stay of one person at one school. A person who moves inside the trust has a row, and
a pupil number, at each school, and the same UPN everywhere.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from making.trust import LA_CODE, SCHOOLS, YEARS, dice

if TYPE_CHECKING:
    from making.trust import SampleSchool

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NEEDS_K = ("SLCN", "SEMH", "SPLD", "MLD", "ASD", "OTH", "NSA", "HI", "PD")
SHARES_K = (0.26, 0.2, 0.17, 0.14, 0.11, 0.04, 0.04, 0.02, 0.02)
NEEDS_E = ("ASD", "SLCN", "SEMH", "MLD", "SLD", "PD", "DS", "VI")
SHARES_E = (0.34, 0.25, 0.19, 0.1, 0.04, 0.04, 0.02, 0.02)
SEN_SHARES = {"primary": (0.035, 0.148), "secondary": (0.031, 0.134)}
"""EHCPs and SEN Support, England, January 2025."""
TRAITS = (
    "upn",
    "name",
    "sex",
    "sen_provision",
    "sen_need",
    "disadvantaged",
    "fsm",
    "fsm6",
    "pupil_premium",
    "eal",
    "raw",
)
TO_SECONDARY = {"S01": 3, "S02": 8, "S03": 22, "S04": 12, "S06": 6}
"""How many of each school's Year 6 go on to the trust's secondary school."""


def upn(estab: int, entered: int, serial: int) -> str:
    """Make a UPN with the right check letter, from an authority that does not exist.

    The letter is that of sum(character x position, positions 2 to 13) modulo 23 (Guide to UPNs).
    """
    digits = f"{LA_CODE}{estab:04d}{entered % 100:02d}{serial:03d}"
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return LETTERS[total % 23] + digits


def roll() -> pd.DataFrame:
    """Make every stay of the trust, moves inside it included."""
    stays = pd.concat([_stays(school) for school in SCHOOLS], ignore_index=True)
    village = stays["school"] == "S01"
    stays.loc[village & (stays["sen_provision"] == "E"), ["sen_provision", "sen_need"]] = ["N", ""]
    stays.loc[two_pupils(stays), ["sen_provision", "sen_need"]] = ["E", "SLCN"]
    return _between_primaries(_up_to_secondary(stays))


def _stays(school: SampleSchool) -> pd.DataFrame:
    random = dice(school.key, "roll")
    rows = []
    low, high = school.ages
    for cohort in range(YEARS[0] - high, YEARS[-1] - low + 1):
        size = school.sizes[(YEARS[-1] - cohort - low) % len(school.sizes)]
        for place in range(size):
            rows += _chain(school, cohort, place, random)
    stays = pd.DataFrame(rows)
    stays["pupil_id"] = [f"{school.letter}{n:04d}" for n in range(1, len(stays) + 1)]
    return _with_traits(stays, school, random)


def _chain(
    school: SampleSchool, cohort: int, place: int, random: np.random.Generator
) -> list[dict[str, object]]:
    """Give one place in a cohort, and whoever fills it in turn when its pupil leaves."""
    low, high = school.ages
    begins, ends = date(cohort + low, 9, 2), date(cohort + high + 1, 7, 21)
    stay = {
        "school": school.key,
        "cohort": cohort,
        "form": "ABC"[place % school.forms],
        "joined": begins,
        "left": ends if ends.year <= YEARS[-1] else None,
    }
    rows = [stay]
    for year in YEARS:
        if not low <= year - cohort <= high or random.random() >= school.moves:
            continue
        gone = date(year, 9, 15) + timedelta(days=int(random.integers(10, 300)))
        if gone > date(YEARS[-1], 12, 1) or gone <= rows[-1]["joined"]:
            continue
        came = gone + timedelta(days=int(random.integers(7, 40)))
        if came >= ends:
            continue
        rows[-1] = {**rows[-1], "left": gone}
        rows.append({**stay, "joined": came})
    return [row for row in rows if row["left"] is None or row["left"] > date(YEARS[0], 9, 2)]


def _with_traits(
    stays: pd.DataFrame, school: SampleSchool, random: np.random.Generator
) -> pd.DataFrame:
    n = len(stays)
    null = not any(school.shifts.values())
    sex = np.where(random.random(n) < 0.51, "M", "F")
    poor = _disadvantaged(stays, school, random)
    odds = np.ones(n) if null else np.where(poor, 1.3, 0.9) * np.where(sex == "M", 1.3, 0.7)
    sen = _sen(random.random(n) / odds, school)
    need_k, need_e = random.choice(NEEDS_K, n, p=SHARES_K), random.choice(NEEDS_E, n, p=SHARES_E)
    in_care = poor & (random.random(n) < 0.04)
    stays = stays.assign(
        name=["Pupil " + key for key in stays["pupil_id"]],
        sex=sex,
        sen_provision=sen,
        sen_need=np.select([sen == "K", sen == "E"], [need_k, need_e], ""),
        disadvantaged=poor,
        fsm=poor & ~in_care & (random.random(n) < 0.85),
        fsm6=poor & ~in_care,
        pupil_premium=poor | (random.random(n) < 0.02),
        eal=random.random(n) < school.eal,
        raw=random.standard_normal(n),
    )
    estab = int(school.key[1:])
    serials = stays.groupby("cohort").cumcount() + 1
    stays["upn"] = [upn(estab, y, s) for y, s in zip(stays["cohort"], serials, strict=True)]
    return stays


def _sen(draw: np.ndarray, school: SampleSchool) -> np.ndarray:
    """Give provision in the shares of England: the lowest draws have plans, the next support."""
    share_e, share_k = SEN_SHARES[school.phase]
    place = (draw.argsort().argsort() + 0.5) / len(draw)
    return np.select([place < share_e, place < share_e + share_k], ["E", "K"], "N")


def _disadvantaged(
    stays: pd.DataFrame, school: SampleSchool, random: np.random.Generator
) -> np.ndarray:
    """Draw who is disadvantaged; the village has two in every year group."""
    if school.key == "S01":
        return (stays.groupby("cohort").cumcount() < 2).to_numpy()
    return random.random(len(stays)) < school.disadvantaged


def _up_to_secondary(stays: pd.DataFrame) -> pd.DataFrame:
    """Let Year 6 leavers go on to the trust's secondary school in Year 7."""
    for year in (2024, 2025):
        cohort = year - 7
        places = stays.index[(stays["school"] == "S05") & (stays["cohort"] == cohort)].tolist()
        for key, count in TO_SECONDARY.items():
            leavers = stays.index[
                (stays["school"] == key)
                & (stays["cohort"] == cohort)
                & (stays["left"] == date(year, 7, 21))
            ][:count]
            for before, after in zip(leavers, places[: len(leavers)], strict=True):
                stays.loc[after, list(TRAITS)] = stays.loc[before, list(TRAITS)]
            places = places[len(leavers) :]
    return stays


def _between_primaries(stays: pd.DataFrame) -> pd.DataFrame:
    """Let some who leave the school with changing rolls join another school of the trust."""
    mid_year = stays["left"].map(lambda day: day is not None and day.month != 7)
    for before in stays.index[(stays["school"] == "S06") & mid_year]:
        row = stays.loc[before]
        later = stays.index[
            stays["school"].isin(["S02", "S03", "S04"])
            & (stays["cohort"] == row["cohort"])
            & (stays["joined"].map(lambda day, left=row["left"]: day > left))
            & (stays["joined"].map(lambda day: day.month != 9 or day.day != 2))
            & ~stays.duplicated("upn", keep=False)
        ]
        if len(later):
            stays.loc[later[0], list(TRAITS)] = row[list(TRAITS)]
    return stays


def two_pupils(stays: pd.DataFrame) -> list[int]:
    """Find the two disadvantaged village pupils who carry the school's gap: in Years 4 and 5."""
    here = (stays["school"] == "S01") & stays["disadvantaged"].astype(bool)
    return [stays.index[here & (stays["cohort"] == 2025 - group)][0] for group in (4, 5)]


def year_group(stays: pd.DataFrame, year: int) -> pd.Series:
    """Give each stay's year group in a school year."""
    return year - stays["cohort"]


def on_roll(stays: pd.DataFrame, day: date) -> pd.Series:
    """Say who is on roll on a day."""
    return (stays["joined"] <= day) & stays["left"].map(lambda left: left is None or left >= day)


def class_name(school: str, group: int, form: str) -> str:
    """Name a class; the village teaches in three mixed-age classes."""
    if school == "S01":
        return "Class " + ("1" if group <= 1 else "2" if group <= 3 else "3")
    return f"{'R' if group == 0 else group}{form}"
