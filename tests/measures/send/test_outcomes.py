"""Outcomes, the register, provision and the school's own words."""

from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest

from writinggaps.measures.send import own_words, provision_map, register_review, send_outcomes
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


def test_shares_at_the_standard_are_by_status(standards):
    found = send_outcomes(school(OF, judgements=judged(VALUES)), term=TERM, standards=standards)
    [row] = found.rows
    assert {p.label: (p.share.count, p.share.n) for p in row.by_status.parts} == {
        "SEN Support": (2, 4),
        "no SEN": (4, 6),
    }
    assert "national attainment files" in row.england.found


def test_phonics_is_held_against_englands_by_status(standards):
    table = judged(["32"] * 5 + ["31"] * 5, {"2024-25-summer": "2025-06-12"}, "phonics")
    [row] = send_outcomes(school(OF, judgements=table), term=TERM, standards=standards).rows
    assert row.period == "2024-25-summer"
    assert row.by_status.shares["SEN Support"].count == 4
    assert (row.england.ehcp.value, row.england.no_sen.value) == (20, 88)


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
    assert (given.n, given.n_sen, given.sessions, given.hours) == (3, 2, 36, 12)
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
