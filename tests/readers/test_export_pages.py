"""Every example in docs/exports is read as its page says."""

from __future__ import annotations

import csv
import doctest
import importlib.util
import io
import re
from pathlib import Path

import pytest

from writinggaps.readers import read_school
from writinggaps.readers.maps import shipped_maps

FOLDER = Path(__file__).parents[2] / "docs" / "exports"
BLOCK = re.compile(r"^```(csv|toml|xml|result) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [page for page in sorted(FOLDER.glob("*.md")) if "```result" in page.read_text("utf-8")]


def blocks(page):
    return BLOCK.findall(page.read_text("utf-8"))


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.stem)
def test_the_example_becomes_what_the_page_says(page, tmp_path):
    wanted = {}
    for kind, name, text in [*blocks(FOLDER / "README.md"), *blocks(page)]:
        if kind == "result":
            wanted[name] = list(csv.reader(io.StringIO(text)))
        else:
            (tmp_path / name).write_text(text, "utf-8")
    school = read_school(tmp_path)

    assert wanted
    for table, (head, *rows) in wanted.items():
        found = school.tables[table][head].astype(object)
        told = found.where(found.notna(), "").astype(str).to_numpy().tolist()
        assert told == rows
    assert not school.reading.of("error")


@pytest.mark.parametrize(
    "page",
    [page for page in sorted(FOLDER.glob("*.md")) if "```python" in page.read_text("utf-8")],
    ids=lambda page: page.stem,
)
def test_the_code_of_a_page_gives_what_the_page_says(page, tmp_path, monkeypatch):
    for _, name, text in blocks(page):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    code = page.read_text("utf-8").split("```python\n")[1].split("```")[0]
    test = doctest.DocTestParser().get_doctest(code, {}, page.stem, str(page), 0)

    assert doctest.DocTestRunner().run(test) == doctest.TestResults(0, len(test.examples))


def test_every_shipped_map_has_its_page():
    named = " ".join(page.read_text("utf-8") for page in FOLDER.glob("*.md"))

    assert [name for name in shipped_maps() if f"`{name}`" not in named] == []


def test_every_page_is_in_the_list():
    listed = (FOLDER / "README.md").read_text("utf-8")

    assert [
        p.name for p in FOLDER.glob("*.md") if p.name != "README.md" and p.name not in listed
    ] == []


def test_the_list_of_checks_is_that_of_the_program():
    found = importlib.util.spec_from_file_location("make_checks", FOLDER / "make_checks.py")
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)

    assert (FOLDER / "checks.md").read_text("utf-8") == made.page()
