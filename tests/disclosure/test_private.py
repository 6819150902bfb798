import pandas as pd
import pytest

from writinggaps.disclosure import private_list as listed
from writinggaps.disclosure.private import PRIVATE_MIME
from writinggaps.problems import BadArgument
from writinggaps.results import Label, PupilIds, result
from writinggaps.withheld import Withheld


@result
class Reliant:
    label: Label
    who: PupilIds


def private_list(edition, title, ids, pupils):
    return listed(edition, title, Reliant(label="", who=tuple(ids)), "who", pupils)


PUPILS = pd.DataFrame(
    {
        "pupil_id": ["p1", "p2", "p3"],
        "upn": ["A1", "A2", "A3"],
        "name": ["Canary One", "Canary Two", None],
        "class": ["4B", "4A", "4A"],
        "year_group": [4, 4, 4],
    }
)


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    return shown


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
def test_a_shared_edition_gets_nothing_at_all(edition, displayed):
    made = private_list(edition, "Secure only with support", ["p1"], PUPILS)

    assert (made.title, made.columns, made.rows) == ("", (), ())
    made._ipython_display_()
    assert displayed == []


def test_a_page_says_only_where_the_list_is(displayed):
    made = private_list("staff", "t", ["p1"], PUPILS)
    made._ipython_display_()
    (bundle,) = displayed
    rows = bundle.pop(PRIVATE_MIME)["rows"]

    assert rows == made.rows
    assert "Canary" not in str(bundle) + repr(made)


def test_a_withheld_result_has_no_pupils_and_a_label_is_not_a_list_of_them():
    why = Withheld(reason="no_records", found="There is no statements table")

    assert listed("staff", "t", why, "who", PUPILS).rows == ()
    with pytest.raises(BadArgument, match="no field of pupils called 'label'"):
        listed("staff", "t", Reliant(label="p1", who=()), "label", PUPILS)
