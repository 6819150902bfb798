"""Kill a run again and again, at any moment, and look at what is left.

    python tests/run/stubs/kill_points.py 2000
    python tests/run/stubs/kill_points.py 200 --plan data/sample/plan.toml

The first form uses stub reports, the second real ones. After every kill each page that is in place
must be whole, each line of the ledger true, and at most one page in place without its line; in the
end nothing may be missing.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import stub_reports

from writinggaps.run.digest import sha256
from writinggaps.run.lock import Locked
from writinggaps.run.memory import Looked
from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run
from writinggaps.run.worker import work


class Direct(ThreadPoolExecutor):
    """Makes stub reports in a thread, without a child."""

    def submit(self, fn, *args, **more):
        return super().submit(args[3], args[0], False) if fn is work else super().submit(Looked)


def kill_points(plan, points, *, stub, seed=1):
    """Kill runs at `points` moments; give how often work that was in place had to be done again."""
    chance = random.Random(seed)
    expected, seconds = clean(plan, stub)
    unrecorded = done = 0
    for _ in range(points):
        driver = start(plan, stub)
        time.sleep(chance.uniform(0, seconds))
        os.kill(driver, signal.SIGKILL)
        os.waitpid(driver, 0)
        unrecorded += look(plan.folder, expected)
        if finished(plan.folder, expected):
            done += 1
            reset(plan.folder)
    assert wait(start(plan, stub)) == 0
    assert look(plan.folder, expected) == 0
    assert finished(plan.folder, expected)
    return unrecorded, done


def clean(plan, stub):
    started = time.perf_counter()
    assert wait(start(plan, stub)) == 0
    seconds = time.perf_counter() - started
    pages = {p.relative_to(plan.folder).as_posix(): p.read_bytes() for p in pages_in(plan.folder)}
    reset(plan.folder)
    return pages, seconds


def start(plan, stub):
    """Start a run in a child, as a scheduler would start it in a process."""
    pid = os.fork()
    if pid:
        return pid
    try:
        how = {"executor": Direct(1), "make": stub_reports.make} if stub else {}
        os._exit(run(plan, Settings(**how)).code)
    except Locked:
        os._exit(75)
    finally:
        os._exit(70)


def wait(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


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
    parser.add_argument("--plan", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = told.plan or make_trust(Path(folder))
        plan = read_plan(source, out=Path(folder) / "reports")
        unrecorded, done = kill_points(plan, told.points, stub=not told.plan)
    sys.stdout.write(f"{told.points} kills, {done} complete runs, {unrecorded} pages made again\n")


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
