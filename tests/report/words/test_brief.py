from writinggaps.findings import Finding
from writinggaps.readers.school import School
from writinggaps.report.faces import Prose
from writinggaps.report.words.brief import in_brief, paragraph
from writinggaps.withheld import attempt

UNKNOWN = Prose("This cannot be said.", (Finding(status="withheld"),))


def test_page_one_leads_with_what_is_known():
    assert in_brief(UNKNOWN, Prose("12 of 23."), Prose("")) == "- 12 of 23.\n- This cannot be said."


def test_page_one_has_at_most_five_sentences():
    said = in_brief(UNKNOWN, *(Prose(f"{word}.") for word in ("a", "b", "c", "d", "e")))

    assert said == "- a.\n- b.\n- c.\n- d.\n- e."


def test_page_one_names_tables_that_were_not_given_together_and_last():
    school = School(key="1", name="A", phase="primary", tables={})
    sentences = []
    for name in ("attendance", "writing_errors"):
        why = attempt(school.table, name).why
        sentences.append(Prose(f"This cannot be said. {why}", (Finding(status="withheld"),)))

    assert in_brief(*sentences, Prose("12 of 23.")) == (
        "- 12 of 23.\n- **Not known yet**, as no tables were given: attendance and writing errors. "
        "A sheet of the workbook, or a file such as attendance.csv beside pupils.csv, brings each "
        "answer; the codebook says what it holds."
    )


def test_page_one_records_nothing_twice():
    assert in_brief(UNKNOWN).findings == ()


def test_a_paragraph_keeps_the_record_of_each_sentence_and_says_nothing_twice():
    said = paragraph(Prose("Known.", (Finding(n=1),)), UNKNOWN, UNKNOWN)

    assert said == "Known. This cannot be said."
    assert [f.status for f in said.findings] == ["given", "withheld", "withheld"]
