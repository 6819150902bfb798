"""Every sentence about the inclusion index, in full."""

from dataclasses import replace

from writinggaps.disclosure import release
from writinggaps.estimates.shares import share
from writinggaps.measures.inclusion.beside import Appearances, Beside
from writinggaps.measures.inclusion.own import OwnPart, OwnParts, OwnRow
from writinggaps.measures.inclusion.plain import Plain, PlainIndex, PlainRow
from writinggaps.measures.inclusion.results import (
    Change,
    InclusionIndex,
    Moved,
    Part,
    PartRow,
    SchoolIndex,
    SchoolRow,
)
from writinggaps.report.figures import inclusion as figures
from writinggaps.report.tables import inclusion as tables
from writinggaps.report.words import inclusion as words
from writinggaps.withheld import Withheld

NOTHING = Withheld(reason="no_comparison", found="The authority's figures hold no other school")


def part(label, score, added, n=60, held_back=False):
    made = Part(
        label=label, n=n, weight=0.25, score=score, added=added, one_more=-0.62, told=62.0,
        reference=5.0, held_back=held_back,
    )  # fmt: skip
    return PartRow(label=label, part=made, counted=OwnPart(n=2 * n, count=n // 6, percent=None))


ONE = SchoolIndex(
    label="Example A", phase="primary", period="2025-26-autumn", n=62, estimate=58.2, low=51.3,
    high=64.8, level=0.9, lowest=2.0, highest=93.0, chance=88.0, evidence=61.0, rank_low=1,
    rank_high=3, schools=6, stability="stable", mark="met", without=(), held_back=(),
    parts=(part("access", 49.0, -0.2), part("welcome", 76.0, 8.4)),
    change=Change(estimate=6.0, low=1.0, high=11.0, level=0.9,
                  parts=(Moved(label="access", added=1.0, stayers=0.4, joiners=0.8, leavers=-0.2,
                               elsewhere=0.0),
                         Moved(label="welcome", added=5.0, stayers=0.0, joiners=5.0, leavers=0.0,
                               elsewhere=0.0))),
)  # fmt: skip


def said(face, edition="staff", **changed):
    return face(release(replace(ONE, **changed), edition))


def test_an_index_is_said_with_where_it_lies_and_why():
    assert said(words.index) == (
        "Example A's inclusion index is **58** (between 51 and 65; 50 is the average primary "
        "school of the authority). It is probably in the highest third of the authority's "
        "schools. Other reasonable choices would say the same. What puts it above the average is "
        "first of all: answers to consultations."
    )


def test_each_third_is_named_only_where_it_may_be():
    low = said(words.index, estimate=40.0, lowest=80.0, highest=1.0, stability="fairly stable")
    assert "lowest third of the authority's schools. That is fairly sure. What puts it below" in low
    assert low.endswith("first of all: places for pupils with plans.")
    middle = said(words.index, estimate=50.2, lowest=5.0, highest=5.0, stability="stable")
    assert middle.endswith("middle third of the authority's schools. Other reasonable choices "
                           "would say the same.")  # fmt: skip
    unsure = said(words.index, stability="unstable", parts=())
    assert unsure.endswith(
        "**Which third it belongs to cannot be told**: the records are too few, or the choices "
        "matter too much."
    )
    few = said(words.index, stability="too few pupils", parts=())
    assert few.endswith("**The school has too few pupils with SEN** for its place to be told.")


def test_an_index_worked_out_from_rounded_counts_is_told_as_about():
    assert "inclusion index is **about 40** (between" in said(words.index, "public", estimate=40.2)


def test_doubt_is_parted_into_chance_and_choice():
    assert said(words.sure) == (
        "61% of the index rests on the school's own pupils; the rest is what schools of the "
        "authority are like. Of the doubt that is left, 88% is chance, which pupils the school "
        "happened to have; the rest is our choice of weights, mean and reference."
    )
    assert said(words.sure, "public").startswith("About 60% of the index rests")


def test_a_change_is_said_by_how_sure_it_is():
    assert said(words.change) == (
        "The index is **higher than the year before** by 6 points (between 1 and 11), most of all "
        "through answers to consultations."
    )
    lower = replace(ONE.change, estimate=-6.0, low=-11.0, high=-1.0)
    assert said(words.change, change=lower).startswith(
        "The index is **lower than the year before**"
    )
    one = replace(ONE.change, estimate=1.2, low=-1.0, high=3.4)
    assert said(words.change, change=one) == (
        "The index moved by 1 point from the year before, within chance (between −1 and 3)."
    )
    chance = replace(ONE.change, low=-1.0)
    assert said(words.change, change=chance) == (
        "The index moved by 6 points from the year before, within chance (between −1 and 11)."
    )
    assert said(words.change, change=NOTHING) == (
        "How the index moved from the year before cannot be said. The authority's figures hold no "
        "other school."
    )


def test_the_mark_is_said_with_its_rule():
    rule = (
        "It asks for an index of at least 55 with a probability of 90%, and for no part that is "
        "probably below 40."
    )
    assert said(words.mark) == (
        f"**The school meets the inclusive-school mark**, as it did the year before. {rule}"
    )
    assert said(words.mark, mark="met this year") == (
        "The school meets the inclusive-school mark this year; the mark is given for two years "
        f"running. {rule}"
    )
    assert said(words.mark, mark="working towards") == (
        "The school is working towards the inclusive-school mark: it is more likely than not to "
        f"be above its threshold, but that is not sure enough. {rule}"
    )
    assert said(words.mark, mark="not met") == (
        f"The school does not meet the inclusive-school mark. {rule}"
    )


def test_what_one_child_can_change_most_is_told_with_its_direction():
    most = part("welcome", 76.0, 8.4)
    most = replace(most, part=replace(most.part, one_more=1.4))
    assert said(words.one_more, parts=(part("access", 49.0, -0.2), most)) == (
        "Of all that one child can change, this counts most: one more consultation answered yes "
        "instead of no would raise the index by 1.4 points."
    )
    assert said(words.one_more, parts=(part("stay", 49.0, -0.2),)) == (
        "Of all that one child can change, this counts most: one more pupil with SEN leaving "
        "early would lower the index by 0.6 points."
    )
    assert said(words.one_more, parts=()) == ""


def test_what_is_missing_is_named():
    assert said(words.missing) == "No part of the index is missing."
    assert said(words.missing, without=("welcome",)) == (
        "This is the index without answers to consultations: the authority's figures do not hold "
        "them. It must not be compared with an index that has them."
    )
    assert said(words.missing, held_back=("stay",)) == (
        "The school did not supply what is needed for keeping pupils with SEN: it counts as the "
        "lowest of ten schools, or as the school's own last known score where that is lower."
    )
    assert said(words.missing, parts=(part("welcome", 50.0, 0.0, n=0),)) == (
        "There was nothing to count for answers to consultations."
    )


def test_an_index_that_cannot_be_given_is_a_sentence():
    assert words.index(release(NOTHING, "public")) == (
        "This cannot be said. The authority's figures hold no other school."
    )


def every(*indices, own="Example A"):
    rows = tuple(
        SchoolRow(label=getattr(i, "label", "another school"), phase="primary", index=i)
        for i in indices
    )
    return InclusionIndex(
        period="2025-26-autumn", years=("2024-25", "2025-26"), own=own, source="", schools=rows
    )


OTHER = replace(ONE, label="another school", estimate=45.0, low=38.0, high=53.0)


def test_schools_are_told_apart_only_where_they_can_be():
    assert words.schools(release(every(ONE, OTHER), "staff")) == (
        "Two schools have an index, two years together, up to autumn 2025. **One** can be told "
        "from the authority's average school: above it Example A (most of all through answers to "
        "consultations)."
    )
    assert words.schools(release(every(OTHER), "staff")) == (
        "One school has an index, two years together, up to autumn 2025. **None** can be told from "
        "the authority's average school."
    )
    assert words.schools(release(every(NOTHING), "staff")) == (
        "No school's inclusion index can be said. The authority's figures hold no other school."
    )


def test_tables_are_for_reading():
    assert said(tables.parts).rows == (
        ("Pupils with plans on roll", "10 of 120 (8.3%)", "5.0%", "49", "−0.2", "+1.0", "−0.6"),
        ("Consultations answered positively", "10 of 120 (8.3%)", "5.0%", "76", "+8.4", "+5.0",
         "−0.6"),
    )  # fmt: skip
    assert said(tables.parts).note.endswith(
        "Since last year, by who moved it: +0.4 stayed, +5.8 came, −0.2 went and 0.0 of what is "
        "expected."
    )
    assert said(tables.parts, "public").note.endswith("or is answered yes, not no.")
    assert [row[5] for row in said(tables.parts, change=NOTHING).rows] == ["not shown"] * 2
    held = said(tables.parts, parts=(part("stay", 30.8, -9.0, held_back=True),))
    assert held.rows[0][1] == "held back"


def test_a_part_about_few_children_is_not_shown_to_all():
    few = said(tables.parts, "public", parts=(part("welcome", 76.0, 8.4, n=8),))
    assert few.rows == (
        ("Consultations answered positively", *["not shown"] * 4, "+5", "not shown"),
    )  # fmt: skip


def test_the_ladder_is_drawn_highest_first_and_never_as_ranks():
    drawn = figures.ladder(release(every(OTHER, ONE, NOTHING), "staff"))
    assert drawn.title == "Example A: 51 to 65 on the inclusion index"
    assert [row[0] for row in drawn.data.rows] == ["Example A", "another school"]
    assert drawn.data.rows[0][2:] == ("58", "51 to 65", "2%", "93%", "6 (1 to 11)")
    assert figures.ladder(release(every(OTHER, own=""), "staff")).title == (
        "None of one can be told from the authority's average school"
    )
    assert "rank" not in drawn.svg
    assert "nothing to show" in figures.ladder(release(every(NOTHING), "staff")).svg


def test_parts_are_shown_without_a_score():
    rows = (
        OwnRow(label="access", part=OwnPart(n=720, count=31, percent=None)),
        OwnRow(label="present", part=OwnPart(n=61, count=None, percent=8.24)),
        OwnRow(label="welcome", part=OwnPart(n=8, count=5, percent=None)),
    )
    told = OwnParts(period="2025-26-autumn", years=("2023-24", "2025-26"), rows=rows)
    exact, shared = (tables.own_parts(release(told, e)).rows for e in ("staff", "public"))
    assert [row[1] for row in exact] == ["31 of 720 (4.3%)", "8.2% of sessions", "5 of 8 (62.5%)"]
    assert [row[1] for row in shared] == ["about 30 of 720", "8% of sessions", "not shown"]


def beside(label="Example A", **changed):
    told = {
        "label": label,
        "answers": share(9, 12),
        "usual": 10.4,
        "least": 3.0,
        "joined": share(2, 60),
        "first": share(36, 240),
        "last": share(38, 242),
        "away": share(6, 62),
        "places": share(0, 242),
    }
    return Beside(**{**told, **changed})


def seen(*rows):
    return Appearances(
        period="2025-26-autumn", years=("2023-24", "2024-25", "2025-26"), schools=rows
    )


def test_what_flatters_a_school_is_said_and_nothing_else():
    assert words.appearances(release(seen(beside()), "staff")) == (
        "Nothing that stands beside the index shows that it flatters a school."
    )
    doubted = seen(
        beside(joined=share(0, 60)),
        beside("Example B", answers=share(2, 2)),
        beside("Example C", last=share(72, 242)),
    )
    assert words.appearances(release(doubted, "staff")) == (
        "**Look again before the index is used**: Example A answered most consultations "
        "positively, and no pupil with a plan came; Example B shows fewer consultations than a "
        "school of its size must have had; Example C has a SEN Support register that grew faster "
        "than its roll."
    )


def test_what_may_not_be_shown_is_no_reason_to_doubt():
    hidden = seen(beside(answers=share(4, 4), least=3.0), beside("Example B", joined=NOTHING))
    assert words.appearances(release(hidden, "governors")).startswith("Nothing that stands beside")
    row = tables.appearances(release(hidden, "governors")).rows[0]
    assert row[1:4] == ("not shown", "about 10", "none or very few of about 60")
    none = Withheld(reason="too_few_pupils", found="There was no consultation")
    assert seen(beside(answers=none)).schools[0].few


def test_what_stands_beside_the_index_is_a_table():
    row = tables.appearances(release(seen(beside(usual=None)), "staff")).rows[0]
    assert row == (
        "Example A", "9 of 12", "not known", "2 of 60", "36 of 240", "38 of 242", "6 of 62",
        "0 of 242",
    )  # fmt: skip


def test_what_stands_beside_one_schools_index_is_a_sentence():
    assert words.beside(release(seen(beside()), "staff")) == (
        "2023-24 to 2025-26: 9 of 12 consultations were answered yes (usual for its size: about "
        "10 asked); 2 of 60 pupils new to the school came with a plan; 36 of 240 pupils were on "
        "SEN Support at the first census; 38 of 242 at the last; 6 of 62 pupils with SEN missed "
        "half of their sessions or more."
    )
    some = beside(answers=NOTHING, usual=None, first=NOTHING, last=NOTHING, places=share(8, 242))
    assert words.beside(release(seen(some), "staff")) == (
        "2023-24 to 2025-26: 2 of 60 pupils new to the school came with a plan; 6 of 62 pupils "
        "with SEN missed half of their sessions or more; 8 of 242 pupils had resourced places, "
        "which are in none of this."
    )
    names = ("answers", "joined", "first", "last", "away", "places")
    none = beside(**dict.fromkeys(names, NOTHING))
    assert words.beside(release(seen(none), "staff")) == "Nothing can be shown beside the index."


def test_movement_and_gaps_of_many_schools_are_named():
    still = replace(ONE, label="Example B", change=replace(ONE.change, low=-2.0))
    down = replace(ONE, label="another school",
                   change=replace(ONE.change, low=-9.0, high=-1.0))  # fmt: skip
    assert words.moved(release(every(ONE, still, down), "staff")) == (
        "Beyond chance from the year before: Example A higher, one other lower."
    )
    assert words.moved(release(every(still), "staff")) == (
        "No school's index moved beyond chance from the year before."
    )
    assert words.moved(release(every(replace(ONE, change=NOTHING)), "staff")) == (
        "How schools' indices moved from the year before cannot be said."
    )
    assert words.gaps_in(release(every(ONE), "staff")) == (
        "No part of any school's index is missing."
    )
    told = every(replace(ONE, held_back=("stay",), without=("welcome",)), NOTHING)
    assert words.gaps_in(release(told, "staff")) == (
        "This is the index without answers to consultations: the authority's figures do not hold "
        "them. It must not be compared with an index that has them. Example A did not supply what "
        "is needed for keeping pupils with SEN. another school has no index: the authority's "
        "figures hold no other school."
    )


def test_scores_are_told_of_named_schools_only():
    rows = tables.scores(release(every(ONE, OTHER), "staff")).rows
    assert rows == (
        ("Example A", "49", "76", "not recorded", "not recorded", "not recorded"),
    )  # fmt: skip


def test_the_plain_equation_is_a_table():
    told = PlainIndex(
        period="2025-26-autumn", normal="min-max", mean="arithmetic",
        schools=(
            PlainRow(label="Low", phase="primary",
                     plain=Plain(n=50, estimate=20.2, low=8.0, high=31.4)),
            PlainRow(label="High", phase="primary",
                     plain=Plain(n=50, estimate=80.2, low=70.0, high=81.0)),
            PlainRow(label="None", phase="secondary", plain=NOTHING),
        ),
    )  # fmt: skip
    assert tables.plain_index(release(told, "staff")).rows == (
        ("High", "80", "70 to 81"),
        ("Low", "20", "8 to 31"),
    )
