"""The ladder of verdicts: each step and each edge."""

from dataclasses import replace

import pytest

from writinggaps.estimates import share
from writinggaps.estimates.effects import hedges_g
from writinggaps.measures.evaluation.verdict import VERDICTS, alike, verdict
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

RULE = load_standards().evaluation
EFFECT = replace(hedges_g([1, 2, 3, 4], [1, 2, 3, 5]), estimate=0.5, low=0.2, high=0.8)
WHOLE = (share(30, 30), share(30, 30))


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (0.01, 0.8, "strong_helped"),
        (0.0, 0.8, "cannot_tell"),
        (-0.2, 0.1, "cannot_tell"),
        (-0.2, 0.0999, "some_not"),
        (-0.2, 0.0, "some_not"),
        (-0.5, -0.01, "harm"),
    ],
)
def test_the_interval_gives_the_step(low, high, step):
    found, reasons = verdict(replace(EFFECT, low=low, high=high), WHOLE, RULE)
    assert found == step
    assert reasons == (("within_chance",) if step == "cannot_tell" else ())
    assert found in VERDICTS


@pytest.mark.parametrize(
    ("tested", "reasons"),
    [
        ((share(24, 30), share(30, 30)), ()),
        ((share(23, 30), share(30, 30)), ("lost_pupils",)),
        ((share(30, 30), share(10, 10)), ()),
        ((share(30, 30), share(9, 9)), ("few_pupils",)),
        ((share(7, 10), share(30, 30)), ("lost_pupils", "few_pupils")),
    ],
)
def test_lost_or_few_pupils_make_evidence_weaker_in_both_directions(tested, reasons):
    helped = verdict(EFFECT, tested, RULE)
    harmed = verdict(replace(EFFECT, low=-0.8, high=-0.2), tested, RULE)
    assert helped == ("some_helped" if reasons else "strong_helped", reasons)
    assert harmed == ("some_not" if reasons else "harm", reasons)


def test_without_an_equivalent_group_nobody_can_tell():
    why = Withheld(reason="no_comparison", found="Nobody is recorded to compare with")
    assert verdict(why, WHOLE, RULE) == ("cannot_tell", ("no_comparison",))


@pytest.mark.parametrize(
    ("apart", "fits"), [(0.25, True), (-0.25, True), (0.2501, False), (-0.3, False)]
)
def test_groups_are_alike_up_to_a_quarter_of_a_standard_deviation(apart, fits):
    assert alike(replace(EFFECT, estimate=apart), RULE) is fits
