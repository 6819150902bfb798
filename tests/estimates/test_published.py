"""Worked examples as they were published, each named for its source."""

import pytest

from writinggaps.estimates import effects, paired, share, share_difference
from writinggaps.estimates.ancova import fitted
from writinggaps.estimates.effects import cohens_d, hedges_g
from writinggaps.estimates.noncentral import approximate_j
from writinggaps.estimates.paired import paired_effect, pre_post_control_effect
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.regression import Selection
from writinggaps.estimates.samples import Summary
from writinggaps.problems import NoAges

# Borenstein et al. (2009), Introduction to Meta-Analysis, chapter 4 (approximate correction)


def test_borenstein_2009_two_groups(monkeypatch):
    monkeypatch.setattr(effects, "exact_j", approximate_j)
    groups = Summary(50, 103, 5.5), Summary(50, 100, 4.5)
    d, g = cohens_d(*groups), hedges_g(*groups)

    assert round(d.estimate, 4) == 0.5970
    assert round(d.standard_error**2, 4) == 0.0418
    assert round(g.estimate, 4) == 0.5924
    assert d.estimate == pytest.approx(0.59702231412599, rel=1e-12)
    assert d.standard_error**2 == pytest.approx(0.041782178217822, rel=1e-12)
    assert g.estimate == pytest.approx(0.59244158025802, rel=1e-12)


def test_borenstein_2009_paired(monkeypatch):
    monkeypatch.setattr(paired, "exact_j", approximate_j)
    within = 5.5 / (2 * (1 - 0.7)) ** 0.5
    groups = Summary(50, 100, within), Summary(50, 103, within)
    d, g = (
        paired_effect(*groups, divisor="change_corrected", correlation=0.7, small_sample=small)
        for small in (False, True)
    )

    assert round(d.estimate, 4) == 0.4225
    assert d.standard_error**2 == pytest.approx(0.013071074380165, rel=1e-11)
    assert g.estimate == pytest.approx(0.416007162222, rel=1e-11)
    assert g.standard_error**2 == pytest.approx(0.012671981221576, rel=1e-11)


def test_borenstein_2009_to_three_places_with_the_exact_correction():
    assert round(hedges_g(Summary(50, 103, 5.5), Summary(50, 100, 4.5)).estimate, 4) == 0.5924


# Lakens (2013), Frontiers in Psychology 4:863, table 1

MOVIE_1, MOVIE_2 = [9, 7, 8, 9, 8, 9, 9, 10, 9, 9], [9, 6, 7, 8, 7, 9, 8, 8, 8, 7]


def test_lakens_2013_between_subjects():
    d, g = cohens_d(MOVIE_1, MOVIE_2), hedges_g(MOVIE_1, MOVIE_2)

    assert round(d.estimate, 2) == 1.13
    assert round(g.estimate, 2) == 1.08
    assert (d.low, d.high) == pytest.approx((0.163076532440, 2.062145833612), abs=1e-11)


@pytest.mark.parametrize(
    ("divisor", "published"), [("change", 1.50), ("change_corrected", 1.11), ("average", 1.13)]
)
def test_lakens_2013_within_subjects(divisor, published):
    effect = paired_effect(MOVIE_2, MOVIE_1, divisor=divisor, small_sample=False)

    assert round(effect.estimate, 2) == published


# Morris (2008), Organizational Research Methods 11, table 5 (data as in metafor's documentation)

MORRIS = [
    # taught: n, pre, post, SD before; comparison: the same; correlation; d_ppc2 published, exact
    ((20, 30.6, 38.5, 15.0), (20, 23.1, 19.7, 13.8), 0.47, 0.77, 0.76846493351713),
    ((50, 23.5, 26.8, 3.1), (42, 24.9, 25.3, 4.1), 0.64, 0.80, 0.80098998980087),
    ((9, 0.5, 0.7, 0.1), (9, 0.6, 0.6, 0.2), 0.77, 1.20, 1.2046772038737),
    ((10, 53.4, 75.9, 14.5), (11, 55.7, 60.7, 17.3), 0.89, 1.05, 1.0477245746063),
    ((14, 35.6, 36.0, 4.7), (14, 34.8, 33.4, 3.1), 0.44, 0.44, 0.43895565376019),
]
VARIANCES = [
    0.11577215385922,
    0.035383560754076,
    0.15908715283976,
    0.076218620627821,
    0.1674576626888,
]


@pytest.mark.parametrize("study", range(5))
def test_morris_2008_table_5(study, monkeypatch):
    monkeypatch.setattr(paired, "exact_j", approximate_j)
    taught, comparison, r, published, exact = MORRIS[study]
    arms = []
    for n, pre, post, sd in (taught, comparison):
        arms += [Summary(n, pre, sd), Summary(n, post, sd)]
    effect = pre_post_control_effect(*arms, correlation=r)

    assert round(effect.estimate, 2) == published
    assert effect.estimate == pytest.approx(exact, rel=1e-12)
    assert effect.standard_error**2 == pytest.approx(VARIANCES[study], rel=1e-11)


@pytest.mark.parametrize(
    ("study", "difference"),
    [
        (0, 0.742052438043),
        (1, 0.952361368914),
        (2, 1.805406667353),
        (3, 1.151392246547),
        (4, 0.505043438272),
    ],
)
def test_morris_2008_data_as_the_difference_of_two_gains(study, difference):
    # metafor: escalc(measure="SMCR") in each group, with the exact correction
    taught, comparison, r, *_ = MORRIS[study]
    first, second = (
        paired_effect(Summary(n, pre, sd), Summary(n, post, sd), divisor="pre", correlation=r)
        for n, pre, post, sd in (taught, comparison)
    )

    assert first.estimate - second.estimate == pytest.approx(difference, abs=1e-11)


# Newcombe (1998a), Statistics in Medicine 17: 857-872, table I, method 3


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombe_1998a_single_proportions(count, n, low, high):
    found = share(count, n)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


# Newcombe (1998b), Statistics in Medicine 17: 873-890, table II, method 10


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.052431472402365, 0.33387265403691),
        ((9, 10, 3, 10), 0.1705227239345, 0.80901797353549),
        ((6, 7, 2, 7), 0.058227927482312, 0.80624963752423),
        ((5, 56, 0, 29), -0.038137147903537, 0.19256001385511),
        ((10, 10, 0, 20), 0.67908603714191, 1.0),
        ((9, 21, 32, 50), -0.43023840325032, 0.036821121656426),
    ],
)
def test_newcombe_1998b_differences_of_proportions(counts, low, high):
    a, m, b, n = counts
    found = share_difference(share(a, m), share(b, n))

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


# Brooks, Pugh & Hall / Brooks (2002), What Works for Children with Literacy Difficulties? (RR380)


@pytest.mark.parametrize(
    ("scheme", "n", "gain", "time", "published"),
    [
        ("SPELLIT, taught (p. 122)", 51, 11, {"weeks": 39}, 1.2),
        ("SPELLIT, comparison", 58, 6, {"weeks": 39}, 0.7),
        ("SPELLIT, home support", 41, 9, {"weeks": 39}, 1.0),
        ("Somerset (3), taught (p. 119)", 24, 12, {"weeks": 17, "elapsed_rounding": "month"}, 3.0),
        ("Somerset (3), alternative", 24, 3, {"weeks": 17, "elapsed_rounding": "month"}, 0.8),
    ],
)
def test_brooks_2002_ratio_gains(scheme, n, gain, time, published):
    found = ratio_gain(Summary(n=n, mean=gain), **time)

    assert found.estimate == pytest.approx(published, abs=0.05 + 1e-9), scheme


def test_brooks_2002_divides_by_the_time_between_tests_and_not_by_teaching_weeks():
    taught_weeks = ratio_gain(Summary(n=51, mean=11), weeks=30)

    assert round(taught_weeks.estimate, 1) != 1.2


def test_brooks_2002_somerset_agrees_within_a_tenth_without_rounding_the_time():
    assert ratio_gain(Summary(n=24, mean=12), weeks=17).estimate == pytest.approx(3.0, abs=0.1)


def test_brooks_2002_spellit_signs_agree_with_its_standard_scores():
    comparison = ratio_gain(Summary(n=58, mean=6), weeks=39, standard_score_gain=-1.4)
    taught = ratio_gain(
        Summary(n=51, mean=11), weeks=39, standard_score_gain=2.32, comparison=comparison
    )

    assert (taught.cautions, comparison.cautions) == ((), ())
    assert round(taught.difference.estimate, 2) == 0.56


@pytest.mark.parametrize("gain", [0.6, 0.9, 1.4, 4.6])
def test_brooks_2002_family_literacy_writing_scale_has_no_ratio_gain(gain):
    # p. 135: "Ratio gain: n/a" for a seven-point scale
    with pytest.raises(NoAges):
        ratio_gain(Summary(n=279, mean=gain), weeks=12, scale="7-point writing scale")


@pytest.mark.parametrize(
    ("name", "ratio", "label"),
    [
        ("Toe by Toe, MacKay (2006)", 2.3, "medium impact, useful"),
        ("Toe by Toe, Brooks (2007)", 2.7, "medium impact, useful"),
        ("East Court, accuracy", 1.53, "small impact, modest"),
        ("East Court, fluency", 0.86, "very small impact, doubtful educational significance"),
    ],
)
def test_singleton_2009_labels_of_published_ratio_gains(name, ratio, label):
    assert ratio_gain(Summary(n=91, mean=ratio), 1).band == label, name


def test_duncorex_ten_months_in_ten_weeks_is_4_only_with_four_week_months():
    found = ratio_gain(Summary(n=20, mean=10), weeks=10)

    assert round(found.estimate, 1) == 4.3
    assert ratio_gain(Summary(n=20, mean=10), weeks=10 * 13 / 12).estimate == pytest.approx(4.0)


# Regression to the mean for the lowest fifth, computed in closed form


def test_regression_to_the_mean_adds_what_the_formula_says():
    chosen = Selection(test="pre-test", months_behind=18, reliability=0.85)
    found = ratio_gain(Summary(n=30, mean=0.0), weeks=10, selected=chosen)

    assert found.after_regression.zero_effect - 1 == pytest.approx(0.15 * 18 / (10 * 12 / 52))


# Hand-made analysis of covariance, every step on paper


def test_an_adjusted_difference_on_paper():
    # within-group slope 1 in both groups; post differs by 5, pre by 1, so 4 are left
    found = fitted(([1, 2, 3], [6, 8, 7]), ([0, 1, 2], [2, 1, 3]), None)

    # slope: Sxy = 1 + 1, Sxx = 2 + 2, so 0.5; 7 - 2 - 0.5 * 1
    assert found.estimate == pytest.approx(4.5)
