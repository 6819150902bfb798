"""Hostile texts in every input file of a school, through the real reports, into a real browser.

    python tests/disclosure/hostile.py

puts two hundred payloads into names, pupils' writing, classes, schemes, columns, notes, surveys,
priorities and the school's own name, makes its reports through the command, and looks at every
page, workbook and table to take away, and at what the command printed.
"""

import csv
import io
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parent))

from canaries import TERM, command
from test_formulas import PAYLOADS as FORMULAS
from test_hostile import FOUND
from test_hostile import PAYLOADS as MARKUP

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "schools"
PAYLOADS = [text for pair in zip(MARKUP, FORMULAS, strict=True) for text in pair][::2]
PAYLOADS[1::2] = FORMULAS[1::2]
"""A hundred that a browser would run, and a hundred that a spreadsheet would."""

for place, escape in enumerate(("\x1b[31m", "\x1b]0;owned\x07", "\r\n", "\x9b2J")):
    PAYLOADS[10 * place] = escape + PAYLOADS[10 * place]

TEXTS = {
    "pupils": ("name",),
    "pieces": ("text_type",),
    "writing_errors": ("item",),
    "interventions": ("scheme", "test", "missed_subject", "targets"),
    "judgements": ("assessor",),
    "surveys": ("question", "area"),
    "priorities": ("priority", "measure", "owner", "tell", "status", "last_year"),
    "notes": ("text", "author_role"),
}
CLASSES = ("pupils", "pieces", "taught")
REPORTS = (
    "school_report", "send_report", "intervention_evaluation", "parents_summary",
    "inclusion_school", "trust_report", "development_plan",
)  # fmt: skip


def hostile_school(folder, sample="S02"):
    """Copy a sample school; each text of it becomes one of the payloads, the same each time."""
    folder.mkdir(parents=True)
    renamed, left = {}, cycle(PAYLOADS)
    for file in sorted((SAMPLE / sample).glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        texts = TEXTS.get(file.stem, ()) + (("class",) if file.stem in CLASSES else ())
        for row in rows:
            for column in texts:
                if row.get(column):
                    key = (column, row[column])
                    renamed[key] = renamed.get(key) or next(left)
                    row[column] = renamed[key]
            row |= {PAYLOADS[0]: PAYLOADS[1], PAYLOADS[3]: PAYLOADS[2]}
        with (folder / file.name).open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    settings = tomllib.loads((SAMPLE / sample / "school.toml").read_text(encoding="utf-8"))
    told = {**settings, "name": PAYLOADS[8]}
    lines = [f"{k} = {_toml(v)}" for k, v in told.items() if isinstance(v, str | int | float)]
    (folder / "school.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _toml(value):
    if not isinstance(value, str):
        return str(value)
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08x}" for c in value) + '"'


def browsed(pages):
    """Open pages in Chromium: what ran or was asked for, and how many payloads are to be read."""
    playwright = pytest.importorskip("playwright.sync_api")
    found = dict.fromkeys(("scripts", "handlers", "outside", "hit", "requests", "read"), 0)
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for page in pages:
            asked = []
            tab = chromium.new_page()
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(page.as_uri())
            seen = tab.evaluate(FOUND)
            text = "".join(tab.evaluate("document.documentElement.textContent").split())
            found["requests"] += sum(url != page.as_uri() for url in asked)
            found["read"] += sum("".join(p.split()) in text for p in PAYLOADS)
            for name in ("scripts", "handlers", "outside", "hit"):
                found[name] += seen[name]
            tab.close()
        chromium.close()
    return found


def formulas_in(data):
    """Give the cells of a workbook that are formulas, and what it wants from elsewhere."""
    cells = [c for sheet in load_workbook(io.BytesIO(data)) for r in sheet.iter_rows() for c in r]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        live = [n for n in packed.namelist() if b"<f>" in packed.read(n) or "external" in n.lower()]
    outside = [c.value for c in cells if c.hyperlink and c.hyperlink.target]
    return [c.value for c in cells if c.data_type == "f"] + outside + live


def taken_away(html):
    """Give the cells of a page's tables to take away that a spreadsheet would run."""
    tables = re.findall(r'href="data:text/csv;[^,]*,([^"]*)"', html)
    rows = [row for t in tables for row in csv.reader(io.StringIO(unquote(t), newline=""))]
    return len(tables), [c for row in rows for c in row if c.startswith(tuple("=+-@\t\r"))]


def planned(folder, school):
    lines = [f'term = "{TERM}"', 'editions = ["staff", "public"]']
    lines += [f"reports = {list(REPORTS)}".replace("'", '"'), f"name = {_toml(PAYLOADS[4])}"]
    lines += ['shapes = ["xlsx"]', "[[school]]", 'key = "100001"', f'data = "{school}"']
    (folder / "plan.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "plan.toml"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        code, printed = command(folder, planned(folder, hostile_school(folder / "school")))
        checked = subprocess.run(
            [sys.executable, "-m", "writinggaps", "check", str(folder / "school")],
            capture_output=True, check=False,
        )  # fmt: skip
        printed += checked.stdout + checked.stderr
        out = folder / "reports"
        pages, books = sorted(out.rglob("*.html")), sorted(out.rglob("*.xlsx"))
        tables = [taken_away(page.read_text(encoding="utf-8")) for page in pages]
        controls = re.findall(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", printed)
        odd = [p for p in folder.rglob("*") if not re.fullmatch(r"[\w.+ -]+", p.name)]
        formulas = [c for book in books for c in formulas_in(book.read_bytes())]
        sys.stdout.write(
            f"{len(PAYLOADS)} payloads, {len(REPORTS)} reports: exit code {code}, "
            f"{len(pages)} pages, {len(books)} workbooks, {sum(n for n, _ in tables)} tables\n"
            f"in the browser: {browsed(pages)}\n"
            f"formula cells: {len(formulas)} in workbooks, {sum(len(c) for _, c in tables)} in "
            f"tables\ncontrol characters printed: {len(controls)}; odd file names: {len(odd)}\n"
        )
        if code:
            sys.stdout.write(printed.decode(errors="replace")[-3000:])


if __name__ == "__main__":
    main()
