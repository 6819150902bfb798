"""Schemes in a school: counted once, compared fairly, and refused where nobody can say."""

import numpy as np
import pytest

from writinggaps.estimates.ancova import ancova_effect
from writinggaps.estimates.effects import hedges_g
from writinggaps.measures.evaluation.schemes import schemes
from writinggaps.problems import NoRecords
from writinggaps.standards import load_standards

ASKED = {"term": "2025-26-autumn", "standards": load_standards()}
PRE = [80.0, 84, 88, 92, 96, 100, 85, 90, 95, 87, 83, 91]
POST = [88.0, 90, 97, 99, 103, 108, 93, 96, 104, 93, 92, 98]
OTHERS = [81.0, 85, 86, 93, 97, 99, 84, 91, 94, 88, 82, 90]
LATER = [83.0, 86, 89, 92, 99, 100, 86, 90, 97, 88, 85, 93]


def only(found):
    [row] = found.rows
    return row.scheme


def compared(**changed):
    rows = [{"pre": a, "post": b} for a, b in zip(PRE, POST, strict=True)]
    rows += [
        {"pre": a, "post": b, "group": "comparison", **changed}
        for a, b in zip(OTHERS, LATER, strict=True)
    ]
    return rows


def test_the_effect_is_that_of_the_estimate_and_helps_by_it(school):
    scheme = only(schemes(school(compared()), **ASKED))
    assert scheme.effect == ancova_effect(PRE, POST, OTHERS, LATER)
    assert scheme.before == hedges_g(PRE, OTHERS)
    assert scheme.verdict == "strong_helped"
    assert scheme.effect.low > 0


def test_groups_that_were_not_alike_are_not_compared(school):
    rows = compared()
    for row in rows[12:]:
        row["pre"] += 5
    scheme = only(schemes(school(rows), **ASKED))
    assert abs(scheme.before.estimate) > 0.25
    assert (scheme.effect.reason, scheme.verdict) == ("no_comparison", "cannot_tell")
    assert scheme.months.reason == "no_comparison"


def test_pupils_of_other_schools_are_no_comparison(school):
    scheme = only(schemes(school(compared(school="S2")), **ASKED))
    assert scheme.effect.found == "The pupils compared with are in other schools"
    assert scheme.verdict == "cannot_tell"


def test_without_comparison_there_is_a_gain_and_no_effect(school):
    scheme = only(schemes(school(compared()[:12]), **ASKED))
    assert scheme.gain.estimate == pytest.approx(np.mean(POST) - np.mean(PRE))
    assert scheme.effect.found == "Nobody is recorded to compare with"
    assert (scheme.verdict, scheme.reasons) == ("cannot_tell", ("no_comparison",))


def test_a_pupil_counts_once_with_the_latest_run(school):
    early = {"start": "2025-01-07", "pre_date": "2025-01-07", "post_date": "2025-04-01"}
    again = [
        {"pupil_id": "p0", "pre": 70, "post": 75, **early},
        {"pupil_id": "p0", "pre": 80, "post": 84},
        {"pupil_id": "p1", "pre": 82, "post": 90},
    ]
    scheme = only(schemes(school(again), **ASKED))
    assert (scheme.tested.count, scheme.tested.n) == (2, 2)
    assert scheme.gain.estimate == pytest.approx(6.0)


def test_the_test_that_most_pupils_took_counts(school):
    rows = [{"pre": 80, "post": 84}, {"pre": 81, "post": 86}]
    rows += [{"pupil_id": "p9", "test": "Other Test", "pre": 10, "post": 30, "scale": "raw"}]
    scheme = only(schemes(school(rows), **ASKED))
    assert (scheme.test, scheme.tested.n) == ("Sample Test", 2)


def test_schemes_that_begin_later_are_not_known_yet(school):
    with pytest.raises(NoRecords, match="No scheme had begun by the end of spring 2025"):
        schemes(school(compared()), term="2024-25-spring", standards=load_standards())


def test_regression_to_the_mean_is_the_unreliable_part_of_the_distance(school):
    scheme = only(schemes(school(compared()[:12]), **ASKED))
    behind = 100 - np.mean(PRE)
    assert scheme.chance.behind == pytest.approx(behind)
    assert scheme.chance.expected == pytest.approx(0.15 * behind)
    left = scheme.chance.beyond
    assert left[0] == pytest.approx(scheme.gain.estimate - 0.15 * behind)
    assert left[1] < left[0] < left[2]


def test_months_behind_come_from_the_year_group(school):
    # 233 days into Year 3, a year before the pupils table's Year 4
    rows = [{"pre": p, "post": p + 4.6, "scale": "spelling age in months"} for p in (80, 82, 86)]
    found = only(schemes(school(rows), **ASKED)).ratio
    behind = 12 * (3 + 4.5) + 233 / 30.4 - np.mean([80, 82, 86])
    assert found.selected.months_behind == pytest.approx(behind, abs=0.01)
    assert found.elapsed_months == pytest.approx(10 * 12 / 52)


def test_standing_still_is_no_gain_on_points_and_less_than_time_on_ages(school):
    points = [{"pre": 80, "post": 80}, {"pre": 81, "post": 82}, {"pre": 81, "post": 79}]
    found = only(schemes(school(points), **ASKED))
    assert (found.not_moved.count, found.not_moved_pupils) == (2, ("p0", "p2"))
    ages = [{**row, "scale": "age in months", "post": row["pre"] + g}
            for row, g in zip(points, (2, 3, 4), strict=True)]  # fmt: skip
    assert only(schemes(school(ages), **ASKED)).not_moved_pupils == ("p0",)


@pytest.mark.parametrize(
    ("ways", "left"),
    [
        (("end of term", "end of term"), False),
        (("Target met", "end of term"), True),
        (("referred on to the specialist", "end of term"), True),
        (("target not met", "end of term"), False),
        ((None, "moved away"), False),
    ],
)
def test_leaving_on_success_or_referral_is_seen(school, ways, left):
    rows = [{"pre": 80, "post": 84 + n, "exit": way} for n, way in enumerate(ways)]
    assert only(schemes(school(rows), **ASKED)).left_on_success is left


def test_those_who_have_no_score_after_are_counted_and_compared(school):
    rows = compared()
    for row in rows[8:12]:
        row["post"] = float("nan")
    scheme = only(schemes(school(rows), **ASKED))
    assert (scheme.tested.count, scheme.tested.n) == (8, 12)
    assert scheme.lost_apart.n_comparison == 4
    assert scheme.reasons == ("lost_pupils", "few_pupils")


def test_lessons_and_cost_are_added_up(school):
    out = {"place": "withdrawn", "missed_subject": "art", "scale": "age in months", "cost": 30.0}
    rows = [{"pre": 80, "post": 84, **out}, {"pre": 82, "post": 88, **out}]
    scheme = only(schemes(school(rows), **ASKED))
    assert (scheme.lost.n, scheme.lost.sessions, scheme.lost.subjects) == (2, 40, ("art",))
    assert (scheme.dose.per_pupil, scheme.dose.hours) == (20, 10)
    assert scheme.cost.per_month == pytest.approx(30 / 5)


def test_nobody_pays_for_a_month_that_was_not_gained(school):
    rows = [{"pre": 84, "post": 84 - n, "scale": "age in months", "cost": 30.0} for n in (1, 2)]
    assert only(schemes(school(rows), **ASKED)).cost.per_month is None


def test_intervals_are_wider_the_more_schemes_are_compared(school):
    one = compared()
    two = one + [
        {**row, "scheme": "Other Scheme", "pupil_id": f"q{n}"} for n, row in enumerate(one)
    ]
    alone = only(schemes(school(one), **ASKED)).effect
    found = schemes(school(two), **ASKED)
    assert found.compared == 2
    for row in found.rows:
        assert row.scheme.effect.estimate == pytest.approx(alone.estimate)
        assert row.scheme.effect.level == pytest.approx(0.975)
        assert row.scheme.effect.high > alone.high
