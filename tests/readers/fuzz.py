"""Files changed at random: whatever comes, it is said in words and names no pupil.

Five hundred run with the tests; more by hand:  python tests/readers/fuzz.py 10000 [SEED]
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
from pathlib import Path

from writinggaps.readers import check_school

ODD = [
    *(
        b"",
        b" ",
        b",",
        b",,",
        b'"',
        b'""',
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"\x00",
        b"\xff",
        b"\xfe\xff",
    ),
    *(b"=1+1", b"-0", b"1e999", b"nan", b"inf", b"9" * 400, b"0001-01-01", b"99999", b"31/02/2020"),
    *("٣".encode(), "🙂".encode(), "\u2028".encode(), b"None", b"NULL", b"#REF!", b"true", b"'P01"),
    *(b"<x>", b"&amp;", b"{n}", b"{0.__class__}", b"%s", b"../../x", b"\\", b"pupil_id", b"Total"),
]


MARKS = b"""Marks of the Canary class,,,
,,Autumn 2025,,Spring 2026
UPN,Pupil,Writing,Reading,Writing
P00,Canary00,EXS,GDS,EXS
P01,"Canary01, A",WTS,,95%
Average,,1,2,3
"""
TRANSFER = b"""<?xml version="1.0" encoding="UTF-8"?>
<CTfile><Header><SourceSchool><AcademicYear>2025</AcademicYear></SourceSchool></Header>
<CTFpupilData><Pupil><UPN>P00</UPN><Surname>CANARY</Surname><DOB>2015-01-01</DOB><Sex>F</Sex>
<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Year>2026</Year>
<Subject>ENG</Subject><Method>TA</Method><Component>WRI</Component><Result>EXS</Result>
</StageAssessment></KeyStage></StageAssessments></Pupil></CTFpupilData></CTfile>
"""


def change(data, luck):
    """Change bytes at random places."""
    made = bytearray(data)
    for _ in range(luck.choice((1, 1, 2, 5, 20))):
        at, length = luck.randrange(len(made) + 1), luck.choice((1, 1, 3, 30, 300))
        kind = luck.randrange(6)
        if kind == 0:
            del made[at : at + length]
        elif kind == 1:
            made[at:at] = luck.choice(ODD)
        elif kind == 2:
            made[at:at] = made[at : at + length]
        elif kind == 3 and made:
            made[at % len(made)] = luck.randrange(256)
        elif kind == 4:
            made[at : at + length] = luck.choice(ODD)
        else:
            made = made[:at] if luck.random() < 0.2 else made
    return bytes(made)


def change_cells(data, luck):
    """Change whole cells, rows and columns of a text file."""
    rows = [line.split(b",") for line in data.splitlines()]
    kind = luck.randrange(6)
    if kind == 0:
        for _ in range(luck.choice((1, 5, 50))):
            row = luck.choice(rows)
            row[luck.randrange(len(row))] = luck.choice(ODD)
    elif kind == 1:
        luck.shuffle(rows)
    elif kind == 2:
        number = luck.randrange(len(rows[0]))
        rows = [row[:number] + row[number + 1 :] for row in rows]
    elif kind == 3:
        rows[0][luck.randrange(len(rows[0]))] = luck.choice(rows[0])
    elif kind == 4:
        rows = rows * 2
    else:
        rows = rows[luck.randrange(len(rows)) :]
    return luck.choice((b"\n", b"\r\n", b"\r")).join(
        luck.choice((b",", b",", b";", b"\t")).join(row) if kind == 5 else b",".join(row)
        for row in rows
    )


def change_workbook(data, luck):
    """Change the XML inside a workbook, or now and then the file itself."""
    if luck.random() < 0.2:
        return change(data, luck)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        chosen = luck.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part, luck) if name == chosen else part)
    return held.getvalue()


def fault(files, folder):
    """Read a school; say what is wrong with how it was read, or nothing."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    said = []
    try:
        reading = check_school(folder)
        said += [f"{issue} {issue!r}" for issue in reading.issues]
        if any(not 0 <= rows.kept <= rows.read for rows in reading.rows.values()):
            return "rows are not accounted for"
        if reading.stops:
            said.append(f"{reading.problem()} {reading.problem()!r}")
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "a pupil is named" if "anary" in " ".join(said).lower() else ""


def mutants(nasty, number, seed):
    """Give so many changed schools."""
    luck = random.Random(seed)
    text = nasty.school(judged=nasty.judged_rows(), marks__csv=MARKS, leaver__xml=TRANSFER)
    book = nasty.workbook()
    for _ in range(number):
        if luck.random() < 0.3:
            yield book | {"school.xlsx": change_workbook(book["school.xlsx"], luck)}
        else:
            name = luck.choice(list(text))
            how = change_cells if luck.random() < 0.5 and name.endswith(".csv") else change
            yield text | {name: how(text[name], luck)}


def main(number, seed=1):
    """Try so many, and keep each school that was read badly."""
    import nasty

    with tempfile.TemporaryDirectory() as name:
        bad = 0
        for files in mutants(nasty, number, seed):
            found = fault(files, Path(name))
            if found:
                bad += 1
                kept = Path(tempfile.mkdtemp(prefix="badly-read-"))
                for file, data in files.items():
                    (kept / file).write_bytes(data)
                sys.stdout.write(f"{kept}: {found}\n")
        sys.stdout.write(f"{number} schools, {bad} read badly\n")
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
