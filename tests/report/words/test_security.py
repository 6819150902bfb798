"""What is secured, in words: every branch in full."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split, split_breakdown
from writinggaps.measures.security.blocks import BlockSecurity, SecureFit, Security
from writinggaps.measures.security.statements import (
    Coverage,
    CoverageRow,
    LeastSecure,
    StatementRow,
)
from writinggaps.report.words import security as words
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
HIDDEN = Withheld(reason="suppressed", found="hidden")
EARLIER, NOW = "earlier years", "this year"


def states(secure, not_yet, blank=0):
    return {
        "secure": secure,
        "only with support": 0,
        "not yet": not_yet,
        "too little evidence": blank,
    }


def block(label, parts, by="year_group"):
    found = split_breakdown(by, {k: states(*counts) for k, counts in parts.items()})
    return BlockSecurity(label=label, split=found, retained=share(0, found.whole.n))


def security(*blocks, by="year_group", layer=EARLIER):
    return Security(by=by, layer=layer, period=TERM, standards="own", blocks=blocks)


SENTENCES = {"Year 3": (20, 10), "Year 4": (12, 18)}
SPELLING = {"Year 3": (25, 5), "Year 4": (24, 6)}


def said(value, edition="staff"):
    return words.security(release(value, edition))


def test_the_least_secure_block_leads_with_the_year_group_where_fewest_are():
    found = security(block("Sentence control", SENTENCES), block("Spelling", SPELLING))

    assert said(found) == (
        "Of what earlier years taught, pupils are most secure in spelling: 49 of 60 pupils (82%). "
        "They are least secure in **sentence control**: 32 of 60 pupils (53%). Lowest there is "
        "Year 4: 12 of 30 pupils (40%)."
    )
    assert said(found, "governors") == (
        "Of what earlier years taught, pupils are most secure in spelling: about 50 of 60 "
        "pupils (four fifths). They are least secure in **sentence control**: about 30 of "
        "60 pupils (half). Lowest there is Year 4: about 10 of 30 pupils."
    )


def by_group(edition="staff", **groups):
    parts = {k.replace("_", " "): counts for k, counts in groups.items()}
    best = {k: (sum(counts), 0) for k, counts in parts.items()}
    found = security(
        block("Sentence control", parts, "disadvantaged"),
        block("Spelling", best, "disadvantaged"),
        by="disadvantaged",
    )
    return said(found, edition).partition("There by group: ")[2]


def test_groups_are_compared_allowing_for_the_blocks_looked_at():
    assert by_group(disadvantaged=(8, 12), other_pupils=(24, 16)) == (
        "disadvantaged: 8 of 20 pupils (40%) and other pupils: 24 of 40 pupils (60%). "
        "Such a difference may well be chance (−45 to 10 points)."
    )
    assert by_group(disadvantaged=(8, 32), other_pupils=(64, 16)) == (
        "disadvantaged: 8 of 40 pupils (20%) and other pupils: 64 of 80 pupils (80%). "
        "Disadvantaged: 60 points lower (39 to 73), which is more than chance would give."
    )
    assert by_group(girls=(32, 8), boys=(16, 64)) == (
        "girls: 32 of 40 pupils (80%) and boys: 16 of 80 pupils (20%). "
        "Girls: 60 points higher (39 to 73), which is more than chance would give."
    )


def test_a_difference_of_rounded_counts_is_said_to_be_about_so_much():
    assert by_group("governors", disadvantaged=(15, 30), other_pupils=(64, 16)) == (
        "disadvantaged: about 15 of 45 pupils (a third) and other pupils: about 65 of "
        "80 pupils (four fifths). Disadvantaged: about 48 points lower (28 to 63), "
        "which is more than chance would give."
    )


def test_more_than_two_groups_or_hidden_counts_are_not_compared():
    caution = "Chance alone often makes groups this small differ."

    assert by_group(no_SEN=(30, 9), SEN_Support=(8, 12), EHCP=(0, 5)).endswith(f". {caution}")
    assert by_group("governors", disadvantaged=(2, 18), other_pupils=(24, 16)).endswith(
        f". {caution}"
    )


def test_one_part_needs_no_fewest():
    found = security(block("Sentence control", {"Year 3": (20, 10)}), block("Spelling", SPELLING))

    assert said(found) == (
        "Of what earlier years taught, pupils are most secure in spelling: 49 of 60 pupils (82%). "
        "They are least secure in **sentence control**: 20 of 30 pupils (67%)."
    )


def test_blocks_that_are_equally_secure_are_not_ranked():
    same = security(block("Sentence control", SENTENCES), block("Spelling", SENTENCES), layer=NOW)
    alone = security(block("Sentence control", SENTENCES), layer=NOW)

    assert said(same) == (
        "Of what is new this year, 32 of 60 pupils (53%) are secure in sentence control, and as "
        "many in every other block."
    )
    assert said(alone) == (
        "Of what is new this year, 32 of 60 pupils (53%) are secure in sentence control."
    )


def test_a_block_that_was_hardly_looked_at_is_neither_best_nor_worst():
    unseen = block("Handwriting", {"Year 3": (0, 0, 30)})

    assert said(security(block("Spelling", SPELLING), unseen)) == (
        "Of what earlier years taught, 49 of 60 pupils (82%) are secure in spelling."
    )
    assert said(security(unseen)) == (
        "Of what earlier years taught, too little has been looked at to say what is secure."
    )


def test_small_numbers_are_not_shown():
    small = security(block("Spelling", {"Year 3": (2, 3)}))

    assert said(small, "public") == "What is secure is not shown: the numbers are too small."
    assert words.headline(release(small, "public").value) == "What is secure is not shown"


def test_the_title_of_the_picture_is_what_it_shows():
    two = security(block("Sentence control", SENTENCES), block("Spelling", SPELLING))
    same = security(block("Sentence control", SENTENCES), block("Spelling", SENTENCES))

    assert words.headline(two) == "Fewest pupils are secure in sentence control"
    assert words.headline(same) == "As many pupils are secure in one block as in another"


def fit(secure=14, discounted=(3, 14), **parts):
    return SecureFit(
        layer=EARLIER,
        period=TERM,
        fit=split_breakdown("year_group", parts or {"Year 4": states(secure, 30 - secure)}),
        discounted=share(*discounted) if discounted[1] else HIDDEN,
        weaknesses=split({"Spells": max(discounted[0], 1)}),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            fit(),
            "14 of 30 pupils (47%) have secured all of what earlier years taught. For 3 of them "
            "one particular weakness was discounted, as teacher assessment allows, most often in "
            "“Spells”.",
            id="some-discounted",
        ),
        pytest.param(
            replace(fit(), weaknesses=HIDDEN),
            "14 of 30 pupils (47%) have secured all of what earlier years taught. For 3 of them "
            "one particular weakness was discounted, as teacher assessment allows.",
            id="weakness-hidden",
        ),
        pytest.param(
            fit(discounted=(0, 14)),
            "14 of 30 pupils (47%) have secured all of what earlier years taught.",
            id="none-discounted",
        ),
        pytest.param(
            fit(secure=1, discounted=(0, 0)),
            "1 of 30 pupils (3%) has secured all of what earlier years taught.",
            id="one-pupil",
        ),
        pytest.param(
            replace(fit(), fit=HIDDEN),
            "How many have secured everything is not shown: the numbers are too small.",
            id="hidden",
        ),
    ],
)
def test_a_secure_fit_says_for_whom_a_weakness_was_discounted(value, expected):
    assert words.fit(release(value, "staff")) == expected


def statement(since="", **classes):
    return StatementRow(
        label="Marks sentence boundaries",
        statement="Y3-SC2",
        year_group="Year 4",
        block="Sentence control",
        since=since,
        not_secure=breakdown("class", {k.strip("_"): v for k, v in classes.items()}),
    )


def least(*rows, edition="staff", layer=EARLIER):
    return words.least_secure(release(LeastSecure(layer=layer, period=TERM, rows=rows), edition))


TWO = {"_4A": (5, 15), "_4B": (9, 15)}


def test_what_to_revisit_names_who_and_since_when():
    assert least(statement("March 2025", **TWO)) == (
        "Teach and revisit “Marks sentence boundaries” in Year 4: 14 of 30 pupils (47%) have yet "
        "to secure it (9 of them in 4B). None of them has shown it alone since March 2025."
    )
    assert least(statement("March 2025", **TWO), edition="governors") == (
        "Teach and revisit “Marks sentence boundaries” in Year 4: about 15 of 30 pupils have "
        "yet to secure it (about 10 of them in 4B). None of them has shown it alone since March "
        "2025."
    )
    assert least(statement("never", **TWO)) == (
        "Teach and revisit “Marks sentence boundaries” in Year 4: 14 of 30 pupils (47%) have yet "
        "to secure it (9 of them in 4B). None of them has ever shown it alone."
    )
    assert least(statement(_4A=(5, 15))) == (
        "Teach and revisit “Marks sentence boundaries” in Year 4: 5 of 15 pupils (33%) have yet "
        "to secure it."
    )


def test_a_class_of_whom_nearly_all_have_not_secured_it_is_said_so():
    assert least(statement(_4A=(5, 15), _4B=(23, 25)), edition="governors") == (
        "Teach and revisit “Marks sentence boundaries” in Year 4: about 30 of 40 pupils "
        "(three quarters) have yet to secure it (all or nearly all of 4B among them)."
    )


def test_where_nothing_is_known_to_be_insecure_that_is_said():
    assert least(layer=NOW) == "No statement of what is new this year is known to be insecure."
    assert least(statement(_4A=(1, 5)), edition="public") == (
        "What is least secure is not shown: the numbers are too small."
    )


def covered(*rows, looked_at=3):
    return Coverage(
        period=TERM, taught_often=6, secured_rarely=0.34, looked_at=looked_at, rows=rows
    )


def lessons(name, count=2, n=29):
    return CoverageRow(
        label="Uses relative clauses",
        class_name=name,
        statement="Y5-SC1",
        lessons=9,
        secured=share(count, n),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            covered(lessons("5A")),
            "Taught often, secured rarely: “Uses relative clauses” in 5A (9 lessons, secured by "
            "2 of 29 pupils (7%)). Teach these differently, not again.",
            id="one",
        ),
        pytest.param(
            covered(*(lessons(name) for name in ("5A", "5B", "5C", "5D", "5E"))),
            "Taught often, secured rarely: “Uses relative clauses” in 5A (9 lessons, secured by "
            "2 of 29 pupils (7%)), “Uses relative clauses” in 5B (9 lessons, secured by 2 of 29 "
            "pupils (7%)) and “Uses relative clauses” in 5C (9 lessons, secured by 2 of 29 pupils "
            "(7%)), and 2 more. Teach these differently, not again.",
            id="many",
        ),
        pytest.param(
            covered(),
            "Everything taught to a class in at least 6 lessons this school year has been secured "
            "by at least 34% of its pupils.",
            id="all-secured",
        ),
        pytest.param(
            covered(looked_at=0),
            "No statement was recorded as taught to a class in at least 6 lessons this school "
            "year.",
            id="nothing-taught-often",
        ),
    ],
)
def test_coverage_is_set_against_security(value, expected):
    assert words.coverage(release(value, "staff")) == expected


def test_coverage_of_tiny_classes_is_not_shown():
    tiny = covered(lessons("5A", 1, 5))

    assert words.coverage(release(tiny, "public")) == (
        "What was taught often and secured rarely is not shown: the numbers are too small."
    )


def test_a_school_without_statements_reads_why():
    why = Withheld(
        reason="no_records",
        found="The school's data have no statements table",
        needed="this question is answered from it",
    )

    assert words.security(release(why, "staff")) == (
        "This cannot be said. The school's data have no statements table; this question is "
        "answered from it."
    )
