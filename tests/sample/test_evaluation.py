"""The evaluation of schemes finds what was planted, and claims nothing else."""

import pytest

from writinggaps.measures.evaluation.schemes import schemes
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld


@pytest.fixture(scope="module")
def found(trust):
    standards = load_standards()
    return {
        (key, row.label): row.scheme
        for key, school in trust.items()
        if "interventions" in school.tables
        for row in schemes(school, term="2025-26-autumn", standards=standards).rows
    }


def test_only_the_scheme_that_helped_is_said_to_have_helped(found, planted):
    [truth] = planted["scheme_that_helped"]
    helped = {place for place, s in found.items() if s.verdict in ("strong_helped", "some_helped")}
    assert helped == {(truth["school"], truth["scheme"])}
    assert {s.verdict for s in found.values()} == {"strong_helped", "cannot_tell"}


def test_the_planted_effect_lies_within_the_interval(found, planted):
    [truth] = planted["scheme_that_helped"]
    scheme = found[truth["school"], truth["scheme"]]
    spread = 8.2  # of the scores after: from 0.8 of 8 points before, and 5 of their own
    assert scheme.effect.low < truth["points"] / spread < scheme.effect.high


def test_the_scheme_that_only_looks_useful_is_seen_through(found, planted):
    [truth] = planted["scheme_that_only_looks_useful"]
    ratio = found[truth["school"], truth["scheme"]].ratio
    assert ratio.band == "medium impact, useful"
    after = ratio.after_regression
    assert ratio.selected.months_behind == pytest.approx(truth["months_behind"], abs=0.5)
    assert after.zero_effect == pytest.approx(ratio.estimate, abs=0.1)
    assert after.low < 1 < after.high


def test_dose_is_refused_as_a_cause_only_where_pupils_leave_on_success(found, planted):
    [truth] = planted["scheme_left_on_success"]
    left = {place for place, scheme in found.items() if scheme.left_on_success}
    assert left == {(truth["school"], truth["scheme"])}


def test_no_effect_is_given_without_a_comparison_group(found, planted):
    [truth] = planted["scheme_that_helped"]
    for place, scheme in found.items():
        assert isinstance(scheme.effect, Withheld) == (place != (truth["school"], truth["scheme"]))
