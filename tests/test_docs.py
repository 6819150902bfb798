"""The documentation's examples run, and its links lead somewhere."""

import ast
import doctest
import re
import shlex
from pathlib import Path

import pytest

from writinggaps.cli import _parser, main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
WITH_CODE = [ROOT / "README.md", *PAGES]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FRAGMENTS = ("BashOperator(", "ThreadPoolExecutor(4)", "share(pupils[reached & first]")
"""What stands in blocks that need another program, a plan, or the reader's own tables."""


def blocks(*kinds):
    """Each block of code in the pages, with the page that it stands in."""
    return [
        (page, text)
        for page in WITH_CODE
        for kind, text in BLOCK.findall(page.read_text(encoding="utf-8"))
        if kind in kinds
    ]


def test_the_worked_examples_of_the_methods_hold():
    ran = doctest.testfile(str(DOCS / "methods.md"), module_relative=False)
    assert ran.attempted >= 30
    assert ran.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_to_other_pages_lead_somewhere(page):
    if page.name == "gallery.md":
        pytest.skip("made by `make docs`")
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    made = {"gallery.md", "api/modules"}
    for link in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        assert link in made or (page.parent / link).exists(), link


@pytest.mark.parametrize(
    "line",
    sorted({line for _, text in blocks("", "bat", "ini") for line in text.splitlines()
            if re.search(r"(?:^|[/\\])writinggaps(?:\.exe)?\"? ", line)}),
)  # fmt: skip
def test_every_command_of_the_pages_is_one_that_the_program_takes(line):
    told = re.search(r"writinggaps(?:\.exe)?\"? (.+?)(?:\s{2,}|\s*>>|$)", line)[1]
    assert _parser().parse_args(shlex.split(told)).do


def test_every_target_of_make_that_the_pages_name_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = "\n".join(page.read_text(encoding="utf-8") for page in WITH_CODE)
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", pages, re.MULTILINE))
    assert named
    assert named <= targets


def test_the_files_that_the_first_steps_name_are_those_that_new_writes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my-trust"]) == 0
    told = "".join(text for _, text in blocks(""))
    named = set(re.findall(r"my-trust/[\w.-]+", told)) - {"my-trust/reports"}
    assert named == {"my-trust/my-school.xlsx", "my-trust/plan.toml"}
    assert all(Path(name).exists() for name in named)


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("python")}),
                         ids=lambda page: page.name)  # fmt: skip
def test_python_of_a_page_gives_what_its_comments_say(page, tmp_path, monkeypatch):
    (tmp_path / "schools").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    for key, school in (("100001", "S03"), ("100002", "S02")):
        (tmp_path / "schools" / key).symlink_to(ROOT / "data" / "sample" / "schools" / school)
    monkeypatch.chdir(tmp_path)
    names = {}
    for text in (text for of, text in blocks("python") if of == page):
        fragment = any(part in text for part in FRAGMENTS)
        for node in ast.parse(text).body:
            code = ast.unparse(node)
            if not isinstance(node, ast.Expr):
                fragment or exec(code, names)
            elif not fragment:
                said = text.splitlines()[node.end_lineno - 1].partition("  # ")[2]
                shown = repr(eval(code, names))
                assert shown == said or not said.startswith("'"), code
