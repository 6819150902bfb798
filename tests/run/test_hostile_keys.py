"""Five hundred keys and names that would lead elsewhere: nothing is written outside the folder."""

import json
from itertools import product

import pytest
import stub_reports

from writinggaps.problems import BadArgument, BadPlan
from writinggaps.run.plan import read_plan
from writinggaps.run.plan_faults import file_safe
from writinggaps.run.releases import purge
from writinggaps.run.runner import Settings, run

BAD = (
    "..", ".", "", " ", "/", "\\", "~", "-", "--out", "a/b", "..\\x", "C:x", "con", "NUL", "aux",
    "COM1", "lpt9", "trust", "TRUST", "{0}", "{x.__class__}", "%2e%2e", "http://evil.example/x",
    "file:///etc/passwd", "École", "E\u0301cole", "St Mary's", "A:B", "a\0b", "a\nb", "a\rb",
    "*", "?", "%00", "..;", "\u2025", "\uff0e\uff0e",
    "|", "<x>", '"x"', "$(id)", "`id`", "\u202ex", "x" * 300, "_private", ".hidden", "a.",
    "a ", "１",
    "\ufeffa", "a;b", "a&b", "#a", "a,b",
)  # fmt: skip
AROUND = (
    "{}",
    "{}/x",
    "../{}",
    "x/../../{}",
    "/{}",
    "\\\\{}",
    "{}\\..\\y",
    "./{}",
    " {}",
    "{}.html",
)
HOSTILE = list(dict.fromkeys(around.replace("{}", bad) for bad, around in product(BAD, AROUND)))


def test_no_hostile_key_names_a_folder():
    assert len(HOSTILE) >= 500
    assert [key for key in HOSTILE if file_safe(key)] == []


def test_keys_that_are_allowed_never_meet():
    allowed = [k for k in ("100001", "a-b", "a_b", "S01", "A1", "x" * 40) if file_safe(k)]

    assert len({k.casefold() for k in allowed}) == len(allowed) == 6


@pytest.mark.parametrize(
    ("part", "step"), [("key", 1), ("name", 10), pytest.param("name", 1, marks=pytest.mark.slow)]
)
def test_a_plan_with_hostile_keys_or_names_writes_nothing_outside_its_folder(
    part, step, tmp_path, monkeypatch
):
    for room in ("worker", "memory"):
        monkeypatch.setattr(
            f"writinggaps.run.{room}.call", lambda make, *told, **_: make(*told), raising=False
        )
    home = tmp_path / "home"
    home.mkdir()
    (home / "notebooks").mkdir()
    source = 'data: str = ""\nterm: str = ""\nedition: str = "public"\nstandards: str = ""'
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source,
            "outputs": [], "execution_count": None, "id": "a"}  # fmt: skip
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (home / "notebooks" / "tiny.ipynb").write_text(json.dumps(notebook))
    (home / "school").mkdir()
    (home / "school" / "name.txt").write_text("Invented")
    lines = ['term = "2025-26-autumn"', 'editions = ["public"]', 'reports = ["tiny"]']
    for i, text in enumerate(HOSTILE[::step]):
        key = text if part == "key" else f"S{i:03}"
        name = text if part == "name" and text.strip() else "x"
        quoted = (json.dumps(word).replace("\\u0000", "") for word in (key, name))
        told = dict(zip(("key", "name"), quoted, strict=True))
        lines += ["[[school]]", f"key = {told['key']}", f"name = {told['name']}", 'data = "school"']
    (home / "plan.toml").write_text("\n".join(lines), encoding="utf-8")
    before = set(tmp_path.rglob("*"))

    if part == "key":
        with pytest.raises(BadPlan):
            read_plan(home / "plan.toml")
        assert set(tmp_path.rglob("*")) == before
        return
    ran = run(read_plan(home / "plan.toml"), Settings(make=stub_reports.make, jobs=1))
    made = set(tmp_path.rglob("*")) - before
    pages = {p for p in made if p.suffix == ".html" and p.name != "index.html"}
    assert all((home / "reports") in (p, *p.parents) for p in made)
    assert len(pages) == len(ran.outcomes) == len(HOSTILE[::step])


def test_no_hostile_key_leads_purge_anywhere(tmp_path):
    (tmp_path / "reports" / "2025-26-autumn").mkdir(parents=True)
    before = set(tmp_path.rglob("*"))

    for key in filter(None, HOSTILE):
        with pytest.raises(BadArgument):
            purge(tmp_path / "reports", school=key)
    assert set(tmp_path.rglob("*")) == before
