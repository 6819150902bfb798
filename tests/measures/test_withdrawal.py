"""Out of which lessons, for how much, to what gain, and whether support was aimed right."""

import pandas as pd
import pytest

from writinggaps.measures.withdrawal import withdrawal
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.standards import load_standards

TERM = "2025-26-autumn"
STANDARDS = load_standards()
NOW, LAST = "2025-09-15", "2025-04-28"


def scheme(pupil, start=NOW, place="withdrawn", missed="art", pre=85, post=85, **more):
    row = {
        "pupil_id": pupil,
        "start": pd.Timestamp(start),
        "place": place,
        "missed_subject": missed,
        "sessions": 20.0,
        "targets": None,
        "test": "T",
        "scale": "standard",
        "pre": pre,
        "post": post,
        "group": "taught",
    }
    return {**row, **more}


def asked(*schemes, statements=None):
    tables = {"pupils": pd.DataFrame({"pupil_id": ["P1", "P2", "P3", "P4"], "year_group": 4})}
    tables["interventions"] = pd.DataFrame(schemes)
    if statements is not None:
        tables["statements"] = statements
    school = School(key="oak", name="Example", phase="primary", tables=tables)
    return withdrawal(school, term=TERM, standards=STANDARDS)


def test_sessions_out_are_counted_by_the_subject_missed():
    found = asked(
        scheme("P1"), scheme("P2", missed="music"), scheme("P3"), scheme("P4", missed=None)
    )

    assert [(s.label, s.missed.n, s.missed.sessions) for s in found.subjects] == [
        ("art", 2, 40),
        ("music", 1, 20),
        ("not recorded", 1, 20),
    ]


def test_the_share_of_support_given_in_class_is_by_sessions():
    found = asked(scheme("P1"), scheme("P2", place="in class", sessions=60.0))

    assert (found.place.in_class, found.place.sessions, found.place.share) == (60, 80, 0.75)
    assert (found.withdrawn.count, found.withdrawn.n) == (1, 4)


def test_support_is_set_beside_the_same_term_a_year_ago():
    a_year_ago = {"start": "2024-10-01"}
    found = asked(
        scheme("P1"), scheme("P1", **a_year_ago),
        scheme("P2", place="in class", sessions=60.0, **a_year_ago),
    )  # fmt: skip

    assert (found.since, found.place.share, found.place_before.share) == ("2024-25-autumn", 0, 0.75)


def test_schemes_of_earlier_terms_are_not_this_terms():
    found = asked(scheme("P1", start=LAST), scheme("P2", start=LAST))

    assert (found.subjects, found.withdrawn.count) == ((), 0)
    assert found.place.reason == "no_records"


@pytest.mark.parametrize(
    ("post", "gained"),
    [
        pytest.param(86.5, 0, id="a-tenth-of-a-standard-deviation-is-no-gain"),
        pytest.param(87, 1, id="more-is"),
        pytest.param(84, 0, id="less"),
    ],
)
def test_repeatedly_withdrawn_pupils_have_gained_when_the_last_score_beats_the_first(post, gained):
    found = asked(scheme("P1", start=LAST, post=90), scheme("P1", pre=90, post=post), scheme("P2"))

    assert found.repeated_pupils == ("P1",)
    assert (found.repeated.count, found.repeated.n) == (1, 4)
    assert (found.again.gained.count, found.again.gained.n) == (gained, 1)
    assert found.again.subjects == ("art",)


def test_two_schemes_in_one_term_or_one_of_them_in_class_are_not_repeated():
    found = asked(scheme("P1"), scheme("P1", missed="music"))
    assert (found.repeated.count, found.again.reason) == (0, "no_records")
    assert asked(scheme("P1"), scheme("P1", start=LAST, place="in class")).repeated.count == 0


def test_pupils_no_longer_taken_out_are_not_repeatedly_withdrawn():
    found = asked(scheme("P1", start=LAST), scheme("P1", start="2025-01-13"), scheme("P2"))

    assert found.repeated.count == 0


def test_raw_scores_give_no_gain():
    found = asked(scheme("P1", start=LAST, scale="raw"), scheme("P1", scale="raw", post=99))

    assert (found.repeated.count, found.again.gained.reason) == (1, "too_few_pupils")


def test_comparison_pupils_and_pupils_elsewhere_are_not_supported():
    with pytest.raises(NoRecords, match="No support was recorded up to autumn 2025"):
        asked(scheme("P1", group="comparison"), scheme("P9"))


def shown(pupil, days, statement="S1"):
    return [
        {
            "pupil_id": pupil,
            "date": pd.Timestamp(day),
            "piece": f"{pupil} {day}",
            "statement": statement,
            "secure": True,
            "support": "independent",
        }
        for day in days
    ]


def test_support_is_aimed_right_when_one_target_was_not_secured_on_the_first_day():
    statements = pd.DataFrame(
        [
            *shown("P1", ("2025-05-01", "2025-06-01")),  # secured before it began
            *shown("P2", ("2025-05-01", "2025-10-01")),  # secured only during it
            *shown("P3", ("2025-05-01", "2025-06-01")),  # one of two targets secured
            *shown("P3", ("2025-05-01",), "S2"),
        ]
    )
    found = asked(
        scheme("P1", targets="S1"),
        scheme("P2", targets="S1"),
        scheme("P3", targets="S1; S2"),
        scheme("P4", targets="S1"),  # never looked at: not known
        statements=statements,
    )

    assert (found.aimed.count, found.aimed.n) == (2, 3)


def test_without_statements_the_aim_of_support_is_not_known():
    assert asked(scheme("P1", targets="S1")).aimed.reason == "no_records"
