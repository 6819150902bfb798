"""A report's tables as a workbook that everybody can use, with the page's own figures."""

import io

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from writinggaps.findings import Finding
from writinggaps.report.faces import Figure, Table
from writinggaps.run.page import Heading
from writinggaps.run.workbook import workbook

openpyxl = pytest.importorskip("openpyxl")

TABLE = Table(
    caption="Pupils by class",
    columns=("class", "pupils", "pupils", "share"),
    rows=(("4A", "28", "=1+1", "30%"), ("4B", "suppressed", "https://example.org", "−5.3")),
    note="About a term.",
)
CHART = Figure(title="Behind", subtitle="Year 6", alt="7 of 23", svg="<svg/>", data=TABLE)
FOUND = Finding(question="how many", sentence="7 of 23.", estimate=7 / 23, n=23)
HEADING = Heading("Example School", "2025-26-autumn", "governors")


def shown(*faces):
    outputs = [new_output("display_data", data=face._repr_mimebundle_()) for face in faces]
    return new_notebook(
        cells=[new_markdown_cell("# Who is secure?"), new_code_cell(outputs=outputs)]
    )


def read(*faces, found=(FOUND,)):
    return openpyxl.load_workbook(io.BytesIO(workbook(shown(*faces), HEADING, found)))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_it_begins_with_contents_that_lead_to_every_sheet():
    book = read(TABLE)
    listed = [row[0] for row in cells(book["Contents"])[3:]]

    assert book.sheetnames == ["Contents", "Notes", "Table 1", "Findings"]
    assert listed == book.sheetnames[1:]
    assert [book["Contents"].cell(4 + n, 1).hyperlink.location for n in range(3)] == [
        f"'{name}'!A1" for name in listed
    ]
    assert book.properties.title == "Who is secure? – Example School – Autumn term 2025-26"


def test_each_sheet_has_one_table_with_headings_and_no_empty_or_merged_cell():
    for sheet in read(TABLE, found=()):
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        assert all(cell.value is not None for row in sheet[table.ref] for cell in row)
        assert sheet["A1"].value
        assert sheet["A2"].value


def test_numbers_are_numbers_and_nothing_is_a_formula_or_a_link():
    sheet = read(TABLE)["Table 1"]
    first, second = cells(sheet)[3:]

    assert first == ["4A", 28, "=1+1", 0.3]
    assert second == ["4B", "suppressed", "https://example.org", -5.3]
    assert [sheet[cell].number_format for cell in ("B4", "D4", "D5")] == ["0", "0%", "0.0"]
    assert sheet["C4"].data_type == "s"
    assert sheet["C5"].hyperlink is None
    assert [c.value for c in sheet[3]] == ["Class", "Pupils", "Pupils (2)", "Share"]


def test_the_figures_behind_a_chart_and_the_same_table_make_one_sheet():
    assert len(read(CHART, TABLE).sheetnames) == 4


def test_findings_stand_as_numbers_with_their_words():
    head, row = cells(read(TABLE)["Findings"])[2:4]
    told = dict(zip(head, row, strict=True))

    assert told["sentence"] == "7 of 23."
    assert told["estimate"] == pytest.approx(7 / 23)
    assert told["low"] == "none"


def test_equal_reports_give_equal_files():
    assert workbook(shown(TABLE), HEADING, [FOUND]) == workbook(shown(TABLE), HEADING, [FOUND])
