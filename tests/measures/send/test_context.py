"""Who the pupils with SEN are."""

from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest

from writinggaps.estimates import Share
from writinggaps.measures.send.context import contrast, send_context
from writinggaps.measures.send.status import enrolled, with_status
from writinggaps.problems import NoRecords
from writinggaps.withheld import Withheld

_MADE = run_path(str(Path(__file__).with_name("making.py")))
RULES, TERM, pupils, school = (_MADE[n] for n in ("RULES", "TERM", "pupils", "school"))


ORDINARY = ((4, "E", "ASD"), (12, "K", "SLCN"), (4, "K", "SEMH"), (80, "N", None))


def test_counts_are_of_pupils_on_roll_by_status():
    found = send_context(school(pupils(*ORDINARY)), term=TERM, standards=RULES)
    counts = {s: found.share(s).count for s in ("EHCP", "SEN Support", "no SEN")}
    assert counts == {"EHCP": 4, "SEN Support": 16, "no SEN": 80}
    assert [(p.label, p.share.count) for p in found.needs.parts] == [
        ("speech, language and communication needs", 12),
        ("autistic spectrum disorder", 4),
        ("social, emotional and mental health", 4),
        ("no SEN", 80),
    ]


def test_official_figures_are_of_the_phase_and_the_authority_with_their_year():
    found = send_context(school(pupils(*ORDINARY)), term=TERM, standards=RULES)
    assert (found.support.england.value, found.support.england.period) == (14.8, "2024-25")
    assert found.support.authority.place == "Hampshire"
    assert found.ehcp.england.phase == "primary"


def test_earlier_terms_are_not_held_against_later_figures():
    found = send_context(school(pupils(*ORDINARY)), term="2022-23-autumn", standards=RULES)
    assert found.support.england.period == "2022-23"


def test_a_special_school_has_no_yardstick_and_the_reason_says_so():
    found = send_context(
        school(pupils((40, "E", "SLD")), phase="special"), term=TERM, standards=RULES
    )
    assert found.share("EHCP").estimate == 1.0
    assert found.support.england.found == "No official figure is carried for special schools"
    assert found.beside_england("SEN Support") == ""


@pytest.mark.parametrize(("count", "side"), [(2, "below"), (15, "within chance"), (30, "above")])
def test_a_share_is_beside_englands_only_beyond_its_interval(count, side):
    of = pupils((count, "K", "SLCN"), (100 - count, "N", None))
    assert (
        send_context(school(of), term=TERM, standards=RULES).beside_england("SEN Support") == side
    )


def test_the_census_comes_first_and_an_old_one_does_not_count():
    of = pupils((2, "N", None))
    days = pd.to_datetime(["2025-10-02", "2024-01-18"])
    census = pd.DataFrame({"pupil_id": ["p000", "p001"], "date": days, "sen_provision": "K"})
    found = with_status(school(of, census=census), of, TERM)
    assert found["status"].tolist() == ["SEN Support", "no SEN"]
    assert found["need"].tolist() == ["no need recorded", ""]


def test_pupils_without_a_status_are_not_counted_and_none_at_all_is_said():
    of = pupils((3, "K", "SLCN"), (1, None, None))
    assert len(with_status(school(of), of, TERM)) == 3
    with pytest.raises(NoRecords, match="who is on SEN Support"):
        send_context(school(of.drop(columns="sen_provision")), term=TERM, standards=RULES)


def test_a_school_with_no_pupils_with_sen_says_so_and_compares_nothing():
    found = send_context(school(pupils((60, "N", None))), term=TERM, standards=RULES)
    assert found.share("SEN Support") == Share(count=0, n=60)
    assert isinstance(found.needs, Withheld)
    assert contrast(found.boys) is None


def test_year_groups_differ_only_beyond_chance():
    even = pupils(*((1, "K" if n % 5 == 0 else "N", "SLCN") for n in range(120)))
    heaped = even.assign(sen_provision=["K" if y == 4 else "N" for y in even["year_group"]])
    assert not send_context(school(even), term=TERM, standards=RULES).uneven
    assert send_context(school(heaped), term=TERM, standards=RULES).uneven


def test_leavers_of_the_year_were_enrolled_and_those_before_were_not():
    of = pupils((3, "N", None)).assign(
        joined=pd.NaT, left=pd.to_datetime(["2025-10-20", "2025-07-20", None])
    )
    assert enrolled(school(of), TERM)["pupil_id"].tolist() == ["p000", "p002"]
