"""What was planted in writing and support is found, and nothing else is claimed."""

from __future__ import annotations

from time import process_time

import pytest

from writinggaps.disclosure import shown_to
from writinggaps.estimates import Share
from writinggaps.measures.errors import habitual_errors
from writinggaps.measures.evidence import evidence
from writinggaps.measures.scaffolds import scaffold_reliance
from writinggaps.measures.security.blocks import security
from writinggaps.measures.security.pupils import pupil_security
from writinggaps.measures.security.statements import coverage, least_secure
from writinggaps.measures.withdrawal import withdrawal
from writinggaps.report.words import errors as error_words
from writinggaps.report.words import scaffolds as scaffold_words
from writinggaps.report.words import withdrawal as withdrawal_words
from writinggaps.standards import load_standards

STANDARDS = load_standards()
ASK = {"term": "2025-26-autumn", "standards": STANDARDS}
RARELY = STANDARDS.coverage.secured_rarely


def by_class(school):
    """The share of each class that is secure in each block, by block and class."""
    found = security(school, **ASK, by="class")
    ids = {block.label: block.id for block in STANDARDS.blocks.values()}
    return {
        (ids[row.label], name): share.estimate
        for row in found.blocks
        for name, share in row.parts.items()
        if isinstance(share, Share) and share.n >= 10
    }


def test_only_the_planted_blocks_are_rarely_secured_by_a_class(trust, planted):
    rare = {
        (key, block, name)
        for key, school in trust.items()
        for (block, name), secure in by_class(school).items()
        if secure < RARELY
    }
    expected = set()
    for entry in planted["block_not_secured"]:
        year = str(entry["year_group"])
        names = (entry["class"],) if "class" in entry else (f"{year}A", f"{year}B")
        expected |= {(entry["school"], entry["block"], name) for name in names}

    assert rare == expected


@pytest.mark.parametrize("school", ["S03", "S05"])
def test_the_least_secure_statement_is_one_of_the_planted_block_and_year(trust, planted, school):
    entry = next(e for e in planted["block_not_secured"] if e["school"] == school)
    worst = least_secure(trust[school], **ASK).rows[0]

    assert STANDARDS.statements[worst.statement].block == entry["block"]
    assert worst.year_group == f"Year {entry['year_group']}"


def test_only_the_planted_statement_is_taught_often_and_secured_rarely(trust, planted):
    (entry,) = planted["taught_often_secured_rarely"]
    found = {
        (key, row.statement, row.class_name[0], row.lessons)
        for key, school in trust.items()
        for row in coverage(school, **ASK).rows
    }

    year = str(entry["year_group"])
    assert found == {(entry["school"], entry["statement"], year, entry["lessons"])}


def test_only_the_planted_pupils_rely_on_scaffolds(trust, planted):
    (entry,) = planted["scaffold_reliant"]

    for key, school in trust.items():
        expected = entry["pupils"] if key == entry["school"] else []
        assert list(scaffold_reliance(school, **ASK).reliant_pupils) == expected


def test_the_planted_habits_and_no_others_are_found_with_since_when(trust, planted):
    for key, school in trust.items():
        found = habitual_errors(school, **ASK)
        here = [e for e in planted["habitual_error"] if e["school"] == key]
        pupils = sorted(pupil for e in here for pupil in e["pupils"])

        assert list(found.habit_pupils) == pupils
        assert {(h.label, h.pupils.count) for h in found.habits} == {
            (e["item"], len(e["pupils"])) for e in here
        }


def test_the_habit_that_stopped_is_said_to_have_stopped(trust, planted):
    (entry,) = planted["stopped_error"]

    for key, school in trust.items():
        gone = [(h.label, h.pupils.count) for h in habitual_errors(school, **ASK).stopped]
        expected = [(entry["item"], len(entry["pupils"]))] if key == entry["school"] else []
        assert gone == expected


def test_only_the_planted_pupils_are_repeatedly_withdrawn_and_none_gained(trust, planted):
    (entry,) = planted["repeatedly_withdrawn"]

    for key, school in trust.items():
        found = withdrawal(school, **ASK)
        if key != entry["school"]:
            assert found.repeated_pupils == ()
            continue
        assert list(found.repeated_pupils) == entry["pupils"]
        assert sorted(found.again.subjects) == entry["subjects"]
        assert (found.again.gained.count, found.again.gained.n) == (0, len(entry["pupils"]))


def test_where_nothing_was_planted_the_sentences_claim_nothing(trust):
    show = shown_to("staff")
    school = trust["S07"]

    assert "No pupil relies on scaffolds." in scaffold_words.scaffold_reliance(
        show(scaffold_reliance, school, **ASK)
    )
    assert error_words.habitual_errors(show(habitual_errors, school, **ASK)) == (
        "No error of this term comes back often enough to be a habit."
    )
    assert withdrawal_words.repeatedly_withdrawn(show(withdrawal, school, **ASK)) == (
        "Nobody taken out of lessons this term has been taken out in two terms or more."
    )


def test_pupils_who_seldom_write_alone_are_those_who_rely_on_scaffolds(trust, planted):
    (entry,) = planted["scaffold_reliant"]
    found = evidence(trust[entry["school"]], **ASK)
    year = next(iter(entry["class"]))

    few = found.enough.shares[f"Year {year}"]
    assert few.n - few.count == len(entry["pupils"])


def test_the_states_of_the_largest_school_take_well_under_a_second(trust):
    start = process_time()
    pupil_security(trust["S03"], **ASK)

    assert process_time() - start < 1.0
