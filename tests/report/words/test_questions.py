import pytest

from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import breakdown
from writinggaps.estimates.gate import Verdict
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.gaps.results import GapChange, PointsMoved
from writinggaps.measures.scaffolds import Observed, ScaffoldReliance
from writinggaps.measures.security.statements import LeastSecure, StatementRow
from writinggaps.measures.withdrawal import TakenOutAgain, Withdrawal
from writinggaps.report.words.questions import school_questions
from writinggaps.withheld import Withheld

NOTHING = Withheld(reason="no_records", found="There is no such table")
LEAST = LeastSecure(
    layer="earlier years",
    period="2025-26-autumn",
    rows=(
        StatementRow(
            label="Uses *commas*",
            statement="Y3-SC1",
            year_group="Year 4",
            block="Sentence control",
            since="",
            not_secure=breakdown("class", {"4A": (12, 25)}),
        ),
    ),
)
RELIANCE = ScaffoldReliance(
    period="2025-26-autumn",
    share=0.5,
    whole=Observed(n=25, independent=60, observations=90),
    classes=(),
    reliant=breakdown("class", {"4A": (8, 25)}),
    only_supported=NOTHING,
    reliant_pupils=(),
    only_supported_pupils=(),
)
AGAIN = TakenOutAgain(n=12, subjects=("art", "music", "science"), gained=NOTHING)
WITHDRAWN = Withdrawal(
    period="2025-26-autumn",
    since="2024-25-autumn",
    terms=2,
    subjects=(),
    place=NOTHING,
    aimed=NOTHING,
    place_before=Withheld(reason="no_records", found="none"),
    aimed_before=Withheld(reason="no_records", found="none"),
    withdrawn=NOTHING,
    repeated=NOTHING,
    again=AGAIN,
    repeated_pupils=(),
)
EVIDENCE = Evidence(
    period="2025-26-autumn",
    expected=2,
    weeks=8,
    n=30,
    pieces=80,
    independent=40,
    subjects=(),
    enough=NOTHING,
    not_recent=NOTHING,
    not_recent_pupils=(),
)


def change(verdict):
    moved = PointsMoved(narrowed=1, low=-9, high=11, detectable=12, margin=3, before=-20, after=-19)
    return GapChange(
        by="disadvantaged",
        group_name="disadvantaged pupils",
        others_name="other pupils",
        measure="Writing",
        since="2024-25-autumn",
        period="2025-26-autumn",
        design="same pupils",
        verdict=verdict.value,
        checks=(),
        moved=moved,
        standard_deviations=0.1,
        n_group=30,
        n_others=60,
        joined=0,
        gone=0,
        cohorts=2,
        level=0.95,
        statements=4,
    )


def asked(least=NOTHING, reliance=NOTHING, moved=NOTHING, withdrawn=NOTHING, evidence=NOTHING):
    results = (least, reliance, moved, withdrawn, evidence)
    return school_questions(*(release(r, "staff") for r in results)).split("\n")


def test_three_questions_follow_from_what_was_found():
    assert asked(LEAST, RELIANCE, change(Verdict.CLOSING), WITHDRAWN, EVIDENCE) == [
        (
            "1. When will pupils in Year 4 next have to show in their own writing: "
            "“Uses \\*commas\\*”? How will we know that they need no help with it?"
        ),
        "2. Which scaffolds could be taken away next half-term, and what do we expect to see?",
        (
            "3. What has been different for disadvantaged pupils since autumn 2024, and how will "
            "we keep it?"
        ),
    ]


@pytest.mark.parametrize(
    ("verdict", "question"),
    [
        (
            Verdict.WIDER,
            "What has changed for disadvantaged pupils since autumn 2024, and what do they say?",
        ),
        (
            Verdict.UNCHANGED,
            ("The gap has stayed as it was. What will we do differently for disadvantaged pupils?"),
        ),
        (
            Verdict.UNDETECTED,
            (
                "These numbers cannot say whether the gap of disadvantaged pupils is moving. "
                "What in their books would?"
            ),
        ),
    ],
)
def test_the_question_about_a_gap_depends_on_what_is_known(verdict, question):
    assert asked(moved=change(verdict))[0] == f"1. {question}"


def test_lessons_lost_and_writing_alone_are_asked_about():
    assert asked(withdrawn=WITHDRAWN, evidence=EVIDENCE)[:2] == [
        "1. Is what pupils get when they are taken out worth more to them than art or music?",
        "2. When in the week does every pupil write alone, at length, about something known?",
    ]


def test_a_school_without_records_is_still_asked_three_questions():
    assert [line[:8] for line in asked()] == ["1. Which", "2. What ", "3. What "]
