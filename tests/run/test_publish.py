import errno
import stat

import pytest

from writinggaps.run.publish import cannot_write, put, sweep


def test_a_file_is_put_in_place_with_its_folders(tmp_path):
    put(tmp_path / "a" / "b.html", b"new")
    assert (tmp_path / "a" / "b.html").read_bytes() == b"new"
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.html"]


def test_private_folders_are_closed_to_others(tmp_path):
    put(tmp_path / "_private" / "x.json", b"")
    assert stat.S_IMODE((tmp_path / "_private").stat().st_mode) == 0o700


def test_when_writing_fails_the_old_file_stays_and_nothing_is_left(tmp_path, monkeypatch):
    put(tmp_path / "b.html", b"old")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path / "b.html", b"new")
    assert (tmp_path / "b.html").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["b.html"]


def test_leftovers_of_a_killed_run_are_swept_up(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".b.html.part").write_bytes(b"half")
    (tmp_path / "a" / "b.html").write_bytes(b"whole")
    sweep(tmp_path)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.html"]


def test_a_full_disk_is_told_in_school_words():
    told = cannot_write(OSError(errno.ENOSPC, "No space left on device"))
    assert told.words == "The disk is full; make room and run again."
    assert cannot_write(OSError(errno.EIO, "I/O error")).words == (
        "The report could not be saved (I/O error)."
    )
