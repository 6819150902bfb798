import re
from html.parser import HTMLParser

from writinggaps.estimates import Share, share
from writinggaps.results import Count, Label, PupilIds, result
from writinggaps.run.access import read_page
from writinggaps.withheld import Withheld


@result
class Reliance:
    n: Count
    group: Label
    reliant_pupils: PupilIds


def test_an_answer_is_one_line_with_its_interval_drawn():
    # Wilson: 7 of 23 is between 0.156 and 0.509
    html = share(7, 23)._repr_html_()

    assert "<strong>Share</strong> – <strong>30.4</strong>% of pupils" in html
    assert "(15.6 to 50.9 at 95%; 23 pupils)" in html
    assert 'aria-label="0.304, from 0.156 to 0.509"' in html
    assert read_page(html).faults == []


def test_pupils_are_counted_and_never_named_and_data_are_escaped():
    html = Reliance(n=23, group="<b>4A", reliant_pupils=("Ada",))._repr_html_()

    assert "<strong>Reliance</strong>: &lt;b&gt;4A" in html
    assert "1 pupil, not named here" in html
    assert "Ada" not in html
    assert "svg" not in html


def test_what_cannot_be_said_shows_why_and_what_would_help():
    why = Withheld(reason="too_few_pupils", found="3 <b>", needed="10 are needed", remedy="Wait.")

    assert why._repr_html_() == (
        "<p><strong>This cannot be said</strong> (too few pupils). "
        "3 &lt;b&gt;; 10 are needed. Wait.</p>"
    )


def test_a_drawing_holds_nought_and_the_interval_whatever_the_sign():
    class Marks(HTMLParser):
        at = None

        def handle_starttag(self, tag, attrs):
            if tag == "circle":
                self.at = int(dict(attrs)["cx"])

    for count in (0, 23):
        seen = Marks()
        seen.feed(share(count, 23)._repr_html_())
        assert 0 < seen.at < 320


def test_rows_are_drawn_below_each_other_on_one_scale():
    @result
    class Row:
        label: Label
        part: Share

    @result
    class Rows:
        period: Label
        rows: tuple[Row, ...]

    rows = (Row(label="4A", part=share(20, 23)), Row(label="4B", part=share(2, 23)))
    html = Rows(period="2025-26-autumn", rows=rows)._repr_html_()

    assert "<strong>Rows</strong>: 2025-26-autumn</p><ul><li><svg" in html
    assert "</svg> 4A – <strong>87</strong>% of pupils" in html
    # 0.955 is the highest end of all: Wilson, 20 of 23
    ends = [float(end) for end in re.findall(r"12H(\d+)", html)]
    assert ends[0] == 312
    assert ends[1] < 100
    assert read_page(html).faults == []


def test_an_answer_that_holds_another_is_told_by_it():
    @result
    class Standing:
        period: Label
        expected: Share

    html = Standing(period="2025-26-autumn", expected=share(7, 23))._repr_html_()

    assert "2025-26-autumn: expected – <strong>30.4</strong>% of pupils" in html
