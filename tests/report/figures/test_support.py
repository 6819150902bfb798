"""Security, scaffolds, habits, withdrawal and evidence, drawn."""

import re

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.measures.evidence import Evidence
from writinggaps.measures.scaffolds import ClassEvidence, Observed, ScaffoldReliance
from writinggaps.measures.security.blocks import BlockSecurity, Security
from writinggaps.report.faces import Prose
from writinggaps.report.figures import canvas, evidence, scaffolds, security
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
NONE = Withheld(reason="no_records", found="none")
BLANK = "too little evidence"


def states(secure, helped, not_yet, blank=0):
    return {"secure": secure, "only with support": helped, "not yet": not_yet, BLANK: blank}


def block(label, parts):
    found = split_breakdown("year_group", parts)
    return BlockSecurity(label=label, split=found, retained=share(0, found.whole.n))


SECURITY = Security(
    by="year_group",
    layer="earlier years",
    period=TERM,
    standards="own",
    blocks=(
        block("Sentences", {"Year 3": states(20, 7, 3), "Year 4": states(2, 8, 20)}),
        block("Spelling", {"Year 3": states(29, 1, 0), "Year 4": states(0, 0, 2, 28)}),
    ),
)
SCAFFOLDS = ScaffoldReliance(
    period=TERM,
    share=0.5,
    whole=Observed(n=52, independent=130, observations=200),
    classes=tuple(
        ClassEvidence(label=name, observed=Observed(n=26, independent=seen, observations=100))
        for name, seen in (("4A", 59), ("4B", 71))
    ),
    reliant=breakdown("class", {"4A": (8, 26), "4B": (0, 26)}),
    only_supported=NONE,
    reliant_pupils=("P1",),
    only_supported_pupils=(),
)

EVIDENCE = Evidence(
    period=TERM,
    expected=2,
    weeks=8,
    n=60,
    pieces=200,
    independent=150,
    subjects=(),
    enough=breakdown("year_group", {"Year 3": (28, 30), "Year 4": (22, 30)}),
    not_recent=breakdown("year_group", {"Year 3": (1, 30), "Year 4": (8, 30)}),
    not_recent_pupils=(),
)
FIGURES = [
    pytest.param(security.security, SECURITY, id="security"),
    pytest.param(scaffolds.scaffold_reliance, SCAFFOLDS, id="scaffolds"),
    pytest.param(evidence.evidence, EVIDENCE, id="evidence"),
]


def texts_of(drawing):
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def texts(figure):
    return texts_of(figure.svg)


@pytest.mark.parametrize(("draw", "value"), FIGURES)
def test_the_same_figures_give_the_same_drawing_with_letters_as_letters(draw, value):
    once, again = (draw(release(value, "staff")) for _ in range(2))

    assert once.svg == again.svg
    assert texts(once)
    assert "**" not in once.alt


@pytest.mark.parametrize(("draw", "value"), FIGURES)
def test_what_cannot_be_said_is_not_drawn(draw, value):
    assert draw(release(NONE, "staff")) == Prose("")


def test_the_grid_says_each_number_and_leaves_unknown_cells_empty():
    figure = security.security(release(SECURITY, "staff"))

    assert figure.title == "Fewest pupils are secure in sentences"
    assert {"20/30", "2/30", "29/30"} <= set(texts(figure))
    assert not any(text.startswith("0/") for text in texts(figure))


def test_the_grid_of_a_shared_edition_says_few_and_most_instead_of_bands():
    shared = set(texts(security.security(release(SECURITY, "governors"))))

    assert "most/30" in shared
    assert not {"2/30", "28/30", "29/30"} & shared


def test_bars_carry_their_figures_and_titles_say_what_they_show():
    drawn = scaffolds.scaffold_reliance(release(SCAFFOLDS, "staff"))

    assert (drawn.title, {"59%", "71%"} <= set(texts(drawn))) == (
        "65% of the evidence was seen in independent pieces",
        True,
    )


def test_each_child_is_one_mark():
    figure = evidence.evidence(release(EVIDENCE, "staff"))
    marks = figure.svg.count("<use")

    assert figure.title == "10 of 60 pupils wrote too little to judge by"
    assert marks >= 60


def test_names_are_broken_rather_than_cut_and_a_drawing_without_rows_says_so():
    figure, drawn = canvas.axes(2)
    canvas.name_rows(drawn, ["SEN Support but no specialist assessment of type of need"])
    empty, bare = canvas.axes(2)
    canvas.name_rows(bare, [])

    assert "SEN Support but no specialist assessment" not in canvas.svg(figure)
    assert "assessment" in canvas.svg(figure)
    assert texts_of(canvas.svg(empty)) == ["nothing to show"]


def test_a_drawing_holds_no_more_text_than_is_seen():
    drawing = canvas.svg(canvas.axes(2)[0])

    assert "metadata" not in drawing
    assert "font-family:" not in drawing
    assert not re.search(r"\d\.\d\d", drawing)
    assert not re.search(r"\s{2}", drawing)


def test_every_mark_that_is_used_is_there():
    figure, drawn = canvas.axes(2)
    for place, mark in enumerate("osDv^x*"):
        canvas.interval(drawn, place, (0, 1, 2), canvas.COLOURS[place % 4], mark)
    canvas.waffle(figure, drawn, 7, 23, ("secure", "not yet"))
    drawing = canvas.svg(figure)
    used = set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', drawing))

    assert len(used) > 7
    assert {"".join(pair) for pair in used} <= set(re.findall(r' id="([^"]*)"', drawing))
