import re

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from writinggaps.findings import MIME
from writinggaps.report.faces import Prose, Table
from writinggaps.run.access import read_page
from writinggaps.run.page import Heading, render

HOSTILE = '<script>alert(1)</script><img src=x onerror=y> "quoted" & [a](javascript:b)'
HEADING = Heading("St Example's", "2025-26-autumn", "staff")


def shown(data):
    return new_code_cell("secret = 1", outputs=[new_output("display_data", data=data)])


def page(*cells, heading=HEADING):
    return render(new_notebook(cells=[new_markdown_cell("# What is secure?"), *cells]), heading)


def test_a_page_says_of_whom_of_when_and_for_whom():
    html = page()
    assert '<html lang="en-GB">' in html
    assert "<title>What is secure? – St Example&#39;s – Autumn term 2025-26</title>" in html
    assert "For staff: exact figures, not to be passed on" in html
    assert html.count("<h1") == html.count("<main") == html.count("<title>") == 1


def test_code_and_what_cells_print_are_not_shown():
    printed = new_output("stream", text="a pupil's name")
    html = page(new_code_cell("secret = 1", outputs=[printed]))
    assert "secret" not in html
    assert "a pupil" not in html


def test_faces_are_shown_as_they_show_themselves():
    table = Table(caption="Pupils", columns=("Year", "n"), rows=(("1", "20"),))
    html = page(shown(Prose("**12** of 23.")._repr_mimebundle_()), shown(table._repr_mimebundle_()))
    assert "<p><strong>12</strong> of 23.</p>" in html
    assert table._repr_html_() in html


def test_everything_from_data_is_escaped():
    table = Table(caption=HOSTILE, columns=(HOSTILE,), rows=((HOSTILE,),))
    blocks = [Prose(HOSTILE)._repr_mimebundle_(), table._repr_mimebundle_()]
    others = [{"text/plain": HOSTILE}, {"text/markdown": HOSTILE}, {"text/html": HOSTILE}]
    html = page(*map(shown, [*blocks, *others]), heading=Heading(HOSTILE, HOSTILE, HOSTILE))
    body = html[html.index("<body") :]
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r'href="\s*javascript', body)
    assert 'class="&lt;script' in body


def test_html_that_is_no_face_is_not_trusted():
    html = page(shown({"text/html": "<b>frame</b>", "text/plain": "frame & co"}))
    assert "<b>" not in html
    assert "<pre>frame &amp; co</pre>" in html


def test_each_question_is_a_section_of_its_own_name():
    html = page(new_markdown_cell("## In brief"), new_markdown_cell("## In brief\n\n### Aside"))
    assert '<section aria-labelledby="in-brief">\n<h2 id="in-brief">In brief</h2>' in html
    assert '<section aria-labelledby="in-brief-again">' in html
    assert html.count("<section") == html.count("</section>") == 3


def test_questions_are_listed_where_there_are_several():
    html = page(*(new_markdown_cell(f"## Is it {n} & more?") for n in (1, 2, 3)))
    assert '<li><a href="#is-it-2-amp-more">Is it 2 &amp; more?</a></li>' in html.replace(
        "#is-it-2-more", "#is-it-2-amp-more"
    )
    assert "<nav" not in page(new_markdown_cell("## Only one?"))


def test_nothing_is_loaded_from_elsewhere():
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|@import|url\(", page())


def test_equal_outputs_give_equal_pages():
    cells = [shown({MIME: {"kind": "prose", "text": "a"}, "text/markdown": "a"})]
    assert page(*cells) == page(*cells)


def test_a_school_s_own_look_and_what_stands_at_the_foot_of_each_printed_page():
    own = Heading('St "E"', "2025-26-autumn", "staff", "data:image/png;base64,AA==", "#801650")
    html = page(heading=own)
    assert (
        '<img class="logo" src="data:image/png;base64,AA==" alt="Logo of St &#34;E&#34;">' in html
    )
    assert ":root{--accent:#801650}" in html
    assert r'content: "St\20 \22 E\22 \20 \2013 \20 Autumn' in html
    assert read_page(html).faults == []
