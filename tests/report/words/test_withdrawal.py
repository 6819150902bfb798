"""Support in class and out of it, in words: every branch in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.measures.withdrawal import (
    MissedLessons,
    MissedSubject,
    SupportPlace,
    TakenOutAgain,
    Withdrawal,
)
from writinggaps.report.words import withdrawal as words
from writinggaps.withheld import Withheld

NONE = Withheld(reason="no_records", found="none")
HIDDEN = Withheld(reason="suppressed", found="hidden")


def subject(label, n, sessions):
    return MissedSubject(label=label, missed=MissedLessons(n=n, sessions=sessions))


FULL = Withdrawal(
    period="2025-26-autumn",
    since="2024-25-autumn",
    terms=2,
    subjects=(subject("art", 12, 240), subject("music", 3, 60)),
    place=SupportPlace(n=20, in_class=200, sessions=500),
    aimed=share(18, 20),
    place_before=NONE,
    aimed_before=NONE,
    withdrawn=share(15, 182),
    repeated=share(12, 182),
    again=TakenOutAgain(n=12, subjects=("art", "music"), gained=share(5, 12)),
    repeated_pupils=(),
)
NOBODY = replace(
    FULL,
    subjects=(),
    place=NONE,
    aimed=NONE,
    withdrawn=share(0, 182),
    repeated=share(0, 182),
    again=NONE,
)


@pytest.mark.parametrize(
    ("value", "edition", "expected"),
    [
        pytest.param(
            FULL,
            "staff",
            "In autumn 2025, 15 of 182 pupils (8%) were taken out of lessons for support, most "
            "from art (240 sessions). Of all sessions of support, 40% were given in class. For "
            "18 of 20 pupils (90%) support was aimed at something that they had not yet secured.",
            id="staff",
        ),
        pytest.param(
            FULL,
            "governors",
            "In autumn 2025, about 15 of 180 pupils (one in ten) were taken out of "
            "lessons for support, most from art (about 240 sessions). Of all sessions of support, "
            "about 40% were given in class. For all or nearly all of about 20 pupils support was "
            "aimed at something that they had not yet secured.",
            id="governors",
        ),
        pytest.param(
            replace(
                FULL,
                place_before=SupportPlace(n=20, in_class=100, sessions=500),
                aimed_before=share(10, 20),
            ),
            "staff",
            "In autumn 2025, 15 of 182 pupils (8%) were taken out of lessons for support, most "
            "from art (240 sessions). Of all sessions of support, 40% were given in class (20% in "
            "autumn 2024). For 18 of 20 pupils (90%) support was aimed at something that they had "
            "not yet secured; in autumn 2024 for 10 of 20 pupils (50%).",
            id="before and after",
        ),
        pytest.param(
            NOBODY,
            "staff",
            "In autumn 2025 nobody was taken out of lessons for support.",
            id="nobody",
        ),
        pytest.param(
            replace(NOBODY, withdrawn=HIDDEN),
            "staff",
            "How many pupils were taken out of lessons in autumn 2025 is too few to be shown.",
            id="hidden",
        ),
    ],
)
def test_where_support_was_given_is_said(value, edition, expected):
    assert words.withdrawal(release(value, edition)) == expected


LOST = "They lost lessons in art and music."
CAUTION = "There is no comparison, so this does not say what they would have done in their lessons."
MANY = "**12 pupils** have been taken out of lessons in two terms or more."


def gained(result):
    return replace(FULL, again=replace(FULL.again, gained=result))


@pytest.mark.parametrize(
    ("value", "edition", "expected"),
    [
        pytest.param(
            FULL,
            "staff",
            f"{MANY} {LOST} Their last standard score is above their first for 5 of 12 pupils "
            f"(42%). {CAUTION}",
            id="some-gained",
        ),
        pytest.param(
            gained(share(0, 12)),
            "staff",
            f"{MANY} {LOST} Their last standard score is above their first for none of them. "
            f"{CAUTION}",
            id="none-gained",
        ),
        pytest.param(
            gained(NONE),
            "staff",
            f"{MANY} {LOST} Whether they gained cannot be said: there are no standard scores from "
            f"both ends.",
            id="no-scores",
        ),
        pytest.param(
            gained(HIDDEN),
            "staff",
            f"{MANY} {LOST} Whether they gained is not shown: the numbers are too small.",
            id="gain-hidden",
        ),
        pytest.param(
            replace(
                FULL,
                repeated=share(1, 182),
                again=TakenOutAgain(n=1, subjects=(), gained=share(1, 1)),
            ),
            "staff",
            "**1 pupil** has been taken out of lessons in two terms or more. Their last standard "
            f"score is above their first for 1 of 1 pupil. {CAUTION}",
            id="one-pupil",
        ),
        pytest.param(
            FULL,
            "governors",
            "**About 10 pupils** have been taken out of lessons in two terms or more. They lost "
            "lessons in art and music. Their last standard score is above their first for about 5 "
            f"of 10 pupils. {CAUTION}",
            id="governors",
        ),
        pytest.param(
            replace(FULL, repeated=share(3, 182), again=replace(FULL.again, n=3)),
            "governors",
            "**Fewer than 5 pupils** have been taken out of lessons in two terms or more. What "
            "they lost and gained is not shown: they are too few.",
            id="few",
        ),
        pytest.param(
            NOBODY,
            "staff",
            "Nobody taken out of lessons this term has been taken out in two terms or more.",
            id="nobody",
        ),
        pytest.param(
            replace(NOBODY, repeated=HIDDEN),
            "staff",
            "How many pupils were taken out of lessons in two terms or more is too few to be "
            "shown.",
            id="hidden",
        ),
    ],
)
def test_repeated_withdrawal_says_what_was_lost_and_gained(value, edition, expected):
    assert words.repeatedly_withdrawn(release(value, edition)) == expected
