"""The parameters that a notebook declares, read without running it.

A notebook's parameters cell holds lines `name: type = default  # help`. papermill only logs a
misspelt parameter and carries on with the defaults, so names and types are checked here before
anything starts. Types are `str`, `int`, `float`, `bool`, `date`, `Path`, `Literal[...]`,
`list[...]` and `X | None`.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writinggaps.problems import BadPlan, hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["TAG", "Parameter", "declared", "faults_in"]

TAG = "parameters"
"""The tag of the cell that declares them."""

_WORDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2025-09-01",
    "Path": "a path in quotes",
    "list": "a list",
    "None": "nothing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One line of a parameters cell.

    Parameters
    ----------
    name, type, help : str
        As written in the cell.
    default : object
        What the notebook uses when it is not given the parameter.
    """

    name: str
    type: str
    default: object
    help: str = ""

    def accepts(self, value: object) -> bool:
        """Whether the value is of the declared type; a number is never taken for text.

        Examples
        --------
        >>> Parameter(name="school", type="str", default="").accepts("01")
        True
        >>> Parameter(name="school", type="str", default="").accepts(1)
        False
        """
        return _fits(value, ast.parse(self.type, mode="eval").body)

    def wants(self) -> str:
        """Say in words what the parameter takes.

        Examples
        --------
        >>> Parameter(name="n", type="int | None", default=None).wants()
        'a whole number or nothing'
        """
        return _words(ast.parse(self.type, mode="eval").body)


def declared(notebook: Path) -> tuple[Parameter, ...]:
    """Read the parameters that a notebook declares, in their order.

    Raises
    ------
    BadPlan
        If the file is no notebook, or its parameters cell is not as described above.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        source = next(c["source"] for c in cells if TAG in c["metadata"].get("tags", ()))
    except StopIteration:
        raise _bad(notebook, "No cell of the notebook has the tag 'parameters'") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _bad(notebook, "The file cannot be read as a notebook") from None
    text = source if isinstance(source, str) else "".join(source)
    try:
        lines = ast.parse(text).body
    except SyntaxError:
        raise _bad(notebook, "The parameters cell is not Python") from None
    helps = _comments(text)
    return tuple(
        _parameter(line, helps, notebook)
        for line in lines
        if not isinstance(line, ast.Import | ast.ImportFrom)
    )


def faults_in(values: Mapping[str, object], parameters: tuple[Parameter, ...]) -> list[str]:
    """List what is wrong with values for these parameters: all of it, as clauses.

    Examples
    --------
    >>> term = Parameter(name="term", type="str", default="")
    >>> for fault in faults_in({"tern": "", "term": 2025}, (term,)):
    ...     print(fault)
    there is no parameter 'tern'. Did you mean 'term'?
    'term' is 2025, but must be text in quotes
    """
    known = {p.name: p for p in parameters}
    unknown = [
        f"there is no parameter '{name}'. {hint(name, known)}" if known else f"no '{name}' is taken"
        for name in values
        if name not in known
    ]
    wrong = [
        f"'{name}' is {value!r}, but must be {known[name].wants()}"
        for name, value in values.items()
        if name in known and not known[name].accepts(value)
    ]
    return unknown + wrong


def _parameter(line: ast.stmt, helps: dict[int, str], notebook: Path) -> Parameter:
    if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value):
        raise _bad(notebook, f"Line {line.lineno} of the parameters cell declares no parameter")
    name, of = line.target.id, ast.unparse(line.annotation)
    try:
        made = Parameter(
            name=name, type=of, default=_value(line.value), help=helps.get(line.lineno, "")
        )
        sound = made.accepts(made.default)
    except (ValueError, TypeError):
        raise _bad(notebook, f"The default of '{name}' is not a plain value") from None
    except LookupError:
        raise _bad(notebook, f"The type of '{name}' is '{of}'") from None
    if not sound:
        raise _bad(notebook, f"The default of '{name}' is not {made.wants()}")
    return made


def _value(node: ast.expr) -> object:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        make: Callable[..., Any] | None = {"Path": Path, "date": date}.get(node.func.id)
        if make and not node.keywords:
            return make(*(ast.literal_eval(a) for a in node.args))
    return ast.literal_eval(node)


def _fits(value: object, of: ast.expr) -> bool:
    if isinstance(of, ast.BinOp):
        return _fits(value, of.left) or _fits(value, of.right)
    if isinstance(of, ast.Subscript):
        return _fits_subscript(value, of)
    name = _name(of)
    if name not in _WORDS:
        raise LookupError(name)
    if name == "Path":
        return isinstance(value, str | Path)
    if name == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    kinds = {"str": str, "int": int, "bool": bool, "date": date, "list": list, "None": type(None)}
    return type(value) is kinds[name]


def _fits_subscript(value: object, of: ast.Subscript) -> bool:
    if _name(of.value) == "Literal":
        return any(value == v and type(value) is type(v) for v in _choices(of))
    if _name(of.value) != "list":
        raise LookupError(ast.unparse(of))
    inside = partial(_fits, of=of.slice)
    return isinstance(value, list) and all(inside(v) for v in value)


def _words(of: ast.expr) -> str:
    if isinstance(of, ast.BinOp):
        return f"{_words(of.left)} or {_words(of.right)}"
    if isinstance(of, ast.Subscript):
        if _name(of.value) == "Literal":
            return "one of " + ", ".join(map(repr, _choices(of)))
        return f"a list, each item {_words(of.slice)}"
    return _WORDS[_name(of)]


def _choices(of: ast.Subscript) -> tuple[object, ...]:
    found = ast.literal_eval(of.slice)
    return found if isinstance(found, tuple) else (found,)


def _name(of: ast.expr) -> str:
    return of.id if isinstance(of, ast.Name) else "None" if ast.unparse(of) == "None" else ""


def _comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _bad(notebook: Path, found: str) -> BadPlan:
    return BadPlan(
        found, "a parameters cell holds lines like: term: str = ''  # 2025-26-autumn", notebook.name
    )
