from __future__ import annotations

import sys
from pathlib import Path

import pytest

from writinggaps.readers.schema import tables
from writinggaps.standards import load_standards

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def page():
    return (DOCS / "codebook.md").read_text(encoding="utf-8")


def test_the_codebook_is_what_its_script_makes(page, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    import make_codebook

    assert page == make_codebook.codebook(), "run python docs/make_codebook.py"
    sys.modules.pop("make_codebook")


def test_the_codebook_names_every_table_and_column(page):
    for table in tables().values():
        assert f"### {table.name}\n" in page
        assert all(f"| `{column}` |" in page for column in table.columns)


def test_the_codebook_names_every_statement_of_the_defaults(page):
    assert all(f"| `{key}` |" in page for key in load_standards().statements)


def test_every_code_table_that_a_column_points_to_is_in_the_codebook(page):
    wanted = {c.codes for t in tables().values() for c in t.columns.values() if c.codes}

    assert [name for name in wanted if f"### {name}\n" not in page] == []


def test_the_examples_of_the_codebook_are_in_the_default_standards():
    told = tables()
    standards = load_standards()

    assert told["judgements"].columns["measure"].example in standards.measures
    assert told["statements"].columns["statement"].example in standards.statements
    assert told["interventions"].columns["targets"].example in standards.statements
