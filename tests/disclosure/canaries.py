"""Canary pupils: fifty in every table of a school; nothing of them may be in a shared place.

    python tests/disclosure/canaries.py

makes every report about a school with canaries, in all editions, through the command; then makes
one notebook fail in thirty ways. Every byte of every shared file, and what the command printed, is
searched for the pupils' identifiers, names, UPNs, odd scores and sentences.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "schools" / "S02"
TERM = "2025-26-autumn"
REPORTS = (
    "school_report", "send_report", "intervention_evaluation", "inclusion_school",
    "inclusion_index", "trust_report", "development_plan", "parents_summary",
)  # fmt: skip
EDITIONS = ("staff", "governors", "public")
CANARIES = 50

WHO = (rb"CNRY\d{3}", rb"Qwyxel", rb"T7700\d{8}", rb"qanarywrod", rb"coalmine")
ODD = (rb"\d{3}\.7\d{2}7\b",)
"""Scores that only a canary has; staff may meet them in an exact figure, but not with a name."""


def canary_school(folder):
    """Copy a sample school with canaries for fifty of its pupils, in every table with pupils."""
    folder.mkdir(parents=True)
    (folder / "school.toml").write_bytes((SAMPLE / "school.toml").read_bytes())
    ids = [row["pupil_id"] for row in rows_of("pupils") if not row["left"]][-CANARIES:]
    names = {old: f"CNRY{i:03}" for i, old in enumerate(ids)}
    for file in SAMPLE.glob("*.csv"):
        rows = rows_of(file.stem)
        for n, row in enumerate(rows):
            if row.get("pupil_id") in names:
                marked(row, names[row["pupil_id"]], n)
            if file.stem == "surveys" and n < CANARIES:
                row["respondent"] = f"CNRY{n:03}"
        fields = list(dict.fromkeys(field for row in rows for field in row))
        with (folder / file.name).open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, fields)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def rows_of(table):
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def marked(row, name, n):
    """Put a canary into a row, with what only a canary has."""
    number = int(name[4:])
    row["pupil_id"] = name
    if "upn" in row:
        row |= {"upn": f"T7700{number:08}", "name": f"Qwyxel Canary{number}"}
    if row.get("value", "").isdigit() and len(row["value"]) == 3:
        row["value"] += f".7{number:02}7"
    if "item" in row:
        row["item"] = f"qanarywrod{number} for word"
    if "text_type" in row:
        row["own_words"] = f"Down the coalmine I sang {number} songs {n}."


def hits(data, patterns):
    """Look in bytes, and inside what a workbook or an image keeps packed."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    return sorted({found[0] for pattern in patterns for found in re.finditer(pattern, data)})


def shared(out):
    """Every file of a run that is not private."""
    return [p for p in sorted(out.rglob("*")) if p.is_file() and "_private" not in p.parts]


def searched(out, printed):
    """Give every hit in shared places: a name anywhere, an odd score anywhere but for staff."""
    found = {("printed", hit) for hit in hits(printed, WHO + ODD)}
    for path in shared(out):
        patterns = WHO if ".staff." in path.name else WHO + ODD
        found |= {
            (path.relative_to(out).as_posix(), hit) for hit in hits(path.read_bytes(), patterns)
        }
    return sorted(found)


def planned(folder, data, reports, editions=EDITIONS):
    lines = [f'term = "{TERM}"', f"editions = {json.dumps(editions)}"]
    lines += [f"reports = {json.dumps(reports)}", 'name = "Invented Trust"', 'shapes = ["xlsx"]']
    for i, school in enumerate(data):
        lines += ["[[school]]", f'key = "10000{i}"', f"data = {json.dumps(str(school))}"]
    (folder / "plan.toml").write_text("\n".join(lines))
    return folder / "plan.toml"


SETUP = """import json, sys, os, warnings, logging
import pandas as pd
from pathlib import Path
from IPython.display import HTML, Markdown, Image, SVG, display
from writinggaps.problems import BadInput, TooFewPupils
from writinggaps.report.faces import Prose, Table
pupils = pd.read_csv(Path(data) / "pupils.csv", dtype=str)
pupil = pupils[pupils.pupil_id.str.startswith("CNRY")].iloc[0]"""

MODES = {
    "raise": "raise ValueError(pupil.to_dict())",
    "key": "pupils.set_index('name').loc[[pupil.pupil_id]]",
    "index": "{}[pupil['name']]",
    "attribute": "getattr(pupils, pupil['name'])",
    "assert": "assert False, pupil['name']",
    "chained": "try:\n    raise KeyError(pupil['name'])\n"
    "except KeyError as why:\n    raise ValueError(pupil.upn) from why",
    "group": "raise ExceptionGroup(pupil['name'], [ValueError(pupil.upn)])",
    "note": "why = ValueError('x'); why.add_note(pupil['name']); raise why",
    "named": "raise type(pupil['name'].replace(' ', ''), (Exception,), {})(pupil.upn)",
    "exit": "sys.exit(pupil['name'])",
    "quit": "raise SystemExit(pupil.upn)",
    "interrupt": "raise KeyboardInterrupt(pupil['name'])",
    "generator": "raise GeneratorExit(pupil['name'])",
    "memory": "raise MemoryError(pupil['name'])",
    "recursion": "def down(p): return down(p)\ndown(pupil['name'])",
    "syntax": "exec(pupil['name'])",
    "conversion": "pd.to_numeric(pupils['name'])",
    "parse": "pd.to_datetime(pupils['upn'])",
    "decode": "json.loads(pupil['name'])",
    "file": "open(pupil['name'])",
    "print": "print(pupils.head(60)); print(pupil['name'], file=sys.stderr)",
    "warn": "warnings.warn(pupil['name'])",
    "log": "logging.getLogger().error(pupil['name'])",
    "frame": "pupils.tail(60)",
    "counts": "display(pupils['name'].value_counts())",
    "markdown": "Markdown(pupil['name'])",
    "html": "HTML(pupils.tail(60).to_html())",
    "styler": "pupils.tail(60).style",
    "svg": 'SVG(f\'<svg xmlns="http://www.w3.org/2000/svg"><text>{pupil["name"]}</text></svg>\')',
    "bundle": "display({'text/plain': pupil['name'], 'image/png': b'CNRY001'}, raw=True)",
    "list": "from writinggaps.disclosure.private import PRIVATE_MIME\n"
    "rows = {'title': 't', 'columns': ['name'], 'rows': [[pupil['name']]]}\n"
    "display({PRIVATE_MIME: rows, 'text/plain': ''}, raw=True)",
    "problem": "raise BadInput('A file cannot be read', 'a table', 'pupils.csv')",
}
"""Cells that fail, or that show what disclosure has not passed."""


def failing(folder, mode):
    """Write a notebook that ends in one of these ways, after a sentence that is sound."""
    parameters = 'data: str = ""\nterm: str = ""\nedition: str = "public"\nstandards: str = ""'
    cells = [new_markdown_cell("# What fails?")]
    cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    cells += [
        new_code_cell(SETUP),
        new_code_cell('Prose("All is well.")'),
        new_code_cell(MODES[mode]),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (folder / "notebooks").mkdir(exist_ok=True)
    notebook = new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, str(folder / "notebooks" / f"fails_{mode}.ipynb"))
    return f"fails_{mode}"


def command(folder, plan):
    """Run the command in a process of its own, and give all that it printed."""
    ran = subprocess.run(
        [sys.executable, "-m", "writinggaps", "run", str(plan), "--jobs", "1", "--show", "lines"],
        cwd=folder, capture_output=True, check=False,
        env=os.environ | {"WRITINGGAPS_KEY": str(folder / "safe" / "key")},
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def main():
    with tempfile.TemporaryDirectory() as name:
        good, bad = Path(name) / "good", Path(name) / "bad"
        data = canary_school(Path(name) / "canaries")
        good.mkdir(), bad.mkdir()
        others = [SAMPLE.parent / key for key in ("S04", "S05")]
        code, printed = command(good, planned(good, [data, *others], REPORTS))
        found = searched(good / "reports", printed)
        sys.stdout.write(f"{len(REPORTS)} reports, {len(EDITIONS)} editions: exit code {code}, ")
        sys.stdout.write(
            f"{len(shared(good / 'reports'))} shared files, {len(found)} hits {found[:9]}\n"
        )
        if code:
            sys.stdout.write(printed.decode()[-3000:])
        modes = [failing(bad, mode) for mode in MODES]
        code, printed = command(bad, planned(bad, [data], modes, ["governors"]))
        found = searched(bad / "reports", printed)
        sys.stdout.write(f"{len(modes)} ways to fail: exit code {code}, ")
        sys.stdout.write(
            f"{len(shared(bad / 'reports'))} shared files, {len(found)} hits {found[:9]}\n"
        )
        private = b"".join(p.read_bytes() for p in bad.rglob("_private/failed/*") if p.is_file())
        sys.stdout.write(f"the private log knows of {len(hits(private, WHO))} canaries\n")


if __name__ == "__main__":
    main()
