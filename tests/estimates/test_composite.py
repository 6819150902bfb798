"""The plain composite equals COINr; contributions add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from writinggaps.estimates.composite import average, composite, fair_shares, log_mean, parts
from writinggaps.problems import BadArgument, NoSpread

# An invented fixture of eight schools; the expected scores are from COINr 1.1.14 in R 4.2.2,
# direction applied before normalising, the same mean at both levels.
NAN = float("nan")
FIXTURE = np.array(
    [
        [1.2, -0.4, 3.1, -2.2, 0.0, 0.7, -1.5, 2.4],
        [80, 55, 90, 20, 60, 75, NAN, 66],
        [100, 92, 88, 75, 95, 100, 83, 97],
        [91.0, 89.5, 92.3, 90.1, 93.0, 88.2, 91.7, 90.9],
        [4.0, 9.5, 2.1, 14.8, 6.0, 7.7, 3.3, 5.2],
    ]
).T
SHAPE = {
    "ways": [1, 1, 1, 1, -1],
    "pillars": ["access", "access", "stay", "stay", "stay"],
    "weights": [1, 1, 1, 1, 2],
    "pillar_weights": {"access": 1, "stay": 1.5},
}
COINR = {
    ("min-max", "arithmetic"): (
        "79.234856845724 43.574637869559 90.612500000000 5.937500000000 "
        "67.517859795827 58.429335484008 48.185873198633 74.816013063226"
    ),
    ("min-max", "geometric"): (
        "78.189085424546 42.490973446127 88.683248638136 1.740258038639 "
        "65.357001712263 35.718217571183 35.759969950541 74.226159944635"
    ),
    ("min-max", "harmonic"): (
        "76.896183740749 40.957651021358 86.122732642591 1.171327078969 "
        "62.869576495778 6.135424560761 26.063852059856 73.352427824883"
    ),
    ("z", "arithmetic"): (
        "0.583617776102 -0.497089125332 0.941216011147 -1.623592336550 "
        "0.236845995833 -0.057288750034 -0.237194701503 0.443329132001"
    ),
    ("percentile-rank", "arithmetic"): (
        "0.738095238095 0.219047619048 0.871428571429 0.042857142857 "
        "0.516666666667 0.461904761905 0.442857142857 0.614285714286"
    ),
}


@pytest.mark.parametrize(("normal", "mean"), COINR, ids=" ".join)
def test_the_plain_composite_agrees_with_coinr(normal, mean):
    found = composite(FIXTURE, **SHAPE, normal=normal, mean=mean)
    expected = [float(text) for text in COINR[normal, mean].split()]
    # the published figures have twelve decimals
    assert found == pytest.approx(expected, rel=0, abs=1e-10)


def test_one_more_school_changes_every_plain_score():
    # why the plain equation is not the index: an extreme school lifts all the others
    before = composite([[0.0], [1], [2], [3]], **ONE)
    after = composite([[0.0], [1], [2], [3], [-40]], **ONE)
    assert before.round().tolist() == [0, 33, 67, 100]
    assert after[:4].round().tolist() == [93, 95, 98, 100]


ONE = {"ways": [1], "pillars": ["a"], "weights": [1], "pillar_weights": {"a": 1}}


def test_an_indicator_that_never_varies_is_refused_not_dropped():
    with pytest.raises(NoSpread, match="the same for every school"):
        composite([[0.0], [0], [0]], **ONE)


def test_unknown_scales_and_means_are_named():
    with pytest.raises(BadArgument, match="min-max"):
        composite([[0.0], [1]], **ONE, normal="minmax")
    with pytest.raises(BadArgument, match="geometric"):
        average([1, 2], [1, 1], "geo")
    with pytest.raises(BadArgument, match="above nought"):
        average([0, 2], [1, 1])


def test_means_of_four_scores():
    scores, equal = [80, 40, 55, 60], [1, 1, 1, 1]
    assert average(scores, equal) == pytest.approx(57.0053976554)
    assert average(scores, equal, "arithmetic") == pytest.approx(58.75)
    assert average(scores, equal, "mazziotta-pareto") == pytest.approx(55.2659574468)
    assert np.isnan(average([NAN, NAN], [1, 1], "arithmetic"))


def test_contributions_of_four_scores():
    found = parts([80, 40, 55, 60], [1, 1, 1, 1], 50)
    assert found == pytest.approx([6.2776238468, -2.9804265155, 1.2730145479, 2.4351857762])


def test_a_school_at_the_base_owes_nothing_to_anything():
    assert parts([50, 50], [1, 3], 50).tolist() == [0, 0]
    assert parts([40, 62.5], [1, 1], 50).sum() == pytest.approx(0, abs=1e-9)


@given(some.lists(some.tuples(*[some.floats(5, 100)] * 2, some.floats(0.05, 1)), min_size=1))
def test_contributions_always_add_up(rows):
    after, before, weights = np.array(rows).T
    apart = average(after, weights) - average(before, weights)
    assert parts(after, weights, before).sum() == pytest.approx(apart, abs=1e-7)


def test_fair_shares_are_the_mean_over_all_orders():
    # three causes by hand: none 0, a 1, b 2, c 0, ab 5, ac 1, bc 4, abc 9
    values = np.array([[[0, 0], [2, 4]], [[1, 1], [5, 9]]])
    # of six orders a comes first in two (+1), after b (+3), after c (+1), last in two (+5)
    # b: +2 twice, +4, +4, +8 twice; c: nothing twice, nothing, +2, +4 twice
    assert fair_shares(values) == pytest.approx([16 / 6, 28 / 6, 10 / 6])
    assert fair_shares(values).sum() == pytest.approx(9)


def test_a_cause_that_changes_nothing_has_no_share():
    assert fair_shares([[1.0, 1.0], [4.0, 4.0]]).tolist() == [3.0, 0.0]


def test_the_logarithmic_mean_lies_between_the_others():
    assert np.sqrt(20 * 80) < log_mean(20, 80) < 50
    assert log_mean(80, 20) == log_mean(20, 80)
