"""Published studies in words, tables and a picture."""

import pytest

from writinggaps.disclosure import release
from writinggaps.measures.evaluation.published import gap_reductions, published
from writinggaps.readers.published import read_gap_reductions, read_studies
from writinggaps.report.figures import published as figures
from writinggaps.report.tables import published as tables
from writinggaps.report.words import published as words


@pytest.fixture
def studies():
    return read_studies()


def said(face, studies, **chosen):
    return face(release(published(studies, **chosen), "public"))


def test_agreement_counts_what_came_out_again(studies):
    assert said(words.agreement, studies) == (
        "Of 23 published results, five give all that it takes to work out the ratio gain again: "
        "**all agree with what was published**, to one decimal. Four are published as not "
        "applicable, and are refused here too."
    )
    studies.loc[0, "published_ratio_gain"] = 2.0
    assert "**four of these agree with what was published, and spellit-taught does not**" in said(
        words.agreement, studies
    )
    assert said(words.agreement, studies, outcome="writing") == (
        "None of the ratio gains of 7 published results could be worked out again."
    )


def test_no_scheme_is_said_to_work_best(studies):
    text = said(words.whom, studies, outcome="writing")
    assert text == (
        "Four schemes are listed here. **None has an effect against pupils who were alike and not "
        "taught it**, so nobody can say from this which works best. It says for whom each was "
        "tried, with how much teaching, and how large the gains were."
    )
    studies.loc[studies["study"].eq("paired-writing-3"), "effect"] = 0.4
    assert said(words.whom, studies, outcome="writing") == (
        "Four schemes are listed here; Paired Writing \\(3\\) has an effect against pupils who "
        "were alike and not taught it."
    )


def test_figures_that_are_not_available_are_named(studies):
    assert said(words.unknown, studies) == (
        "Figures not available to us: Paired Writing \\(3\\) (writing), Reading Recovery (writing) "
        "and Write Away Together (writing). Whoever has the book can type them into the table."
    )


def test_nothing_is_pooled_that_is_not_alike(studies):
    assert said(words.pooling, studies).startswith(
        "No studies are put together: no two of one outcome have an effect against pupils who "
        "were alike. Ratio gains are not put together. Low scores rise by themselves (regression "
        "to the mean), and how much of each gain that was is not known."
    )
    writing = studies["outcome"].eq("writing")
    studies.loc[writing, ["equivalent", "effect", "n", "n_comparison"]] = ["yes", 0.3, 40, 40]
    assert said(words.pooling, studies) == (
        "Pooled, on writing, 7 studies together find 0.30 standard deviations (0.09 to 0.51)."
    )


def test_a_comparison_group_is_told_without_cause(studies):
    assert said(words.compared, studies) == (
        "With a comparison group: SPELLIT (reading): 1.2, and 0.7 without it; SPELLIT home support "
        "(reading): 1.0, and 0.7 without it. These groups were not shown to be alike before, so "
        "the difference is not the scheme's effect."
    )
    assert said(words.compared, studies, outcome="writing") == (
        "No ratio gain has that of a comparison group beside it."
    )


def test_reductions_came_out(studies):
    found = release(gap_reductions(read_gap_reductions()), "public")
    assert words.reductions(found) == (
        "Of 12 published reductions of the distance to the national average, all came out as "
        "published."
    )
    assert tables.reductions(found).rows[0][:6] == ("1", "5.3", "92.1", "0.671", "0.68", "yes")


def test_the_table_sets_worked_out_beside_published_and_refuses_with_a_reason(studies):
    rows = {(row[0], row[2]): row for row in said(tables.studies, studies).rows}
    assert rows["Somerset (3)", "not noted"][3:7] == ("24", "3.1", "3.0", "yes")
    assert rows["Family Literacy", "writing"][4:7] == ("n/a", "n/a", "yes")
    assert all(row[8] for row in rows.values())


def test_for_whom_gives_age_need_teaching_and_evidence(studies):
    rows = {row[0]: row for row in said(tables.whom, studies).rows}
    assert rows["Write Away Together"] == (
        "Write Away Together",
        "writing",
        "Years 2 to 6",
        "one to one, 20 minutes twice a week for at least 10 weeks",
        "249",
        read_studies().set_index("study").loc["write-away-together", "why_not"],
        "",
    )


def test_the_picture_says_whether_figures_come_out(studies):
    figure = said(figures.studies, studies)
    assert figure.title == "Every ratio gain that can be worked out again comes out as published"
    assert "Somerset (3), not noted: 3.0" in figure.alt
    empty = said(figures.studies, studies, outcome="writing")
    assert (empty.title, empty.alt) == (
        "No published ratio gain can be worked out again",
        "Published ratio gains. None.",
    )


def test_figures_stand_as_published_and_what_is_missing_is_not_called_not_applicable(studies):
    rows = {(row[0], row[2]): row for row in said(tables.studies, studies).rows}
    assert rows["East Court School", "spelling"][4:7] == ("not known", "1.63", "z")
    assert rows["Write Away Together", "writing"][4:6] == ("not known", "not known")


def test_a_scheme_with_figures_has_no_row_without_them_among_those_to_choose_from(studies):
    rows = said(tables.whom, studies).rows
    spellit = [row for row in rows if row[:2] == ("SPELLIT", "reading")]
    assert [row[5] for row in spellit] == ["ratio gain 1.2, 0.7 without it"]
    assert any(row[0] == "Write Away Together" for row in rows)
