"""Published figures: worked out again, refused with a reason, pooled only where alike."""

import pytest

from writinggaps.estimates.pooling import pool
from writinggaps.measures.evaluation.published import gap_reductions, published
from writinggaps.problems import NotPublished
from writinggaps.readers.published import read_gap_reductions, read_studies
from writinggaps.withheld import Withheld


@pytest.fixture
def studies():
    return read_studies()


def by_name(found):
    return {s.study: s for s in found.studies}


@pytest.mark.parametrize(
    ("study", "exact", "shown"),
    [
        ("spellit-taught", 11 / 9, 1.2),
        ("spellit-comparison", 6 / 9, 0.7),
        ("spellit-home", 1.0, 1.0),
        ("somerset-3-taught", 12 / (17 * 12 / 52), 3.0),
        ("somerset-3-alternative", 3 / (17 * 12 / 52), 0.8),
    ],
)
def test_published_ratio_gains_come_out_again(studies, study, exact, shown):
    found = by_name(published(studies))[study]
    assert found.ratio_gain == pytest.approx(exact)
    assert (found.published, found.agrees) == (shown, "yes")


def test_a_published_value_that_is_wrong_is_said_to_disagree(studies):
    studies.loc[studies["study"] == "spellit-taught", "published_ratio_gain"] = 1.4
    assert by_name(published(studies))["spellit-taught"].agrees == "no"


def test_scales_without_ages_are_refused(studies):
    found = by_name(published(studies))["family-literacy-end"]
    assert found.ratio_gain.reason == "no_ages"
    assert found.ratio_gain.found == "The scale 'seven-point scale' has no ages"


def test_what_is_published_as_not_applicable_is_refused_here_too(studies):
    found = published(studies)
    assert by_name(found)["family-literacy-end"].agrees == "yes"
    assert (found.agreeing, found.recomputed, found.refused) == (5, 5, 4)
    with_ages = studies["study"].eq("family-literacy-end")
    studies.loc[with_ages, ["scale", "gain_months"]] = ["age in months", 6.0]
    assert by_name(published(studies))["family-literacy-end"].agrees == "no"


def test_figures_that_nobody_here_has_read_are_not_made_up(studies):
    for name in ("write-away-together", "reading-recovery-2005-writing"):
        found = by_name(published(studies))[name]
        assert isinstance(found.ratio_gain, Withheld)
        assert isinstance(found.published, Withheld)
        assert found.why_not.startswith("figures not available to us")


def test_the_comparison_group_has_a_ratio_gain_of_its_own(studies):
    assert by_name(published(studies))["spellit-taught"].compared == pytest.approx(6 / 9)


def test_studies_are_chosen_by_outcome_and_age(studies):
    writing = published(studies, outcome="writing")
    assert {s.outcome for s in writing.studies} == {"writing"}
    names = {s.scheme for s in published(studies, outcome="writing", age=14).studies}
    assert "Write Away Together" not in names
    assert "Family Literacy" in names  # does not say
    with pytest.raises(NotPublished, match="No study in the table is of this kind"):
        published(studies, outcome="juggling")


def test_nothing_alike_is_nothing_pooled(studies):
    assert {p.pooled.reason for p in published(studies).pooled} == {"too_few_studies"}


def test_effects_against_equivalent_groups_are_pooled(studies):
    writing = studies["outcome"].eq("writing")
    few = (
        studies[writing]
        .head(3)
        .assign(equivalent="yes", effect=[0.2, 0.5, 0.3], n=[40, 50, 60], n_comparison=[40, 45, 60])
    )
    [found] = published(few).pooled
    variances = [1 / a + 1 / b + g**2 / (2 * (a + b))
                 for g, a, b in [(0.2, 40, 40), (0.5, 50, 45), (0.3, 60, 60)]]  # fmt: skip
    expected = pool([0.2, 0.5, 0.3], variances)
    for name in ("estimate", "low", "high", "between_sd"):
        assert getattr(found.pooled, name) == pytest.approx(getattr(expected, name))
    few.loc[few.index[0], "equivalent"] = "no"
    assert published(few).pooled[0].studies == 2


def test_published_gap_reductions_come_out_again():
    found = gap_reductions(read_gap_reductions()).rows
    assert len(found) == 12
    assert found[0].reduction == pytest.approx(5.3 / 7.9)
    assert {row.agrees for row in found} == {"yes"}
