"""Progress from any starting point: counted for codes, worked out for scores, across schools."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.measures.progress import matched, transitions, value_added
from writinggaps.problems import BadArgument, DifferentTests, NoRecords, TooFewPupils
from writinggaps.readers import School
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

NOW, SINCE = "2025-26-autumn", "2024-25-autumn"
RULES = load_standards()
CODES = {"term": NOW, "since": SINCE, "standards": RULES, "measure": "writing", "start": "writing"}
SCORES = {**CODES, "measure": "cj_writing", "start": "cj_writing"}


def school(rows, key="1", upns=None):
    """Rows of (pupil, class, start, now); None where a pupil was not judged."""
    pupils = pd.DataFrame(
        [(p, c, 4) for p, c, *_ in rows], columns=["pupil_id", "class", "year_group"]
    )
    if upns:
        pupils["upn"] = [upns.get(p) for p in pupils["pupil_id"]]
    told = [
        (p, t, v)
        for p, _, *values in rows
        for t, v in zip((SINCE, NOW), values, strict=True)
        if v is not None
    ]
    judged = pd.DataFrame(told, columns=["pupil_id", "term", "value"])
    judged["measure"] = "writing" if judged["value"].str.isalpha().all() else "cj_writing"
    judged["date"] = judged["term"].map(
        {SINCE: pd.Timestamp("2024-12-01"), NOW: pd.Timestamp("2025-12-01")}
    )
    return School(
        key=key, name=key, phase="primary", tables={"pupils": pupils, "judgements": judged}
    )


def classes(added, per_class=20, seed=5):
    """Two or more classes whose pupils gain so many points more than the line."""
    random, rows = np.random.default_rng(seed), []
    for name, more in added.items():
        for k in range(per_class):
            start = random.normal(500, 30)
            now = 520 + 0.8 * (start - 500) + more + random.normal(0, 10)
            rows.append((f"{name}{k}", name, f"{start:.1f}", f"{now:.1f}"))
    return school(rows)


def test_every_pupil_is_counted_where_they_started_and_where_they_are():
    rows = [("a", "4A", "WTS", "EXS"), ("b", "4A", "WTS", "WTS"), ("c", "4A", "EXS", "GDS"),
            ("d", "4A", None, "EXS"), ("e", "4A", "WTS", None)]  # fmt: skip
    moves = transitions(school(rows), **CODES).moves

    assert {k: {c: s.count for c, s in of.shares.items()} for k, of in moves.splits.items()} == {
        "WTS": {"WTS": 1, "EXS": 1, "GDS": 0},
        "EXS": {"WTS": 0, "EXS": 0, "GDS": 1},
    }
    assert moves.whole.n == 3


def test_pupils_are_followed_from_one_school_of_a_trust_to_another():
    before = school([("a1", "4A", "WTS", None)], key="1", upns={"a1": "U1"})
    after = school([("b9", "4B", None, "EXS")], key="2", upns={"b9": "U1"})

    assert transitions(before, after, **CODES).moves.splits["WTS"].shares["EXS"].count == 1


def test_a_pupil_judged_in_two_schools_counts_once():
    one = school([("a", "4A", "WTS", "EXS")], key="1", upns={"a": "U1"})
    two = school([("b", "4B", "WTS", "GDS")], key="2", upns={"b": "U1"})
    of = RULES.measures["writing"]

    assert matched([one, two], of, NOW, of, SINCE)["value"].tolist() == ["GDS"]


def test_without_upns_the_same_number_in_two_schools_is_two_pupils():
    rows = [("a", "4A", "WTS", "EXS")]
    assert transitions(school(rows, "1"), school(rows, "2"), **CODES).moves.whole.n == 2


def test_codes_are_never_averaged_unless_asked_for():
    rows = [(f"p{k}", "4A" if k % 2 else "4B", "WTS", "EXS" if k % 3 else "WTS") for k in range(12)]
    with pytest.raises(DifferentTests, match="steps between them"):
        value_added(school(rows), **CODES)

    assert value_added(school(rows), **CODES, ordinal_as_points=True).n == 12


def test_scores_are_not_counted_as_codes():
    with pytest.raises(BadArgument):
        transitions(classes({"4A": 0}), **SCORES)


def test_a_class_that_gained_more_is_above_and_the_other_below():
    found = {p.label: p.added for p in value_added(classes({"4A": 15, "4B": -15}), **SCORES).parts}

    assert found["4A"].low > 0 > found["4B"].high
    assert found["4A"].estimate == pytest.approx(15, abs=6)
    assert found["4A"].estimate > found["4A"].drawn > 0


def test_alike_classes_are_drawn_together():
    found = value_added(classes({"4A": 0, "4B": 0, "4C": 0}, seed=2), **SCORES)
    added = [p.added for p in found.parts]

    assert all(a.low < 0 < a.high for a in added)
    assert all(abs(a.drawn) <= abs(a.estimate) + 1e-9 for a in added)


def test_a_class_of_one_is_withheld():
    rows = classes({"4A": 0, "4B": 0})
    rows.tables["pupils"].loc[0, "class"] = "4Z"
    found = {p.label: p.added for p in value_added(rows, **SCORES).parts}
    assert isinstance(found["4Z"], Withheld)


def test_too_few_pupils_say_nothing():
    with pytest.raises(TooFewPupils, match="There are 4 pupils"):
        value_added(classes({"4A": 0}, per_class=4), **SCORES)


def test_nobody_at_the_start_is_said_with_the_term():
    with pytest.raises(NoRecords, match="autumn 2024"):
        transitions(school([("a", "4A", None, "EXS")]), **CODES)
