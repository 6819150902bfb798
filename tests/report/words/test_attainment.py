import pytest

from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import breakdown
from writinggaps.measures.attainment import Attainment
from writinggaps.official import official
from writinggaps.report.words import attainment as words
from writinggaps.withheld import Withheld


def result(expected, eligible, deeper, *, by="year group", who="all year groups judged"):
    return Attainment(
        measure="Writing (teacher assessment)",
        period="2025-26-autumn",
        who=who,
        expected=breakdown(by, expected),
        of_eligible=breakdown(by, eligible),
        greater_depth=breakdown(by, deeper),
    )


THIS = result(
    {"Year 5": (20, 30), "Year 6": (25, 32)},
    {"Year 5": (20, 31), "Year 6": (25, 33)},
    {"Year 5": (4, 30), "Year 6": (6, 32)},
)
YEARS = {"2023-24": (48, 74), "2024-25": (51, 75), "2025-26": (58, 75)}
THREE = result(YEARS, YEARS, {y: (10, n) for y, (_, n) in YEARS.items()}, by="school year",
               who="Year 6")  # fmt: skip


def test_this_term_with_the_dfes_denominator_where_it_differs():
    assert words.attainment(release(THIS, "staff")) == (
        "In autumn 2025, **45 of 62 pupils (73%)** were at the expected standard in writing, 10 of "
        "them (16%) at greater depth. Counted as the DfE counts, with pupils who were absent or "
        "disapplied, it is 45 of 64 pupils (70%)."
    )


def test_this_term_where_everybody_was_judged():
    same = result({"Year 6": (20, 30)}, {"Year 6": (20, 30)}, {"Year 6": (4, 30)})
    assert words.attainment(release(same, "staff")) == (
        "In autumn 2025, **20 of 30 pupils (67%)** were at the expected standard in writing, 4 of "
        "them (13%) at greater depth."
    )


def test_this_term_shared():
    assert words.attainment(release(THREE, "public")) == (
        "In autumn 2025, **about 155 of 225 pupils (two thirds)** were at the expected "
        "standard in writing, about 30 of them at greater depth."
    )


def test_page_one_sets_three_years_beside_england():
    england = release(official("ks2_writing_expected", year_ending=2025), "staff")
    none = release(Withheld(reason="not_published", found="No figure is carried"), "staff")
    few = result({"Year 6": (3, 5)}, {"Year 6": (3, 5)}, {"Year 6": (0, 5)})

    assert words.beside_england(release(THREE, "staff"), england) == (
        "Three years together it was 70% in Year 6; in England it was 73% in 2024-25."
    )
    assert words.beside_england(release(THREE, "public"), none) == (
        "Three years together it was about two thirds in Year 6."
    )
    assert words.beside_england(release(few, "public"), england) == ""


def test_three_years_and_how_little_one_year_tells():
    assert words.attainment_history(release(THREE, "staff")) == (
        "Three years together, **157 of 224 pupils (70%)** in Year 6 were at the expected standard "
        "in writing. In single years it was 65% in 2023-24, 68% "
        "in 2024-25 and 77% in 2025-26; one year of 75 pupils says where the school stands only to "
        "within 11 points or so."
    )


def test_three_years_shared():
    assert words.attainment_history(release(THREE, "public")) == (
        "Three years together, **about 155 of 225 pupils (two thirds)** in Year 6 were "
        "at the expected standard in writing. In single years it was about two thirds in 2023-24, "
        "about two thirds in 2024-25 and about four fifths in 2025-26; one year of about 75 pupils "
        "says where the school stands only to within 10 points or so."
    )


def test_years_alike_are_told_once():
    shares = {"2023-24": (48, 75), "2024-25": (49, 75), "2025-26": (50, 75)}
    alike = result(shares, shares, {"2025-26": (4, 75)}, by="school year", who="Year 6")
    assert " In each single year it was about two thirds; one year of about 75 pupils says" in (
        words.attainment_history(release(alike, "public"))
    )


def test_one_year_alone_is_no_series():
    alone = result({"2025-26": (20, 30)}, {"2025-26": (20, 30)}, {"2025-26": (4, 30)},
                   by="school year", who="Year 6")  # fmt: skip
    assert words.attainment_history(release(alone, "staff")) == (
        "In 2025-26, **20 of 30 pupils (67%)** in Year 6 were at the expected standard in writing."
    )


@pytest.mark.parametrize("write", [words.attainment, words.attainment_history])
def test_too_few_to_show(write):
    few = result({"Year 6": (3, 5)}, {"Year 6": (3, 5)}, {"Year 6": (0, 5)})
    assert write(release(few, "public")) == (
        "How many pupils were at the expected standard is not shown, to protect children."
    )
