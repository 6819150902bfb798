import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parent / "stubs"))

PARAMETERS = 'data: str = ""\nterm: str = ""\nedition: str = "public"\nstandards: str = ""'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SETUP = "from pathlib import Path\nfrom writinggaps.report.faces import Prose, Table"
NAME = 'Prose((Path(data) / "name.txt").read_text().strip() + " was here.")'


def write_notebook(path, *sources, parameters=PARAMETERS, title="# What is secure?"):
    """A small notebook; sources that start with # are Markdown."""
    cells = [new_markdown_cell(title)]
    cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    cells += [new_markdown_cell(s) if s.startswith("#") else new_code_cell(s) for s in sources]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), str(path))
    return path


@pytest.fixture
def notebook(tmp_path):
    def make(*sources, name="tiny", **more):
        return write_notebook(tmp_path / "notebooks" / f"{name}.ipynb", *sources, **more)

    return make


@pytest.fixture
def trust(tmp_path):
    """Make a folder with a plan, schools and one report; gives the path of the plan."""

    def make(*keys, editions=("staff",), reports=("tiny",), **more):
        if not (tmp_path / "notebooks").exists():
            write_notebook(tmp_path / "notebooks" / "tiny.ipynb", SETUP, NAME)
        lines = ['term = "2025-26-autumn"', f"editions = {json.dumps(editions)}"]
        lines += [f"reports = {json.dumps(reports)}"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in more.items()]
        for key in keys:
            folder = tmp_path / "schools" / key
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "name.txt").write_text(f"Invented {key}")
            (folder / "school.toml").write_text(f'name = "Invented {key}"')
            lines += ["[[school]]", f'key = "{key}"', f'data = "schools/{key}"']
        plan = tmp_path / "plan.toml"
        plan.write_text("\n".join(lines), encoding="utf-8")
        return plan

    return make
