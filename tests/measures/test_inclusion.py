"""What is counted in a school, what it is compared with, and what is refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import digamma

from writinggaps.disclosure import release
from writinggaps.estimates.index.scores import prior_size
from writinggaps.measures.inclusion.beside import appearances
from writinggaps.measures.inclusion.budget import plan_costs, shared_fund
from writinggaps.measures.inclusion.cohort import window
from writinggaps.measures.inclusion.counts import counted, nine_to_eleven
from writinggaps.measures.inclusion.index import inclusion_index, one_school, spreads_of
from writinggaps.measures.inclusion.own import own_parts
from writinggaps.measures.inclusion.plain import plain_index
from writinggaps.problems import BadArgument, NoComparison, NoRecords, TooFewStudies
from writinggaps.readers import School
from writinggaps.withheld import Withheld

TERM = "2025-26-summer"
YEARS = ("2023-24", "2024-25", "2025-26")
DAY = {year: pd.Timestamp(int(year[:4]) + 1, 1, 15) for year in ("2022-23", *YEARS)}


def census(**years):
    rows = [
        (pupil, DAY[f"{year[1:5]}-{year[5:]}"], status)
        for year, roll in years.items()
        for pupil, status in roll.items()
    ]
    told = pd.DataFrame(rows, columns=["pupil_id", "date", "sen_provision"])
    return told.assign(resourced_place=False, on_roll=True)


def school(key="A", phase="primary", **tables):
    ids = sorted(tables["census"]["pupil_id"].unique())
    people = pd.DataFrame({"pupil_id": ids, "year_group": 4, "left": pd.NaT})
    return School(
        key=key,
        name=f"Example {key}",
        phase=phase,
        la_code="000",
        ages=(0, 6) if phase == "primary" else (7, 11),
        tables={"pupils": people, **tables},
    )


def sums(found):
    found = pd.DataFrame(found)
    return {k: (v["part"], v["whole"]) for k, v in found.groupby("year").sum(True).iterrows()}


THREE = census(
    y202324={"a": "E", "b": "K", "c": "N", "d": "K"},
    y202425={"a": "E", "b": "K", "c": "K", "e": "E"},
    y202526={"a": "E", "b": "N", "c": "K", "e": "E"},
)


def test_three_school_years_are_taken_together():
    assert window(TERM, 3) == ("2023-24", "2024-25", "2025-26")


def test_places_are_plans_on_each_roll_without_commissioned_ones():
    rows = THREE.assign(resourced_place=THREE["pupil_id"].eq("e"))
    found = counted(school(census=rows), "access", term=TERM, years=3)
    assert sums(found) == {"2023-24": (1, 4), "2024-25": (1, 3), "2025-26": (1, 3)}


def test_who_was_gone_at_the_next_census_did_not_stay():
    # d is gone at the second census; c came onto the register too late to count
    found = counted(school(census=THREE), "stay", term=TERM, years=3)
    assert sums(found) == {"2024-25": (1, 3), "2025-26": (0, 3)}


def test_leaving_at_the_end_of_the_last_year_is_not_an_exit():
    of = school(census=THREE)
    of.pupils.loc[of.pupils["pupil_id"].eq("d"), "year_group"] = 8  # Year 6 two years before
    assert sums(counted(of, "stay", term=TERM, years=3))["2024-25"] == (0, 2)


def test_an_answer_counts_as_the_mission_says():
    told = pd.DataFrame(
        {
            "school": ["A", "A", "A", "B", "A", "A"],
            "date_sent": pd.to_datetime(["2025-10-01"] * 5 + ["2026-08-25"]),
            "date_answered": pd.to_datetime(["2025-10-30"] * 3 + ["2025-10-02", None, None]),
            "answer": ["yes", "conditional", "no", "yes", None, None],
        }
    )
    found = counted(school(census=THREE, consultations=told), "welcome", term=TERM, years=3)
    # conditions and time do not matter; no answer is not positive; the last is still open
    assert sums(found) == {"2025-26": (2, 4)}


def test_relabelling_in_a_year_changes_nothing_in_it():
    told = pd.DataFrame(
        {"pupil_id": ["b", "c"], "date": pd.Timestamp("2026-02-01"), "kind": "suspension"}
    )
    found = counted(school(census=THREE, suspensions=told), "included", term=TERM, years=3)
    # b was taken off the register and still counts; c was put on it and does not
    assert sums(found)["2025-26"] == (1, 3)


def test_suspending_one_child_often_is_one_child():
    days = pd.date_range("2025-10-01", periods=9)
    told = pd.DataFrame({"pupil_id": "b", "date": days, "kind": "suspension"})
    found = counted(school(census=THREE, suspensions=told), "included", term=TERM, years=3)
    assert sums(found)["2025-26"] == (1, 3)


def test_who_leaves_in_a_year_counts_for_the_rest_of_it():
    told = pd.DataFrame(
        {
            "pupil_id": ["a", "b", "c", "e"],
            "period": "2025-26",
            "possible": [380.0, 95, 380, 380],
            "absent": [38.0, 50, 0, 0],
        }
    )
    of = school(census=THREE, attendance=told)
    of.pupils["left"] = of.pupils["pupil_id"].map({"b": pd.Timestamp("2025-11-30")})
    found = {child.pupil_id: child for child in counted(of, "present", term=TERM, years=3)}
    assert found["b"][3:] == (200, 380)


def test_sessions_lost_to_part_time_timetables_are_lost():
    told = pd.DataFrame(
        {"pupil_id": ["a"], "period": "2025-26", "possible": [380.0], "absent": [10.0],
         "suspended": [4.0], "part_time": [190.0]}
    )  # fmt: skip
    found = counted(school(census=THREE, attendance=told), "present", term=TERM, years=3)
    assert [child.part for child in found] == [194]


def test_pupils_with_plans_are_followed_from_year_nine_to_eleven():
    of = school(phase="secondary", census=THREE)
    of.pupils["year_group"] = 11
    found = nine_to_eleven(of, term=TERM, years=3)
    assert [(child.pupil_id, child.part) for child in found] == [("a", 0)]


def test_one_census_is_not_a_cohort():
    one = THREE[THREE["date"].eq(DAY["2025-26"])]
    with pytest.raises(NoRecords, match="two years in a row"):
        counted(school(census=one), "stay", term=TERM, years=3)


def reference(*parts):
    rates = {"access": 0.04, "welcome": 0.5, "stay": 0.05, "present": 0.09, "included": 0.06}
    totals = {
        "welcome": 1_000
    }  # one for every twenty pupils: 30 in three years for a school of 200
    rows = [
        ("000", name, year, round(rates[name] * n), n, "invented")
        for name in parts or rates
        for n in [totals.get(name, 20_000)]
        for year in YEARS
    ]
    return pd.DataFrame(rows, columns=["la_code", "component", "year", "count", "total", "source"])


def ordinary(key="A", seed=1, phase="primary"):
    random = np.random.default_rng(seed)
    ids = [f"{key}{n}" for n in range(200)]
    status = dict(zip(ids, random.choice(["E", "K", "N"], 200, p=[0.05, 0.15, 0.8]), strict=True))
    rolls = dict.fromkeys(("y202324", "y202425", "y202526"), status)
    told = pd.DataFrame({"pupil_id": ids, "period": "2025-26", "possible": 380.0})
    asked = pd.DataFrame({"date_sent": [pd.Timestamp("2025-10-01")] * 12})
    return school(
        key,
        phase,
        census=census(**rolls),
        attendance=told.assign(absent=random.binomial(380, 0.08, 200).astype(float)),
        suspensions=pd.DataFrame(
            {"pupil_id": ids[:9], "date": pd.Timestamp("2025-11-01"), "kind": "suspension"}
        ),
        consultations=asked.assign(
            date_answered=pd.Timestamp("2025-10-09"), answer=["yes"] * 7 + ["no"] * 5
        ),
    )


def index(*schools, told=None, **changed):
    given = {"term": TERM, "own": "A", "draws": 400, **changed}
    return inclusion_index(list(schools), reference() if told is None else told, **given)


def test_the_parts_add_up_to_the_index():
    found = one_school(index(ordinary()))
    added = sum(row.part.added for row in found.parts)
    assert found.estimate == pytest.approx(50 + added)
    assert found.low < found.estimate < found.high
    assert found.lowest + found.highest <= 100


def test_another_school_changes_ranks_and_nothing_else():
    alone = one_school(index(ordinary()))
    together = one_school(index(ordinary(), ordinary("B", 2), ordinary("C", 3)))
    assert together.schools == 3
    same = replace(together, schools=1, rank_low=1, rank_high=1, change=alone.change)
    assert same == alone


def test_phases_are_not_compared():
    found = index(ordinary(), ordinary("B", 2, "secondary"))
    assert [row.index.schools for row in found.schools] == [1, 1]


def test_peers_are_not_named_unless_asked():
    schools = (ordinary(), ordinary("B", 2))
    assert [row.label for row in index(*schools).schools] == ["Example A", "another school"]
    named = index(*schools, named=True)
    assert [row.label for row in named.schools] == ["Example A", "Example B"]
    hidden = index(*schools).schools[1].index
    assert hidden.label == "another school"


def test_the_value_of_one_more_child_has_the_right_sign():
    more = {row.label: row.part.one_more for row in one_school(index(ordinary())).parts}
    assert more["access"] > 0
    assert more["welcome"] > 0
    assert max(more["stay"], more["present"], more["included"]) < 0


def test_what_the_authority_does_not_record_is_left_out_by_name():
    told = reference("access", "stay", "present", "included")
    found = one_school(index(ordinary(), told=told))
    assert found.without == ("welcome",)
    assert sum(row.part.weight for row in found.parts) == pytest.approx(1)


def test_what_the_school_holds_back_counts_as_the_tenth_percentile():
    of = ordinary()
    less = replace(of, tables={k: v for k, v in of.tables.items() if k != "consultations"})
    found = one_school(index(less))
    part = next(row.part for row in found.parts if row.label == "welcome")
    assert found.held_back == ("welcome",)
    assert part.held_back
    assert part.score == pytest.approx(50 - 15 * 1.2815515655)
    assert found.estimate < one_school(index(of)).estimate


def welcome_without_consultations(a_year):
    """Of a school of 200 that shows none, in an authority with so many for 20,000 pupils."""
    of, told = ordinary(), reference()
    here = told["component"].eq("welcome")
    told.loc[here, ["count", "total"]] = [a_year / 2, a_year]
    empty = of.tables["consultations"].assign(date_sent=pd.Timestamp("2019-10-01"))
    of = replace(of, tables={**of.tables, "consultations": empty})
    found = one_school(index(of, told=told))
    return next(row.part for row in found.parts if row.label == "welcome")


def test_no_consultation_is_the_average_school_where_few_are_usual():
    part = welcome_without_consultations(20)  # 0.6 in three years
    assert (part.n, part.told, round(part.score, 6)) == (0, 0, 50)


def test_consultations_that_must_have_been_are_not_positive():
    # 30 in three years: gamma of shape 4 about 30, and chance, leave 8 at the quantile of 0.025
    part = welcome_without_consultations(1000)
    size = prior_size(0.5, 0.8)
    score = 50 + 15 * (digamma(size / 2) - digamma(size / 2 + 7)) / 0.8
    assert part.n == 0
    assert part.score == pytest.approx(score, abs=0.1)


def test_without_the_authoritys_figures_there_is_no_score():
    found = one_school(index(ordinary(), told=reference("welcome", "stay")))
    assert found == Withheld(
        reason="no_comparison",
        found="The authority's figures do not say what share of its pupils have plans",
        needed="a score is a comparison with the authority",
        remedy="Ask the authority for the table that the codebook calls reference.",
    )
    few = one_school(index(ordinary(), told=reference("access", "welcome")))
    assert "too little" in few.found


def test_special_schools_have_no_index():
    assert "Special schools" in one_school(index(ordinary(phase="special"))).found


def test_what_is_expected_follows_the_mix_of_plans_and_support():
    by_status = [
        reference("present").assign(component=f"present.{status}", count=count)
        for status, count in (("ehcp", 4000), ("support", 1600))
    ]
    told = pd.concat([reference("access", "welcome", "stay", "included"), *by_status])
    of, found = ordinary(), {}
    for status in ("E", "K"):
        rows = of.tables["census"]
        sen = rows["sen_provision"].isin(["E", "K"])
        rows = rows.assign(sen_provision=rows["sen_provision"].mask(sen, status))
        changed = replace(of, tables={**of.tables, "census": rows})
        parts = one_school(index(changed, told=told)).parts
        found[status] = next(row.part.score for row in parts if row.label == "present")
    assert found["E"] > found["K"]  # the same absence is better than expected of plans


def test_keys_must_tell_schools_apart():
    with pytest.raises(BadArgument):
        index(ordinary(), ordinary())
    with pytest.raises(BadArgument):
        index(ordinary(), own="Z")


def test_the_index_may_be_released():
    shared = release(index(ordinary()), "public").value
    mine = one_school(shared)
    assert mine.n % 5 == 0
    assert mine.estimate == round(mine.estimate)
    assert all(row.part.score % 5 == 0 for row in mine.parts if not isinstance(row.part, Withheld))


def test_where_there_is_an_index_the_parts_need_not_be_told_alone():
    with pytest.raises(NoComparison, match="the index says more"):
        own_parts(ordinary(), reference(), term=TERM)


def test_without_an_authority_the_parts_are_counted_and_not_scored():
    rows = {row.label: row.part for row in own_parts(ordinary(), term=TERM).rows}
    assert (rows["welcome"].count, rows["welcome"].n) == (7, 12)
    assert (rows["included"].n, rows["present"].count) == (rows["stay"].n, None)
    assert rows["present"].percent == pytest.approx(8, abs=1)
    bare = school(census=THREE)
    missing = {row.label: row.part for row in own_parts(bare, term=TERM).rows}
    assert missing["welcome"].reason == "no_records"


@pytest.mark.slow
def test_spreads_are_estimated_from_thirty_schools_and_not_from_fewer():
    alike = [ordinary(f"S{n}", n) for n in range(30)]
    found = spreads_of(alike, reference(), term=TERM)
    assert found["access"] < 0.4  # all drawn from one share
    assert found["welcome"] == 0.02  # the same answers everywhere
    with pytest.raises(TooFewStudies, match="29 schools"):
        spreads_of(alike[1:], reference(), term=TERM)


def test_where_schools_do_not_differ_everybody_is_average():
    narrow = dict.fromkeys(("access", "welcome", "stay", "present", "included"), 0.02)
    assert one_school(index(ordinary(), spreads=narrow)).estimate == pytest.approx(50, abs=1)


def growing():
    """Give a school that is followed over four years: some stay, some come, some go."""
    random = np.random.default_rng(8)
    days = {2022: "y202223", 2023: "y202324", 2024: "y202425", 2025: "y202526"}
    ids = [f"P{n}" for n in range(260)]
    status = dict(zip(ids, random.choice(["E", "K", "N"], 260, p=[0.06, 0.2, 0.74]), strict=True))
    rolls = {
        name: {p: status[p] for p in ids[20 * k : 20 * k + 180] if k < 2 or p[-1] != "3"}
        for k, name in enumerate(days.values())
    }
    told = census(**rolls)
    when = [spoken(y) for y in days]
    rows = [(p, y, 380.0, float(random.binomial(380, 0.09))) for y in when for p in ids]
    return school(
        census=told,
        attendance=pd.DataFrame(rows, columns=["pupil_id", "period", "possible", "absent"]),
        suspensions=pd.DataFrame(
            {"pupil_id": ids[::7], "date": pd.Timestamp("2024-11-01"), "kind": "suspension"}
        ),
        consultations=pd.DataFrame(
            {
                "date_sent": pd.to_datetime([f"{y}-10-01" for y in days for _ in range(6)]),
                "date_answered": pd.Timestamp("2026-01-01"),
                "answer": ["yes"] * 8 + ["no"] * 4 + ["yes"] * 12,
            }
        ),
    )


def spoken(year):
    return f"{year}-{year % 100 + 1:02d}"


def four_years():
    told = reference()
    told[["count", "total"]] *= np.where(told["component"].eq("welcome"), 1, 100)[:, None]
    return pd.concat([told, told[told["year"].eq("2023-24")].assign(year="2022-23")])


def test_a_change_adds_up_by_part_and_by_who_stayed_came_and_went():
    found = one_school(index(growing(), told=four_years())).change
    assert sum(p.added for p in found.parts) == pytest.approx(found.estimate)
    for part in found.parts:
        causes = part.stayers + part.joiners + part.leavers + part.elsewhere
        assert causes == pytest.approx(part.added)
    parts = {p.label: p for p in found.parts}
    assert parts["welcome"].stayers == 0  # an answer is given once
    assert parts["welcome"].joiners > 0  # the new ones are all positive
    assert parts["access"].leavers != 0
    assert found.low < found.estimate < found.high


def test_what_the_authority_changes_is_not_the_schools_doing():
    told = four_years()
    before, after = (
        growing(),
        told.assign(count=np.where(told["year"].eq("2025-26"), told["count"] * 2, told["count"])),
    )
    steady, moved = (
        {p.label: p for p in one_school(index(before, told=t)).change.parts} for t in (told, after)
    )
    assert steady["access"].elsewhere == pytest.approx(0, abs=0.05)
    assert moved["access"].elsewhere < -0.5


def test_what_is_held_back_counts_as_its_own_last_score_where_that_is_lower():
    of = ordinary()
    less = replace(of, tables={k: v for k, v in of.tables.items() if k != "consultations"})
    scored = [
        next(
            row.part.score
            for row in one_school(index(less, last=last)).parts
            if row.label == "welcome"
        )
        for last in ({"A": {"welcome": 20.0}}, {"A": {"welcome": 60.0}}, {"B": {"welcome": 20.0}})
    ]
    assert scored == pytest.approx([20, 50 - 15 * 1.2815515655, 50 - 15 * 1.2815515655])


def test_records_that_stop_are_held_back_and_keep_their_last_score():
    of, told = growing(), four_years()
    rows = of.tables["attendance"].assign(absent=300.0)
    stopped = rows[rows["period"].isin(["2022-23"])]
    last = replace(of, tables={**of.tables, "attendance": rows[rows["period"].lt("2025-26")]})
    assert one_school(index(last, told=told)).held_back == ()
    gone = replace(of, tables={**of.tables, "attendance": stopped})
    assert one_school(index(gone, told=told)).held_back == ("present",)


def test_what_stands_beside_the_index_is_counted_by_hand():
    rows = census(
        y202324={"a": "E", "b": "K", "c": "N"},
        y202425={"a": "E", "b": "K", "d": "E", "e": "N"},
        y202526={"a": "E", "b": "K", "d": "E", "e": "K"},
    )
    told = pd.DataFrame(
        {"pupil_id": ["a", "b"], "period": "2025-26", "possible": 380.0, "absent": [200.0, 10.0]}
    )
    of = school(census=rows.assign(resourced_place=rows["pupil_id"].eq("d")), attendance=told)
    [found] = appearances([of], reference(), term=TERM).schools
    pairs = [
        (s.count, s.n) for s in (found.joined, found.first, found.last, found.away, found.places)
    ]
    assert pairs == [(1, 2), (1, 3), (2, 4), (1, 2), (1, 4)]
    # one consultation for twenty pupils a year: nine pupil-years, those in resourced places apart
    assert found.usual == pytest.approx(0.45)
    assert found.answers.reason == "no_records"
    assert not found.few


def test_only_named_schools_are_told_by_more_than_their_index():
    schools = [ordinary(), ordinary("B", 2)]
    asked = {"term": TERM, "reference": reference()}
    assert [s.label for s in appearances(schools, **asked, own="B").schools] == ["Example B"]
    assert appearances(schools, **asked).schools == ()
    assert len(appearances(schools, **asked, named=True).schools) == 2
    assert plan_costs(schools, term=TERM).schools == ()


def funded(*keys, pounds=150_000.0):
    return [
        replace(ordinary(k, n), notional_sen_pounds=pounds) for n, k in enumerate(keys, start=1)
    ]


def test_plans_cost_what_the_mission_says():
    # the mission's own example: £6,000 for each of twenty plans, and none next door
    statuses = (
        {n: "E" if n < 20 else "N" for n in map(int, range(200))},
        dict.fromkeys(range(200), "N"),
    )
    mine, neighbour = (
        replace(
            school(key, census=census(y202526={str(p): s for p, s in status.items()})),
            notional_sen_pounds=150_000.0,
        )
        for key, status in zip("AB", statuses, strict=True)
    )
    rows = plan_costs([mine, neighbour], term=TERM, named=True).schools
    costs = [row.cost.pressure for row in rows]
    assert costs[0].cost_pounds - costs[1].cost_pounds == 120_000
    extra = {name: told.extra_pounds for name, told in rows[0].cost.presets.items()}
    assert list(extra.values()) == [7.5 * 6_000, 0, 0]
    unfunded = plan_costs([ordinary()], term=TERM, named=True).schools[0].cost
    assert unfunded.found == "The school's notional SEN fund is not given"


def test_a_shared_fund_is_the_same_money_to_the_penny():
    schools = [*funded("A", "B", "C"), ordinary("D", 9)]
    found = shared_fund(schools, reference(), term=TERM, named=True, draws=300)
    told = [row.fund for row in found.schools]
    assert round(100 * sum(f.estimate for f in told[:3])) == 0
    assert all(f.low <= f.estimate <= f.high for f in told[:3])
    assert told[3].reason == "no_records"
    order = sorted(told[:3], key=lambda f: f.index)
    assert order[0].estimate <= order[1].estimate <= order[2].estimate
    with pytest.raises(NoRecords, match="Fewer than two schools"):
        shared_fund(funded("A"), reference(), term=TERM)


def answering(of, yes):
    told = of.tables["consultations"].assign(answer=["yes"] * yes + ["no"] * (12 - yes))
    return replace(of, tables={**of.tables, "consultations": told})


def test_the_plain_equation_moves_when_another_school_leaves():
    schools = [answering(ordinary(k, n), yes=2 * n) for n, k in enumerate("ABCDE", start=1)]
    known = reference("access", "welcome", "present")
    rows = plain_index(schools, known, term=TERM, named=True)
    told = [row.plain for row in rows.schools]
    assert min(p.estimate for p in told) >= 0
    assert any(p.high - p.low > 5 for p in told)
    heavy = plain_index(
        schools, known, term=TERM, named=True,
        weights={"access": 0.0, "welcome": 1.0, "present": 0.0},
    )  # fmt: skip
    assert [round(row.plain.estimate) for row in heavy.schools] == [0, 25, 50, 75, 100]
    few = plain_index(schools[:3], reference(), term=TERM, named=True).schools[0].plain
    assert few.found == "There are 3 schools of this phase"
