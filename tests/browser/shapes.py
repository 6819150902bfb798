"""Whether a page, its PDF and its workbook carry the same figures.

python tests/browser/shapes.py FOLDER

What each says is compared with the findings of the report; staff editions, whose findings are kept
apart, by the cells of their tables.
"""

import io
import json
import math
import re
import sys
from html import unescape
from itertools import pairwise
from pathlib import Path

import openpyxl
import pypdf

FIGURES = ("estimate", "low", "high", "n")
MOST_SHEETS = {"inclusion_school": 1, "parents_summary": 1, "development_plan": 3}


def differences(stem):
    """List what one shape of a report says and another does not."""
    html = stem.with_name(f"{stem.name}.html").read_text(encoding="utf-8")
    page = squeezed(unescape(re.sub(r"<[^>]+>", "", html)))
    book = openpyxl.load_workbook(stem.with_name(f"{stem.name}.xlsx"))
    wrong = [f"cell not on the page: {c}" for c in cells_of(book) if c not in page]
    sheets = sheets_of(stem.with_name(f"{stem.name}.pdf"), html)
    most = MOST_SHEETS.get(stem.name.partition(".")[0], len(sheets))
    wrong += [f"{len(sheets)} sheets of paper, and {most} were promised"] * (len(sheets) > most)
    records = stem.with_name(f"{stem.name}.findings.json")
    if not records.exists():
        return wrong
    found = json.loads(records.read_text(encoding="utf-8"))
    said = {squeezed(f["sentence"]) for f in found if f["sentence"]}
    wrong += [f"not on the page: {s}" for s in said if s not in page]
    wrong += [f"not printed: {s}" for s in said if not is_printed(s, sheets)]
    same = same_figures(numbers_of(book), [[f[part] for part in FIGURES] for f in found])
    return wrong + ["the workbook's figures are not the findings'"] * (not same)


def squeezed(text):
    """Take out what may differ by layout alone."""
    return re.sub(r"\s+", "", text)


def sheets_of(path, html):
    """Give the text of each sheet of paper without its foot."""
    head = [re.search(f'<p class="{part}">(.*?)</p>', html)[1] for part in ("school", "term")]
    foot = r"Page\d+of\d+|" + re.escape(squeezed(unescape(" – ".join(filter(None, head)))))
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return [re.sub(foot, "", squeezed(page.extract_text())) for page in pages]


def is_printed(sentence, sheets):
    """Whether a sentence stands on a sheet, or runs on from one to the top of the next.

    Captions of tables are read last of a sheet, wherever they stand on it.
    """
    whole = any(sentence in sheet for sheet in sheets)
    return whole or any(
        sentence[:k] in this and following.startswith(sentence[k:])
        for this, following in pairwise(sheets)
        for k in range(1, len(sentence))
    )


def numbers_of(book):
    """The figures of the last sheet of a workbook, as findings have them."""
    rows = [[c.value for c in row] for row in book["Findings"].iter_rows()]
    places = [rows[2].index(part) for part in FIGURES]
    return [[None if row[p] == "none" else row[p] for p in places] for row in rows[3:]]


def same_figures(here, there):
    """Whether figures are equal, as far as a workbook keeps them."""
    pairs = [pair for rows in zip(here, there, strict=False) for pair in zip(*rows, strict=True)]
    return len(here) == len(there) and all(
        a is b if a is None or b is None else math.isclose(a, b, rel_tol=1e-6) for a, b in pairs
    )


def cells_of(book):
    """What the tables of a workbook say in words and in figures, as the page writes them."""
    tables = [book[sheet] for sheet in book.sheetnames if sheet.startswith("Table ")]
    cells = [cell for table in tables for row in table.iter_rows(min_row=3) for cell in row]
    return {written(cell) for cell in cells if cell.value is not None} - {"none"}


def written(cell):
    """A cell as the page writes it."""
    if isinstance(cell.value, str):
        return re.sub(r"\s|\(\d\)$", "", cell.value)
    share = cell.number_format.endswith("%")
    places = len(cell.number_format.rstrip("%").partition(".")[2])
    shown = f"{cell.value * (100 if share else 1):.{places}f}{'%' * share}"
    return shown.replace("-", "\N{MINUS SIGN}")


def main(folder):
    """Check every report of a folder that has a workbook; tell each difference."""
    stems = [path.with_suffix("") for path in sorted(Path(folder).glob("*/*.xlsx"))]
    count = 0
    for stem in stems:
        for wrong in differences(stem):
            print(f"{stem.parent.name}/{stem.name} {wrong}", flush=True)  # noqa: T201 - its answer
            count += 1
    print(f"{len(stems)} reports in three shapes: {count} differences")  # noqa: T201 - as above
    return int(count > 0 or not stems)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
