"""Reports through the runner against the commands that people put into a loop.

    python benchmarks/report_vs_shell.py [--reports 40] [--pairs 3] [--minutes 11]
    python benchmarks/report_vs_shell.py --memory 200

Every way makes the same reports of copies of one sample school from the same notebook:

shell    papermill, then jupyter nbconvert --to html --no-input, for each report
api      papermill and nbconvert called in one process, a kernel for each report
ploomber ploomber-engine in one process, where --ploomber names a folder that pip put it in
floor    the cells and the page as plain Python in one warm process
one      writinggaps run --jobs 1, from its cold start
run      writinggaps run, from its cold start, on all processors
again    writinggaps run once more: nothing has changed

The slow ways make only the first few of the reports and are scaled up to all, which the last
column says. Prints seconds of wall time and of processor time as they are known, then medians over
the rounds and how many times the shell loop's they are. No round is begun that would not end within
the minutes given. A way that fails is told and left out. `--memory` makes that many reports in one
run and prints the memory of all its processes as it goes, how many reports a processor makes in a
minute, and what that would mean for England: an estimate on paper, as nobody has run it. Linux
only: children that outlive their parents are counted, too.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from writinggaps.run.shipped import shipped

BIN = Path(sys.executable).parent
TERM = "2025-26-autumn"
SUBREAPER = 36
PATHS = [os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else []
PRIMARIES, PROCESSORS = 16_700, 64


def main() -> None:
    told = arguments()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        trust(place, told)
        if told.memory:
            memory(place)
            return
        took = {name: [] for name in WAYS if name != "ploomber" or told.ploomber}
        began = time.monotonic()
        for done in range(told.pairs):
            if (time.monotonic() - began) * (done + 1) > 60 * told.minutes * max(done, 1):
                break
            one_round(took, place, told)
    report(took, told)


def one_round(took: dict[str, list], place: Path, told: argparse.Namespace) -> None:
    """Measure each way once, and print what it took."""
    for name in [*took]:
        try:
            seconds = measured(WAYS[name], place, told, few=min(FEW.get(name, told.reports),
                                                                told.reports))  # fmt: skip
        except subprocess.CalledProcessError as why:
            last = (why.stderr or b"").decode(errors="replace").strip().splitlines()[-1:]
            print(f"{name:9} failed: {' '.join(last)}", flush=True)
            del took[name]
        else:
            took[name].append(seconds)
            print(f"{name:9} {seconds[0]:9.2f} s wall {seconds[1]:9.2f} s cpu", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--pairs", type=int, default=3, help="how often each way is measured")
    parser.add_argument("--minutes", type=float, default=11)
    parser.add_argument("--notebook", default="school_report")
    parser.add_argument("--school", type=Path, default=shipped("sample") / "schools" / "S02")
    parser.add_argument("--edition", default="staff")
    parser.add_argument("--ploomber", default="", help="a folder with ploomber-engine")
    parser.add_argument("--memory", type=int, default=0, help="only measure memory, over so many")
    told = parser.parse_args()
    told.reports = told.memory or told.reports
    return told


def trust(place: Path, told: argparse.Namespace) -> None:
    """Copies of one school, a plan for them, and the notebook."""
    (place / "notebooks").mkdir()
    source = Path(told.notebook)
    if not source.suffix:
        source = shipped("notebooks") / f"{told.notebook}.ipynb"
    shutil.copy(source, place / "notebooks" / "report.ipynb")
    lines = [f'term = "{TERM}"', f'editions = ["{told.edition}"]', 'reports = ["report"]']
    for n in range(told.reports):
        shutil.copytree(told.school, place / key(n))
        settings = place / key(n) / "school.toml"
        text = settings.read_text().replace(told.school.name, key(n))
        settings.write_text(text.replace('name = "', f'name = "Copy {n:03d} of '))
        lines += ["[[school]]", f'key = "{key(n)}"', f'data = "{key(n)}"']
    (place / "plan.toml").write_text("\n".join(lines))


def key(n: int) -> str:
    return f"R{n:03d}"


def given(place: Path, n: int, told: argparse.Namespace) -> dict[str, str]:
    return {"data": str(place / key(n)), "term": TERM, "edition": told.edition}


def shell(place: Path, told: argparse.Namespace, reports: int) -> None:
    for n in range(reports):
        out = place / f"out{n}.ipynb"
        options = [w for name, v in given(place, n, told).items() for w in ("-p", name, v)]
        command([BIN / "papermill", place / "notebooks" / "report.ipynb", out, *options])
        command([BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", out])


def inside(way: str):
    """A way that is a loop in one process: this file once more."""

    def loop(place: Path, told: argparse.Namespace, reports: int) -> None:
        path = told.ploomber if way == "ploomber" else ""
        command([sys.executable, __file__, way, place, reports, told.edition], path)

    return loop


def runner(*options: str):
    def run(place: Path, told: argparse.Namespace, reports: int) -> None:
        del told, reports
        command([BIN / "writinggaps", "run", place / "plan.toml", "--show", "quiet", *options])

    return run


FEW = {"shell": 2, "api": 2, "ploomber": 2, "floor": 10}
WAYS = {
    "shell": shell,
    "api": inside("api"),
    "ploomber": inside("ploomber"),
    "floor": inside("floor"),
    "one": runner("--force", "--jobs", "1"),
    "run": runner("--force"),
    "again": runner(),
}


def command(words: list[object], path: str = "") -> None:
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, *PATHS)))}
    subprocess.run([str(word) for word in words], check=True, capture_output=True, env=found)


def measured(way, place: Path, told: argparse.Namespace, *, few: int) -> tuple[float, float]:
    """Wall and processor seconds for all reports; of `floor` only what follows its warm-up."""
    inner = place / "seconds.json"
    inner.unlink(missing_ok=True)
    before, started = processor(), time.perf_counter()
    way(place, told, few)
    took = time.perf_counter() - started, processor() - before
    if inner.exists():
        took = tuple(json.loads(inner.read_text()))
    scale = told.reports / few
    return took[0] * scale, took[1] * scale


def processor() -> float:
    """Processor seconds of every descendant so far; waits for those that outlived parents."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(took: dict[str, list[tuple[float, float]]], told: argparse.Namespace) -> None:
    middle = {
        name: [statistics.median(part) for part in zip(*rounds, strict=True)]
        for name, rounds in took.items()
    }
    times = len(next(iter(took.values()), ()))
    print(f"{told.reports} reports, medians of {times}; load {os.getloadavg()[0]:.1f}")
    print(f"{'way':9}{'wall s':>9}{'each':>8}{'cpu s':>9}{'each':>8}{'shell/way':>11}{'(cpu)':>9}")
    for name, (wall, cpu) in middle.items():
        each = f"{wall:9.2f}{wall / told.reports:8.2f}{cpu:9.2f}{cpu / told.reports:8.2f}"
        scaled = f"  from {FEW[name]} reports" if FEW.get(name, told.reports) < told.reports else ""
        print(f"{name:9}{each}{compared(middle, 'shell', name)}{scaled}")
    print(f"run / floor: wall and cpu{compared(middle, 'run', 'floor')}")
    print(f"second processor: wall and cpu{compared(middle, 'one', 'run')}")


def compared(middle: dict[str, list[float]], one: str, other: str) -> str:
    """How many times the seconds of one way are those of another, where both were measured."""
    if one not in middle or other not in middle:
        return f"{'-':>11}{'-':>9}"
    wall, cpu = (a / b for a, b in zip(middle[one], middle[other], strict=True))
    return f"{wall:10.2f}x{cpu:8.2f}x"


def memory(place: Path) -> None:
    """Make all reports once, and print what its processes hold as it goes."""
    words = [BIN / "writinggaps", "run", place / "plan.toml", "--show", "lines"]
    before, started = processor(), time.perf_counter()
    ran = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    seen = []
    for line in iter(ran.stderr.readline, ""):
        if line.startswith(("done", "failed")):
            seen.append(held(ran.pid))
            if len(seen) % 50 == 0:
                own, most = (statistics.median(x) for x in zip(*seen[-20:], strict=True))
                told = f"run and server {own:.0f} MB, with children {most:.0f} MB"
                print(f"after {len(seen)} reports: {told}", flush=True)
    ran.wait()
    wall, spent = (time.perf_counter() - started) / 60, (processor() - before) / len(seen)
    print(f"{len(seen)} reports in {wall:.1f} minutes, exit code {ran.returncode}")
    print(f"peak {max(most for _, most in seen):.0f} MB; {spent:.2f} processor seconds a report, "
          f"so {60 / spent:.0f} a minute and processor")  # fmt: skip
    minutes = PRIMARIES * spent / PROCESSORS / 60
    print(f"on paper, {PRIMARIES} primaries on {PROCESSORS} processors: {minutes:.0f} minutes")


def held(pid: int) -> tuple[float, float]:
    """Megabytes that a run and its server hold for themselves, and all its processes together."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
    below = {pid}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    first = {pid, *(child for child in below if parents[child] == pid)}
    return sum(map(own_memory, first)), sum(map(own_memory, below))


def own_memory(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def api_loop(place: Path, reports: int, told: argparse.Namespace) -> None:
    from papermill import execute_notebook

    loop(execute_notebook, place, reports, told)


def ploomber_loop(place: Path, reports: int, told: argparse.Namespace) -> None:
    from ploomber_engine import execute_notebook

    loop(execute_notebook, place, reports, told)


def loop(execute, place: Path, reports: int, told: argparse.Namespace) -> None:
    from nbconvert import HTMLExporter

    for n in range(reports):
        source, out = place / "notebooks" / "report.ipynb", place / f"out{n}.ipynb"
        ran = execute(source, out, parameters=given(place, n, told), progress_bar=False)
        page, _ = HTMLExporter(exclude_input=True).from_notebook_node(ran)
        (place / f"out{n}.html").write_text(page)


def floor_loop(place: Path, reports: int, told: argparse.Namespace) -> None:
    """Warm up with one report, then time the rest."""
    from writinggaps.run import warm
    from writinggaps.run.page import Heading, render

    del warm
    for n in (0, *range(reports)):
        if n == 0:
            started, cpu = time.perf_counter(), time.process_time()
        page = render(executed(place, n, told), Heading("Copy", TERM, told.edition))
        (place / f"out{n}.html").write_text(page)
    took = [time.perf_counter() - started, time.process_time() - cpu]
    (place / "seconds.json").write_text(json.dumps(took))


def executed(place: Path, n: int, told: argparse.Namespace):
    """The notebook's cells as plain Python, with what their last lines show."""
    import nbformat
    from nbformat.v4 import new_output

    book = nbformat.read(place / "notebooks" / "report.ipynb", as_version=4)
    shown = []
    names = {"display": lambda *values: shown.extend(values)}
    for cell in (c for c in book.cells if c.cell_type == "code"):
        lines = ast.parse(cell.source).body
        last = lines.pop() if lines and isinstance(lines[-1], ast.Expr) else None
        exec(compile(ast.Module(lines, []), "cell", "exec"), names)
        shown.append(
            eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
        )
        faces = [value for value in shown if hasattr(value, "_repr_mimebundle_")]
        cell.outputs = [new_output("display_data", data=f._repr_mimebundle_()) for f in faces]
        shown.clear()
        if "parameters" in cell.metadata.get("tags", ()):
            names |= given(place, n, told)
    return book


if __name__ == "__main__":
    loops = {"api": api_loop, "ploomber": ploomber_loop, "floor": floor_loop}
    if len(sys.argv) == 5 and sys.argv[1] in loops:
        edition = argparse.Namespace(edition=sys.argv[4])
        loops[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), edition)
    else:
        main()
