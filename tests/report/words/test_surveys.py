"""What is said of surveys, in full."""

from dataclasses import replace

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.breakdown import breakdown
from writinggaps.measures.surveys import Asked, Response, Surveys
from writinggaps.report import tables, words
from writinggaps.withheld import Withheld

NOT = Withheld(reason="no_records", found="")
FEW = {"parent": (60, 140), "professional": (68, 101)}
APART = Asked(
    label="Contact has increased",
    agreed=breakdown("role", FEW),
    widest=share_difference(
        share(60, 140), share(68, 101), group_name="parent", others_name="professional"
    ),
)
ALIKE = Asked(
    label="We are heard",
    agreed=breakdown("role", FEW),
    widest=share_difference(
        share(66, 140), share(50, 101), group_name="parent", others_name="professional"
    ),
)


def found(*asked, responses=(), by="question", comparisons=2):
    return Surveys(
        period="2025-26-autumn",
        by=by,
        asked=asked,
        responses=responses,
        role_minimum=10,
        enough=60,
        comparisons=comparisons,
    )


def said(value, edition="staff"):
    return words.surveys.surveys(release(value, edition))


def test_views_that_differ_are_told_with_both_shares_and_the_interval():
    whole = [Response(role="parent", answered=share(140, 200))]
    assert (
        said(found(APART, ALIKE, responses=tuple(whole)))
        == (
            "Views differ by more than chance gives on one of two questions. On “Contact has "
            "increased”, 67% of 101 professionals agreed (likely 58 to 76%), against 43% of 140 "
            "parents (likely 35 to 51%): **24 points apart** (likely 12 to 36). "
        ).strip()
    )


def test_views_that_may_be_alike_are_not_called_alike():
    assert said(found(ALIKE)) == (
        "On no question do two roles differ by more than chance gives, all comparisons allowed for."
    )


def test_low_response_unknown_response_and_small_roles_are_said():
    roles = {"governor": (3, 6), "parent": (8, 20), "staff": (5, 12)}
    asked = Asked(label="Heard", agreed=breakdown("role", roles), widest=NOT)
    told = (
        Response(role="governor", answered=share(6, 6)),
        Response(role="parent", answered=share(20, 80)),
        Response(role="staff", answered=NOT),
    )
    assert said(found(asked, responses=told, by="area", comparisons=0)) == (
        "No two roles gave enough answers to compare on any area of the self-audit. Governors "
        "agreed least with “Heard” (3 of 6). Parents agreed least with “Heard” (8 of 20). Staff "
        "agreed least with “Heard” (5 of 12). Only 25% of "
        "parents who were asked answered: those who did not may think otherwise. How many staff "
        "were asked is not recorded, so these answers speak for those who gave them. "
        "Governors gave too few answers to be compared: that takes 10."
    )


def test_where_roles_cannot_be_compared_each_is_told_by_what_it_agreed_with():
    heard, helped = (
        Asked(label=label, agreed=breakdown("role", {"pupil": (n, 25)}), widest=NOT)
        for label, n in (("Heard", 9), ("Helped", 21))
    )
    told = (Response(role="pupil", answered=share(25, 25)),)
    value = found(heard, helped, responses=told, comparisons=0)
    assert said(value) == (
        "No two roles gave enough answers to compare on any question. Pupils agreed least with "
        "“Heard” (9 of 25) and most with “Helped” (21 of 25)."
    )
    assert tables.surveys.surveys(release(value, "staff")) == ""


def test_shared_editions_are_told_roughly():
    assert said(found(APART), "governors") == (
        "Views differ by more than chance gives. On “Contact has "
        "increased”, about two thirds of about 100 professionals agreed, against about two fifths "
        "of about 140 parents: about **27 points apart** (likely 14 to 38)."
    )


def test_the_table_names_who_is_above_whom():
    told = tuple(Response(role=role, answered=NOT) for role in ("parent", "professional"))
    table = tables.surveys.surveys(release(found(ALIKE, responses=told), "staff"))
    assert table.rows == (
        (
            "We are heard",
            "60 of 140 (43%)",
            "68 of 101 (67%)",
            "professionals 2 above parents (−10 to 15)",
        ),
    )


def test_two_roles_that_surely_differ_are_told_in_words_and_need_no_table():
    told = tuple(Response(role=role, answered=NOT) for role in ("parent", "professional"))
    assert tables.surveys.surveys(release(found(APART, ALIKE, responses=told), "staff")) == ""
    more = replace(APART, agreed=breakdown("role", FEW | {"staff": (5, 9)}))
    three = (*told, Response(role="staff", answered=NOT))
    table = tables.surveys.surveys(release(found(more, ALIKE, responses=three), "staff"))
    assert [row[0] for row in table.rows] == ["Contact has increased"]
