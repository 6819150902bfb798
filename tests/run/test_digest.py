from dataclasses import replace

import pytest

from writinggaps.run.digest import digest_of, seen_by
from writinggaps.run.jobs import Job


@pytest.fixture
def job(tmp_path):
    def make(folder):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pupils.csv").write_text("a")
        (tmp_path / folder / "report.ipynb").write_text("n")
        return Job(
            key="1",
            name="Invented",
            report="report",
            edition="staff",
            term="2025-26-autumn",
            notebook=str(tmp_path / folder / "report.ipynb"),
            parameters={"data": str(tmp_path / folder)},
            inputs=(str(tmp_path / folder),),
            settings={"edition": "staff"},
        )

    return make


def digest(job):
    return digest_of(job, seen_by(job))


def test_the_same_files_elsewhere_give_the_same_hash(job):
    assert digest(job("here")) == digest(job("there"))


@pytest.mark.parametrize("change", ["content", "name", "added", "gone"])
def test_any_change_to_a_file_changes_the_hash(job, tmp_path, change):
    made = job("here")
    before = digest(made)
    file = tmp_path / "here" / "pupils.csv"
    if change == "content":
        file.write_text("b")
    elif change == "name":
        file.rename(tmp_path / "here" / "pupil.csv")
    elif change == "added":
        (tmp_path / "here" / "empty.csv").write_text("")
    else:
        file.unlink()
    assert digest(made) != before


@pytest.mark.parametrize(
    "change",
    [
        {"key": "2"},
        {"name": "Other"},
        {"settings": {"edition": "public"}},
        {"published": False},
        {"strangers": ("x",)},
    ],
)
def test_what_a_report_is_told_changes_the_hash(job, change):
    made = job("here")
    assert digest(replace(made, **change)) != digest(made)


def test_our_own_code_is_part_of_the_hash(job, monkeypatch):
    made = job("here")
    before = digest(made)
    monkeypatch.setattr("writinggaps.run.digest.code", lambda: "other code")
    assert digest(made) != before


def test_a_database_cannot_be_hashed_and_so_always_runs(job):
    assert digest(replace(job("here"), inputs=("postgresql://x/y",))) == ""
