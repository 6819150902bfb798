"""What a development plan says, every branch in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.measures.plan import Plan, Priority, Suggestion, Suggestions
from writinggaps.report import tables, words
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
NO = Withheld(reason="no_records", found="")
LINE = Priority(
    label="Sentences",
    measure="secure: Sentence control",
    unknown="",
    owner="Literacy lead",
    by="2026-07-17",
    status="started",
    became="",
    aligned="Writing",
    tell="Governors",
    baseline=60.0,
    target=75.0,
    now=share(40, 60),
    chance=0.05,
)
BARE = replace(LINE, label="Families", measure="", now=NO, baseline=None, target=None)
BLOCK = Suggestion(
    kind="secure",
    measure="secure: Sentence control",
    group="all pupils",
    most="Year 4",
    goal=share(100, 200),
    rising=True,
    gap=None,
    chance=0.05,
)
AWAY = replace(
    BLOCK,
    kind="absence",
    measure="persistent absence",
    group="pupils on SEN Support",
    most="",
    goal=share(20, 40),
    rising=False,
    gap=share_difference(share(20, 40), share(16, 160), others_name="pupils without SEN"),
)


def staff(value):
    return release(value, "staff")


def plan(*this, last=()):
    return Plan(period=TERM, last=tuple(last), this=tuple(this))


def ideas(*rows, formative=None):
    return Suggestions(period=TERM, rows=rows, formative=formative)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ([], "No priorities of last year are in the table."),
        (
            [BARE],
            "Last year's priorities named no figure of the reports; what became of them is told.",
        ),
        (
            [LINE, BARE],
            "Of last year's two priorities, one can be measured. It did not reach its target.",
        ),
        (
            [replace(LINE, target=62.0)],
            "Last year's priority can be measured. It reached its target, within chance.",
        ),
        (
            [replace(LINE, target=62.0), replace(LINE, baseline=30.0, target=62.0)],
            (
                "Of last year's two priorities, two can be measured. Two of them reached the "
                "target, one by more than chance gives."
            ),
        ),
    ],
)
def test_last_year_is_counted_by_what_was_reached(last, said):
    assert words.plan.last_year(staff(plan(last=last))) == said


def test_other_reports_name_this_years_priorities():
    assert words.plan.listed(staff(plan(LINE, replace(BARE, status="")))) == (
        "This year's priorities: Sentences (started); Families. The development plan has their "
        "figures."
    )
    assert words.plan.listed(staff(plan())) == "This year's priorities are not in the table yet."


@pytest.mark.parametrize(
    ("this", "said"),
    [
        ([], "This year's priorities are not in the table yet."),
        ([LINE] * 3, "This year there are three priorities."),
        ([LINE], "This year there is one priority. A team can hold three to five."),
        (
            [LINE, LINE, replace(LINE, target=64.0)],
            (
                "This year there are three priorities. Chance alone would often reach the target "
                "of “Sentences”; see the table."
            ),
        ),
        (
            [LINE, LINE, BARE, replace(BARE, label="Clubs", owner="")],
            (
                "This year there are four priorities. Without figure: “Families” and “Clubs”. "
                "Without owner or date: “Clubs”."
            ),
        ),
        (
            [LINE, LINE, replace(BARE, measure="secur", unknown="Did you mean 'secure'?")],
            (
                "This year there are three priorities. No figure is called “secur”. Did you mean "
                "'secure'?"
            ),
        ),
    ],
)
def test_this_year_is_held_to_a_figure_an_owner_a_date_and_chance(this, said):
    assert words.plan.this_year(staff(plan(*this))) == said


def test_what_surely_concerns_most_pupils_is_said_first():
    assert words.plan.suggested(staff(ideas(BLOCK, AWAY))) == (
        "What surely concerns most pupils is **Sentence control**: 100 of 200 pupils (50%) are not "
        "yet secure in what earlier years taught, most of them in Year 4. Next: attendance of "
        "pupils on SEN Support."
    )
    assert words.plan.suggested(staff(ideas())) == (
        "Nothing in the reports stands out from what chance gives."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("gap", ("20 of 40 pupils on SEN Support (50%) were at the standard over three years, "
                "against 10% of pupils without SEN")),
        ("absence", ("20 of 40 pupils on SEN Support (50%) were persistently absent, against 10% "
                     "of pupils without SEN")),
        ("suspended", ("20 of 40 pupils on SEN Support (50%) were suspended in three years, "
                       "against 10% of pupils without SEN")),
        ("scaffolds", "20 of 40 pupils (50%) rely on scaffolds"),
        ("alone", "20 of 40 pupils (50%) wrote too few independent pieces this term"),
        ("moderated", "20 of 40 pupils (50%) were judged otherwise in moderation"),
    ],
)  # fmt: skip
def test_every_kind_says_what_was_found(kind, said):
    paired = kind in ("gap", "absence", "suspended")
    row = replace(AWAY, kind=kind) if paired else replace(AWAY, kind=kind, gap=None)
    assert words.plan.concern(row, staff(ideas(row))) == said


def test_staff_of_a_trust_are_told_in_how_many_schools_it_is_so():
    row = replace(AWAY, kind="absence", schools=2, of_schools=7)
    told = "against 10% of pupils without SEN; surely so in 2 of 7 schools"
    assert words.plan.concern(row, staff(ideas(row))).endswith(told)
    assert "schools" not in words.plan.concern(row, release(ideas(row), "governors"))
    [line] = tables.plan.this_year(staff(plan(replace(LINE, of_schools=7)))).rows
    assert line[1] == "40 of 60 (67%); at the target in none of 7 schools"
    assert words.plan.in_schools(replace(row, of_schools=1), "so", staff(ideas(row))) == ""


def test_questions_are_one_for_each_area_with_a_first_step():
    assert words.plan.questions(staff(ideas(AWAY, formative=10.0))) == (
        "- **Attendance.** What would make pupils on SEN Support who are often away want to be in "
        "school on a Monday? *A first step:* the SENDCO asks families what has worked before, and "
        "writes it into the notes.\n"
        "- **Assessment.** What did we learn about a pupil's writing while teaching this term, and "
        "where is it kept? *A first step:* each teacher notes one thing for three pupils before "
        "the next data drop."
    )
    both = ideas(replace(BLOCK, kind="scaffolds"), replace(BLOCK, kind="alone"), formative=30.0)
    assert words.plan.questions(staff(both)).count("**Writing culture.**") == 1


def test_the_tables_carry_owner_date_status_and_the_target_beyond_chance():
    [row] = tables.plan.this_year(staff(plan(LINE))).rows
    assert row == (
        "Sentences (for: Writing)",
        "40 of 60 (67%)",
        "60%",
        "75%",
        "45 of 60 pupils or more (75%)",
        "Literacy lead; 17 July 2026; tell Governors",
        "started",
    )
    [bare] = tables.plan.this_year(staff(plan(BARE))).rows
    assert bare[1:5] == ("not measured", "", "", "not known")
    assert tables.plan.this_year(staff(plan())).rows[0][0] == "none in the table"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (replace(LINE, became="It helped."), "not reached; within chance; It helped."),
        (replace(LINE, baseline=30.0, target=60.0), "reached; better by more than chance gives"),
        (replace(LINE, baseline=95.0, target=99.0), "not reached; worse by more than chance gives"),
        (
            replace(LINE, baseline=95.0, target=50.0),
            "not reached; better by more than chance gives",
        ),
        (replace(BARE, became="Well attended."), "Well attended."),
        (BARE, "not measured"),
    ],
)
def test_what_became_of_a_priority_is_measured_and_in_the_schools_words(line, said):
    [row] = tables.plan.last_year(staff(plan(last=[line]))).rows
    assert row[-1] == said


def test_suggestions_name_the_figure_and_a_target_or_why_there_is_none():
    small = replace(AWAY, goal=share(2, 10), gap=share_difference(share(2, 10), share(1, 160)))
    first, second = tables.plan.suggestions(staff(ideas(BLOCK, small))).rows
    assert first == (
        "Sentence control",
        (
            "100 of 200 pupils (50%) are not yet secure in what earlier years taught, most of them "
            "in Year 4"
        ),
        "86",
        "117 of 200 pupils or more (58%)",
        "secure: Sentence control",
    )
    assert second[3] == "none: too few pupils"


def test_shared_editions_see_rounded_counts_only():
    shown = tables.plan.suggestions(
        release(ideas(replace(BLOCK, goal=share(101, 203))), "governors")
    )
    assert shown.rows[0][1:4] == (
        (
            "About 105 of 205 pupils (half) are not yet secure in what earlier years "
            "taught, most of them in Year 4"
        ),
        "about 90",
        "about 120 of 205 pupils or more (59%)",
    )
    hidden = tables.plan.suggestions(release(ideas(replace(AWAY, goal=share(3, 7))), "governors"))
    assert hidden.rows[0][1:4] == ("Not shown, to protect children", "fewer than 5", "")
