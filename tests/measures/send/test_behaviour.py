"""Who is suspended."""

from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest

from writinggaps.measures.send.behaviour import send_behaviour
from writinggaps.measures.send.influence import send_influence
from writinggaps.problems import NoRecords
from writinggaps.withheld import Withheld

_MADE = run_path(str(Path(__file__).with_name("making.py")))
RULES, TERM, pupils, school = (_MADE[n] for n in ("RULES", "TERM", "pupils", "school"))


OF = pupils((20, "K", "SEMH"), (80, "N", None))


def events(*told):
    rows = [(f"p{n:03d}", day, kind) for n, day, kind in told]
    table = pd.DataFrame(rows, columns=["pupil_id", "date", "kind"])
    return table.assign(date=pd.to_datetime(table["date"]))


def days(pupil, count, start="2025-09-15", kind="suspension"):
    return [(pupil, str(day.date()), kind) for day in pd.date_range(start, periods=count)]


def test_events_pupils_and_repeats_are_counted():
    told = events(*days(0, 11), *days(1, 2), *days(30, 1), *days(31, 1, kind="permanent"))
    found = send_behaviour(school(OF, suspensions=told), term=TERM, standards=RULES)
    assert (found.together.suspensions, found.together.of_sen) == (14, 13)
    assert found.together.permanent == 1
    assert [b.whole.count for b in (found.once, found.again, found.often)] == [3, 2, 1]
    assert found.needs.shares["social, emotional and mental health"].count == 2


def test_internal_sanctions_are_counted_apart_and_only_where_they_are_kept():
    told = events(*days(0, 2), *days(0, 3, kind="internal"), *days(30, 2, kind="internal"))
    found = send_behaviour(school(OF, suspensions=told), term=TERM, standards=RULES)
    assert (found.together.suspensions, found.together.internal) == (2, 5)
    assert found.together.internal_of_sen == 3
    assert found.once.whole.count == 1
    assert found.internal_kept
    bare = send_behaviour(school(OF, suspensions=told[:2]), term=TERM, standards=RULES)
    assert not bare.internal_kept


def test_the_relative_rate_counts_events_for_each_pupil_and_year():
    told = events(*days(0, 4), *days(1, 4), *days(30, 5))
    found = send_behaviour(school(OF, suspensions=told), term=TERM, standards=RULES)
    assert found.relative.estimate == pytest.approx((8 / 20) / (5 / 80))


def test_years_are_school_years_and_only_the_last_may_be_unfinished():
    told = events(*days(0, 1, "2024-08-31"), *days(0, 1, "2024-09-01"), *days(0, 1, "2026-01-05"))
    found = send_behaviour(school(OF, suspensions=told), term=TERM, standards=RULES)
    assert [y.period for y in found.years] == ["2023-24", "2024-25", "2025-26"]
    assert [y.events.suspensions for y in found.years] == [1, 1, 0]
    assert [y.whole for y in found.years] == [True, True, False]


def test_an_empty_table_is_no_suspensions_and_a_missing_one_is_not():
    found = send_behaviour(school(OF, suspensions=events()), term=TERM, standards=RULES)
    assert found.together.suspensions == 0
    assert isinstance(found.relative, Withheld)
    with pytest.raises(NoRecords, match="no suspensions table"):
        send_behaviour(school(OF), term=TERM, standards=RULES)


def test_few_events_make_no_relative_rate():
    for others in (1, 4):
        told = events(*days(0, 8), *days(30, others))
        found = send_behaviour(school(OF, suspensions=told), term=TERM, standards=RULES)
        assert isinstance(found.relative, Withheld)


def test_englands_rates_by_status_are_of_one_release_and_year():
    rates = send_behaviour(school(OF, suspensions=events()), term=TERM, standards=RULES).rates
    assert {f.version for f in (rates.ehcp, rates.sen_support, rates.no_sen)} == {
        "EES exclusions file 2016/17"
    }
    assert rates.no_sen.value == 0.38


def test_all_events_of_one_pupil_are_one_pupil(standards):
    told = events(*days(0, 12), *days(30, 1), *days(31, 1))
    here = school(OF, suspensions=told)
    found = send_influence(here, "suspensions", term=TERM, standards=standards)
    assert found.carried
    assert "p000" in found.pupils
