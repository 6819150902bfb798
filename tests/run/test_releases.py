"""Release, run again, purge: through the command, with notebooks that run in this process."""

import json
import re

import pytest

from writinggaps.cli import main
from writinggaps.disclosure import beside, read_register
from writinggaps.run.beside import turns
from writinggaps.run.jobs import first_pass, second_pass
from writinggaps.run.plan import read_plan

TERM = "2025-26-autumn"
CLASS = [f"CANARY-{i:02}" for i in range(40)]
SETUP = """from pathlib import Path
from writinggaps.disclosure import shown_to
from writinggaps.estimates import share
from writinggaps.report.faces import sentence
ids = (Path(data) / "ids.txt").read_text().split()
say = sentence(lambda s, _: f"About {s.count} of {s.n}.")"""
SHOWN = "show = shown_to(edition)\nsay(show(share, [p for p in ids if p in {known}], ids[{of}]))"


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """Make reports in this process, and keep the key out of everybody's home."""
    for room in ("worker", "memory"):
        monkeypatch.setattr(
            f"writinggaps.run.{room}.call", lambda make, *told, **_: make(*told), raising=False
        )
    monkeypatch.setenv("WRITINGGAPS_KEY", str(tmp_path / "safe" / "key"))
    monkeypatch.chdir(tmp_path)
    yield
    beside()


@pytest.fixture
def school(trust, notebook, tmp_path):
    """A school whose pupils can be changed, and two reports about them."""
    for name, of in (("tiny", ":"), ("other", ":-2")):
        shown = SHOWN.format(known=set(CLASS[:14]), of=of)
        notebook(SETUP, shown, name=name)

    def has(pupils, reports=("tiny",)):
        path = trust("100001", editions=["governors"], reports=list(reports))
        (tmp_path / "schools" / "100001" / "ids.txt").write_text(" ".join(pupils))
        assert main(["run", str(path), "--show", "quiet", "--jobs", "1"]) == 0
        pages = [tmp_path / f"reports/{TERM}/100001/{r}.governors.html" for r in reports]
        told = [re.search(r"About \d+ of \d+|could be\s+recognised", p.read_text()) for p in pages]
        return [found and found[0] for found in told]

    return has


def register_text(tmp_path):
    return (tmp_path / "reports" / "_private" / "register" / "100001.json").read_text()


def test_a_run_is_not_a_release(school, tmp_path):
    assert school(CLASS[:30]) == ["About 15 of 30"]
    assert school(CLASS[:28]) == ["About 15 of 30"]
    assert not (tmp_path / "safe").exists()
    assert not (tmp_path / "reports" / "_private").exists()


def test_after_a_release_a_figure_about_a_few_pupils_fewer_is_held(school, tmp_path, capsys):
    school(CLASS[:30])
    assert main(["release", TERM]) == 0
    assert "1 shared reports with 1 figures" in capsys.readouterr().out

    assert school(CLASS[:30]) == ["About 15 of 30"]
    assert school(CLASS[:28]) == ["could be recognised"]
    assert "CANARY" not in register_text(tmp_path)


def test_after_a_release_joiners_are_left_out_of_the_figure(school, tmp_path):
    school(CLASS[:30])
    main(["release", TERM])

    assert school([*CLASS[:30], "CANARY-98", "CANARY-99"]) == ["About 15 of 30"]
    proposed = tmp_path / f"reports/{TERM}/_private/proposed/100001/tiny.governors.json"
    assert "CANARY-99" not in proposed.read_text()


def test_two_reports_of_one_run_are_shown_beside_each_other(school):
    # the second report leaves two pupils out
    assert school(CLASS[:30], ["tiny", "other"]) == ["About 15 of 30", "could be recognised"]


def test_a_report_that_was_changed_by_hand_is_not_recorded(school, tmp_path, capsys):
    school(CLASS[:30])
    page = tmp_path / f"reports/{TERM}/100001/tiny.governors.html"
    page.write_text(page.read_text() + " ")

    assert main(["release", TERM]) == 2
    assert "tiny.governors has changed since it was made" in capsys.readouterr().err


@pytest.mark.parametrize("term", ["2024-25-autumn", "autumn"])
def test_what_was_not_made_cannot_be_released(term, tmp_path):
    assert main(["release", term]) == 2
    assert not (tmp_path / "safe").exists()


def test_a_pupil_is_forgotten_and_still_cannot_be_told_apart(school, tmp_path, capsys):
    school(CLASS[:30])
    main(["release", TERM])
    register = tmp_path / "reports" / "_private" / "register" / "100001.json"
    key = tmp_path / "safe" / "key"
    gone = read_register(register, key).hashed("CANARY-29")
    assert gone in register_text(tmp_path)
    imprint = tmp_path / "reports" / TERM / "_private" / "read" / "100001.json"
    imprint.parent.mkdir(exist_ok=True)
    imprint.write_text('{"pupils": {"read": 30, "keys": "", "rows": "3f2a9c01"}}')

    assert main(["purge", "--pupil", "CANARY-29"]) == 0

    assert gone not in register_text(tmp_path)
    assert not imprint.exists()  # short hashes of rows, one of which was the pupil's
    private = [p for p in (tmp_path / "reports").rglob("*") if p.is_file()]
    assert not any("CANARY-29" in p.read_text(errors="replace") for p in private)
    assert "Deleted reports/2025-26-autumn/_private/proposed" in capsys.readouterr().out
    assert school(CLASS[:29]) == ["could be recognised"]


def test_a_school_is_forgotten_whole(school, tmp_path):
    school(CLASS[:30])
    main(["release", TERM])

    assert main(["purge", "--school", "100001"]) == 0

    named = [p.relative_to(tmp_path / "reports") for p in (tmp_path / "reports").rglob("*100001*")]
    assert named == []
    assert "100001" not in (tmp_path / f"reports/{TERM}/_private/ledger.jsonl").read_text()
    assert school(CLASS[:28]) == ["About 15 of 30"]


@pytest.mark.parametrize("key", ["..", "../..", "a/b", ""])
def test_no_key_leads_out_of_the_reports(key, school, tmp_path):
    school(CLASS[:30])
    before = sorted(p for p in tmp_path.rglob("*"))

    assert main(["purge", "--school", key]) == (0 if key == "" else 2)

    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_what_is_older_than_the_retention_period_is_forgotten(school, tmp_path):
    school(CLASS[:30])
    main(["release", TERM])
    old = tmp_path / "reports" / "2019-20-summer"
    old.mkdir()

    assert main(["purge"]) == 0

    assert not old.exists()
    assert (tmp_path / "reports" / TERM).exists()
    assert json.loads(register_text(tmp_path))["figures"]
    assert main(["purge", "--before", "2025-26-spring"]) == 0
    assert not (tmp_path / "reports" / TERM).exists()
    assert json.loads(register_text(tmp_path))["figures"] == []


def test_shared_editions_of_a_school_follow_one_another(trust, notebook):
    for name in ("tiny", "other"):
        notebook(SETUP, name=name)
    editions = ["staff", "governors", "public"]
    plan = read_plan(trust("100001", "100002", editions=editions, reports=["tiny", "other"]))

    order = [[job.id for job in turn if job.key == "100001"] for turn in turns(first_pass(plan))]

    assert order == [
        ["100001/tiny.staff", "100001/tiny.governors", "100001/other.staff"],
        ["100001/tiny.public"],
        ["100001/other.governors"],
        ["100001/other.public"],
    ]
    assert turns(second_pass(plan)) == []
    last = first_pass(plan)[5]
    assert [name.rsplit("/", 1)[1] for name in last.beside["earlier"]] == [
        "tiny.governors.json",
        "tiny.public.json",
        "other.governors.json",
    ]
    assert set(last.beside["earlier"]) < set(last.inputs)
