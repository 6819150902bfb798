from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from writinggaps.disclosure import Released, release
from writinggaps.estimates import Share, share
from writinggaps.findings import MIME, Finding
from writinggaps.problems import BadArgument
from writinggaps.report.faces import Figure, Prose, Table, sentence, shown
from writinggaps.withheld import Withheld

TABLE = Table(caption="Pupils by class", columns=("class", "pupils"), rows=(("4A", "28"),))


@sentence
def secure(value: Share, released: Released[Share]) -> str:
    return f"{value.count} of {value.n}, {'exactly' if released.exact else 'about'}."


@shown
def laid_out(value: Share, released: Released[Share]) -> Table:
    return Table(caption="Secure", columns=("n",), rows=((str(value.n),),))


def test_a_sentence_is_a_plain_string_that_carries_its_record():
    said = secure(release(share(7, 23), "staff"))

    assert said == "7 of 23, exactly."
    assert said.findings[0].n == 23
    assert said.findings[0].sentence == said
    assert said._repr_mimebundle_()[MIME]["findings"][0]["estimate"] == pytest.approx(7 / 23)


def test_a_shared_edition_never_holds_the_exact_figure():
    said = secure(release(share(7, 23), "governors"))

    assert said == "5 of 25, about."
    assert said.findings[0].n == 25


@pytest.mark.parametrize("face", [secure, laid_out])
def test_a_face_refuses_what_disclosure_has_not_passed(face):
    with pytest.raises(BadArgument, match="exact Share"):
        face(share(7, 23))


def test_a_withheld_result_says_why_and_shows_no_table():
    nothing = release(
        Withheld(reason="too_few_pupils", found="The group has 3 pupils", needed="10 are needed"),
        "staff",
    )

    assert secure(nothing) == "This cannot be said. The group has 3 pupils; 10 are needed."
    assert secure(nothing).findings[0].status == "withheld"
    assert laid_out(nothing) == ""


def test_a_table_has_caption_and_scope_and_escapes_what_comes_from_data():
    table = Table(caption="By <class>", columns=("class", "n"), rows=(("<script>4A", "28"),))
    html = table._repr_html_()

    assert "<caption>By &lt;class&gt;</caption>" in html
    assert '<th scope="col">Class</th>' in html
    assert '<th scope="row">&lt;script&gt;4A</th>' in html


def test_a_table_cannot_be_made_without_its_words_or_with_a_ragged_row():
    with pytest.raises(BadArgument, match="without a caption"):
        Table(caption=" ", columns=("a",), rows=())
    with pytest.raises(BadArgument, match="without a heading"):
        Table(caption="Pupils", columns=("", "n"), rows=())
    with pytest.raises(BadArgument, match="not as long as its headings"):
        Table(caption="Pupils", columns=("a", "b"), rows=(("1",),))


@pytest.mark.parametrize("missing", ["title", "subtitle", "alt"])
def test_a_figure_cannot_be_made_without_its_words(missing):
    words = {"title": "Behind", "subtitle": "Year 6", "alt": "Seven of 23"} | {missing: ""}

    with pytest.raises(BadArgument, match="without"):
        Figure(**words, svg="<svg/>", data=TABLE)


def test_a_figure_shows_its_alt_text_and_the_figures_behind_it():
    drawn = Figure(title="Behind", subtitle="Year 6", alt='"7" of 23', svg="<svg/>", data=TABLE)

    class Seen(HTMLParser):
        labels = ()

        def handle_starttag(self, tag, attrs):
            if dict(attrs).get("role") == "img":
                self.labels += (dict(attrs)["aria-label"],)

    seen = Seen()
    seen.feed(drawn._repr_html_())

    assert seen.labels == ('"7" of 23',)
    assert "<caption>Pupils by class</caption>" in drawn._repr_html_()


def test_prose_with_no_text_is_still_prose():
    assert Prose("")._repr_markdown_() == ""


def test_what_a_sentence_is_about_and_its_own_records_are_kept():
    @sentence
    def how_many(value, released):
        return Prose("12 of 23.", (Finding(group="Year 4", n=9),))

    said = how_many(release(share(12, 23), "staff"))

    assert [(f.question, f.group, f.n) for f in said.findings] == [
        ("how many", "", 23),
        ("", "Year 4", 9),
    ]


def test_a_figure_carries_the_records_of_its_table():
    data = Table(caption="Pupils", columns=("who",), rows=(), findings=(Finding(n=9),))
    figure = Figure(title="t", subtitle="s", alt="a", svg="<svg></svg>", data=data)

    assert figure._repr_mimebundle_()[MIME]["findings"][0]["n"] == 9


def test_the_figures_behind_a_chart_can_be_saved_and_open_as_text():
    rows = (("=HYPERLINK(1)", "28"), ("4, B", "\u22125"))
    data = Table(caption="Pupils", columns=("class", "n"), rows=rows)
    html = Figure(title="t", subtitle="s", alt="a", svg="<svg/>", data=data)._repr_html_()
    csv = unquote(html.split("data:text/csv;charset=utf-8,")[1].split('"')[0])

    assert csv.splitlines() == ["Class,N", "'=HYPERLINK(1),28", '"4, B",\u22125']
    assert 'download="figures.csv"' in html


def test_a_missing_figure_is_told_in_words_wherever_the_table_is_read():
    table = Table(caption="Pupils", columns=("class", "secure"), rows=(("c", "c"), ("4A", "x")))
    block = table._repr_mimebundle_()[MIME]

    assert "<td>hidden</td>" in table._repr_html_()
    assert table.csv.splitlines() == ["Class,Secure", "c,hidden", "4A,not available"]
    assert [tuple(block["columns"]), *block["rows"]] == list(table.shown)


def test_a_table_of_many_columns_is_set_small_so_that_paper_holds_it():
    wide, narrow = (
        Table(caption="Schools", columns=("a",) * n, rows=(("1",) * n,))._repr_html_()
        for n in (8, 7)
    )

    assert '<div class="table wide"' in wide
    assert '<div class="table"' in narrow
