import ast
import re
from pathlib import Path

import pytest

from writinggaps.problems import CannotSay, MissingColumn, NoRecords, TooFewPupils
from writinggaps.withheld import SYMBOLS, Withheld, attempt


def failing(problem):
    raise problem


def test_what_nobody_could_say_becomes_a_value():
    why = TooFewPupils("The group has 2 pupils", "10 are needed", "", "Pool three years.")

    assert attempt(failing, why) == Withheld(
        reason="too_few_pupils",
        found="The group has 2 pupils",
        needed="10 are needed",
        remedy="Pool three years.",
    )


@pytest.mark.parametrize("error", [MissingColumn("no column n"), ZeroDivisionError()])
def test_what_is_wrong_stays_an_error(error):
    with pytest.raises(type(error)):
        attempt(failing, error)


def test_an_answer_is_given_as_it_is():
    assert attempt(max, 3, 4) == 4


def test_every_kind_of_cannot_say_can_be_withheld():
    for kind in CannotSay.__subclasses__():
        assert attempt(failing, kind("found")).reason == kind("found").code


@pytest.mark.parametrize(
    ("reason", "symbol"),
    [
        ("suppressed", "c"),
        ("different_tests", "z"),
        ("no_ages", "z"),
        ("no_comparison", "z"),
        (NoRecords("").code, "x"),
        ("too_few_pupils", "x"),
    ],
)
def test_the_departments_symbols_have_words(reason, symbol):
    assert Withheld(reason=reason, found="").symbol == symbol
    assert SYMBOLS[symbol]


# --- one grammar: "This cannot be said. Something was found; something is needed." ---

KINDS = {kind.__name__ for kind in CannotSay.__subclasses__()} | {"CannotSay", "Withheld"}
VERB = re.compile(
    r"^There\b|\b(is|are|was|were|can|cannot|could|would|has|have|had|did|do|does|may|must"
    r"|needs?|takes?|give|gives|gave|used|name|says?|hold|holds|divides|follows|explains|differ|ends|expect|compares)\b"
)


def text_of(node):
    """The words of a literal, with a noun in the place of what is filled in; None for a name."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "many" for p in node.values)
    return None


def said_in(path):
    """The `found` and the `needed` of every problem of these kinds that a module makes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
            named = {k.arg: k.value for k in node.keywords}
            found, needed = [*node.args[:2], None, None][:2]
            yield named.get("found", found), named.get("needed", needed)


SAID = [
    text
    for path in sorted((Path(__file__).parents[1] / "src").rglob("*.py"))
    for parts in said_in(path)
    for text in map(text_of, parts)
    if text
]


def test_what_was_found_and_what_is_needed_are_clauses_and_never_bare_nouns():
    assert len(SAID) > 150
    assert [text for text in SAID if not VERB.search(text)] == []
    assert [text for text in SAID if text.endswith(".")] == []
