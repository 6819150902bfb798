"""Single statements: the least secure, taught often and secured rarely, what to teach next."""

import pytest

from writinggaps.measures.security.statements import best_next, coverage, least_secure
from writinggaps.problems import NoRecords

TERM = "2025-26-autumn"


def test_the_least_secure_statements_come_with_counts_and_classes(school_of, rows, maths):
    found = least_secure(school_of(rows), term=TERM, standards=maths)

    assert [(r.label, r.year_group, r.block, r.whole.count, r.whole.n) for r in found.rows] == [
        ("Uses 'right angle'", "Year 4", "Shape words", 4, 6),
        ("Uses 'multiple' and 'factor'", "Year 4", "Number words", 3, 6),
        ("Uses 'remainder'", "Year 4", "Number words", 2, 6),
    ]
    angles = found.rows[0].not_secure.shares
    assert {k: (s.count, s.n) for k, s in angles.items()} == {"4A": (2, 4), "4B": (2, 2)}


def test_only_as_many_statements_as_asked_for_are_given(school_of, rows, maths):
    found = least_secure(school_of(rows), term=TERM, standards=maths, count=1)

    assert [r.statement for r in found.rows] == ["Y3-S1"]


def test_since_when_nobody_has_shown_it_is_told_from_never_and_from_this_term(
    school_of, rows, show, maths
):
    def since(*more):
        found = least_secure(school_of([*rows, *more]), term=TERM, standards=maths, count=1)
        return found.rows[0].since

    assert since() == "never"
    assert since(*show("A3", ["Y3-S1"], ["2025-03-10"])) == "March 2025"
    assert since(*show("A3", ["Y3-S1"], ["2025-03-10", "2025-09-20"])) == ""


def test_where_all_is_secured_no_statement_is_named(school_of, rows, maths):
    good = [r for r in rows if r["pupil_id"] in ("A1", "A2")]
    school = school_of(good)
    school.tables["pupils"] = school.pupils.head(2)

    assert least_secure(school, term=TERM, standards=maths).rows == ()
    assert best_next(school, term=TERM, standards=maths).rows == ()


LESSONS = [
    (name, key, f"2025-09-{day:02d}")
    for name, key, days in (("4A", "Y3-S1", 6), ("4B", "Y3-S1", 6), ("4A", "Y3-N2", 7))
    for day in range(10, 10 + days)
]


def test_taught_often_and_secured_rarely_is_found_by_class(school_of, rows, maths):
    found = coverage(school_of(rows, taught=LESSONS), term=TERM, standards=maths)

    assert found.looked_at == 3
    assert [
        (r.class_name, r.label, r.lessons, r.secured.count, r.secured.n) for r in found.rows
    ] == [
        ("4B", "Uses 'right angle'", 6, 0, 3)
    ]  # 4A: right angles secured by 2 of 4, remainders by all


def test_lessons_of_another_year_or_after_the_term_do_not_count(school_of, rows, maths):
    late = [(c, s, d.replace("2025-09", "2026-02")) for c, s, d in LESSONS]
    early = [(c, s, d.replace("2025-09", "2025-06")) for c, s, d in LESSONS]

    for taught in (late, early):
        with pytest.raises(NoRecords, match="Nothing was recorded as taught"):
            coverage(school_of(rows, taught=taught), term=TERM, standards=maths)


def test_the_same_lesson_written_down_twice_counts_once(school_of, rows, maths):
    five = [row for row in LESSONS if row[2] != "2025-09-10" and row[1] == "Y3-S1"]
    found = coverage(school_of(rows, taught=[*five, *five]), term=TERM, standards=maths)

    assert (found.looked_at, found.rows) == (0, ())


def test_the_next_statement_is_the_one_that_helps_most_pupils(school_of, rows, show, maths):
    found = best_next(school_of(rows), term=TERM, standards=maths)

    assert [(r.label, r.year_groups, r.reached.count, r.reached.n) for r in found.rows] == [
        ("Uses 'right angle'", ("Year 4",), 4, 4)
    ]


def test_a_second_statement_is_named_only_for_pupils_whom_the_first_does_not_help(
    school_of, rows, show, maths
):
    other = [r for r in rows if r["pupil_id"] not in ("A1", "A2")]
    other += show("A1", ("Y3-N1",), ("2025-09-15", "2025-10-06"), secure=False)
    found = best_next(school_of(other), term=TERM, standards=maths)

    assert [(r.statement, r.reached.count, r.reached.n) for r in found.rows] == [
        ("Y3-N1", 4, 5),
        ("Y3-S1", 5, 5),
    ]
