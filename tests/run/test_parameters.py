from datetime import date
from pathlib import Path

import pytest

from writinggaps.problems import BadPlan
from writinggaps.run.parameters import Parameter, declared, faults_in


def read(notebook, text):
    return declared(notebook(parameters=text))


def test_names_types_defaults_and_help_are_read(notebook):
    assert read(notebook, 'term: str = ""  # 2025-26-autumn\nyears: int = 3') == (
        Parameter(name="term", type="str", default="", help="2025-26-autumn"),
        Parameter(name="years", type="int", default=3),
    )


def test_dates_and_paths_are_read_and_imports_are_no_parameters(notebook):
    text = "from datetime import date\nday: date = date(2025, 9, 1)\nwhere: Path = Path('x')"
    assert [p.default for p in read(notebook, text)] == [date(2025, 9, 1), Path("x")]


@pytest.mark.parametrize(
    ("of", "good", "bad"),
    [
        ("str", "01", 1),
        ("int", 3, True),
        ("int", 0, 1.0),
        ("float", 2, "2"),
        ("float", 0.5, True),
        ("bool", False, 0),
        ("date", date(2025, 9, 1), "2025-09-01"),
        ("Path", "a/b", 3),
        ("list[str]", ["a"], ["a", 1]),
        ("list", [1, "a"], "a"),
        ("Literal['a', 'b']", "b", "c"),
        ("Literal[1]", 1, True),
        ("str | None", None, 1),
        ("None | int", 4, "4"),
    ],
)
def test_values_of_the_declared_type_are_taken_and_others_refused(of, good, bad):
    parameter = Parameter(name="x", type=of, default=None)
    assert parameter.accepts(good)
    assert not parameter.accepts(bad)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("term = ''", "Line 1 of the parameters cell declares no parameter"),
        ("print(1)", "Line 1 of the parameters cell declares no parameter"),
        ("n: int = 'a'", "The default of 'n' is not a whole number"),
        ("n: int = len('a')", "The default of 'n' is not a plain value"),
        ("n: complex = 1", "The type of 'n' is 'complex'"),
        ("n: dict[str, int] = {}", "The type of 'n' is 'dict[str, int]'"),
        ("n: int =", "The parameters cell is not Python"),
    ],
)
def test_a_parameters_cell_that_declares_badly_is_refused(notebook, text, said):
    with pytest.raises(BadPlan, match=r"tiny\.ipynb") as why:
        read(notebook, text)
    assert why.value.found == said


def test_a_notebook_without_parameters_and_a_file_that_is_none_are_refused(notebook, tmp_path):
    path = notebook()
    path.write_text(path.read_text().replace('"parameters"', '"other"'))
    with pytest.raises(BadPlan, match="No cell of the notebook has the tag"):
        declared(path)
    (tmp_path / "x.ipynb").write_text("[]")
    with pytest.raises(BadPlan, match="cannot be read as a notebook"):
        declared(tmp_path / "x.ipynb")


def test_every_fault_of_given_values_is_listed():
    known = (
        Parameter(name="term", type="str", default=""),
        Parameter(name="years", type="int | None", default=None),
    )
    assert faults_in({"trem": 1, "term": 1, "years": "3"}, known) == [
        "there is no parameter 'trem'. Did you mean 'term'?",
        "'term' is 1, but must be text in quotes",
        "'years' is '3', but must be a whole number or nothing",
    ]
