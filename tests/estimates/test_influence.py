from itertools import combinations

import numpy as np
import pytest

from writinggaps.estimates.influence import two_pupils
from writinggaps.problems import NoSpread, TooFewPupils

RANDOM = np.random.default_rng(5)
GROUP, OTHERS = RANDOM.normal(-0.4, 1, 12), RANDOM.normal(0, 1, 25)


def test_the_furthest_agrees_with_trying_every_one_and_two():
    cells = [GROUP, OTHERS]
    pupils = [(c, p) for c in (0, 1) for p in range(len(cells[c]))]
    tried = {}
    for gone in [*combinations(pupils, 1), *combinations(pupils, 2)]:
        left = [np.delete(cells[c], [p for k, p in gone if k == c]) for c in (0, 1)]
        places = tuple(p + 12 * c for c, p in gone)
        tried[places] = left[0].mean() - left[1].mean()

    found = two_pupils(GROUP, OTHERS)
    assert found.without == pytest.approx(max(tried.values()))
    assert tried[found.left_out] == pytest.approx(found.without)


def test_turning_the_groups_turns_the_answer():
    one, other = two_pupils(GROUP, OTHERS), two_pupils(OTHERS, GROUP)

    assert one.estimate == pytest.approx(-other.estimate)
    assert one.without == pytest.approx(-other.without)


def test_typical_cohorts_are_called_unusual_as_rarely_as_promised():
    random = np.random.default_rng(1)
    chances = [
        two_pupils(random.normal(size=20), random.normal(size=40), seed=k).chance
        for k in range(100)
    ]
    assert np.mean(np.array(chances) < 0.05) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 100)
    assert np.mean(chances) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(("n", "most"), [(5, 0.95), (10, 0.9), (20, 0.8), (40, 0.7)])
def test_the_naive_question_is_answered_yes_for_most_ordinary_small_cohorts(n, most):
    # inclusion-index.md, section 3, point 3: an ordinary school that happens to be above the
    # benchmark often falls below it without two pupils, the oftener the smaller it is
    random = np.random.default_rng(n)
    above = [x for x in random.normal(size=(150, n)) if x.mean() > 0]
    yes = np.mean([two_pupils(x, towards=0.0).without <= 0 for x in above])

    assert 0.4 < yes < most


def test_two_planted_pupils_are_found_and_named():
    group = np.append(GROUP, [-6.0, -6.5])
    found = two_pupils(group, OTHERS)

    assert found.left_out == (12, 13)
    assert found.chance < 0.005


def test_shares_are_set_beside_binomial_cohorts_and_are_never_unusual():
    random = np.random.default_rng(2)
    for _ in range(20):
        group, others = (random.random(20) < 0.5) * 1.0, (random.random(40) < 0.7) * 1.0
        assert 0.1 < two_pupils(group, others).chance < 0.9


def test_cohorts_can_be_drawn_from_comparable_pupils():
    # absence is skewed: beside normal cohorts two pupils look rare, beside pupils like them not
    random = np.random.default_rng(4)
    school = np.exp(random.normal(1.5, 1.0, 400))
    chances = [
        [two_pupils(g, towards=0.0, reference=r).chance < 0.05 for r in (None, school)]
        for g in random.choice(school, (60, 25))
    ]
    normal, drawn = np.mean(chances, axis=0)
    assert normal > 0.3
    assert drawn < 0.15


def test_the_same_pupils_give_the_same_answer_twice():
    assert two_pupils(GROUP, OTHERS) == two_pupils(GROUP, OTHERS)


def test_too_few_and_no_spread_are_refused():
    with pytest.raises(TooFewPupils):
        two_pupils(GROUP[:3], OTHERS)
    with pytest.raises(NoSpread):
        two_pupils(np.ones(5), np.ones(6))
