import csv
from pathlib import Path

import numpy as np
import pytest

from writinggaps.estimates.agreement import agreement, intraclass, leniency, severity
from writinggaps.problems import BadArgument, NoSpread, TooFewPupils, UnknownCode

with (Path(__file__).parents[1] / "golden" / "agreement.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

SCALE = ["WTS", "EXS", "GDS"]
FIRST = [SCALE[i - 1] for i in (1, 1, 2, 2, 2, 3, 1, 2, 3, 3, 2, 2, 1, 3, 2, 2, 1, 2, 3, 2)]
SECOND = [SCALE[i - 1] for i in (1, 2, 2, 2, 1, 3, 1, 2, 2, 3, 2, 3, 1, 3, 2, 2, 2, 2, 3, 2)]
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def test_weighted_kappa_agrees_with_psych_and_its_variance_with_statsmodels():
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    table = np.zeros((3, 3))
    np.add.at(table, ([SCALE.index(g) for g in FIRST], [SCALE.index(g) for g in SECOND]), 1)

    found = agreement(FIRST, SECOND, scale=SCALE)

    assert found.estimate == pytest.approx(R["kappa"], rel=1e-12)
    half = 1.959963984540054 * inter_rater.cohens_kappa(table, wt="fc").std_kappa
    assert found.low == pytest.approx(found.estimate - half, rel=1e-10)


def test_exact_and_adjacent_are_counted_by_hand():
    found = agreement(["WTS", "EXS", "GDS", "WTS"], ["WTS", "GDS", "GDS", "GDS"], scale=SCALE)

    assert (found.exact.count, found.adjacent.count, found.n) == (2, 3, 4)


def test_swapping_the_assessors_changes_nothing_and_full_agreement_is_one():
    assert agreement(SECOND, FIRST, scale=SCALE) == agreement(FIRST, SECOND, scale=SCALE)
    assert agreement(FIRST, FIRST, scale=SCALE).estimate == 1.0


def test_blanks_are_dropped_and_counted():
    found = agreement([*FIRST, None, "EXS"], [*SECOND, "EXS", ""], scale=SCALE)

    assert found.dropped == 2
    assert found.estimate == agreement(FIRST, SECOND, scale=SCALE).estimate


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(NoSpread):
        agreement(["EXS"] * 5, ["EXS"] * 5, scale=SCALE)
    with pytest.raises(TooFewPupils):
        agreement(["EXS"], ["EXS"], scale=SCALE)
    with pytest.raises(UnknownCode, match="Did you mean 'EXS'"):
        agreement(["EXSS", "GDS"], ["EXS", "GDS"], scale=SCALE)
    with pytest.raises(BadArgument):
        agreement(["EXS"], [], scale=SCALE)


def test_intraclass_agrees_with_psych_on_shrout_and_fleiss_1979():
    found = intraclass(SHROUT_FLEISS)

    assert found.estimate == pytest.approx(R["icc"], rel=1e-10)
    assert (found.low, found.high) == pytest.approx((R["icc.low"], R["icc.high"]), rel=1e-8)


def test_intraclass_drops_a_piece_with_a_blank_and_refuses_one_assessor():
    assert intraclass([*SHROUT_FLEISS, [1, np.nan, 2, 3]]).n == 6
    with pytest.raises(TooFewPupils):
        intraclass([[1], [2], [3]])
    with pytest.raises(NoSpread):
        intraclass([[2, 2], [2, 2]])


def test_severity_is_in_steps_and_has_the_sign_of_generosity():
    generous, harsh = severity(["A"] * 4 + ["B"] * 4 + ["C"], [3, 2, 3, 2, 1, 1, 2, 1, 3], [2] * 9)

    # A: mean 0.5, sd 0.57735, t(3) 3.18245: 0.5 -+ 0.91869; B: mean -0.75, sd 0.5
    assert (generous.assessor, generous.estimate, generous.n) == ("A", 0.5, 4)
    assert generous.low == pytest.approx(0.5 - 3.182446305284263 * 0.5773502691896257 / 2)
    assert (harsh.assessor, harsh.estimate) == ("B", -0.75)


def test_leniency_by_hand_and_the_same_the_other_way_round():
    # (16.5 - 0.5) / 37 = 0.4324; variance 17/37 - 0.4324^2 = 0.2725; half 1.96 sqrt(0.2725 / 37)
    estimate, low, high = leniency(16, 0, 35)
    assert (estimate, low, high) == pytest.approx((16 / 35, 0.26424, 0.60062), abs=1e-5)
    assert leniency(0, 16, 35) == pytest.approx((-estimate, -high, -low))


def test_leniency_without_a_disagreement_is_not_certain():
    assert leniency(0, 0, 10)[1] < 0 < leniency(0, 0, 10)[2]
