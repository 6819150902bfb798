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
