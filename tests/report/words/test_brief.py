from writinggaps.findings import Finding
from writinggaps.report.faces import Prose
from writinggaps.report.words.brief import in_brief

UNKNOWN = Prose("This cannot be said.", (Finding(status="withheld"),))


def test_page_one_leads_with_what_is_known():
    assert in_brief(UNKNOWN, Prose("12 of 23."), Prose("")) == "- 12 of 23.\n- This cannot be said."


def test_page_one_has_at_most_five_sentences():
    said = in_brief(UNKNOWN, *(Prose(f"{word}.") for word in ("a", "b", "c", "d", "e")))

    assert said == "- a.\n- b.\n- c.\n- d.\n- e."


def test_page_one_records_nothing_twice():
    assert in_brief(UNKNOWN).findings == ()
