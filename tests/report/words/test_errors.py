"""Habits in words: every branch in full."""

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.measures.errors import Habit, HabitualErrors
from writinggaps.report.words import errors as words


def habit(label, count, n=182, years=("Year 3",)):
    return Habit(
        label=label,
        kind="spelling",
        since="January 2025",
        last="July 2025",
        year_groups=years,
        pupils=share(count, n),
    )


def habits(*now, stopped=(), count=0, n=182):
    return HabitualErrors(
        period="2025-26-autumn",
        pupils=share(count, n),
        habits=now,
        stopped=stopped,
        habit_pupils=(),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            habits(habit("thay for they", 9), habit("wos for was", 2), count=11),
            "11 of 182 pupils (6%) have at least one error that has become a habit. Most common: "
            "“thay for they” (spelling: 9 pupils in Year 3, since January 2025) and “wos for was” "
            "(spelling: 2 pupils in Year 3, since January 2025).",
            id="two",
        ),
        pytest.param(
            habits(habit("a b", 2, years=("Year 3", "Year 4")), count=2),
            "2 of 182 pupils (1%) have at least one error that has become a habit. Most common: "
            "“a b” (spelling: 2 pupils in Year 3 and Year 4, since January 2025).",
            id="two-years",
        ),
        pytest.param(
            habits(habit("a b", 1), count=1),
            "1 of 182 pupils (1%) has at least one error that has become a habit. No two pupils "
            "share one.",
            id="one-pupil",
        ),
        pytest.param(
            habits(*(habit(f"e{c}", 3) for c in "abcd"), count=12),
            "12 of 182 pupils (7%) have at least one error that has become a habit. Most common: "
            "“ea” (spelling: 3 pupils in Year 3, since January 2025), “eb” (spelling: 3 pupils in "
            "Year 3, since January 2025) and “ec” (spelling: 3 pupils in Year 3, since "
            "January 2025).",
            id="no-more-than-three",
        ),
        pytest.param(
            habits(stopped=(habit("b for d", 6),)),
            "No error of this term comes back often enough to be a habit. Stopped: “b for d” "
            "(spelling: 6 pupils in Year 3, last seen July 2025).",
            id="only-stopped",
        ),
        pytest.param(
            habits(), "No error of this term comes back often enough to be a habit.", id="none"
        ),
    ],
)
def test_habits_are_named_with_pupils_and_since_when(value, expected):
    assert words.habitual_errors(release(value, "staff")) == expected


def test_an_error_of_a_few_pupils_is_not_named_in_shared_editions():
    both = habits(habit("thay for they", 9), habit("wos for was", 2), count=11)
    rare = habits(habit("wos for was", 2), stopped=(habit("b for d", 3),), count=2)

    assert words.habitual_errors(release(both, "governors")) == (
        "About 10 of 180 pupils (one in twenty) have at least one error that has become a "
        "habit. Most common: “thay for they” (spelling: about 10 pupils, since January 2025)."
    )
    assert words.habitual_errors(release(rare, "governors")) == (
        "Few pupils have errors that have become habits; which ones is not shown."
    )


def test_what_comes_from_data_cannot_break_the_page():
    found = habits(habit("<b>*a*</b>", 9), count=9)

    assert "&lt;b&gt;\\*a\\*&lt;/b&gt;" in words.habitual_errors(release(found, "staff"))
