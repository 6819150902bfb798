"""Each report answers its reader's questions on page one, and governors theirs in their edition.

The pages are those of the sample trust. A question is answered where the words of its answer stand;
which they are is written beside it. Cells are run as they are, without a kernel.
"""

import ast
import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest

from writinggaps.findings import write_findings

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
sys.path.insert(0, str(ROOT / "tests" / "measures" / "trust"))
from reading import reading_age  # noqa: E402 - beside the browser's checks
from said import TERM, at_expected, by_year, change, in_groups, moderated, secure  # noqa: E402

pytestmark = pytest.mark.slow

SCHOOLS = ROOT / "data" / "sample" / "schools"
OLDEST = 13.0
"""A page one can be read by children of twelve to thirteen."""

ABOUT = r"(about )?[\d,]+ of [\d,]+ "

PAGE_ONE = {
    "school_report": {
        "Where does the school stand in its own last three years?": r"Three years together it was ",
        "And beside England?": r"in England it was \d+%",
        "Which gap matters most?": r"widest gap is that of \*\*",
        "Is it known to be moving?": r"is closing|No change could be detected|within chance",
        "Which statements are least secure?": r"Teach and revisit “[^”]+”.* Then: “[^”]+”",
        "Who relies on scaffolds?": r"rel(y|ies) on scaffolds",
        "What is to be done first?": r"Teach and revisit “[^”]+” in Year \d: ",
        "What is secure, by whom?": rf"most secure in [a-z ]+: {ABOUT}pupils",
    },
    "intervention_evaluation": {
        "Did the schemes work?": r"(strong evidence that it helped|[Nn]obody can tell whether)",
        "What dose did pupils have?": r"Pupils had (about )?[\d to]+ sessions each",
        "How much would have come without teaching?": r"Low scores rise by themselves",
        "Which lessons were given up?": r"Lessons were missed|No missed lessons|What it cost",
        "What did it cost?": r"It cost|What it cost is not known",
        "What would tell more?": r"\*\*Next:\*\* .* nobody to compare with",
    },
    "inclusion_school": {
        "What is the score, and how sure?": r"index is \*\*(about )?\d+\*\* \(between \d+ and \d+",
        "Where among the authority's schools?": r"third",
        "What would one more pupil change?": r"one child can change.* (raise|lower) the index",
        "Did it move?": r"moved by .* points from the year before",
        "What would only look like inclusion?": r"flatters a school|Look again",
        "What is missing, and why?": r"part of the index is missing|without|did not supply",
    },
    "send_report": {
        "How many are on SEN Support, and how many have plans?": r"SEN Support and .* had a plan",
        "And in England?": r"in England \(\d{4}-\d{2}\)",
        "Do they attend as well?": r"attended .* (than|as) pupils without SEN",
        "Are they suspended more often?": r"of suspensions\.|too few suspensions",
        "Is it one or two pupils?": r"one or two pupils",
        "How do they do?": r"\*\*Writing\*\*: .* at the expected standard in",
        "What is provided?": r"schemes? (were|was) given|had pupils",
        "Whom is there to talk about?": r"To talk about first",
    },
    "inclusion_index": {
        "Which schools can be told apart?": r"can be told from the authority's average school",
        "Did any school move?": r"moved beyond chance from the year before|Beyond chance from the",
        "What would only look like inclusion?": r"flatters a school|Look again",
        "What is missing, and why?": r"index is missing|has no index|did not supply",
        "Could it pay to be inclusive?": r"notional SEN fund",
    },
    "development_plan": {
        "What became of last year's priorities?": r"[Ll]ast year's (two )?priorities",
        "What do we work on this year?": r"This year there are three priorities",
        "By which figure will we know?": r"Without figure: “|the target of “",
        "What do the reports suggest?": r"What surely concerns most pupils",
    },
    "area_report": {
        "Where does the area stand, beside England?": r"\*\*71%\*\* of .* in England's ",
        "How far are disadvantaged pupils behind?": r"a gap of \*\*\d+ percentage points\*\* \(",
        "Does the gap move?": r"smaller, within chance|is closing|No detectable change",
        "Which schools really differ?": r"stand out\*\*: 2 clearly above and 1 below",
        "Did any school change?": r"change is more than chance",
        "What do the figures not say?": r"The figures do not say why",
    },
    "published_evaluations": {
        "Which scheme works best?": r"nobody can say from this which works best",
        "Do published figures come out again?": r"agree with what was published",
        "What do studies say together?": r"No studies are put together",
        "What is missing?": r"Figures not available to us",
    },
    "trust_report": {
        "Which differences between schools are real?": r"No school stands out|by more than chance",
        "Where do standards differ because judgements differ?": r"judge(d)? \*{0,2}(higher|lower)",
        "How do schools look by year group?": r"year group.* at the standard",
        "Where are the gaps, and which are closing?": r"In a typical school of the trust",
        "What is taught well everywhere and nowhere?": r"secured? in",
    },
    "explore_pupils": {
        "Where does the school stand?": rf"{ABOUT}pupils .* at the expected standard in writing",
        "Is a gap closing?": r"is closing|No change could be detected|within chance",
        "What is secure?": rf"most secure in [a-z ]+: {ABOUT}pupils",
    },
    "parents_summary": {
        "How many write as is expected?": rf"\*\*{ABOUT}pupils .* wrote as well as is expected",
        "What do they find hardest?": r"find hardest is \*\*",
        "Do they write enough?": r"all by themselves",
    },
}

GOVERNORS = {
    "What is secure?": rf"most secure in [a-z ]+: {ABOUT}pupils",
    "Who still needs support to write?": r"of what was looked for .* alone",
    "Which errors have become habits?": r"error that has become a habit|No error",
    "Where are the gaps, and are they closing?": r"the widest gap is that of \*\*",
    "Is support in the right place?": r"Of all sessions of support, about \d+% were given in class",
    "Do we know enough?": r"of (about )?\d+ pupils .* wrote at least",
    "What next?": r"1\. .*\?",
}


def told(shown):
    """What a reader meets of one thing that a cell shows."""
    if not hasattr(shown, "_repr_mimebundle_"):
        return ""
    bundle = shown._repr_mimebundle_()
    return bundle.get("text/markdown") or re.sub(r"<[^>]+>", " ", bundle.get("text/html", ""))


@cache
def sections(name, whole=False, **parameters):
    """The text of each section of a report, by its heading; up to page one unless `whole`."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    names, found, heading = {"display": lambda *_: None}, {}, ""
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            if found.get("In brief") and not whole:
                return found
            heading = source.removeprefix("## ") if source.startswith("## ") else heading
            continue
        body = ast.parse(source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), name, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
        if last is not None:
            said = told(eval(compile(ast.Expression(last.value), name, "eval"), names))
            found[heading] = f"{found.get(heading, '')}{said}\n"
    return found


@pytest.fixture(scope="module")
def trust(tmp_path_factory):
    found = []
    for k, name in enumerate(("Alpha Example", "Beta Example", "Gamma Example")):
        found += at_expected(name, {"Year 5": (21 + k, 31), "Year 6": (23 - k, 29)})
        found += by_year(name, (20, 30), (21, 30), (23 - k, 29)) + moderated(name, 31, 1, 1)
        found += in_groups(name, (30, 100), (160, 200)) + secure(name, "Vocabulary", 92, 101)
        found += change(name, 1.0, 10.0, "no detectable change")
    path = tmp_path_factory.mktemp("trust") / "findings.json"
    write_findings(path, found)
    return {"findings": str(path), "term": TERM}


GIVEN = {
    "area_report": {"data": str(ROOT / "tests" / "readers" / "data" / "ks2_tables")},
    "inclusion_index": {"data": str(SCHOOLS), "named": True},
    "published_evaluations": {"data": ""},
}
"""What reports are given that are not about one school."""


@pytest.mark.parametrize("edition", ["staff", "public"])
@pytest.mark.parametrize("name", PAGE_ONE)
def test_page_one_answers_the_questions_of_its_storyboard_in_words_for_thirteen(
    name, edition, trust
):
    key = "S03" if (name, edition) == ("school_report", "public") else "S02"
    about = {"data": str(SCHOOLS / key)} | trust | GIVEN.get(name, {})
    brief = sections(name, edition=edition, **about)["In brief"]
    lines = [line.removeprefix("- ") for line in brief.splitlines() if line]

    unanswered = [asked for asked, answer in PAGE_ONE[name].items() if not re.search(answer, brief)]
    assert unanswered == [], brief
    assert 3 <= len(lines) <= 5
    assert reading_age(re.sub(r"[*]", "", " ".join(lines))) <= OLDEST, brief


def test_governors_find_each_answer_in_their_own_edition_without_that_of_staff():
    about = {"data": str(SCHOOLS / "S02"), "term": TERM, "edition": "governors"}
    page = sections("school_report", whole=True, **about)

    assert [q for q, answer in GOVERNORS.items() if not re.search(answer, page[q])] == []
    asked = set(page) - {"Checks on the data", "How this was worked out"}
    silent = [q for q in asked if re.fullmatch(r"\s*(This cannot be said\..*)?\s*", page[q])]
    assert silent == []
    elsewhere = r"staff edition|private list"
    assert [q for q in asked if re.search(elsewhere, page[q])] == []
