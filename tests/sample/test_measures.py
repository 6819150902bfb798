"""The measures find what was planted in the sample, and claim nothing else of it."""

from __future__ import annotations

import pytest

from writinggaps.estimates import Share
from writinggaps.measures.errors import habits
from writinggaps.measures.gaps.change import gap_change
from writinggaps.measures.gaps.influence import influence
from writinggaps.measures.judging import judging, moderation
from writinggaps.measures.progress.added import value_added
from writinggaps.measures.progress.moves import jumps
from writinggaps.measures.progress.starts import matched
from writinggaps.measures.scaffolds import scaffold_reliance
from writinggaps.measures.security.blocks import security
from writinggaps.measures.security.statements import coverage
from writinggaps.measures.withdrawal import withdrawal
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld, attempt

STANDARDS = load_standards()
NOW = {"term": "2025-26-autumn", "standards": STANDARDS}
GROUPS = ("disadvantaged", "sen", "sex", "eal")


@pytest.fixture(scope="module")
def verdicts(trust):
    """What is said of every school's gaps between one autumn and the next."""
    found = {}
    for last in ("2024-25-autumn", "2025-26-autumn"):
        since = "2023-24-autumn" if last == "2024-25-autumn" else "2024-25-autumn"
        for key, school in trust.items():
            for by in GROUPS:
                told = attempt(
                    gap_change, school, by=by, term=last, since=since, standards=STANDARDS
                )
                said = told.reason if isinstance(told, Withheld) else told.verdict
                found[key, by, last] = said
    return found


def test_only_the_planted_gap_is_said_to_close(verdicts, planted):
    [truth] = planted["closing_gap"]

    assert [where for where, said in verdicts.items() if said == "closing"] == [
        (truth["school"], truth["group"], truth["to"])
    ]


def test_no_gap_is_said_to_be_wider(verdicts):
    assert [where for where, said in verdicts.items() if said == "wider"] == []


def test_only_the_villages_gap_is_said_to_be_two_pupils(trust, planted):
    [truth] = planted["two_pupils"]
    found = {
        (key, by): attempt(influence, school, by=by, **NOW)
        for key, school in trust.items()
        for by in GROUPS
    }
    carried = {k: f for k, f in found.items() if not isinstance(f, Withheld) and f.carried}

    assert list(carried) == [(truth["school"], truth["group"])]
    assert sorted(carried[truth["school"], truth["group"]].pupils) == truth["pupils"]


def test_only_the_planted_class_is_said_to_have_come_further(trust, planted):
    [truth] = planted["class_that_added"]
    found = {key: attempt(value_added, school, **NOW) for key, school in trust.items()}
    out = {
        (key, part.label): part.added
        for key, value in found.items()
        if not isinstance(value, Withheld)
        for part in value.parts
        if part.added.low > 0 or part.added.high < 0
    }

    place = (truth["school"], truth["class"])
    other = (truth["school"], "6B")  # its year group's other class is as far below the line
    assert set(out) <= {place, other}
    assert out[place].low > 0
    assert 2 * out[place].low < truth["points"] < 2 * out[place].high


def test_the_planted_judgements_are_worth_a_second_look(trust, planted):
    [truth] = planted["doubtful_judgements"]
    assert list(judging(trust[truth["school"]], **NOW).again_pupils) == truth["pupils"]


def test_the_points_that_were_planted_are_counted(trust, planted):
    [truth] = planted["points"]
    found = jumps(trust[truth["school"]], **NOW)

    assert (found.start, found.reached.whole.n) == (truth["start"], truth["pupils"])
    assert found.reached.whole.count == truth["up_four_or_more"]


def test_pupils_who_moved_inside_the_trust_are_followed_to_where_they_are(trust):
    alone = [matched([s], STANDARDS.starts["scale"], **NOW) for k, s in trust.items() if k != "S05"]
    together = matched(trust.values(), STANDARDS.starts["scale"], **NOW)

    moved = set(together["upn"]) - {upn for rows in alone for upn in rows["upn"]}
    assert moved
    assert together["upn"].is_unique


@pytest.mark.parametrize(("kind", "stopped"), [("habitual_error", False), ("stopped_error", True)])
def test_only_planted_errors_are_said_to_be_habits_or_to_have_stopped(
    trust, planted, kind, stopped
):
    found = set()
    for key, school in trust.items():
        rows = habits(school, **NOW)
        rows = rows[rows["stopped"] == stopped]
        found |= {(key, *row) for row in zip(rows["item"], rows["pupil_id"], strict=True)}

    assert found == {(e["school"], e["item"], p) for e in planted[kind] for p in e["pupils"]}


def test_only_planted_pupils_are_said_to_rely_on_scaffolds(trust, planted):
    [truth] = planted["scaffold_reliant"]
    found = {key: scaffold_reliance(school, **NOW).reliant_pupils for key, school in trust.items()}

    assert {key: sorted(ids) for key, ids in found.items() if ids} == {
        truth["school"]: truth["pupils"]
    }


def test_only_planted_pupils_are_said_to_be_withdrawn_again_and_again(trust, planted):
    [truth] = planted["repeatedly_withdrawn"]
    found = {key: withdrawal(school, **NOW).repeated_pupils for key, school in trust.items()}

    assert {key: sorted(ids) for key, ids in found.items() if ids} == {
        truth["school"]: truth["pupils"]
    }


def test_only_the_planted_statement_is_said_to_be_taught_often_and_secured_rarely(trust, planted):
    [truth] = planted["taught_often_secured_rarely"]
    rows = {
        (key, row.statement, row.lessons)
        for key, school in trust.items()
        for row in coverage(school, **NOW).rows
    }

    assert rows == {(truth["school"], truth["statement"], truth["lessons"])}


def test_the_planted_class_is_least_secure_in_its_block(trust, planted):
    truth = planted["block_not_secured"][0]
    label = STANDARDS.blocks[truth["block"]].label
    blocks = security(trust[truth["school"]], by="class", **NOW).blocks
    [block] = [b for b in blocks if b.label == label]
    shares = {name: s.estimate for name, s in block.parts.items() if isinstance(s, Share)}

    assert min(shares, key=shares.__getitem__) == truth["class"]
    assert shares.pop(truth["class"]) < 0.5 * min(shares.values())


def test_the_planted_year_group_is_least_secure_in_its_block(trust, planted):
    truth = planted["block_not_secured"][1]
    shares = {}
    for block in security(trust[truth["school"]], by="year_group", **NOW).blocks:
        found = block.parts[f"Year {truth['year_group']}"]
        shares[block.label] = found.estimate
    worst = STANDARDS.blocks[truth["block"]].label

    assert shares.pop(worst) < min(shares.values()) - 0.15


def test_teachers_are_furthest_above_moderators_where_that_was_planted(trust, planted):
    [truth] = planted["lenient_judgements"]
    higher = {}
    for key, school in trust.items():
        parts = moderation(school, **NOW).agreement.parts
        higher[key] = next(p.share.estimate for p in parts if p.label == "teacher higher")

    assert max(higher, key=higher.__getitem__) == truth["school"]
