"""The documentation's examples run, and its links lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.glob("*.md"))


def test_the_worked_examples_of_the_methods_hold():
    ran = doctest.testfile(str(DOCS / "methods.md"), module_relative=False)
    assert ran.attempted >= 14
    assert ran.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_to_other_pages_lead_somewhere(page):
    if page.name == "gallery.md":
        pytest.skip("made by `make docs`")
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    made = {"gallery.md", "api/modules"}
    for link in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        assert link in made or (page.parent / link).exists(), link
