import nbformat
import pytest
from papermill import PapermillExecutionError, execute_notebook

GIVEN = {"data": "schools/01", "term": "2025-26-autumn"}


def executed(path, out, engine):
    options = {"engine_name": engine, "progress_bar": False}
    return execute_notebook(path, out, parameters=GIVEN, **options)


def test_papermill_runs_a_notebook_with_our_engine_as_with_its_own(notebook, tmp_path):
    path = notebook("print(term)", "data", "# Words", "import os\nos.getpid() > 0")
    ours = executed(path, tmp_path / "ours.ipynb", "writinggaps")
    theirs = executed(path, tmp_path / "theirs.ipynb", None)
    assert [c.get("outputs") for c in ours.cells] == [c.get("outputs") for c in theirs.cells]
    assert nbformat.read(str(tmp_path / "ours.ipynb"), as_version=4).cells[-1].outputs
    assert all(c.metadata.papermill.status == "completed" for c in ours.cells)


def test_our_engine_runs_nothing_in_papermills_own_process(notebook, tmp_path):
    import os

    ran = executed(notebook("import os; os.getpid()"), tmp_path / "o.ipynb", "writinggaps")
    assert int(ran.cells[-1].outputs[0].data["text/plain"]) != os.getpid()


def test_an_error_stops_papermill_at_its_cell(notebook, tmp_path):
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        executed(notebook("1 / 0", "2"), tmp_path / "o.ipynb", "writinggaps")
    cells = nbformat.read(str(tmp_path / "o.ipynb"), as_version=4).cells
    assert cells[-1].execution_count is None
