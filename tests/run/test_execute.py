import pytest

from writinggaps.findings import Finding
from writinggaps.run.execute import execute, findings_in, headline_in
from writinggaps.run.jobs import Failure

GIVEN = {"data": "schools/01", "term": "2025-26-autumn", "edition": "staff"}
FINDINGS = (
    "from writinggaps.findings import Finding\n"
    "from writinggaps.report.faces import Prose\n"
    'Prose("**12** of 23.", (Finding(question="How many?", n=23),))'
)
SHOWS_MUCH = (
    "import sys\nfrom IPython.display import display, HTML, Markdown\n"
    "print('a'); print('b', file=sys.stderr); print('c'); display(HTML('<b>x</b>')); 7"
)


def test_a_notebook_is_run_with_its_parameters_as_they_are(notebook):
    path = notebook("(data, term, edition)")
    ran = execute(path, GIVEN | {"data": '01 "quoted" \\ é\n'})
    assert eval(ran.cells[-1].outputs[0].data["text/plain"])[0] == '01 "quoted" \\ é\n'


def test_nothing_is_written_to_the_notebook_or_beside_it(notebook):
    path = notebook("1 + 1")
    before = path.read_bytes()
    execute(path, GIVEN)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["tiny.ipynb"]


def test_dates_and_paths_arrive_as_what_they_are(notebook):
    from datetime import date
    from pathlib import Path

    path = notebook("(type(day).__name__, type(where).__name__)", parameters="day: str = ''")
    ran = execute(path, {"day": date(2025, 9, 1), "where": Path("x y")})
    assert ran.cells[-1].outputs[0].data["text/plain"] == "('date', 'PosixPath')"


def test_a_problem_is_told_in_its_own_words(notebook):
    path = notebook(
        "from writinggaps.problems import MissingColumn\n"
        'raise MissingColumn("There is no column sex", "it is needed", "pupils.csv", "Add it.")'
    )
    failed = execute(path, GIVEN)
    assert isinstance(failed, Failure)
    assert failed.code == "missing_column"
    assert failed.words == "pupils.csv: There is no column sex; it is needed. Add it."


def test_of_a_long_list_of_problems_the_first_are_told_with_how_many_more(notebook):
    path = notebook(
        "from writinggaps.problems import BadInput\n"
        'raise BadInput("6 things", remedy="\\n".join(f"- thing {n}." for n in range(6)))'
    )
    assert execute(path, GIVEN).words == (
        "6 things. - thing 0. - thing 1. - thing 2. And 3 more; `writinggaps check` lists them."
    )


@pytest.mark.parametrize("kernel", [False, True])
def test_any_other_error_is_told_without_what_it_says(notebook, kernel):
    failed = execute(notebook("1", 'raise ValueError("Ada Invented, 7")'), GIVEN, kernel=kernel)
    assert failed.code == "cell_error"
    assert failed.words.startswith("The report stopped in its cell 4 with ValueError;")
    assert "Ada" not in failed.words
    assert "Ada Invented, 7" in failed.private


def test_too_much_memory_in_a_cell_is_told_as_such(notebook):
    failed = execute(notebook("raise MemoryError"), GIVEN)
    assert failed.code == "memory_limit"
    assert failed.words == "The report needed more than 4096 megabytes of memory."


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize("way", ["import sys; sys.exit()", "raise SystemExit(0)"])
def test_leaving_early_is_no_success(notebook, way, kernel):
    failed = execute(notebook(way, "1"), GIVEN, kernel=kernel)
    assert failed.code == "unfinished"
    assert failed.words == "The report ended early, in its cell 3, without an answer."


def test_a_notebook_that_is_not_python_fails_with_its_cell(notebook):
    assert execute(notebook("1 +"), GIVEN).words.startswith(
        "The report stopped in its cell 3 with SyntaxError"
    )


def test_cells_show_here_what_they_show_in_a_kernel(notebook, monkeypatch):
    monkeypatch.delattr("builtins._", raising=False)  # doctests leave one, and IPython heeds it
    path = notebook(SHOWS_MUCH, "", "x = 1", "x;", "x", "_ + 1", "%precision 2\n1/3", FINDINGS)
    ran = [execute(path, GIVEN, kernel=kernel) for kernel in (False, True)]
    assert [r for r in ran if isinstance(r, Failure)] == []
    here, there = (r.cells for r in ran)
    assert [c.get("outputs") for c in here] == [c.get("outputs") for c in there]
    assert [c.get("execution_count") for c in here] == [c.get("execution_count") for c in there]


def test_records_and_the_first_sentence_are_collected(notebook):
    ran = execute(notebook(FINDINGS, FINDINGS), GIVEN)
    listed = FINDINGS.replace("**12** of 23.", "\\n- **12** of 23.\\n- More.")
    assert headline_in(execute(notebook(listed), GIVEN)) == "12 of 23."
    assert findings_in(ran) == (Finding(question="How many?", n=23),)
    assert headline_in(ran) == "12 of 23."
