"""Kill a run again and again, at any moment, and look at what is left.

    python tests/run/stubs/kill_points.py 2000
    python tests/run/stubs/kill_points.py 200 --real

The first form makes thirty stub reports a run, the second four real ones of one small school, each
in a process of its own; runs are forked from this process, in which all is warm, so that a kill
falls into the work and not into the start. After every kill each page that is in place must be
whole, each line of the ledger true and no report in it twice, and at most one page in place without
its line, which is made again; in the end nothing may be missing, and no process may be left of runs
that were killed.
"""

import argparse
import json
import multiprocessing
import os
import random
import select
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import stub_reports

from writinggaps.run import isolate
from writinggaps.run.digest import sha256
from writinggaps.run.memory import Looked
from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run
from writinggaps.run.shipped import shipped
from writinggaps.run.worker import produce, work


class Direct(ThreadPoolExecutor):
    """Makes stub reports in a thread, without a child."""

    def submit(self, fn, *args, **more):
        return super().submit(args[3], args[0], False) if fn is work else super().submit(Looked)


def kill_points(plan, points, *, stub, seed=1):
    """Kill runs at `points` moments; give how often a page in place was made again, and full runs.

    A moment is any of a whole run's, so that several kills fall into the making of one term.
    """
    chance = random.Random(seed)
    expected, seconds = clean(plan, stub)
    unrecorded = done = 0
    for _ in range(points):
        driver = start(plan, stub)
        time.sleep(chance.uniform(0, seconds))
        os.kill(driver[0], signal.SIGKILL)
        wait(driver)
        unrecorded += look(plan.folder, expected)
        if finished(plan.folder, expected):
            done += 1
            reset(plan.folder)
    assert wait(start(plan, stub)) == 0
    assert look(plan.folder, expected) == 0
    assert finished(plan.folder, expected)
    return unrecorded, done


def clean(plan, stub):
    """Give the pages of a run that nobody kills, and its seconds; drivers inherit what is warm."""
    main = sys.modules["__main__"]
    with Direct(1) as executor:
        run(plan, Settings(executor=executor, make=stub_reports.make if stub else produce))
    sys.modules["__main__"] = main
    reset(plan.folder)
    started = time.perf_counter()
    assert wait(start(plan, stub)) == 0
    seconds = time.perf_counter() - started
    pages = {p.relative_to(plan.folder).as_posix(): p.read_bytes() for p in pages_in(plan.folder)}
    reset(plan.folder)
    return pages, seconds


def start(plan, stub):
    """Start a run in a child, as a scheduler would; give it with what its descendants hold open."""
    seen, held = os.pipe()
    pid = os.fork()
    if pid:
        os.close(held)
        return pid, seen
    try:
        isolate._context = lambda _: multiprocessing.get_context("fork")
        how = {"executor": Direct(1), "make": stub_reports.make} if stub else {}
        os._exit(run(plan, Settings(**how)).code)
    finally:
        os._exit(70)


def wait(driver):
    """Wait for a run and for all that it started, which must end with it; give its code."""
    pid, seen = driver
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert select.select([seen], [], [], 30)[0], "a process outlives its run"
    os.close(seen)
    return code


def look(folder, expected):
    """Check what is in place; give how many pages are there without their line."""
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in pages_in(folder)}
    assert all(expected[place] == data for place, data in there.items()), "a page is not whole"
    lines = ledger(folder)
    for line in lines:
        for place, digest in line["files"].items():
            assert sha256((folder / place).read_bytes()) == digest, "the ledger is not true"
    assert len({line["job"] for line in lines}) == len(lines), "a report was made twice"
    recorded = {place for line in lines for place in line["files"]}
    unrecorded = len(there.keys() - recorded)
    assert unrecorded <= 1, "more than one page would be made again"
    return unrecorded


def ledger(folder):
    path = folder / "_private" / "ledger.jsonl"
    text = path.read_text() if path.exists() else ""
    return [json.loads(line) for line in text.split("\n")[:-1]]


def finished(folder, expected):
    return (folder / "index.html").exists() and len(ledger(folder)) == len(expected)


def pages_in(folder):
    return sorted(folder.glob("[!_]*/*.html"))


def reset(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("points", type=int)
    parser.add_argument("--real", action="store_true")
    told = parser.parse_args()
    memory = Path("/dev/shm")  # a kill loses nothing that was written, wherever it is kept
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        make = real_trust if told.real else make_trust
        plan = read_plan(make(Path(folder)), out=Path(folder) / "reports")
        unrecorded, done = kill_points(plan, told.points, stub=not told.real)
    sys.stdout.write(
        f"{told.points} kills, {done} complete runs: 0 pages partial, missing or recorded twice; "
        f"{unrecorded} pages in place were made again\n"
    )


def real_trust(folder):
    reports = '["intervention_evaluation", "development_plan"]'
    lines = ['term = "2025-26-autumn"', 'editions = ["staff", "governors"]', f"reports = {reports}"]
    lines += ['[[school]]\nkey = "S02"', f'data = "{shipped("sample") / "schools" / "S02"}"']
    (folder / "plan.toml").write_text("\n".join(lines))
    return folder / "plan.toml"


def make_trust(folder):
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from conftest import SETUP, write_notebook

    write_notebook(folder / "notebooks" / "tiny.ipynb", SETUP)
    lines = ['term = "2025-26-autumn"\neditions = ["staff"]\nreports = ["tiny"]']
    for n in range(30):
        (folder / f"K{n:02d}").mkdir()
        (folder / f"K{n:02d}" / "name.txt").write_text(f"Invented {n:02d}" * 200)
        lines.append(f'[[school]]\nkey = "K{n:02d}"\ndata = "K{n:02d}"')
    (folder / "plan.toml").write_text("\n".join(lines))
    return folder / "plan.toml"


if __name__ == "__main__":
    main()
