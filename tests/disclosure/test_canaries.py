"""Fifty canary pupils, and a notebook that fails (see canaries.py for all ways and all reports)."""

import sys
from pathlib import Path

import pytest

from writinggaps.cli import main

sys.path.insert(0, str(Path(__file__).parent))

import canaries


@pytest.fixture
def school(tmp_path, monkeypatch):
    for room in ("worker", "memory"):
        monkeypatch.setattr(
            f"writinggaps.run.{room}.call", lambda make, *told, **_: make(*told), raising=False
        )
    folder = canaries.canary_school(tmp_path / "school")
    for file in folder.glob("*.csv"):
        if file.stem != "pupils":
            file.unlink()
    return folder


@pytest.mark.parametrize("mode", ["named", "exit", "print", "frame", "list"])
def test_a_notebook_that_fails_tells_of_no_pupil(mode, school, tmp_path, capfd):
    plan = canaries.planned(tmp_path, [school], [canaries.failing(tmp_path, mode)], ["governors"])

    main(["run", str(plan), "--jobs", "1", "--show", "lines"])

    told = capfd.readouterr()
    assert canaries.searched(tmp_path / "reports", (told.out + told.err).encode()) == []
    assert (tmp_path / "reports" / canaries.TERM / "index.html").exists()
    kept = list(tmp_path.glob("reports/*/_private/failed/*"))
    assert bool(kept) == (mode != "print")


def test_the_search_finds_canaries_wherever_they_are(school, tmp_path):
    out = tmp_path / "reports"
    out.mkdir()
    (out / "a.html").write_bytes(b"<p>CNRY007 and 512.7137</p>")
    (out / "a.staff.html").write_bytes(b"<p>512.7137</p>")

    assert canaries.searched(out, b"Qwyxel") == [
        ("a.html", b"512.7137"),
        ("a.html", b"CNRY007"),
        ("printed", b"Qwyxel"),
    ]
    assert len(canaries.hits((school / "pupils.csv").read_bytes(), canaries.WHO[:1])) == 50
