import pandas as pd
import pytest

from writinggaps.disclosure import PRIVATE_MIME, private_list

PUPILS = pd.DataFrame(
    {
        "pupil_id": ["p1", "p2", "p3"],
        "upn": ["A1", "A2", "A3"],
        "name": ["Canary One", "Canary Two", None],
        "class": ["4B", "4A", "4A"],
        "year_group": [4, 4, 4],
    }
)


def test_staff_get_who_they_are_by_class():
    made = private_list("staff", "Secure only with support", ["p1", "p3", "p2", "p1"], PUPILS)

    assert made.columns == ("pupil_id", "name", "class", "year_group")
    assert made.rows == (
        ("p2", "Canary Two", "4A", "4"),
        ("p3", "", "4A", "4"),
        ("p1", "Canary One", "4B", "4"),
    )


def test_a_pupil_who_is_not_in_the_table_is_listed_by_identifier():
    made = private_list("staff", "t", ["p9"], PUPILS)

    assert made.rows == (("p9", "", "", ""),)


@pytest.mark.parametrize("edition", ["governors", "public"])
def test_a_shared_edition_gets_nothing_at_all(edition):
    made = private_list(edition, "Secure only with support", ["p1"], PUPILS)

    assert (made.title, made.columns, made.rows) == ("", (), ())
    assert made._repr_mimebundle_() == {"text/plain": ""}


def test_a_page_says_only_where_the_list_is():
    made = private_list("staff", "t", ["p1"], PUPILS)
    bundle = made._repr_mimebundle_()
    rows = bundle.pop(PRIVATE_MIME)["rows"]

    assert rows == made.rows
    assert "Canary" not in str(bundle) + repr(made)
