import pytest

from writinggaps import problems
from writinggaps.problems import BadArgument, BadPlan, CannotSay, Problem, TooFewPupils, hint


def test_a_problem_says_where_what_what_was_needed_and_what_to_do():
    why = Problem("Row 7 has 9 cells", "8 are expected", "pupils.csv, row 7", "Look for a comma.")

    assert str(why) == ("pupils.csv, row 7: Row 7 has 9 cells; 8 are expected.\nLook for a comma.")


def test_a_problem_leaves_out_what_it_does_not_have():
    assert str(Problem("The file is empty")) == "The file is empty."


def test_the_parts_of_a_problem_stay_fields():
    why = TooFewPupils("found", "needed", "where", "remedy")

    assert (why.found, why.needed, why.where, why.remedy) == ("found", "needed", "where", "remedy")


def test_a_problem_has_a_one_word_code_for_logs():
    assert TooFewPupils("").code == "too_few_pupils"
    assert BadPlan("").code == "bad_plan"


def test_a_bad_argument_is_also_a_value_error():
    with pytest.raises(ValueError, match="asked"):
        raise BadArgument("it was asked")


def test_the_three_families_do_not_overlap():
    families = (CannotSay, problems.BadInput, BadPlan)
    for name in set(problems.__all__) - {"Problem", "hint"}:
        assert sum(issubclass(getattr(problems, name), f) for f in families) == 1, name


def test_a_hint_names_the_nearest_or_else_all_there_are():
    assert hint("clas", ["class", "term"]) == "Did you mean 'class'?"
    assert hint("qqq", ["term", "class"]) == "Known names: class, term."
