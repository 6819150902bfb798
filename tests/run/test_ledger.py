import errno

import pytest

from writinggaps.run.ledger import Ledger
from writinggaps.run.publish import put


def record(folder, job="1/a.staff", digest="d1", data=b"page"):
    put(folder / "1" / "a.html", data)
    Ledger(folder).append(job, digest, {"1/a.html": data}, headline="h")


def test_a_finished_job_is_known_with_what_was_said(tmp_path):
    record(tmp_path)
    assert Ledger(tmp_path).knows("1/a.staff", "d1")["headline"] == "h"


@pytest.mark.parametrize(
    ("job", "digest"), [("1/b.staff", "d1"), ("1/a.staff", "d2"), ("1/a.staff", "")]
)
def test_another_job_other_inputs_and_unknown_inputs_are_not_known(tmp_path, job, digest):
    record(tmp_path)
    assert Ledger(tmp_path).knows(job, digest) is None


def test_a_job_whose_file_is_gone_or_changed_is_not_known(tmp_path):
    record(tmp_path)
    (tmp_path / "1" / "a.html").write_bytes(b"edited")
    assert Ledger(tmp_path).knows("1/a.staff", "d1") is None
    (tmp_path / "1" / "a.html").unlink()
    assert Ledger(tmp_path).knows("1/a.staff", "d1") is None


def test_a_torn_last_line_is_dropped_and_the_next_line_is_whole(tmp_path):
    record(tmp_path)
    path = tmp_path / "_private" / "ledger.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    record(tmp_path, job="2/a.staff")
    ledger = Ledger(tmp_path)
    assert ledger.knows("1/a.staff", "d1")
    assert ledger.knows("2/a.staff", "d1")
    assert path.read_bytes().count(b"\n") == 2


def test_a_line_that_cannot_be_written_whole_is_not_written(tmp_path, monkeypatch):
    record(tmp_path)
    before = (tmp_path / "_private" / "ledger.jsonl").read_bytes()
    ledger = Ledger(tmp_path)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        ledger.append("2/a.staff", "d1", {})
    assert (tmp_path / "_private" / "ledger.jsonl").read_bytes() == before
    assert ledger.knows("2/a.staff", "d1") is None
