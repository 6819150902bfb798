"""The trust report tells what the schools' reports found, and no edition more than it may."""

import re
import sys
from pathlib import Path

import pytest

from writinggaps.findings import MIME, write_findings
from writinggaps.run.execute import execute
from writinggaps.run.gate import refused
from writinggaps.run.jobs import Job
from writinggaps.run.page import Heading, render

sys.path.insert(0, str(Path(__file__).parents[1] / "measures" / "trust"))
from said import TERM, at_expected, by_year, change, in_groups, moderated, secure

pytestmark = pytest.mark.slow

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "trust_report.ipynb"
NAMES = ("Alpha Example", "Beta Example", "Gamma Example", "Delta Example")


def records():
    found = []
    for k, name in enumerate(NAMES):
        found += at_expected(name, {"Year 5": (21 + k, 31), "Year 6": (23 - k, 29)})
        found += at_expected(name, {"Year 5": (21 + k, 31), "Year 6": (23 - k, 29)})
        found += by_year(name, (20, 30), (21, 30), (23 - k, 29))
        found += moderated(name, 31, 1 + 15 * (k == 0), 1)
        found += in_groups(name, (30, 100), (160, 200)) + secure(name, "Vocabulary", 92, 101)
        found += change(name, 1.0, 10.0, "no detectable change")
    return found


def run(tmp_path, edition, found=None):
    write_findings(tmp_path / "findings.json", records() if found is None else found)
    given = {"findings": str(tmp_path / "findings.json"), "term": TERM, "edition": edition}
    return execute(NOTEBOOK, {**given, "standards": ""})


def texts(book):
    outputs = [o["data"] for cell in book.cells for o in cell.get("outputs", ()) if "data" in o]
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in outputs]


@pytest.mark.parametrize("edition", ["staff", "governors", "public"])
def test_the_page_of_each_edition_may_be_published(tmp_path, edition):
    ran = run(tmp_path, edition)
    page = render(ran, Heading("Example Trust", TERM, edition))
    job = Job(key="trust", name="", report="trust_report", edition=edition, term=TERM,
              notebook="", parameters={}, inputs=())  # fmt: skip

    assert refused(job, ran, page) is None
    said = re.sub(r"<svg.*?</svg>", "", "\n".join(texts(ran)), flags=re.DOTALL)
    assert "nan" not in re.sub(r"<[^>]*>", "", said).casefold().split()
    assert all(name in said for name in NAMES)


def test_page_one_says_who_judges_higher_and_that_no_school_stands_out(tmp_path):
    brief = texts(run(tmp_path, "staff"))[0]
    assert "teachers at **Alpha Example** judged **higher**" in brief
    assert "**No school stands out**" in brief


def test_shared_editions_hold_rounded_counts_only(tmp_path):
    ran = run(tmp_path, "public")
    said = [o["data"][MIME] for c in ran.cells for o in c.get("outputs", ()) if "data" in o]
    sizes = [f["n"] for block in said for f in block.get("findings", ()) if f["n"] is not None]
    assert sizes
    assert all(n % 5 == 0 for n in sizes)


def test_trust_records_are_the_schools_added_up(tmp_path):
    ran = run(tmp_path, "staff")
    blocks = [o["data"][MIME] for c in ran.cells for o in c.get("outputs", ()) if "data" in o]
    question = "Who in the trust is at the expected standard?"
    own = {
        f["group"]: f for b in blocks for f in b.get("findings", ()) if f["question"] == question
    }
    assert own["all pupils"]["n"] == 4 * 60
    assert own["Year 6"]["estimate"] == (23 + 22 + 21 + 20) / (4 * 29)


def test_a_trust_whose_schools_said_nothing_is_told_so_and_not_made_up(tmp_path):
    shown = texts(run(tmp_path, "staff", found=[]))
    assert (
        "This cannot be said. No school's report says who is at the expected standard" in shown[0]
    )
    assert "<svg" not in "".join(shown)
