"""How pupils with SEN attend, whether it is a need, and whether it is one or two pupils."""

from pathlib import Path
from runpy import run_path

import numpy as np
import pandas as pd
import pytest

from writinggaps.measures.send.attendance import send_attendance
from writinggaps.measures.send.changes import attendance_change
from writinggaps.measures.send.influence import send_influence
from writinggaps.measures.send.yardsticks import SO_FAR, absence
from writinggaps.official import Row, Series, _releases, _table, keep
from writinggaps.problems import NoRecords, TooFewPupils
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

_MADE = run_path(str(Path(__file__).with_name("making.py")))
RULES, TERM, pupils, school, sessions = (
    _MADE[n] for n in ("RULES", "TERM", "pupils", "school", "sessions")
)


EVEN = ((10, "E", "ASD"), (20, "K", "SLCN"), (120, "N", None))


def test_gaps_are_those_of_2018_19_and_imply_one_figure_for_pupils_without_sen():
    of = pupils(*EVEN)
    missed = of["sen_provision"].map({"E": 8.7, "K": 6.5, "N": 4.3})
    found = send_attendance(school(of, attendance=sessions(of, missed)), term=TERM, standards=RULES)
    assert found.rates["EHCP"].estimate == pytest.approx(91.3)
    assert found.rates["SEN Support"].estimate == pytest.approx(93.5)
    assert found.gap("EHCP").estimate == pytest.approx(-4.4)
    assert found.gap("SEN Support").estimate == pytest.approx(-2.2)
    assert found.rates["no SEN"].estimate == pytest.approx(95.7)


def test_persistent_is_a_tenth_of_own_sessions_and_severe_half():
    of = pupils((3, "K", "SLCN"), (1, "N", None))
    table = sessions(of, [9.0, 10.0, 50.0, 0.0])
    found = send_attendance(school(of, attendance=table), term=TERM, standards=RULES)
    assert found.persistent.shares["SEN Support"].count == 2
    assert found.severe.shares["SEN Support"].count == 1


def test_terms_of_the_year_are_added_and_other_years_are_not():
    of = pupils((2, "N", None))
    table = pd.concat(
        [sessions(of, [5.0, 5.0]), sessions(of, [15.0, 15.0], "2025-26-spring"),
         sessions(of, [90.0, 90.0], "2024-25-spring")]
    )  # fmt: skip
    found = send_attendance(school(of, attendance=table), term="2025-26-spring", standards=RULES)
    assert found.rates["no SEN"].estimate == pytest.approx(90.0)


def test_a_need_is_apart_only_where_it_is_below_the_others_by_more_than_chance():
    of = pupils((15, "K", "SEMH"), (15, "K", "SLCN"), (120, "N", None))
    random = np.random.default_rng(1)
    alike = pd.Series(random.integers(0, 12, len(of)).astype(float))
    away = alike.where(of["sen_need"].ne("SEMH"), 20 + alike)
    of_alike, of_away = (school(of, attendance=sessions(of, m)) for m in (alike, away))
    assert send_attendance(of_alike, term=TERM, standards=RULES).apart == ()
    found = send_attendance(of_away, term=TERM, standards=RULES)
    assert found.apart == ("social, emotional and mental health",)
    assert found.lowest_need.label == "social, emotional and mental health"


def test_part_time_timetables_that_are_not_recorded_are_not_none():
    of = pupils(*EVEN)
    table = sessions(of, 5.0).drop(columns="part_time")
    found = send_attendance(school(of, attendance=table), term=TERM, standards=RULES)
    assert found.part_time.reason == "no_records"


def test_without_attendance_nobody_can_say():
    of = pupils(*EVEN)
    with pytest.raises(NoRecords):
        send_attendance(school(of), term=TERM, standards=RULES)
    with pytest.raises(NoRecords, match="No attendance of 2025-26"):
        send_attendance(
            school(of, attendance=sessions(of, 5.0, "2023-24-autumn")), term=TERM, standards=RULES
        )


def test_a_school_in_which_everybody_has_a_plan_has_no_gap():
    of = pupils((40, "E", "SLD"))
    found = send_attendance(
        school(of, "special", attendance=sessions(of, 9.0)), term=TERM, standards=RULES
    )
    assert list(found.rates) == ["EHCP"]
    assert found.gap("EHCP") is None
    assert found.absence.england.reason == "not_published"


def test_nineteen_at_95_and_one_at_50_is_one_pupil(standards):
    of = pupils((20, "E", "SLCN"), (120, "N", None))
    missed = [5.0] * 19 + [50.0] + [2.0, 3.0, 4.0, 5.0, 6.0, 7.0] * 20
    here = school(of, attendance=sessions(of, missed))
    rates = send_attendance(here, term=TERM, standards=RULES).rates
    assert rates["EHCP"].estimate == pytest.approx(92.75)
    found = send_influence(here, "attendance", term=TERM, standards=standards)
    assert found.carried
    assert found.pupils[0] == "p019"
    assert found.estimate + 95.5 == pytest.approx(92.75)


def test_the_same_pupil_is_no_news_where_others_have_such_pupils_too(standards):
    of = pupils((20, "E", "SLCN"), (120, "N", None))
    missed = [5.0] * 19 + [50.0] + ([4.0] * 9 + [50.0]) * 12
    here = school(of, attendance=sessions(of, missed))
    assert not send_influence(here, "attendance", term=TERM, standards=standards).carried


def test_absence_of_the_year_so_far_comes_first_where_it_was_imported(tmp_path, monkeypatch):
    of = pupils((20, "K", "SLCN"), (40, "N", None))
    here = school(of, attendance=sessions(of, 5.0))
    monkeypatch.setenv("WRITINGGAPS_OFFICIAL", str(tmp_path))
    caches = (_table, _releases)
    told = Series(
        SO_FAR, "EES to date", "Overall absence so far", "% of sessions", "EES", "schools"
    )
    try:
        row = Row(SO_FAR, "all", "primary", "", "England", "2026", "5.3", told.version, "", "")
        keep([row], [told])
        now = send_attendance(here, term=TERM, standards=RULES).absence
        then = absence(here, term="2024-25-autumn")
    finally:
        for cache in caches:
            cache.cache_clear()
    assert (now.england.value, now.england.year_ending) == (5.3, 2026)
    assert isinstance(now.authority, Withheld)
    assert (then.england.measure, then.england.year_ending) == ("absence_rate", 2025)


def test_too_few_pupils_are_talked_about_one_by_one(standards):
    for with_sen, without, says in ((3, 57, "one by one"), (57, 3, "without"), (5, 15, "or two")):
        of = pupils((with_sen, "E", "SLCN"), (without, "N", None))
        here = school(of, attendance=sessions(of, 5.0))
        with pytest.raises(TooFewPupils, match=says):
            send_influence(here, "attendance", term=TERM, standards=standards)


def two_years(of, before, after):
    tables = [sessions(of, before, "2024-25-autumn"), sessions(of, after, TERM)]
    return school(of, attendance=pd.concat(tables))


def test_a_gap_that_every_pupil_closes_is_closing(standards):
    of, random = pupils((40, "K", "SLCN"), (120, "N", None)), np.random.default_rng(2)
    usual = random.gamma(3, 1.5, len(of)).round()
    sen = of["sen_provision"].eq("K").to_numpy()
    before = usual + np.where(sen, 12.0, 0.0)
    after = np.maximum(usual + random.integers(-1, 2, len(of)) + np.where(sen, 3.0, 0.0), 0)
    found = attendance_change(two_years(of, before, after), term=TERM, standards=standards)
    assert found.verdict == "closing"
    assert found.before < found.after < 0
    back = attendance_change(two_years(of, after, before), term=TERM, standards=standards)
    assert back.estimate == pytest.approx(-found.estimate)
    assert back.verdict == "wider"


def test_a_change_is_that_of_three_years_where_they_are_known(standards):
    of, random = pupils((40, "K", "SLCN"), (120, "N", None)), np.random.default_rng(2)
    usual = random.gamma(3, 1.5, len(of)).round()
    behind = np.where(of["sen_provision"].eq("K"), 12.0, 0.0)
    tables = [
        sessions(of, usual + behind, "2023-24-autumn"),
        sessions(of, usual, "2024-25-autumn"),
        sessions(of, np.maximum(usual + random.integers(-1, 2, len(of)), 0), TERM),
    ]
    found = attendance_change(
        school(of, attendance=pd.concat(tables)), term=TERM, standards=standards
    )
    assert (found.since, found.verdict) == ("2023-24-autumn", "closing")
    few = tables[0][:12]  # none of whom has no SEN: the year before is taken
    shorter = school(of, attendance=pd.concat([few, *tables[1:]]))
    found = attendance_change(shorter, term=TERM, standards=standards)
    assert found.since == "2024-25-autumn"


def test_chance_is_hardly_ever_called_a_change(standards):
    of, random, said = pupils((25, "K", "SLCN"), (100, "N", None)), np.random.default_rng(4), []
    sen = of["sen_provision"].eq("K").to_numpy()
    for _ in range(150):
        share = np.clip(random.gamma(1.4, np.where(sen, 0.055, 0.037)), 0, 0.9)
        years = (100.0 * random.binomial(140, share) / 140 for _ in range(2))
        found = attendance_change(two_years(of, *years), term=TERM, standards=standards)
        said.append(found.verdict)
    assert sum(verdict in ("closing", "wider") for verdict in said) <= 6


def test_ten_in_each_group_are_needed_for_a_change(standards):
    of = pupils((9, "K", "SLCN"), (60, "N", None))
    with pytest.raises(TooFewPupils):
        attendance_change(two_years(of, 5.0, 4.0), term=TERM, standards=standards)


def test_a_trust_sets_one_threshold_and_keeps_the_others(tmp_path):
    file = tmp_path / "trust.toml"
    file.write_text("[send]\npersistent = 0.2\n", encoding="utf-8")
    of = pupils((20, "K", "SLCN"), (40, "N", None))
    here = school(of, attendance=sessions(of, 15.0))
    own, usual = (
        send_attendance(here, term=TERM, standards=load_standards(*paths)) for paths in ([file], [])
    )
    assert (own.persistent.whole.count, usual.persistent.whole.count) == (0, 60)
    assert (own.often, own.half, usual.often) == (0.2, 0.5, 0.1)
