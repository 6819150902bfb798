"""Outcomes, the register, provision and the school's own words."""

from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest

from writinggaps.measures.send.notes import own_words
from writinggaps.measures.send.outcomes import send_outcomes
from writinggaps.measures.send.provision import provision_map
from writinggaps.measures.send.register import plan_requests, register_review
from writinggaps.problems import NoRecords
from writinggaps.withheld import Withheld

_MADE = run_path(str(Path(__file__).with_name("making.py")))
TERM, pupils, school = (_MADE[n] for n in ("TERM", "pupils", "school"))


OF = pupils((4, "K", "SLCN"), (6, "N", None))
TERMS = {"2024-25-spring": "2025-03-27", "2024-25-summer": "2025-06-26", TERM: "2025-12-12"}


def judged(values, terms=TERMS, measure="writing"):
    parts = [
        pd.DataFrame({"pupil_id": OF["pupil_id"], "value": values, "term": term})
        .assign(date=pd.Timestamp(day), measure=measure, kind="summative")
        for term, day in terms.items()
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


VALUES = ["EXS", "EXS", "WTS", "PK4", "GDS", "EXS", "WTS", "PK2", "EXS", "EXS"]


def outcomes(of, standards, edition="staff", **tables):
    told = {"term": TERM, "standards": standards, "edition": edition}
    return send_outcomes(school(of, **tables), **told)


def counts(row):
    return {p.label: (p.share.count, p.share.n) for p in row.by_status.parts}


def test_shares_at_the_standard_are_by_status_at_each_data_drop(standards):
    found = outcomes(OF, standards, judgements=judged(VALUES))
    latest, *before = [row for row in found.rows if not row.who]
    assert counts(latest) == {"SEN Support": (2, 4), "no SEN": (4, 6)}
    assert [row.period for row in before] == ["2024-25-summer", "2024-25-spring"]


def test_the_end_of_key_stage_one_stands_beside_england_by_status_or_says_why_not(standards):
    found = outcomes(OF, standards, judgements=judged(VALUES))
    [row] = [row for row in found.rows if row.who]
    assert (row.who, row.period) == ("Year 2", "2024-25-summer")
    assert counts(row) == {"SEN Support": (0, 1), "no SEN": (1, 1)}
    # optional since 2023-24, and by status not carried: the last of all pupils, from 2023
    [england] = row.england
    assert (england.place, england.group, england.year_ending) == ("England", "all", 2023)


@pytest.mark.parametrize(
    ("measure", "year", "values", "official"),
    [
        ("phonics", 1, ["32"] * 5 + ["31"] * 5, "phonics_year1_expected"),
        ("gld", 0, ["1"] * 5 + ["0"] * 5, "eyfs_good_level_of_development"),
        ("eyfs_writing", 0, ["2"] * 5 + ["1"] * 5, "eyfs_writing_expected"),
    ],
)
def test_statutory_assessments_are_held_against_england(standards, measure, year, values, official):
    young = OF.assign(year_group=year)
    table = judged(values, {"2024-25-summer": "2025-06-12"}, measure)
    [row] = outcomes(young, standards, judgements=table).rows
    assert counts(row) == {"SEN Support": (4, 4), "no SEN": (1, 6)}
    assert (row.england[0].measure, row.period) == (official, "2024-25-summer")


def test_subjects_are_told_at_each_data_drop_and_key_stage_tests_at_their_end(standards):
    six = OF.assign(year_group=7)  # now, and in Year 6 last summer
    both = pd.concat([judged(VALUES), judged(VALUES[::-1], measure="maths")])
    summer = {"2024-25-summer": "2025-06-26"}
    tests = [judged(["100"] * 5 + ["99"] * 5, summer, f"ks2_{of}") for of in ("reading", "maths")]
    together = judged(["1"] * 5 + ["0"] * 5, summer, "rwm")
    told = pd.concat([both, *tests, together])
    found = outcomes(six, standards, judgements=told)
    assert [row.measure.split(" (")[0] for row in found.latest] == ["Writing", "Maths"]
    assert len([row for row in found.rows if row.measure.startswith("Maths") and not row.who]) == 3
    ends = {row.measure: row for row in found.rows if row.who}
    assert counts(ends["Reading (key stage 2 test)"]) == {"SEN Support": (4, 4), "no SEN": (1, 6)}
    assert [f.value for f in ends["Reading (key stage 2 test)"].england] == [76]
    assert ends["Maths (key stage 2 test)"].england == ()
    combined = ends["Reading, writing and maths together"].england
    assert [f.group for f in combined] == ["ehcp", "sen_support", "no_sen"]


def test_phonics_of_england_is_by_status(standards):
    table = judged(["32"] * 10, {"2024-25-summer": "2025-06-12"}, "phonics")
    [row] = outcomes(OF.assign(year_group=1), standards, judgements=table).rows
    assert [figure.value for figure in row.england] == [20, 52, 88]


def test_progress_8_of_pupils_with_sen_is_their_mean_with_an_interval(standards):
    # the published figure of 2018 for pupils with SEN, -0.61, as the mean of four pupils
    values = ["-0.11", "-1.11", "-0.86", "-0.36", "0.5", "0.1", "-0.2", "0", "0.3", "0.1"]
    eleven = OF.assign(year_group=11)
    table = judged(values, {"2024-25-summer": "2025-08-20"}, "progress8")
    here = school(eleven, "secondary", judgements=table)
    [found] = send_outcomes(here, term=TERM, standards=standards, edition="staff").scores
    support, none = (row.found for row in found.means)
    assert (round(support.mean, 2), support.n) == (-0.61, 4)
    assert support.low < -0.61 < support.high
    assert round(none.mean, 2) == 0.13
    assert [(f.group, f.value, f.year_ending) for f in found.england][1] == (
        "sen_support",
        -0.45,
        2024,
    )


def test_writing_is_told_by_need_and_by_class_and_classes_to_staff_alone(standards):
    of = OF.assign(**{"class": ["4A", "4A", "4B", "4B"] + ["4A"] * 6})
    found = outcomes(of, standards, judgements=judged(VALUES))
    assert {k: (s.count, s.n) for k, s in found.latest[0].by_need.shares.items()} == {
        "speech, language and communication needs": (2, 4)
    }
    assert {k: (s.count, s.n) for k, s in found.classes.shares.items()} == {
        "4A": (2, 2),
        "4B": (0, 2),
    }
    shared = outcomes(of, standards, "governors", judgements=judged(VALUES))
    assert isinstance(shared.classes, Withheld)


def test_the_register_is_looked_at_over_three_terms(standards):
    found = register_review(school(OF, judgements=judged(VALUES)), term=TERM, standards=standards)
    assert found.come_off_pupils == ("p000", "p001")
    assert found.need_pupils == ("p007",)
    assert (found.may_come_off.n, found.may_need.n) == (4, 6)


def test_one_term_below_is_enough_to_stay_and_two_terms_are_too_few(standards):
    table = judged(VALUES)
    table.loc[(table["pupil_id"] == "p000") & (table["term"] == TERM), "value"] = "WTS"
    found = register_review(school(OF, judgements=table), term=TERM, standards=standards)
    assert found.come_off_pupils == ("p001",)
    short = table[table["term"] != TERM]
    with pytest.raises(NoRecords, match="not judged in enough terms"):
        register_review(school(OF, judgements=short), term=TERM, standards=standards)


def scheme(pupil, **told):
    row = {"pupil_id": pupil, "scheme": "Sample", "start": pd.Timestamp("2025-09-15")}
    row |= {"group": "taught", "place": "withdrawn", "missed_subject": "art", "sessions": 12.0}
    row |= {"minutes": 20.0, "cost": 30.0, "scale": "standard", "pre": 88.0, "post": 92.0}
    return row | told


def test_provision_adds_up_what_was_given():
    told = pd.DataFrame(
        [scheme("p000"), scheme("p001", place="in class", post=95.0), scheme("p005", cost=10.0)]
    )
    [found] = provision_map(school(OF, interventions=told), term=TERM).schemes
    given = found.given
    assert (given.n, given.sen.count, given.sessions, given.hours) == (3, 2, 36, 12)
    assert (given.lessons_lost, given.pounds, given.missed) == (24, 70, ("art",))
    assert found.gained.estimate == pytest.approx((4 + 7 + 4) / 3)


def test_a_pupil_tested_twice_had_the_scheme_once_and_comparison_pupils_had_none():
    told = pd.DataFrame(
        [scheme("p000", test="A"), scheme("p000", test="B"), scheme("p001", group="comparison")]
    )
    [found] = provision_map(school(OF, interventions=told), term=TERM).schemes
    assert (found.given.n, found.given.sessions) == (1, 12)
    assert isinstance(found.gained, Withheld)


def test_support_of_other_years_is_not_this_years():
    old = pd.DataFrame([scheme("p000", start=pd.Timestamp("2024-12-01"))])
    with pytest.raises(NoRecords, match="last three terms"):
        provision_map(school(OF, interventions=old), term=TERM)


NOTES = pd.DataFrame(
    [
        ("send_report", "story", "For staff.", "", pd.Timestamp("2025-10-01")),
        ("send_report", "story", "For governors.", "governors", pd.Timestamp("2025-11-01")),
        ("send_report", "story", "For all.", "public", pd.NaT),
        ("send_report", "story", "Later.", "public", pd.Timestamp("2026-03-01")),
        ("school_report", "story", "Elsewhere.", "public", pd.NaT),
    ],
    columns=["report", "section", "text", "edition", "date"],
)


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        ("staff", ["For governors.", "For staff.", "For all."]),
        ("governors", ["For governors.", "For all."]),
        ("public", ["For all."]),
    ],
)
def test_words_stand_only_as_widely_as_the_school_said(edition, shown):
    asked = {"report": "send_report", "section": "story", "term": TERM, "edition": edition}
    assert [n.text for n in own_words(school(OF, notes=NOTES), **asked).notes] == shown


def test_notes_without_an_edition_are_for_staff():
    bare = school(OF, notes=NOTES.drop(columns="edition"))
    asked = {"report": "send_report", "section": "story", "term": TERM}
    assert len(own_words(bare, **asked, edition="staff").notes) == 3
    assert own_words(bare, **asked, edition="governors").notes == ()
    assert own_words(school(OF), **asked, edition="staff").notes == ()


def test_a_request_of_this_year_counts_once_and_a_later_decision_is_not_known_yet():
    days = ["2024-11-01", "2025-02-01", "2025-10-01", "2025-11-01"]
    told = pd.DataFrame(
        {"pupil_id": ["p000", "p001", "p001", "p002"], "date": pd.to_datetime(days)}
    )
    told = told.assign(answer=["agreed", "refused", "agreed", "refused"])
    told = told.assign(
        decided=pd.to_datetime(["2024-12-01", "2025-03-01", "2025-11-01", "2026-02-01"])
    )
    found = plan_requests(school(OF, requests=told), term=TERM).decided
    assert {k: s.count for k, s in found.shares.items()} == {
        "agreed": 1, "refused": 0, "not decided yet": 1
    }  # fmt: skip
    with pytest.raises(NoRecords, match="no requests table"):
        plan_requests(school(OF), term=TERM)
