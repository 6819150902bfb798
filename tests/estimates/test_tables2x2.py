import csv
from pathlib import Path

import pytest

from writinggaps.estimates import share
from writinggaps.estimates.tables2x2 import cox_index, mcnemar, odds_ratio, risk_ratio
from writinggaps.problems import BadArgument, TooFewPupils

with (Path(__file__).parents[1] / "golden" / "effects.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

TAUGHT, COMPARISON = share(56, 70), share(48, 80)


@pytest.mark.parametrize(("ratio", "name"), [(odds_ratio, "table.OR"), (risk_ratio, "table.RR")])
def test_ratios_and_their_intervals_agree_with_metafor(ratio, name):
    found = ratio(TAUGHT, COMPARISON)

    assert found.estimate == pytest.approx(R[name], rel=1e-12)
    assert (found.low, found.high) == pytest.approx(
        (R[f"{name}.low"], R[f"{name}.high"]), rel=1e-12
    )
    assert found.p == pytest.approx(R["table.fisher"], rel=1e-12)


def test_the_cox_index_agrees_with_wwcs_formula():
    found = cox_index(TAUGHT, COMPARISON)

    assert found.estimate == pytest.approx(R["table.cox"], rel=1e-12)
    assert found.divisor == "standard deviation behind yes or no, if it is logistic (1.65)"
    assert found.estimate == pytest.approx((found.low + found.high) / 2)


def test_mcnemars_exact_probability_agrees_with_r():
    found = mcnemar(9, 2, 30)

    assert found.p == pytest.approx(R["mcnemar.9.2"], rel=1e-12)
    assert found.estimate == pytest.approx(7 / 30)


def test_no_change_is_no_evidence_of_change():
    assert mcnemar(0, 0, 30).p == 1.0
    assert mcnemar(4, 4, 30).p == 1.0


@pytest.mark.parametrize("ratio", [odds_ratio, risk_ratio])
def test_swapping_the_groups_turns_the_ratio_over(ratio):
    here, there = ratio(TAUGHT, COMPARISON), ratio(COMPARISON, TAUGHT)

    assert there.estimate == pytest.approx(1 / here.estimate)
    assert there.low == pytest.approx(1 / here.high)
    assert (here.ahead, there.ahead) == ("taught", "comparison")
    assert ratio(TAUGHT, TAUGHT).ahead == "neither"


@pytest.mark.parametrize("ratio", [odds_ratio, risk_ratio, cox_index])
def test_a_ratio_to_nobody_is_refused(ratio):
    with pytest.raises(TooFewPupils, match="Nobody in one of the groups has it"):
        ratio(TAUGHT, share(0, 20))
    with pytest.raises(TooFewPupils):
        ratio(share(0, 20), COMPARISON)


def test_everybody_is_refused_where_odds_would_be_infinite():
    with pytest.raises(TooFewPupils):
        odds_ratio(share(20, 20), COMPARISON)
    assert risk_ratio(share(20, 20), COMPARISON).estimate == pytest.approx(1 / 0.6)


@pytest.mark.parametrize("counts", [(5, 6, 10), (-1, 2, 10)])
def test_more_changes_than_pupils_are_refused(counts):
    with pytest.raises(BadArgument):
        mcnemar(*counts)


def test_a_change_of_nobody_is_refused():
    with pytest.raises(TooFewPupils):
        mcnemar(0, 0, 0)
