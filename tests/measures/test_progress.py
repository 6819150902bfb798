"""Progress from any starting point: counted for codes, worked out for scores, across schools."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.measures.progress.added import value_added
from writinggaps.measures.progress.moves import jumps, transitions
from writinggaps.measures.progress.starts import matched
from writinggaps.problems import BadArgument, DifferentTests, NoRecords, TooFewPupils
from writinggaps.readers import School
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

NOW = "2025-26-autumn"
RULES = load_standards()
ABOUT = {"term": NOW, "standards": RULES}
DAYS = {"2024-25-autumn": "2024-12-01", "2024-25-summer": "2025-06-26", NOW: "2025-12-01"}
RECEPTION = ("2024-25-summer", "eyfs_writing", "writing")
POINTS = ("2024-25-summer", "points", "points")
SCALE = ("2024-25-autumn", "cj_writing", "cj_writing")


def school(rows, of=RECEPTION, key="1", upns=None, year_group=1):
    """Rows of (pupil, class, start, now); None where a pupil was not judged."""
    since, start, reaches = of
    pupils = pd.DataFrame(
        [(p, c, year_group) for p, c, *_ in rows], columns=["pupil_id", "class", "year_group"]
    )
    if upns:
        pupils["upn"] = [upns.get(p) for p in pupils["pupil_id"]]
    told = [
        (p, t, m, v)
        for p, _, *values in rows
        for (t, m), v in zip(((since, start), (NOW, reaches)), values, strict=True)
        if v is not None
    ]
    judged = pd.DataFrame(told, columns=["pupil_id", "term", "measure", "value"])
    judged["date"] = pd.to_datetime(judged["term"].map(DAYS))
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
    return school(rows, SCALE, year_group=4)


def test_every_pupil_is_counted_where_they_started_and_where_they_are():
    rows = [("a", "1A", "1", "EXS"), ("b", "1A", "1", "WTS"), ("c", "1A", "2", "GDS"),
            ("d", "1A", None, "EXS"), ("e", "1A", "1", None)]  # fmt: skip
    found = transitions(school(rows), **ABOUT)

    counts = {
        start: {code: share.count for code, share in of.shares.items()}
        for start, of in found.moves.splits.items()
    }
    assert counts == {
        "emerging": {"working towards": 1, "expected": 1, "greater depth": 0},
        "expected": {"working towards": 0, "expected": 0, "greater depth": 1},
    }
    assert (found.start, found.moves.whole.n) == ("the end of Reception", 3)


def test_a_starting_point_is_of_its_year_group_alone():
    rows = [("a", "1A", "1", "EXS")]
    with pytest.raises(NoRecords):
        transitions(school(rows, year_group=2), **ABOUT, start="reception")


def test_pupils_are_followed_from_one_school_of_a_trust_to_another():
    # who has gone stands in the pupils table with the year group of the last day
    before = school([("a1", "RA", "1", None)], key="1", upns={"a1": "U1"}, year_group=0)
    before.pupils["left"] = pd.Timestamp("2025-07-20")
    after = school([("b9", "1B", None, "EXS")], key="2", upns={"b9": "U1"})

    found = transitions(before, after, **ABOUT)
    assert found.moves.splits["emerging"].shares["expected"].count == 1


def test_a_pupil_judged_in_two_schools_counts_once():
    one = school([("a", "1A", "1", "EXS")], key="1", upns={"a": "U1"})
    two = school([("b", "1B", "1", "GDS")], key="2", upns={"b": "U1"})

    assert matched([one, two], RULES.starts["reception"], **ABOUT)["value"].tolist() == ["GDS"]


def test_without_upns_the_same_number_in_two_schools_is_two_pupils():
    rows = [("a", "1A", "1", "EXS")]
    both = transitions(school(rows, key="1"), school(rows, key="2"), **ABOUT)
    assert both.moves.whole.n == 2


def test_steps_of_a_schools_points_are_counted_and_four_are_enough():
    # 0W, 0S, 1B, 1W, 1S: from 0W three steps lead to 1W and four to 1S
    rows = [("a", "1A", "0W", "1S"), ("b", "1A", "0W", "1W"), ("c", "1B", "1B", "1B")]
    found = jumps(school(rows, POINTS), **ABOUT)

    assert (found.enough, found.reached.whole.count, found.reached.whole.n) == (4, 1, 3)
    assert found.reached.shares["Year 1"].count == 1


def test_codes_are_never_averaged_unless_asked_for():
    rows = [(f"p{k}", "1A" if k % 2 else "1B", "0W", "1W" if k % 3 else "1S") for k in range(12)]
    with pytest.raises(DifferentTests, match="steps between them"):
        value_added(school(rows, POINTS), **ABOUT, start="points")

    asked = value_added(school(rows, POINTS), **ABOUT, start="points", ordinal_as_points=True)
    assert asked.n == 12


def test_scores_are_not_counted_as_codes_and_unknown_starts_are_named():
    with pytest.raises(BadArgument):
        transitions(classes({"4A": 0}), **ABOUT, start="scale")
    with pytest.raises(BadArgument, match="Did you mean 'reception'"):
        transitions(classes({"4A": 0}), **ABOUT, start="recepton")


def test_a_class_that_gained_more_is_above_and_the_other_below():
    found = {p.label: p.added for p in value_added(classes({"4A": 15, "4B": -15}), **ABOUT).parts}

    assert found["4A"].low > 0 > found["4B"].high
    assert found["4A"].estimate == pytest.approx(15, abs=6)
    assert found["4A"].estimate > found["4A"].drawn > 0


def test_of_alike_classes_hardly_any_is_said_to_differ():
    false = 0
    for seed in range(30):
        parts = value_added(classes({"4A": 0, "4B": 0, "4C": 0}, seed=seed), **ABOUT).parts
        false += any(p.added.low > 0 or p.added.high < 0 for p in parts)
        assert all(abs(p.added.drawn) <= abs(p.added.estimate) + 1e-9 for p in parts)
    assert false <= 4  # 5 % of 30, and the chance of more than 4 is below 2 %


def test_one_class_in_each_year_group_is_compared_with_none():
    with pytest.raises(TooFewPupils, match="No year group has two classes"):
        value_added(classes({"4A": 0}), **ABOUT)


def test_a_class_of_one_is_withheld():
    rows = classes({"4A": 0, "4B": 0})
    rows.tables["pupils"].loc[0, "class"] = "4Z"
    found = {p.label: p.added for p in value_added(rows, **ABOUT).parts}
    assert isinstance(found["4Z"], Withheld)


def test_schools_of_a_trust_are_compared_by_pupils_with_the_same_start():
    one, two = classes({"4A": 15}), classes({"4B": -15}, seed=6)
    two = School(key="2", name="2", phase="primary", tables=two.tables)
    found = {p.label: p.added for p in value_added(one, two, **ABOUT, by="school").parts}

    assert found["1"].low > 0 > found["2"].high


def test_too_few_pupils_say_nothing():
    with pytest.raises(TooFewPupils, match="There are 4 pupils"):
        value_added(classes({"4A": 0, "4B": 0}, per_class=2), **ABOUT)


def test_nobody_at_the_start_is_said_with_the_starting_point():
    with pytest.raises(NoRecords, match="at the end of Reception"):
        transitions(school([("a", "1A", None, "EXS")]), **ABOUT, start="reception")
