"""Sentences for parents: each in full."""

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.measures.attainment import Attainment
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.security.blocks import BlockSecurity, Security
from writinggaps.report.figures import parents as figures
from writinggaps.report.words import parents as words
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
NONE = Withheld(reason="too_few_pupils", found="few")
HIDDEN = "Our numbers are too small to show without telling about single children."


def attained(found):
    return Attainment(
        measure="writing", period=TERM, who="all", expected=found, of_eligible=NONE,
        greater_depth=NONE,
    )  # fmt: skip


def block(label, secure):
    states = {"secure": secure, "only with support": 0, "not yet": 60 - secure}
    found = split_breakdown("year_group", {"Year 3": {**states, "too little evidence": 0}})
    return BlockSecurity(label=label, split=found, retained=share(0, 60))


def secured(*blocks):
    return Security(
        by="year_group", layer="earlier years", period=TERM, standards="own", blocks=blocks
    )


STANDING = attained(breakdown("year_group", {"Year 3": (45, 60)}))


def test_how_many_write_as_is_expected():
    assert words.standing(release(STANDING, "public")) == (
        "In autumn 2025, **about 45 of 60 pupils (three quarters)** wrote as well as "
        "is expected at their age."
    )


def test_small_numbers_are_not_shown():
    assert words.standing(release(attained(NONE), "public")) == HIDDEN
    assert figures.standing(release(attained(NONE), "public")).title == (
        "How many write as is expected is not shown"
    )


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (
            (block("Spelling", 45), block("Sentences", 30)),
            (
                "They are surest of spelling. The part that they find hardest is **sentences**: "
                "about half are sure of it so far."
            ),
        ),
        ((block("Spelling", 30),), "They are as sure of one part of writing as of another."),
        ((), "It is too early to say which parts of writing they are sure of."),
    ],
)
def test_what_they_are_surest_of_and_find_hardest(blocks, said):
    assert words.focus(release(secured(*blocks), "public")) == said


def evidence(enough):
    return Evidence(
        period=TERM, expected=2, weeks=8, n=60, pieces=200, independent=150, subjects=(),
        enough=enough, not_recent=NONE, not_recent_pupils=(),
    )  # fmt: skip


def test_whether_they_wrote_often_enough_by_themselves():
    enough = evidence(breakdown("year_group", {"Year 3": (45, 60)}))

    assert words.writing(release(enough, "public")) == (
        "We want every child to write at least 2 pieces a term all by themselves. This term "
        "about three quarters did."
    )
    assert words.writing(release(evidence(NONE), "public")) == ""


def test_each_child_is_a_mark_and_five_are_one_in_a_large_school():
    small = figures.standing(release(STANDING, "public"))
    many = attained(breakdown("year_group", {"Year 3": (450, 600)}))
    large = figures.standing(release(many, "public"))

    assert small.title == "About three quarters write as is expected at their age"
    assert small.svg.count("<use") >= 60
    assert large.subtitle.startswith("One mark for every five children")
    assert 120 <= large.svg.count("<use") < 150
