from dataclasses import replace

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.agreement import Intraclass
from writinggaps.measures.judging import Judging, Leaning, Teacher
from writinggaps.report.words import judging as words
from writinggaps.withheld import Withheld

NONE = Withheld(reason="no_records", found="None")
PUPILS = tuple(f"P{k}" for k in range(60))
ALIKE = Judging(
    period="2025-26-autumn",
    measure="Writing",
    scale="Scale",
    teachers=(Teacher(label="T4A", leaning=Leaning(n=12, higher=2, lower=1, where="")),),
    reliability=NONE,
    again=share((), PUPILS),
    again_pupils=(),
)
HIGHER = Teacher(label="T4A", leaning=Leaning(n=20, higher=12, lower=0, where="higher"))
LOWER = Teacher(label="T5A", leaning=Leaning(n=20, higher=0, lower=12, where="lower"))


def test_where_nothing_stands_out_it_is_said_with_how_little_was_looked_at():
    assert words.judging(release(ALIKE, "staff")) == (
        "No single teacher is known to judge higher or lower than moderation: of no teacher were "
        "more than 12 judgements moderated. No judgement lies far from what pupils with such a "
        "score were given (Scale)."
    )


def test_teachers_scores_and_doubtful_judgements_are_told_to_staff():
    twice = Intraclass(estimate=0.95, low=0.9, high=0.98, n=40, assessors=2, level=0.95)
    value = replace(
        ALIKE, teachers=(HIGHER, LOWER), reliability=twice, again=share(PUPILS[:3], PUPILS),
        again_pupils=PUPILS[:3],
    )  # fmt: skip

    assert words.judging(release(value, "staff")) == (
        "Beside moderation T4A judged **higher** in 12 of 20 (a surplus of 32 to 77 in a hundred) "
        "and T5A judged **lower** in 12 of 20 (a surplus of 32 to 77 in a hundred). Nobody is at "
        "fault: standards drift. 40 pupils were scored twice (Scale): within a year group the two "
        "scores agree to 0.95 (0.90 to 0.98; 1 would be full agreement). **3 of 60 pupils (5%)** "
        "were judged lower, or higher, than pupils with such a score (Scale): look at these "
        "judgements again."
    )


def test_no_teacher_is_named_outside_the_school():
    value = replace(ALIKE, teachers=(HIGHER,), again=share(PUPILS[:20], PUPILS))
    said = words.judging(release(value, "governors"))

    assert said == (
        "**About 20 of 60 pupils (a third)** were judged lower, or higher, than pupils "
        "with such a score (Scale): look at these judgements again."
    )
    few = words.judging(release(ALIKE, "governors"))
    assert few == "What is known of single judgements is for staff."
