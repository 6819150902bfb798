"""What is claimed when nothing changes, and when something does, over simulated schools and trusts.

The suite looks at hundreds of each kind; `make simulate-claims` at ten thousand, and writes the
tables of docs/gate.md.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

from writinggaps.estimates.gate import Verdict, judge
from writinggaps.estimates.moved import twice
from writinggaps.measures.trust.claims import claims

sys.path.insert(0, str(Path(__file__).parent))
import worlds
from worlds import COHORTS, RULES, SEED, SIZES, STANDARDS, TWICE, R

SHORT = 600


def allowed(schools):
    """The false rate that a true 2.5 % would pass in all but one run of a thousand."""
    return 0.025 + 3.1 * np.sqrt(0.025 * 0.975 / schools)


@pytest.mark.parametrize(("n", "m"), SIZES)
@pytest.mark.parametrize("kind", TWICE + COHORTS)
def test_nothing_changed_and_closing_is_hardly_ever_said(kind, n, m):
    # one statement alone: the hardest case, as no allowance for other statements is made
    assert worlds.share_of(Verdict.CLOSING, kind, n, m, SHORT) <= allowed(SHORT)


@pytest.mark.parametrize("kind", TWICE + COHORTS)
def test_asking_many_schools_at_once_passes_over_none_that_the_gate_lets_through(kind):
    drawn = worlds.schools(kind, np.random.default_rng(SEED), 16, 44, 60, narrowed=0.9)
    estimate, half = worlds.candidates(*drawn, RULES.level)
    said = [judge(worlds.moved(*drawn, k), rules=RULES, statements=1) for k in range(60)]

    assert [j.checks["beyond_chance"] for j in said] == (abs(estimate) > half).tolist()
    assert any(j.verdict == Verdict.CLOSING for j in said)


@pytest.mark.parametrize("gaps", [worlds.GAPS, (0, 0, 0, 0)])
def test_a_report_in_which_nothing_is_true_hardly_ever_claims_anything(gaps):
    said = worlds.reports(np.random.default_rng(SEED), 200, 100, gaps=gaps)
    assert np.any(list(said.values()), axis=0).mean() <= 0.10  # of 100: a true 5 % stays below


@pytest.mark.parametrize("r", [0.7, 0.8, 0.9, 0.95])
def test_pupils_chosen_because_they_scored_low_are_never_said_to_catch_up(r):
    random = np.random.default_rng(SEED)
    verdicts = {
        judge(*worlds.lowest(random, 200, r), rules=RULES, statements=4).verdict for _ in range(200)
    }
    assert not verdicts & {Verdict.CLOSING, Verdict.WIDER}


def test_without_the_allowance_the_same_pupils_would_seem_to_catch_up():
    # statistics.md: the lowest fifth gains .461 SD of gain with nothing done, and most tests say so
    random = np.random.default_rng(SEED)
    closing = 0
    for _ in range(200):
        before = random.standard_normal(200)
        after = R * before + np.sqrt(1 - R * R) * random.standard_normal(200)
        group = before <= np.quantile(before, 0.2)
        closing += (
            judge(twice(before, after, group), rules=RULES, statements=4).verdict == "closing"
        )
    assert closing > 100


def test_the_gate_opens_for_a_true_narrowing_in_four_of_five_schools():
    opened = worlds.share_of(Verdict.CLOSING, "scores", 30, 60, SHORT, statements=4, narrowed=0.6)
    assert opened >= 0.80


def test_a_wider_gap_is_found_as_readily_as_a_closing_one():
    wider = worlds.share_of(
        Verdict.WIDER, "scores", 30, 60, 300, statements=4, narrowed=-0.6, way=-1
    )
    assert wider >= 0.80


def test_unchanged_is_hardly_ever_said_of_a_gap_that_moved_by_what_matters():
    # so many pupils that the gate can say "unchanged", and a change exactly at its edge
    drawn = worlds.schools("scores", np.random.default_rng(SEED), 400, 800, 15, narrowed=0.109)
    found = [judge(worlds.moved(*drawn, k), rules=RULES, statements=4) for k in range(15)]
    assert sum(j.verdict == Verdict.UNCHANGED for j in found) <= 1


def test_six_meaningless_traits_are_hardly_ever_announced():
    random = np.random.default_rng(SEED)
    assert np.mean([worlds.announced(random) for _ in range(SHORT)]) <= 0.02


def test_where_nothing_differs_hardly_any_trust_report_claims_anything():
    # 30 schools of six year groups, moderation, gaps and changes, and no true difference anywhere
    random = np.random.default_rng(SEED)
    false = sum(bool(claims(worlds.trust(random), rules=STANDARDS.trust).held) for _ in range(20))
    assert false <= 4  # a true 5 % stays at or below in 997 runs of 1,000
