"""The invented authority of the trust: what its schools' inclusion is compared with.

Its figures are of all its schools, the trust's own among them, and invented like the rest. The
national row of plans is England's of January 2025, as in `roll`.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from making.roll import SEN_SHARES
from making.trust import LA_CODE, SCHOOLS, term_name
from writinggaps.readers.schema import default

YEARS = (2022, 2023, 2024)
"""School years that an authority could have counted by December 2025."""
ROLL = {"primary": 21_000, "secondary": 15_000}
SENT = 70
"""One consultation a year for so many pupils on roll."""
RATES = {
    "primary": {
        "access": 0.036,
        "welcome": 0.72,
        "stay.ehcp": 0.05,
        "stay.support": 0.05,
        "present.ehcp": 0.085,
        "present.support": 0.078,
        "included.ehcp": 0.05,
        "included.support": 0.045,
    },
    "secondary": {
        "access": 0.030,
        "welcome": 0.66,
        "stay.ehcp": 0.06,
        "stay.support": 0.06,
        "present.ehcp": 0.135,
        "present.support": 0.125,
        "included.ehcp": 0.30,
        "included.support": 0.29,
    },
}
FUND_A_PUPIL = {"primary": 410, "secondary": 460}
"""Invented: what a notional SEN fund comes to for each pupil on roll, in pounds."""
PLACES_SCHOOL, PLACES = "S05", 3
"""In the secondary school so many pupils with plans hold places that the authority commissions."""
LEAVES_SCHOOL = "S06"
"""The school with changing rolls loses pupils with SEN like others: several times the usual."""
REVIEWED = {"S02": 4, "S03": 3}
"""In two schools fourteen members of staff answered about the eight areas, mostly so."""
STAFF = 14


def reference() -> pd.DataFrame:
    """Make the authority's figures, the same for each school, with England's share of plans."""
    rows = []
    for phase, roll in ROLL.items():
        for year in YEARS:
            school_year = term_name(year, "").rstrip("-")
            for part, rate in RATES[phase].items():
                name, _, status = part.partition(".")
                total = _total(name, status, roll)
                key = f"{name}.{phase}" + (f".{status}" if status else "")
                rows.append((LA_CODE, key, school_year, round(rate * total), total, "invented"))
        share = SEN_SHARES[phase][0]
        told = ("england", f"access.{phase}", "2024-25", round(share * 1_000_000), 1_000_000)
        rows.append((*told, "Department for Education, January 2025, for a million pupils"))
    made = pd.DataFrame(rows, columns=["la_code", "component", "year", "count", "total", "source"])
    return pd.concat([made.assign(school=school.key) for school in SCHOOLS], ignore_index=True)


def _total(name: str, status: str, roll: int) -> int:
    if name == "access":
        return roll
    if name == "welcome":
        return roll // SENT
    pupils = round(roll * (0.035 if status == "ehcp" else 0.148))
    return pupils * 380 if name == "present" else pupils


def places(census: pd.DataFrame) -> pd.DataFrame:
    """Put some pupils with plans into resourced places, for as long as they are on roll."""
    here = census[(census["school"] == PLACES_SCHOOL) & (census["sen_provision"] == "E")]
    chosen = in_places(here)
    return census.assign(resourced_place=census["pupil_id"].isin(chosen))


def in_places(rows: pd.DataFrame) -> list[str]:
    """Give the pupils who were on most rolls, the first by their numbers."""
    rolls = rows["pupil_id"].value_counts()
    return sorted(rolls.index[rolls.eq(rolls.max())])[:PLACES]


def fund(key: str, on_roll: int) -> int:
    """Give a school's notional SEN fund in pounds."""
    phase = next(school.phase for school in SCHOOLS if school.key == key)
    return on_roll * FUND_A_PUPIL[phase]


def reviews() -> pd.DataFrame:
    """Make what staff of two schools answered about eight areas, from 1 to 5."""
    rows, areas = [], default("inclusion.toml")["review"]["areas"]
    for key, usual in REVIEWED.items():
        for number in range(1, STAFF + 1):
            for place, area in enumerate(areas):
                answer = min(max(usual + (number + place) % 3 - 1, 1), 5)
                told = (f"V{number:02d}", date(2025, 11, 25), "staff", area, answer, "1-5")
                rows.append((key, *told))
    columns = ["school", "respondent", "date", "role", "question", "answer", "scale"]
    return pd.DataFrame(rows, columns=columns)
