"""Stub reports that succeed or fail in every way; children import them by name."""

import os
import signal
import time
from pathlib import Path

from writinggaps.findings import Finding
from writinggaps.run.jobs import Failure, Product


def make(job, kernel):
    """Make a page from a school's file, or fail as its file `fails` says."""
    del kernel
    folder = Path(job.inputs[0])
    how = folder / "fails"
    if how.exists():
        _fail(how.read_text().strip(), folder)
    said = (folder / "name.txt").read_text()
    found = Finding(question="Is it there?", sentence=said, n=len(said))
    return Product(page=f"<p>{said} {job.report} {job.edition}</p>", findings=(found,))


def slow(job, kernel):
    time.sleep(0.5)
    return make(job, kernel)


def without_data(job, kernel):
    del kernel
    return Product(page=f"<p>{job.report} {job.edition}</p>")


def failing(job, kernel):
    del job, kernel
    return Failure(code="too_bad", words="It is too bad.", private="Traceback: a pupil's words")


def _fail(how, folder):
    if how == "hang":
        time.sleep(600)
    elif how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "exit":
        os._exit(0)
    elif how == "memory":
        bytearray(64 * 1024**3)
    elif how == "changed":
        (folder / "name.txt").write_text("something else")
    elif how == "once":
        died = folder.parent / "died"
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif how == "odd":
        raise Odd
    elif how == "older":
        os.utime(folder / "name.txt", (0, 0))
    else:
        raise ValueError("a pupil's words")


class Odd(Exception):
    """Cannot be sent from one process to another."""

    def __reduce__(self):
        raise TypeError("a pupil's words")
