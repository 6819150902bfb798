"""Every shipped notebook is a story: short cells, no logic, no output, typed parameters."""

import ast
import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [c for c in found if c["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def test_at_most_thirty_code_cells_of_at_most_six_lines(path):
    code = cells(path, "code")
    assert len(code) <= 30
    for cell in code:
        assert sum(bool(line.strip()) for line in source(cell).splitlines()) <= 6, source(cell)


def test_no_logic_hides_in_a_cell(path):
    banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.If, ast.Lambda)
    for cell in cells(path, "code"):
        found = [n for n in ast.walk(ast.parse(source(cell))) if isinstance(n, banned)]
        assert not found, source(cell)


def test_committed_without_outputs_and_with_a_plain_kernel(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_one_parameters_cell_with_types_defaults_and_help(path):
    tagged = [c for c in cells(path, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    lines = [line for line in source(tagged[0]).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("from typing import")]
    for line, node in zip(lines, ast.parse("\n".join(lines)).body, strict=True):
        assert isinstance(node, ast.AnnAssign), line
        assert "  # " in line, f"{line} has no help"


def test_begins_with_its_title_and_an_in_brief_and_ends_with_how_it_was_worked_out(path):
    headings = [
        line
        for cell in cells(path, "markdown")
        for line in source(cell).splitlines()
        if line.startswith("#")
    ]
    assert headings[0].startswith("# ")
    assert sum(h.startswith("# ") for h in headings) == 1
    assert headings[1] == "## In brief"
    assert headings[-2:] == ["## Checks on the data", "## How this was worked out"]


def test_no_figure_is_typed_into_prose(path):
    for cell in cells(path, "markdown"):
        text = re.sub(r"\b(Key Stage|Year) \d+", "", source(cell))
        assert not re.search(r"\d", text), text
