import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.special import stdtrit

from writinggaps.estimates.pooling import between_variance, pool, shrunken
from writinggaps.estimates.pooling_checks import (
    egger,
    leave_one_out,
    meta_regression,
    trim_and_fill,
)
from writinggaps.problems import BadArgument, TooFewPupils, TooFewStudies

with (Path(__file__).parents[1] / "golden" / "pooling.csv").open(encoding="utf-8") as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}

Y = np.array([-0.95, 0.05, -0.41, -1.10, 0.35, -0.30, 0.12, -0.70])
V = np.array([0.09, 0.06, 0.12, 0.20, 0.15, 0.05, 0.11, 0.08])
FLAT = np.array([-0.62, -0.15, -0.41, -0.88, 0.10, -0.35, -0.05, -0.52])
BCG_Y = np.array([R[f"bcg.y.{i}"] for i in range(1, 14)])
BCG_V = np.array([R[f"bcg.v.{i}"] for i in range(1, 14)])
BCG_LATITUDE = np.array([R[f"bcg.ablat.{i}"] for i in range(1, 14)])


@pytest.mark.parametrize("method", ["reml", "dl", "pm"])
def test_agrees_with_metafor(method):
    pooled = pool(Y, V, method=method, knapp_hartung=False)

    assert pooled.between_sd**2 == pytest.approx(R[f"{method.upper()}.tau2"], rel=1e-9)
    assert pooled.estimate == pytest.approx(R[f"{method.upper()}.mean"], rel=1e-9)
    assert pooled.standard_error == pytest.approx(R[f"{method.upper()}.se"], rel=1e-9)
    assert pooled.heterogeneity == pytest.approx(R["Q"], rel=1e-10)
    assert pooled.heterogeneity_p == pytest.approx(R["Q.p"], rel=1e-10)


def test_knapp_hartung_and_the_prediction_interval_agree_with_metafor():
    widened = pool(Y, V, method="dl")
    plain = pool(Y, V, knapp_hartung=False)

    assert (widened.standard_error, widened.low, widened.high) == pytest.approx(
        (R["DLHK.se"], R["DLHK.low"], R["DLHK.high"]), rel=1e-9
    )
    assert (plain.prediction_low, plain.prediction_high) == pytest.approx(
        (R["predict.low"], R["predict.high"]), rel=1e-9
    )


@pytest.mark.parametrize(("method", "name"), [("reml", "CR2"), ("common", "CR2.common")])
def test_studies_of_one_district_are_allowed_for_as_in_clubsandwich(method, name):
    district = list("aaabbcdd")
    pooled = pool(Y, V, method=method, clusters=district)

    assert pooled.estimate == pytest.approx(R[f"{name}.mean"], rel=1e-9)
    assert pooled.standard_error == pytest.approx(R[f"{name}.se"], rel=1e-8)
    half = stdtrit(R[f"{name}.df"], 0.975) * R[f"{name}.se"]
    assert pooled.high - pooled.estimate == pytest.approx(half, rel=1e-7)
    assert pooled.method == f"{method}, CR2 errors"


def test_one_study_a_district_is_the_plain_robust_error_and_one_district_is_refused():
    alone = pool(Y, V, clusters=range(8))
    assert alone.estimate == pool(Y, V).estimate
    assert alone.standard_error == pytest.approx(pool(Y, V).standard_error, rel=0.15)
    with pytest.raises(TooFewPupils):
        pool(Y, V, clusters=["a"] * 8)


def test_shrunken_estimates_agree_with_metafor_blup():
    drawn = shrunken(Y, V, pool(Y, V, knapp_hartung=False))

    assert drawn == pytest.approx([R[f"EB.{i}"] for i in range(1, 9)], rel=1e-9)


def test_the_bcg_vaccine_trials_of_metafor_are_reproduced():
    pooled = pool(BCG_Y, BCG_V, knapp_hartung=False)

    assert pooled.between_sd**2 == pytest.approx(R["bcg.tau2"], rel=1e-8)
    assert pooled.estimate == pytest.approx(R["bcg.mean"], rel=1e-8)
    assert pooled.standard_error == pytest.approx(R["bcg.se"], rel=1e-8)


def test_meta_regression_on_latitude_agrees_with_metafor():
    slope = meta_regression(BCG_Y, BCG_V, BCG_LATITUDE)

    assert slope.between_sd**2 == pytest.approx(R["bcg.meta.tau2"], rel=1e-8)
    assert slope.estimate == pytest.approx(R["bcg.meta.slope"], rel=1e-8)
    assert slope.standard_error == pytest.approx(R["bcg.meta.slope.se"], rel=1e-8)


def test_egger_and_trim_and_fill_agree_with_metafor():
    lopsided = egger(BCG_Y, BCG_V)
    filled = trim_and_fill(BCG_Y, BCG_V)

    assert lopsided.estimate / lopsided.standard_error == pytest.approx(R["bcg.egger.t"], rel=1e-8)
    assert lopsided.p == pytest.approx(R["bcg.egger.p"], rel=1e-8)
    assert (filled.filled, filled.side) == (R["bcg.trimfill.k0"], "higher")
    assert filled.pooled.estimate == pytest.approx(R["bcg.trimfill.mean"], rel=1e-8)
    assert filled.pooled.standard_error == pytest.approx(R["bcg.trimfill.se"], rel=1e-8)
    assert trim_and_fill(FLAT, V).filled == R["flat.trimfill.k0"] == 0


def test_with_nothing_between_studies_knapp_hartung_never_narrows_the_interval():
    capped = pool(FLAT, V)

    assert capped.between_sd == 0.0
    assert R["flat.knha.se"] < R["flat.se"], "uncapped, it would be narrower than chance allows"
    assert capped.standard_error == pytest.approx(R["flat.se"], rel=1e-12)


def test_three_equal_effects_have_nothing_between_them():
    for method in ("reml", "dl", "pm", "common"):
        pooled = pool([0.3, 0.3, 0.3], [0.02, 0.05, 0.2], method=method)
        assert pooled.between_sd == 0.0
        assert pooled.estimate == pytest.approx(0.3)
        assert pooled.inconsistency == 0.0


def test_order_does_not_matter_and_turning_the_sign_turns_the_result():
    order = [3, 1, 7, 0, 2, 6, 5, 4]
    assert pool(Y[order], V[order]).estimate == pytest.approx(pool(Y, V).estimate, rel=1e-12)
    assert pool(-Y, V).high == pytest.approx(-pool(Y, V).low, rel=1e-12)


def test_a_design_of_ones_is_plain_pooling():
    ones = np.ones((8, 1))
    assert between_variance(Y, V, ones) == pytest.approx(between_variance(Y, V), rel=1e-12)


def test_leaving_one_out_gives_one_answer_per_study_in_order():
    found = leave_one_out(Y, V)
    assert len(found) == 8
    assert found[3].estimate == pytest.approx(pool(np.delete(Y, 3), np.delete(V, 3)).estimate)


def test_two_studies_have_no_prediction_interval():
    pooled = pool([0.1, 0.4], [0.02, 0.03])
    assert np.isnan(pooled.prediction_low)
    assert np.isnan(pooled.prediction_high)


@pytest.mark.parametrize(
    ("y", "v", "problem"),
    [
        ([0.1], [0.02], TooFewStudies),
        ([0.1, 0.2], [0.02, -0.02], BadArgument),
        ([0.1, 0.2], [0.02, 0.0], BadArgument),
        ([0.1, np.nan], [0.02, 0.02], BadArgument),
        ([0.1, 0.2, 0.3], [0.02, 0.02], BadArgument),
    ],
)
def test_what_cannot_be_pooled_is_refused(y, v, problem):
    with pytest.raises(problem):
        pool(y, v)


def test_checks_need_enough_studies():
    with pytest.raises(TooFewStudies):
        leave_one_out(Y[:2], V[:2])
    with pytest.raises(TooFewStudies):
        meta_regression(Y[:3], V[:3], [1, 2, 3])
    with pytest.raises(BadArgument, match="reml, dl, pm or common"):
        pool(Y, V, method="hunter")
