"""The files of the trust: the same bytes every time.

Six schools are folders of CSV files; the village is one workbook, because many schools have
nothing else. A workbook is a zip of parts with times in it: both are fixed, so the same library and
the same compressor give the same bytes, and any compressor the same parts.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl import Workbook

from making.authority import fund
from making.roll import class_name
from making.trust import LA_CODE, NOW, SCHOOLS, term_name

if TYPE_CHECKING:
    from pathlib import Path

    from making.trust import SampleSchool

WORKBOOK = "S01"
EPOCH = datetime(2025, 12, 19, 9, 0, 0)
YES_NO = (
    "disadvantaged",
    "fsm",
    "fsm6",
    "pupil_premium",
    "eal",
    "independent",
    "secure",
    "resourced_place",
    "on_roll",
)
REPORTS = (
    "school_report",
    "send_report",
    "intervention_evaluation",
    "inclusion_school",
    "inclusion_index",
    "trust_report",
    "development_plan",
)
KEEP_SCHOOL = ("interventions", "consultations")
COLUMNS = [
    "pupil_id",
    "upn",
    "name",
    "year_group",
    "class",
    "sex",
    "sen_provision",
    "sen_need",
    "disadvantaged",
    "fsm",
    "fsm6",
    "pupil_premium",
    "eal",
    "joined",
    "left",
]


def pupils(stays: pd.DataFrame) -> pd.DataFrame:
    """Make the pupils tables: year group and class are those of now, or of when a pupil left."""
    last = stays["left"].map(lambda day: 2025 if day is None else day.year - (day.month < 9))
    group = last - stays["cohort"]
    form = [class_name(*row) for row in zip(stays["school"], group, stays["form"], strict=True)]
    made = stays.assign(year_group=group, **{"class": form})
    return made[["school", *COLUMNS]].sort_values(["school", "pupil_id"])


def write_schools(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write each school's tables and its school.toml."""
    for school in SCHOOLS:
        home = folder / school.key
        home.mkdir(parents=True, exist_ok=True)
        own = {name: _of_school(name, table, school) for name, table in tables.items()}
        pounds = fund(school.key, int(own["pupils"]["left"].isna().sum()))
        if school.key == WORKBOOK:
            own = {"school": _school_sheet(school, pounds), **own}
            (home / f"{school.key}.xlsx").write_bytes(workbook(own))
            continue
        (home / "school.toml").write_bytes(_school_toml(school, pounds).encode())
        for name, table in own.items():
            text = table.to_csv(index=False, lineterminator="\n")
            (home / f"{name}.csv").write_bytes(text.encode())


def _of_school(name: str, table: pd.DataFrame, school: SampleSchool) -> pd.DataFrame:
    rows = table[table["school"] == school.key]
    if name not in KEEP_SCHOOL:
        rows = rows.drop(columns="school")
    return rows.assign(**{c: rows[c].map({True: "y", False: "n"}) for c in YES_NO if c in rows})


def _school_toml(school: SampleSchool, pounds: int) -> str:
    return (
        "# An invented school.\n"
        f'name = "{school.name}"\n'
        f'key = "{school.key}"\n'
        f'la_code = "{LA_CODE}"\n'
        f'phase = "{school.phase}"\n'
        f"ages = [{school.ages[0]}, {school.ages[1]}]\n"
        f"notional_sen_pounds = {pounds}\n"
    )


def _school_sheet(school: SampleSchool, pounds: int) -> pd.DataFrame:
    """Give what school.toml would say, as a sheet for those who have only a workbook."""
    ages = f"{school.ages[0]}-{school.ages[1]}"
    told = {"name": school.name, "key": school.key, "la_code": LA_CODE, "phase": school.phase}
    told |= {"ages": ages, "notional_sen_pounds": str(pounds)}
    return pd.DataFrame({"setting": list(told), "value": list(told.values())}, dtype=object)


def workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """Make a workbook with a sheet a table, byte for byte the same from the same tables."""
    book = Workbook()
    book.remove(book.active)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(table.columns))
        for row in table.astype(object).itertuples(index=False):
            sheet.append([_cell(value) for value in row])
    book.properties.created = book.properties.modified = EPOCH
    raw = BytesIO()
    book.save(raw)
    return _timeless(raw)


def _cell(value: object) -> object:
    if value is None or value == "" or value != value:
        return None
    return value if isinstance(value, str | date) else int(value)


def _timeless(raw: BytesIO) -> bytes:
    """Write the parts of a zip again with one time."""
    out = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-12-19T09:00:00Z", part)
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            new.writestr(info, part, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def write_plan(path: Path) -> None:
    """Write the plan of the demo."""
    lines = [
        "# The demo: every school of the invented trust. Paths start from this file.",
        f'term = "{term_name(*NOW)}"',
        'name = "The Sample Trust"',
        'editions = ["staff", "governors"]',
        "reports = [",
        *(f'  "{name}",' for name in REPORTS),
        "]",
        'out = "../../reports"',
        "",
        "# The index of all schools, with their names, for the trust itself.",
        "[parameters.inclusion_index]",
        'data = "schools"',
        "named = true",
        "",
    ]
    for school in SCHOOLS:
        data = f"schools/{school.key}"
        data += f"/{school.key}.xlsx" if school.key == WORKBOOK else ""
        lines += ["[[school]]", f'key = "{school.key}"', f'data = "{data}"', ""]
    path.write_bytes("\n".join(lines).rstrip("\n").encode() + b"\n")
