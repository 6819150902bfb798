"""Scaffolds, habits, withdrawal and evidence, as tables."""

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown
from writinggaps.measures.errors import Habit, HabitualErrors
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.scaffolds import ClassEvidence, Observed, ScaffoldReliance
from writinggaps.measures.withdrawal import MissedLessons, MissedSubject, Withdrawal
from writinggaps.report.tables import errors, evidence, scaffolds, withdrawal
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
NONE = Withheld(reason="no_records", found="none")


def test_scaffolds_have_a_row_a_class():
    value = ScaffoldReliance(
        period=TERM,
        share=0.5,
        whole=Observed(n=52, independent=130, observations=200),
        classes=(
            ClassEvidence(label="4A", observed=Observed(n=26, independent=60, observations=100)),
            ClassEvidence(label="4B", observed=NONE),
        ),
        reliant=breakdown("class", {"4A": (8, 26), "4B": (0, 26)}),
        only_supported=NONE,
        reliant_pupils=("P1",),
        only_supported_pupils=(),
    )

    assert scaffolds.scaffold_reliance(release(value, "staff")).rows == (
        ("4A", "60%", "8 of 26"),
        ("4B", "not shown", "0 of 26"),
    )


def habit(label, count):
    return Habit(
        label=label,
        kind="spelling",
        since="May 2025",
        last="July 2025",
        year_groups=("Year 3",),
        pupils=share(count, 182),
    )


def test_habits_and_stopped_habits_are_listed_and_rare_ones_only_for_staff():
    value = HabitualErrors(
        period=TERM,
        pupils=share(9, 182),
        habits=(habit("thay for they", 9), habit("wos for was", 2)),
        stopped=(habit("b for d", 6),),
        habit_pupils=(),
    )
    rest = ("Year 3", "May 2025", "July 2025")

    assert errors.habitual_errors(release(value, "staff")).rows == (
        ("thay for they", "spelling", "9", *rest, "a habit"),
        ("wos for was", "spelling", "2", *rest, "a habit"),
        ("b for d", "spelling", "6", *rest, "stopped"),
    )
    assert [row[0] for row in errors.habitual_errors(release(value, "public")).rows] == [
        "thay for they",
        "b for d",
    ]


def test_missed_subjects_of_too_few_pupils_are_not_listed():
    value = Withdrawal(
        period=TERM,
        since="2024-25-autumn",
        terms=2,
        subjects=tuple(
            MissedSubject(label=label, missed=MissedLessons(n=n, sessions=20 * n))
            for label, n in (("art", 12), ("music", 3))
        ),
        place=NONE,
        aimed=NONE,
        place_before=Withheld(reason="no_records", found="none"),
        aimed_before=Withheld(reason="no_records", found="none"),
        withdrawn=share(15, 182),
        repeated=share(0, 182),
        again=NONE,
        repeated_pupils=(),
    )

    assert withdrawal.withdrawal(release(value, "staff")).rows == (
        ("art", "12", "240"),
        ("music", "3", "60"),
    )
    assert withdrawal.withdrawal(release(value, "public")).rows == (
        ("art", "about 10", "about 240"),
    )


def test_evidence_has_a_row_a_year_group():
    value = Evidence(
        period=TERM,
        expected=2,
        weeks=8,
        n=60,
        pieces=200,
        independent=150,
        subjects=(),
        enough=breakdown("year_group", {"Year 3": (28, 30), "Year 4": (22, 30)}),
        not_recent=breakdown("year_group", {"Year 3": (1, 30), "Year 4": (8, 30)}),
        not_recent_pupils=(),
    )
    table = evidence.evidence(release(value, "staff"))

    assert table.columns == (
        "Year group",
        "Wrote at least 2 pieces",
        "Nothing from the last 8 weeks",
    )
    assert table.rows == (("Year 3", "28 of 30", "1 of 30"), ("Year 4", "22 of 30", "8 of 30"))
