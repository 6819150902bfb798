import numpy as np
import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.measures.gaps.gap import gap, pupils_to_close
from writinggaps.measures.gaps.history import gap_history, gaps
from writinggaps.problems import BadArgument, MissingColumn, TooFewPupils
from writinggaps.withheld import Withheld

NOW, THEN, BEFORE = "2025-26-autumn", "2024-25-autumn", "2023-24-autumn"
GROUP = np.arange(73) < 23
VALUES = np.array(["EXS"] * 7 + ["WTS"] * 16 + ["EXS"] * 31 + ["WTS"] * 19)


@pytest.fixture
def school(make_school):
    return make_school({(NOW, "writing"): VALUES}, disadvantaged=GROUP)


def test_a_gap_in_points_pupils_and_ranks_by_hand(school, standards):
    found = gap(school, by="disadvantaged", term=NOW, standards=standards)

    assert found.estimate == pytest.approx(100 * (7 / 23 - 31 / 50))
    assert pupils_to_close(found.points) == 8  # 15 of 23 is the first share above 31 of 50
    # 10 x Cliff's delta of a two-step order is ten times the difference of shares
    assert found.ranks.estimate == pytest.approx(10 * (31 / 50 - 7 / 23))
    assert found.ranks.ahead == "other pupils"


def test_standard_deviations_are_within_year_groups(make_school, standards):
    # everybody in Year 6 scores 100 more; the group is mostly in Year 6, yet 10 points behind
    group = np.concatenate([np.arange(30) < 5, np.arange(30) < 25])
    years = np.repeat([5, 6], 30)
    scores = 400 + 100 * (years == 6) - 10 * group + np.tile([-5.0, 0, 5], 20)
    school = make_school(
        {(NOW, "writing"): ["EXS"] * 60, (NOW, "cj_writing"): scores},
        disadvantaged=group,
        year_group=years,
    )
    found = gap(school, by="disadvantaged", term=NOW, standards=standards)

    assert found.sizes.estimate == pytest.approx(-10 / np.std([-5, 0, 5]), abs=0.3)
    assert found.sizes.roles == ("disadvantaged pupils", "other pupils")


def test_without_a_measure_on_one_scale_standard_deviations_are_withheld(school, standards):
    found = gap(school, by="disadvantaged", term=NOW, standards=standards)

    assert isinstance(found.sizes, Withheld)


@pytest.mark.parametrize(
    ("group", "others", "more"),
    [((7, 23), (31, 50), 8), ((10, 20), (50, 100), 0), ((9, 20), (50, 100), 1),
     ((15, 20), (50, 100), 0), ((0, 10), (1, 100), 1)],
)  # fmt: skip
def test_so_many_more_pupils_would_close_a_gap(group, others, more):
    assert pupils_to_close(share_difference(share(*group), share(*others))) == more


def test_in_a_shared_edition_everything_comes_from_rounded_counts(school, standards):
    found = release(gap(school, by="disadvantaged", term=NOW, standards=standards), "public").value

    assert (found.points.group.count, found.points.group.n) == (5, 25)
    assert found.estimate == pytest.approx(100 * (5 / 25 - 30 / 50))
    assert pupils_to_close(found.points) == 10


def test_pooled_each_pupil_counts_once_by_the_latest_judgement(make_school, standards):
    worse = np.where(GROUP, "WTS", VALUES)
    school = make_school(
        {(BEFORE, "writing"): worse, (THEN, "writing"): worse, (NOW, "writing"): VALUES},
        disadvantaged=GROUP,
    )
    found = gap_history(school, by="disadvantaged", term=NOW, standards=standards)

    assert (found.pooled.group.count, found.pooled.n) == (7, 73)
    assert [y.period for y in found.years] == ["2023-24", "2024-25", "2025-26"]
    assert [y.points.group.count for y in found.years] == [0, 0, 7]


def test_a_year_without_judgements_is_withheld_in_its_place(school, standards):
    found = gap_history(school, by="disadvantaged", term=NOW, standards=standards)

    assert [isinstance(y.points, Withheld) for y in found.years] == [True, True, False]


def test_groups_that_are_too_small_unknown_or_not_recorded(make_school, standards):
    school = make_school({(NOW, "writing"): ["EXS"] * 30}, sex=["M"] * 9 + ["F"] * 20 + [None])

    with pytest.raises(TooFewPupils, match="There are only 9 boys with a judgement in autumn 2025"):
        gap(school, by="sex", term=NOW, standards=standards)
    with pytest.raises(MissingColumn, match="eal"):
        gap(school, by="eal", term=NOW, standards=standards)
    with pytest.raises(BadArgument, match="no group 'disadvantage'"):
        gap(school, by="disadvantage", term=NOW, standards=standards)


def test_several_groups_stand_side_by_side_and_one_may_be_withheld(make_school, standards):
    values = np.where(np.arange(73) < 3, "WTS", VALUES)
    school = make_school(
        {(NOW, "writing"): values}, disadvantaged=GROUP, sen_provision=["K"] * 3 + ["N"] * 70
    )
    found = gaps(school, term=NOW, standards=standards, by=["disadvantaged", "sen"])

    assert [row.label for row in found.rows] == ["disadvantaged pupils", "pupils with SEN"]
    assert isinstance(found.rows[1].history.pooled, Withheld)
    assert [points.group_name for points in found.behind] == ["disadvantaged pupils"]


def test_of_2500_pupils_with_six_meaningless_traits_none_is_known_to_be_behind(
    make_school, standards, monkeypatch
):
    random = np.random.default_rng(2500)
    traits = {f"trait{k}": random.random(2500) < share for k, share in enumerate(
        (0.05, 0.1, 0.2, 0.3, 0.4, 0.5))}  # fmt: skip
    from writinggaps.measures.gaps import groups

    named = {
        t: groups.Group(column=t, members=(True,), others=(False,), name=t, others_name="rest")
        for t in traits
    }
    monkeypatch.setattr(groups, "GROUPS", named)
    values = np.where(random.random(2500) < 0.7, "EXS", "WTS")
    school = make_school({(NOW, "writing"): values}, **traits)

    assert gaps(school, term=NOW, standards=standards, by=list(traits)).behind == ()
