import pytest

from writinggaps.run.access import access_faults, read_page

WHOLE = (
    '<!doctype html><html lang="en-GB"><head><title>T</title><style>a{color:red}</style></head>'
    '<body><a href="#a">go</a><h1 id="a">T</h1>{}</body></html>'
)


def faults(inside):
    return access_faults(read_page(WHOLE.replace("{}", inside)))


@pytest.mark.parametrize(
    "sound",
    [
        "<h2>a</h2><h3>b</h3><h2>c</h2>",
        '<img src="data:image/png;base64,x" alt="a chart">',
        '<div role="img" aria-label="a chart"><svg><use href="#x"/></svg></div>',
        '<table><caption>a</caption><tr><th scope="col">b</th></tr></table>',
        '<a href="https://example.org">source</a>',
        '<svg role="img" aria-label="x"><g style="clip-path: url(#p)"><path d="M0"/></g></svg><p>x',
    ],
)
def test_a_sound_page_passes(sound):
    assert faults(sound) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<h1>again</h1>", "it has 2 main headings instead of 1"),
        ("<h3>a</h3>", "a level of headings is skipped"),
        ('<img src="data:image/png;base64,x">', "a picture has no alternative text"),
        (
            '<img src="data:image/png;x" alt="No description has been provided for this image">',
            "a picture has no alternative text",
        ),
        ("<svg></svg>", "a chart has no alternative text"),
        ('<div role="img" aria-label=" "><svg/></div>', "a chart has no alternative text"),
        ('<table><tr><th scope="row">a</th></tr></table>', "a table has no caption"),
        ("<table><caption>a</caption></table>", "a table has no headings with a scope"),
        ("<script>1</script>", "there is a <script>"),
        ("<p onclick='x'>a</p>", "an element has code that could run"),
        ("<a href=' JavaScript:x'>a</a>", "a link has code that could run"),
        ("<img src='https://e.org/x.png' alt='a'>", "something is loaded from elsewhere"),
        ("<link rel='stylesheet' href='//e.org/x.css'>", "something is loaded from elsewhere"),
        ("<style>@import 'x'</style>", "a style loads something from elsewhere"),
        ("<p style='background:url(//e.org)'>a", "a style loads something from elsewhere"),
        ("<a href='#nowhere'>a</a>", "a link or label does not lead to one place"),
        ("<p id='a'>twice</p>", "a link or label does not lead to one place"),
    ],
)
def test_what_keeps_a_reader_out_is_told(broken, fault):
    assert faults(broken) == [fault]


def test_a_page_without_language_title_and_heading_says_all_three():
    assert access_faults(read_page("<p>a</p>")) == [
        "its language is not given",
        "it has no title",
        "it has 0 main headings instead of 1",
    ]


def test_what_is_only_heard_is_part_of_what_a_page_says():
    page = read_page("<style>hidden</style><p title='a'>b</p><img alt='c'><i aria-label='d'>e</i>")
    assert page.words == list("abcde")
