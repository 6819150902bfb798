import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.report.words import language


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(-0.04, 1, "0.0"), (0.0, 0, "0"), (-2.25, 1, "−2.2"), (-1234.6, 0, "−1,235"), (7.5, 0, "8")],
)
def test_numbers_have_a_true_minus_and_never_minus_nought(value, places, said):
    assert language.decimal(value, places) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [(0.0, "very few"), (0.05, "about one in twenty"), (0.1, "about one in ten"),
     (1 / 6, "about one in six"), (1 / 3, "about a third"), (0.5, "about half"),
     (0.9, "about nine in ten"), (0.95, "nearly all"), (1.0, "nearly all")],
)  # fmt: skip
def test_every_share_has_a_fraction(part, said):
    assert language.fraction(part) == said


@pytest.mark.parametrize("edition", ["governors", "public"])
def test_small_shared_groups_get_no_fraction_because_rounding_would_bend_it(edition):
    rounded = release(share(7, 23), edition)

    assert language.so_many_of(rounded.value, rounded) == "about 5 of 25 pupils"


def test_large_shared_groups_get_a_fraction():
    rounded = release(share(31, 92), "public")

    assert language.so_many_of(rounded.value, rounded) == "about 30 of 90 pupils (a third)"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![x](http://x)", "[a](b)", "`x`"])
def test_text_from_data_is_harmless_in_markdown_and_html(text):
    said = language.plain(text)

    assert "<" not in said
    assert "](" not in said.replace("\\]\\(", "")


def test_one_pupil_is_a_pupil():
    one = release(share(1, 1), "staff")

    assert language.pupils(1, one) == "1 pupil"
    assert language.pupils(2, one, "disadvantaged") == "2 disadvantaged pupils"
