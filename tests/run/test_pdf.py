"""Pages become tagged A4 PDFs through an installed browser, started once."""

import io
import os
import re

import pytest

from writinggaps.run import pdf
from writinggaps.run.pdf import CannotPrint, Printer, find_browser

PAGE = (
    '<!doctype html><html lang="en-GB"><title>Report</title><style>@page { size: A4; }'
    "</style><h1>Who is secure?</h1><p>7 of 23 pupils.</p><script>document.title='run'</script>"
)

pypdf = pytest.importorskip("pypdf")
needs_browser = pytest.mark.skipif(not find_browser(), reason="no browser is installed")


@pytest.fixture(scope="module")
def printer():
    made = Printer(find_browser())
    yield made
    made.close()


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


@needs_browser
@pytest.mark.browser
def test_a_page_becomes_a_tagged_a4_pdf_of_its_language_and_title(printer):
    made = read(printer.pdf(PAGE))
    root = made.trailer["/Root"]

    assert [round(float(side)) for side in made.pages[0].mediabox[2:]] == [595, 842]
    assert made.metadata.title == "Report", "no script ran"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert [entry["/Title"] for entry in made.outline] == ["Who is secure?"]
    assert "7 of 23 pupils." in made.pages[0].extract_text()


@needs_browser
@pytest.mark.browser
def test_equal_pages_give_equal_files_from_one_browser(printer):
    first = printer.pdf(PAGE)
    browser = printer._told

    assert printer.pdf(PAGE) == first
    assert printer._told is browser


@needs_browser
@pytest.mark.browser
def test_a_browser_that_died_is_started_once_more(printer):
    first = printer.pdf(PAGE)
    os.killpg(printer._told._browser.pid, 9)

    assert printer.pdf(PAGE) == first


@needs_browser
@pytest.mark.browser
def test_a_cold_browser_makes_the_same_pdf(printer):
    page = PAGE[: PAGE.index("<script")]

    assert Printer(find_browser(), warm=False).pdf(page) == printer.pdf(page)


@pytest.mark.parametrize("warm", [True, False])
def test_a_program_that_is_no_browser_cannot_print(warm, monkeypatch):
    monkeypatch.setattr(pdf, "_SECONDS", 5)
    with pytest.raises(CannotPrint):
        Printer("/bin/false", warm=warm).pdf(PAGE)


def test_the_setting_names_the_browser(tmp_path, monkeypatch):
    program = tmp_path / "my-browser"
    program.touch(mode=0o755)
    monkeypatch.setenv(pdf.SETTING, str(program))
    assert find_browser() == str(program)

    monkeypatch.setenv(pdf.SETTING, str(tmp_path / "none"))
    assert find_browser() == ""


def test_the_time_of_printing_is_taken_out_without_moving_anything():
    dated = b"/CreationDate (D:20251122060000+00'00')"
    undated = pdf._undated(dated)

    assert len(undated) == len(dated)
    assert re.fullmatch(rb"/CreationDate \(D:20000101000000\+00'00'\)", undated)
