"""Whether enough is known, in words: every branch in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import breakdown, split
from writinggaps.measures.evidence import Evidence, JudgementMix, SubjectPieces
from writinggaps.measures.judging import Moderation
from writinggaps.report.words import evidence as words
from writinggaps.withheld import Withheld

HIDDEN = Withheld(reason="suppressed", found="hidden")
FULL = Evidence(
    period="2025-26-autumn",
    expected=2,
    weeks=8,
    n=60,
    pieces=200,
    independent=150,
    subjects=(SubjectPieces(label="English", pieces=100), SubjectPieces(label="art", pieces=50)),
    enough=breakdown("year_group", {"Year 3": (28, 30), "Year 4": (22, 30)}),
    not_recent=breakdown("year_group", {"Year 3": (1, 30), "Year 4": (8, 30)}),
    not_recent_pupils=(),
)


@pytest.mark.parametrize(
    ("value", "edition", "expected"),
    [
        pytest.param(
            FULL,
            "staff",
            "In autumn 2025 pupils wrote 2.5 independent pieces each, in lessons of English and "
            "art. 50 of 60 pupils (83%) wrote at least 2 of these. For **9 of 60 pupils (15%)** "
            "there is no independent piece from the last 8 weeks.",
            id="staff",
        ),
        pytest.param(
            FULL,
            "governors",
            "In autumn 2025 pupils wrote about 2.5 independent pieces each, in lessons of English "
            "and art. About 50 of 60 pupils (four fifths) wrote at least 2 of these. "
            "For **about 10 of 60 pupils (one in six)** there is no independent piece "
            "from the last 8 weeks.",
            id="governors",
        ),
        pytest.param(
            replace(FULL, subjects=(), not_recent=breakdown("year_group", {"Year 3": (0, 60)})),
            "staff",
            "In autumn 2025 pupils wrote 2.5 independent pieces each. 50 of 60 pupils (83%) wrote "
            "at least 2 of these. There is an independent piece of every pupil from the last "
            "8 weeks.",
            id="everybody",
        ),
        pytest.param(
            replace(FULL, enough=HIDDEN, not_recent=HIDDEN),
            "staff",
            "In autumn 2025 pupils wrote 2.5 independent pieces each, in lessons of English and "
            "art.",
            id="hidden",
        ),
    ],
)
def test_how_often_pupils_write_is_said(value, edition, expected):
    assert words.evidence(release(value, edition)) == expected


def test_judgements_made_while_teaching_are_told_from_those_at_the_end():
    mix = JudgementMix(period="2025-26-autumn", n=58, formative=12, summative=116)

    assert words.judgement_mix(release(mix, "staff")) == (
        "Judgements of writing in autumn 2025: 12 made while teaching, 116 at the end of a period, "
        "for 58 pupils."
    )
    assert words.judgement_mix(release(mix, "governors")) == (
        "Judgements of writing in autumn 2025: about 10 made while teaching, about 115 at the end "
        "of a period, for about 60 pupils."
    )


def moderated(same, above, below):
    counts = {"the same": same, "teacher higher": above, "teacher lower": below}
    return Moderation(
        period="2025-26", measure="Writing", agreement=split(counts) if same >= 0 else HIDDEN
    )


@pytest.mark.parametrize(
    ("value", "edition", "expected"),
    [
        pytest.param(
            moderated(29, 6, 1),
            "staff",
            "In 2025-26 moderation agreed with the teacher on 29 of 36 pupils (81%), so agreement "
            "lies somewhere between 65% and 90%; the teacher had judged higher for 6 and lower "
            "for 1.",
            id="some",
        ),
        pytest.param(
            moderated(20, 0, 0),
            "staff",
            "In 2025-26 moderation agreed with the teacher on all 20 pupils, so agreement "
            "lies somewhere between 84% and 100%.",
            id="all",
        ),
        pytest.param(
            replace(moderated(29, 6, 1), agreement=HIDDEN),
            "staff",
            "What moderation made of the judgements is too few to be shown.",
            id="hidden",
        ),
        pytest.param(
            moderated(2, 2, 2),
            "public",
            "What moderation made of the judgements is too few to be shown.",
            id="tiny",
        ),
    ],
)
def test_moderation_says_how_far_it_agreed(value, edition, expected):
    assert words.moderation(release(value, edition)) == expected
