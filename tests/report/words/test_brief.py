from writinggaps.findings import Finding
from writinggaps.report.faces import Prose
from writinggaps.report.words.brief import in_brief, paragraph

UNKNOWN = Prose("This cannot be said.", (Finding(status="withheld"),))


def test_page_one_leads_with_what_is_known():
    assert in_brief(UNKNOWN, Prose("12 of 23."), Prose("")) == "- 12 of 23.\n- This cannot be said."


def test_page_one_has_at_most_five_sentences():
    said = in_brief(UNKNOWN, *(Prose(f"{word}.") for word in ("a", "b", "c", "d", "e")))

    assert said == "- a.\n- b.\n- c.\n- d.\n- e."


def test_page_one_records_nothing_twice():
    assert in_brief(UNKNOWN).findings == ()


def test_a_paragraph_keeps_the_record_of_each_sentence_and_says_nothing_twice():
    said = paragraph(Prose("Known.", (Finding(n=1),)), UNKNOWN, UNKNOWN)

    assert said == "Known. This cannot be said."
    assert [f.status for f in said.findings] == ["given", "withheld", "withheld"]
