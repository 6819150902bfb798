"""A trial: every model side by side, and the one that its design calls for."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.trial import cluster_trial
from writinggaps.measures.evaluation.trial import trial
from writinggaps.problems import NoRecords
from writinggaps.standards import load_standards

STANDARDS = load_standards()


@pytest.fixture
def rows():
    random = np.random.default_rng(3)
    school = np.repeat([f"Site {n}" for n in range(10)], 12)
    taught = np.repeat(np.arange(10) % 2 == 0, 12)
    pre = np.resize(np.linspace(80, 100, 17), 120)
    post = 0.7 * pre + 30 + 4 * taught + 5 * random.standard_normal(120)
    ids = [f"p{n}" for n in range(120)]
    return pd.DataFrame(
        {"pupil_id": ids, "taught": taught, "pre": pre, "post": post, "school": school}
    )


def models(found):
    return {model.label: model for model in found.models}


def test_clusters_are_on_as_soon_as_schools_are_known(rows):
    found = trial(rows, standards=STANDARDS)
    expected = cluster_trial(rows["post"], rows["taught"], rows["school"], pre=rows["pre"])
    assert found.drawn == "schools"
    assert [m.label for m in found.models if m.chosen] == ["schools"]
    assert found.chosen.estimate == pytest.approx(expected.estimate)
    assert (found.chosen.low, found.chosen.high) == pytest.approx((expected.low, expected.high))
    assert found.icc == pytest.approx(100 * expected.icc_unconditional)


def test_without_schools_the_adjusted_difference_counts(rows):
    found = trial(rows.drop(columns="school"), standards=STANDARDS)
    arms = [rows.loc[rows["taught"] == t, c] for t in (True, False) for c in ("pre", "post")]
    assert (found.drawn, models(found)["adjusted"].chosen) == ("unknown", True)
    assert found.chosen.estimate == pytest.approx(ancova_effect(*arms).estimate)
    assert models(found)["schools"].found.found == "The file has no column of schools"


def test_pupils_drawn_within_schools_are_no_trial_of_schools(rows):
    found = trial(rows.assign(taught=np.arange(120) % 2 == 0), standards=STANDARDS)
    assert (found.drawn, models(found)["adjusted"].chosen) == ("pupils", True)
    assert models(found)["schools"].found.found == "Schools have pupils in both groups"


def test_the_flow_counts_everybody(rows):
    rows.loc[[0, 1, 2], "post"] = np.nan
    rows.loc[[2, 3], "pre"] = np.nan
    taught, other = trial(rows, standards=STANDARDS).flow
    counts = [taught.before.count, taught.after.count, taught.analysed.count, taught.before.n]
    assert counts == [58, 57, 56, 60]
    assert (other.analysed.count, other.schools, taught.schools) == (60, 5, 5)


def test_groups_that_were_not_alike_leave_the_question_open(rows):
    shifted = rows.assign(pre=rows["pre"] + 5 * rows["taught"])
    found = trial(shifted, standards=STANDARDS)
    assert found.before.estimate > 0.25
    assert (found.verdict, found.reasons) == ("cannot_tell", ("no_comparison",))
    assert found.months.reason == "no_comparison"


def test_one_group_is_no_trial(rows):
    with pytest.raises(NoRecords, match="one group only"):
        trial(rows[rows["taught"]], standards=STANDARDS)
    with pytest.raises(NoRecords, match="No trial was given"):
        trial(rows[:0], standards=STANDARDS)


def test_swapping_the_groups_turns_every_sign(rows):
    found = trial(rows, standards=STANDARDS)
    turned = trial(rows.assign(taught=~rows["taught"]), standards=STANDARDS)
    for one, other in zip(found.models, turned.models, strict=True):
        assert one.found.estimate == pytest.approx(-other.found.estimate)
    assert (found.verdict, turned.verdict) == ("strong_helped", "harm")
