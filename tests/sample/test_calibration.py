"""The invented trust looks like England: DfE, Local Authority Interactive Tool, April 2026."""

from __future__ import annotations

import pandas as pd
import pytest

PRIMARY = ["S01", "S02", "S03", "S04", "S06", "S07"]


@pytest.fixture(scope="module")
def on_roll(pupils):
    return pupils[pupils["left"].isna()]


@pytest.fixture(scope="module")
def writing(trust):
    told = pd.concat([trust[key].table("judgements") for key in PRIMARY])
    return told[(told["measure"] == "writing") & (told["kind"] == "summative")]


def test_at_least_expected_in_writing_is_about_73_percent(writing):
    assert writing["value"].isin(["EXS", "GDS"]).mean() == pytest.approx(0.73, abs=0.015)


def test_greater_depth_in_writing_is_about_13_percent(writing):
    assert (writing["value"] == "GDS").mean() == pytest.approx(0.13, abs=0.015)


def test_the_lowest_codes_are_used_and_rare(writing):
    lowest = writing["value"].isin(["EM", *(f"PK{n}" for n in range(1, 7))]).mean()

    assert 0.01 < lowest < 0.04


@pytest.mark.parametrize(("code", "share"), [("K", 0.148), ("E", 0.035)])
def test_primary_sen_provision_is_that_of_england(on_roll, code, share):
    primary = on_roll[on_roll["school"].isin(PRIMARY)]

    assert (primary["sen_provision"] == code).mean() == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize(("code", "share"), [("K", 0.134), ("E", 0.031)])
def test_secondary_sen_provision_is_that_of_england(on_roll, code, share):
    secondary = on_roll[on_roll["school"] == "S05"]

    assert (secondary["sen_provision"] == code).mean() == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize(("schools", "percent"), [(PRIMARY, 5.2), (["S05"], 8.44)])
def test_sessions_missed_are_those_of_england(trust, schools, percent):
    told = pd.concat([trust[key].table("attendance") for key in schools])

    missed = 100 * told["absent"].sum() / told["possible"].sum()

    assert missed == pytest.approx(percent, abs=0.5)


def test_about_one_primary_pupil_in_eight_misses_a_tenth_of_sessions(trust):
    told = pd.concat([trust[key].table("attendance") for key in PRIMARY])
    year = told[told["period"].str.startswith("2024-25")]
    sums = year.groupby("pupil_id")[["absent", "possible"]].sum()

    persistent = (sums["absent"] / sums["possible"] >= 0.1).mean()

    assert persistent == pytest.approx(0.13, abs=0.04)


def test_scores_of_a_year_group_spread_over_about_40_points(scores):
    now = scores[(scores["school"] != "S01") & scores["left"].isna()]

    spread = now.groupby("year_group")["2025-26-autumn"].std()

    assert spread.between(35, 47).all()


def test_scores_of_the_same_pupils_agree_at_about_eight_tenths(scores):
    pair = scores[["cohort", "2024-25-autumn", "2025-26-autumn"]].dropna()
    within = pair - pair.groupby("cohort").transform("mean").reindex(columns=pair.columns)

    r = within["2024-25-autumn"].corr(within["2025-26-autumn"])

    assert r == pytest.approx(0.8, abs=0.06)


def test_disadvantaged_pupils_are_behind_across_the_trust(scores):
    now = scores[~scores["school"].isin(["S01", "S03", "S07"])].dropna(subset=["2025-26-autumn"])
    within = now["2025-26-autumn"] - now.groupby("year_group")["2025-26-autumn"].transform("mean")
    behind = now["disadvantaged"].astype(bool)

    gap = (within[behind].mean() - within[~behind].mean()) / within.std()

    assert -1.0 < gap < -0.4
