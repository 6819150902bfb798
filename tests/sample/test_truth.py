"""What was planted is in the data, by direct computation; what was not planted is not."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from writinggaps.standards import load_standards

STANDARDS = load_standards()
BEFORE, NOW = "2024-25-autumn", "2025-26-autumn"
TERM_STARTS, TERM_ENDS = pd.Timestamp("2025-09-01"), pd.Timestamp("2025-12-31")
GROUPS = ("disadvantaged", "sen", "girls", "eal")


def gains(scores, school):
    """Same pupils, both autumns: gain and group."""
    pair = scores[scores["school"] == school].dropna(subset=[BEFORE, NOW])
    return pd.DataFrame(
        {
            "gain": pair[NOW] - pair[BEFORE],
            "before": pair[BEFORE],
            "now": pair[NOW],
            "cohort": pair["cohort"],
            "disadvantaged": pair["disadvantaged"].astype(bool),
            "sen": pair["sen_provision"] != "N",
            "girls": pair["sex"] == "F",
            "eal": pair["eal"].astype(bool),
        }
    )


def change(table, group="disadvantaged", column="gain"):
    """Difference of the group's mean from the others', and Welch's standard error."""
    inside, rest = table[column][table[group]], table[column][~table[group]]
    error = sqrt(inside.var() / len(inside) + rest.var() / len(rest))
    return inside.mean() - rest.mean(), error


def matched(scores, school):
    """Share of pupils with both scores among those with either, in cohorts that could have both."""
    here = scores[scores["school"] == school]
    lowest = 4 if school == "S04" else 2
    could = here[here["cohort"].between(2025 - 6, 2025 - lowest)]
    either = could[[BEFORE, NOW]].notna()
    return either.all(axis=1).sum() / either.any(axis=1).sum()


def test_the_closing_gap_is_wide_at_first_and_narrows_by_what_was_planted(scores, planted):
    [truth] = planted["closing_gap"]
    table = gains(scores, truth["school"])

    at_first, _ = change(table, column="before")
    narrowed, error = change(table)

    assert at_first < -25
    assert narrowed == pytest.approx(truth["narrowed_points"], abs=2 * error)
    assert narrowed > 5 * error


def test_the_closing_gap_meets_every_condition_of_the_gate(scores, planted):
    [truth] = planted["closing_gap"]
    table = gains(scores, truth["school"])
    group = table["disadvantaged"]
    spread = table["before"].groupby(table["cohort"]).transform("std").mean()

    assert matched(scores, truth["school"]) >= STANDARDS.gap.match_share
    assert min(group.sum(), (~group).sum()) >= 30
    assert table["gain"][group].mean() > 0  # their own level rose
    assert change(table)[0] / spread >= 0.4
    ranks = table[["before", "now"]].rank()
    by_rank = table.assign(gain=ranks["now"] - ranks["before"])
    assert change(by_rank)[0] > 3 * change(by_rank)[1]
    without_two = table.drop(table["gain"][group].nlargest(2).index)
    assert change(without_two)[0] > 4 * change(without_two)[1]


def test_each_year_group_of_the_closing_gap_narrows(scores, planted):
    [truth] = planted["closing_gap"]
    table = gains(scores, truth["school"])

    assert all(change(part)[0] > 8 for _, part in table.groupby("cohort"))


def test_the_steady_gap_is_there_and_does_not_move(scores, planted):
    [truth] = planted["steady_gap"]
    table = gains(scores, truth["school"])

    gap, gap_error = change(table, column="now")
    moved, error = change(table)

    assert gap < -3 * gap_error
    assert abs(moved) < 0.1 * 40
    assert abs(moved) < error


def test_two_pupils_carry_the_villages_gap(scores, planted):
    [truth] = planted["two_pupils"]
    here = scores[scores["school"] == truth["school"]].dropna(subset=[NOW])
    level = here[NOW] - here.groupby("year_group")[NOW].transform("median")
    table = here.assign(gain=level, group=here["disadvantaged"].astype(bool))
    two = table["pupil_id"].isin(truth["pupils"])

    assert table["group"].sum() >= STANDARDS.gap.group_minimum
    assert table.loc[two, "group"].all()
    assert change(table, "group")[0] < -20
    assert abs(change(table[~two], "group")[0]) < 10


def test_only_the_school_with_changing_rolls_matches_too_few_pupils(scores, planted):
    few = [
        school
        for school in scores["school"].unique()
        if matched(scores, school) < STANDARDS.gap.match_share
    ]

    assert few == [entry["school"] for entry in planted["changing_rolls"]]


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_changes_for_any_group_where_nothing_was_planted(scores, planted, group):
    [truth] = planted["nothing"]

    moved, error = change(gains(scores, truth["school"]), group)

    assert abs(moved) < 2 * error


@pytest.mark.parametrize("group", GROUPS)
def test_no_group_differs_where_nothing_was_planted(scores, planted, group):
    [truth] = planted["nothing"]
    table = gains(scores, truth["school"])
    centred = table["now"] - table.groupby("cohort")["now"].transform("mean")

    gap, error = change(table.assign(now=centred), group, "now")

    assert abs(gap) < 2 * error


def secure(trust, school):
    """Pupil, statement, and whether enough independent pieces of this autumn and summer show it."""
    told = trust[school].table("statements")
    alone = told[(told["support"] == "independent") & told["secure"].astype(bool)]
    pieces = alone.groupby(["pupil_id", "statement"]).size()
    seen = told.groupby(["pupil_id", "statement"]).size()
    enough = pieces.reindex(seen.index).fillna(0) >= STANDARDS.secure.independent_pieces
    rows = enough.rename("secure").reset_index()
    statements = STANDARDS.statements
    rows["block"] = rows["statement"].map(lambda s: statements[s].block)
    rows["from_year"] = rows["statement"].map(lambda s: statements[s].from_year)
    columns = ["pupil_id", "class", "year_group", "left"]
    return rows.merge(trust[school].pupils[columns], on="pupil_id")


def test_the_planted_class_has_not_secured_its_block_and_its_neighbours_have(trust, planted):
    truth = planted["block_not_secured"][0]
    rows = secure(trust, truth["school"])
    year = rows[(rows["year_group"] == truth["year_group"]) & rows["left"].isna()]

    shares = year.groupby(["class", "block"])["secure"].mean()

    assert shares[truth["class"], truth["block"]] < 0.3
    others = shares.drop((truth["class"], truth["block"]))
    assert others.min() > shares[truth["class"], truth["block"]] + 0.2


def test_the_planted_year_group_has_not_secured_its_block(trust, planted):
    truth = planted["block_not_secured"][1]
    rows = secure(trust, truth["school"])
    year = rows[(rows["year_group"] == truth["year_group"]) & rows["left"].isna()]

    shares = year.groupby("block")["secure"].mean()

    assert shares.idxmin() == truth["block"]
    assert shares[truth["block"]] < shares.drop(truth["block"]).min() - 0.15


def lessons_and_security(trust):
    """Give each class and statement taught often, with the share of the class that is secure."""
    found = {}
    for key, school in trust.items():
        often = school.table("taught").groupby(["class", "statement"])["date"].nunique()
        often = often[often >= STANDARDS.coverage.taught_often]
        rows = secure(trust, key)
        for name, statement in often.index:
            inside = rows[(rows["class"] == name) & rows["left"].isna()]
            share = inside["secure"][inside["statement"] == statement].mean()
            found[key, name, statement] = share
    return found


def test_only_the_planted_statement_is_taught_often_and_it_is_rarely_secured(trust, planted):
    [truth] = planted["taught_often_secured_rarely"]
    found = lessons_and_security(trust)

    assert {(school, statement) for school, _, statement in found} == {
        (truth["school"], truth["statement"])
    }
    assert max(found.values()) < STANDARDS.coverage.secured_rarely


def test_only_the_planted_pupils_rely_on_scaffolds(trust, planted):
    [truth] = planted["scaffold_reliant"]
    found = {}
    for key, school in trust.items():
        told = school.table("statements")
        term = told[told["date"].between(TERM_STARTS, TERM_ENDS)]
        leaned = (term["support"] == "scaffolded").groupby(term["pupil_id"]).agg(["mean", "size"])
        rule = STANDARDS.scaffold
        reliant = leaned[(leaned["mean"] >= rule.share) & (leaned["size"] >= rule.observations)]
        found[key] = sorted(reliant.index)

    assert {key: ids for key, ids in found.items() if ids} == {truth["school"]: truth["pupils"]}


def test_scaffold_reliant_pupils_are_secure_only_with_support(trust, planted):
    [truth] = planted["scaffold_reliant"]
    told = trust[truth["school"]].table("statements")
    theirs = told[told["pupil_id"].isin(truth["pupils"])]

    shown = theirs["secure"].astype(bool).groupby(theirs["support"]).mean()

    assert shown["scaffolded"] > 0.85
    assert shown["independent"] < 0.2


def habits(trust):
    """Give school, pupil, item and last day of every error that is habitual by the rule."""
    rule = STANDARDS.habitual
    found = []
    for key, school in trust.items():
        told = school.table("writing_errors").groupby(["pupil_id", "item"])
        sums = told.agg(
            repeats=("date", "size"),
            pieces=("piece", "nunique"),
            first=("date", "min"),
            last=("date", "max"),
        )
        weeks = (sums["last"] - sums["first"]).dt.days / 7
        often = (sums["repeats"] >= rule.repeats) & (sums["pieces"] >= rule.pieces)
        rows = sums[often & (weeks >= rule.over_weeks)].reset_index()
        found.append(rows.assign(school=key))
    return pd.concat(found)


def test_only_the_planted_errors_are_habits(trust, planted):
    truth = planted["habitual_error"] + planted["stopped_error"]
    found = habits(trust)

    assert set(zip(found["school"], found["item"], found["pupil_id"], strict=True)) == {
        (entry["school"], entry["item"], pupil) for entry in truth for pupil in entry["pupils"]
    }


def test_habits_have_the_dates_of_the_truth(trust, planted):
    found = habits(trust)
    for entry in planted["habitual_error"] + planted["stopped_error"]:
        theirs = found[found["item"] == entry["item"]]
        assert theirs["first"].min() == pd.Timestamp(entry["since"])
        assert theirs["last"].max() == pd.Timestamp(entry["last"])


def test_the_stopped_error_was_followed_by_pieces_without_it(trust, planted):
    [entry] = planted["stopped_error"]
    pieces = trust[entry["school"]].table("pieces")
    last = pd.Timestamp(entry["last"])

    later = pieces[pieces["pupil_id"].isin(entry["pupils"]) & (pieces["date"] > last)]

    assert (later.groupby("pupil_id").size() >= STANDARDS.stopped.pieces_without).all()
    assert (TERM_ENDS - last).days / 7 >= STANDARDS.stopped.weeks_without


def test_only_the_planted_pupils_are_withdrawn_term_after_term(trust, planted):
    [truth] = planted["repeatedly_withdrawn"]
    found = {}
    for key, school in trust.items():
        told = school.table("interventions")
        out = told[told["place"] == "withdrawn"]
        terms = out.groupby("pupil_id")["start"].nunique()
        found[key] = sorted(terms[terms >= STANDARDS.withdrawal.repeated_terms].index)

    assert {key: ids for key, ids in found.items() if ids} == {truth["school"]: truth["pupils"]}


def test_the_withdrawn_pupils_gained_nothing_and_lost_the_subjects_of_the_truth(trust, planted):
    [truth] = planted["repeatedly_withdrawn"]
    told = trust[truth["school"]].table("interventions").sort_values("start")
    theirs = told[told["pupil_id"].isin(truth["pupils"])].groupby("pupil_id")

    assert (theirs["post"].last() <= theirs["pre"].first()).all()
    assert (theirs.size() == len(truth["terms"])).all()
    assert theirs["missed_subject"].agg(set).map(set(truth["subjects"]).__eq__).all()


def test_other_schemes_are_followed_by_an_ordinary_gain(trust, planted):
    [truth] = planted["repeatedly_withdrawn"]
    told = pd.concat([school.table("interventions") for school in trust.values()])
    known = [
        entry["scheme"] for entries in planted.values() for entry in entries if "scheme" in entry
    ]
    others = told[~told["pupil_id"].isin(truth["pupils"]) & ~told["scheme"].isin(known)]

    assert np.mean(others["post"] - others["pre"]) == pytest.approx(3.5, abs=1.0)


def of_scheme(trust, truth):
    told = trust[truth["school"]].table("interventions")
    return told[told["scheme"] == truth["scheme"]]


def test_the_scheme_that_helped_was_fairly_drawn_and_helped(trust, planted):
    [truth] = planted["scheme_that_helped"]
    told = of_scheme(trust, truth)
    both = told.dropna(subset=["pre", "post"])
    taught = both["group"] == "taught"

    assert taught.sum() == (~taught).sum()
    apart = told["pre"].groupby(told["group"]).mean()
    assert abs(apart["taught"] - apart["comparison"]) < 0.25 * told["pre"].std()
    gained, error = change(both.assign(gain=both["post"] - both["pre"], group=taught), "group")
    assert gained == pytest.approx(truth["points"], abs=2 * error)


def test_the_scheme_that_only_looks_useful_gained_time_and_regression_to_the_mean(trust, planted):
    [truth] = planted["scheme_that_only_looks_useful"]
    told = of_scheme(trust, truth)
    months = truth["weeks"] * 12 / 52

    gain = (told["post"] - told["pre"]).mean()

    by_chance = (1 - truth["reliability"]) * truth["months_behind"]
    assert gain == pytest.approx(months + by_chance, abs=0.2)
    assert gain / months > 2.0  # "useful" by published bands


def test_pupils_leave_the_scheme_that_is_left_on_success_when_they_have_gained(trust, planted):
    [truth] = planted["scheme_left_on_success"]
    told = of_scheme(trust, truth)
    gain, met = told["post"] - told["pre"], told["exit"] == "target met"

    assert gain[met].min() >= gain[~met].max()
    assert gain.corr(told["sessions"]) < -0.9


def moderated(trust, school):
    """Count moderated judgements of writing that were lowered and raised, and all of them."""
    told = trust[school].table("judgements")
    told = told[(told["measure"] == "writing") & told["moderated_value"].fillna("").ne("")]
    order = {code: n for n, code in enumerate(STANDARDS.measures["writing"].order)}
    step = told["moderated_value"].map(order) - told["value"].map(order)
    return (step < 0).sum(), (step > 0).sum(), len(step)


def test_only_the_planted_school_judges_more_leniently_than_moderators(trust, planted):
    [truth] = planted["lenient_judgements"]
    found = {key: moderated(trust, key) for key in trust}

    lowered, raised, n = found.pop(truth["school"])
    assert lowered / n == pytest.approx(truth["lowered_share"], abs=0.06)
    assert lowered > 3 * raised
    for lowered, raised, n in found.values():
        assert abs(lowered - raised) < 2 * sqrt(lowered + raised)
        assert (n - lowered - raised) / n > 0.8


def test_only_the_planted_school_writes_in_one_subject(trust, planted):
    [truth] = planted["writing_in_one_subject"]
    subjects = {key: set(school.table("pieces")["subject"]) for key, school in trust.items()}

    assert subjects.pop(truth["school"]) == {truth["subject"]}
    assert all(len(found) == 4 for found in subjects.values())


def test_nobody_else_has_too_little_recent_independent_writing(trust, planted):
    [leaning] = planted["scaffold_reliant"]
    for school in trust.values():
        on_roll = school.pupils[school.pupils["left"].isna()]
        long_there = on_roll[on_roll["joined"] < TERM_STARTS + pd.Timedelta(days=14)]
        pieces = school.table("pieces")
        alone = pieces[pieces["independent"].astype(bool) & (pieces["date"] >= TERM_STARTS)]
        counts = alone.groupby("pupil_id").size().reindex(long_there["pupil_id"]).fillna(0)
        few = counts[counts < STANDARDS.evidence.independent_pieces_a_term]
        expected = leaning["pupils"] if school.key == leaning["school"] else []
        assert sorted(few.index) == expected
