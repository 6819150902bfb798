"""Reports through the runner against the commands that people put into a loop.

    python benchmarks/report_vs_shell.py [--reports 4] [--pairs 5] [--notebook school_report]

Both make the same reports of copies of one sample school from the same notebook:

shell    papermill, then jupyter nbconvert --to html --no-input, for each report
api      papermill and nbconvert called in one process, a kernel for each report
floor    the cells and the page as plain Python in one warm process
run      writinggaps run, from its cold start, on two processors
again    writinggaps run once more: nothing has changed

Prints seconds of wall time and of processor time, medians over the pairs, whole and per report.
Linux only: children that outlive their parents are counted, too.
"""

from __future__ import annotations

import argparse
import ast
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


def main() -> None:
    told = arguments()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        trust(place, told)
        ways = {"shell": shell, "api": api, "floor": floor, "run": run, "again": again}
        took = {name: [] for name in ways}
        for _ in range(told.pairs):
            for name, way in ways.items():
                took[name].append(measured(way, place, told))
    report(took, told.reports)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=4)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--notebook", default="school_report")
    parser.add_argument("--school", type=Path, default=shipped("sample") / "schools" / "S02")
    return parser.parse_args()


def trust(place: Path, told: argparse.Namespace) -> None:
    """Copies of one school, a plan for them, and the notebook."""
    (place / "notebooks").mkdir()
    source = Path(told.notebook)
    if not source.suffix:
        source = shipped("notebooks") / f"{told.notebook}.ipynb"
    shutil.copy(source, place / "notebooks" / "report.ipynb")
    lines = [f'term = "{TERM}"', 'editions = ["staff"]', 'reports = ["report"]']
    for n in range(told.reports):
        shutil.copytree(told.school, place / f"R{n:02d}")
        settings = place / f"R{n:02d}" / "school.toml"
        if settings.exists():
            text = settings.read_text().replace(told.school.name, f"R{n:02d}")
            settings.write_text(text.replace('name = "', f'name = "Copy {n:02d} of '))
        lines += ["[[school]]", f'key = "R{n:02d}"', f'data = "R{n:02d}"']
    (place / "plan.toml").write_text("\n".join(lines))


def shell(place: Path, told: argparse.Namespace) -> None:
    for n in range(told.reports):
        out = place / f"out{n}.ipynb"
        given = {"data": str(place / f"R{n:02d}"), "term": TERM, "edition": "staff"}
        options = [word for name, value in given.items() for word in ("-p", name, value)]
        command([BIN / "papermill", place / "notebooks" / "report.ipynb", out, *options])
        command([BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", out])


def api(place: Path, told: argparse.Namespace) -> None:
    command([sys.executable, __file__, "api", place, told.reports])


def floor(place: Path, told: argparse.Namespace) -> None:
    command([sys.executable, __file__, "floor", place, told.reports])


def run(place: Path, told: argparse.Namespace) -> None:
    del told
    command([BIN / "writinggaps", "run", place / "plan.toml", "--force", "--show", "quiet"])


def again(place: Path, told: argparse.Namespace) -> None:
    del told
    command([BIN / "writinggaps", "run", place / "plan.toml", "--show", "quiet"])


def command(words: list[object]) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


def measured(way, place: Path, told: argparse.Namespace) -> tuple[float, float]:
    """Wall and processor seconds; of `floor` only what follows its warm-up."""
    inner = place / "seconds.json"
    inner.unlink(missing_ok=True)
    before, started = processor(), time.perf_counter()
    way(place, told)
    wall = time.perf_counter() - started
    if inner.exists():
        return tuple(json.loads(inner.read_text()))
    return wall, processor() - before


def processor() -> float:
    """Processor seconds of every descendant so far; waits for those that outlived parents."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(took: dict[str, list[tuple[float, float]]], reports: int) -> None:
    middle = {
        name: [statistics.median(part) for part in zip(*pairs, strict=True)]
        for name, pairs in took.items()
    }
    print(f"{reports} reports, medians of {len(took['run'])}; load {os.getloadavg()[0]:.1f}")
    print(f"{'way':8}{'wall s':>9}{'each':>8}{'cpu s':>9}{'each':>8}{'shell/way':>12}{'(cpu)':>8}")
    for name, (wall, cpu) in middle.items():
        ratio, cpu_ratio = middle["shell"][0] / wall, middle["shell"][1] / cpu
        each = f"{wall:9.2f}{wall / reports:8.2f}{cpu:9.2f}{cpu / reports:8.2f}"
        print(f"{name:8}{each}{ratio:11.1f}x{cpu_ratio:7.1f}x")


def api_loop(place: Path, reports: int) -> None:
    from nbconvert import HTMLExporter
    from papermill import execute_notebook

    for n in range(reports):
        given = {"data": str(place / f"R{n:02d}"), "term": TERM, "edition": "staff"}
        source, out = place / "notebooks" / "report.ipynb", place / f"out{n}.ipynb"
        ran = execute_notebook(source, out, parameters=given, progress_bar=False)
        page, _ = HTMLExporter(exclude_input=True).from_notebook_node(ran)
        (place / f"out{n}.html").write_text(page)


def floor_loop(place: Path, reports: int) -> None:
    """Warm up with one report, then time the rest."""
    from writinggaps.run import warm
    from writinggaps.run.page import Heading, render

    del warm
    for n in (0, *range(reports)):
        if n == 0:
            started, cpu = time.perf_counter(), time.process_time()
        page = render(executed(place, f"R{n:02d}"), Heading("Copy", TERM, "staff"))
        (place / f"out{n}.html").write_text(page)
    took = [time.perf_counter() - started, time.process_time() - cpu]
    (place / "seconds.json").write_text(json.dumps(took))


def executed(place: Path, school: str):
    """The notebook's cells as plain Python, with what their last lines show."""
    import nbformat
    from nbformat.v4 import new_output

    book = nbformat.read(place / "notebooks" / "report.ipynb", as_version=4)
    names = {}
    for cell in (c for c in book.cells if c.cell_type == "code"):
        lines = ast.parse(cell.source).body
        last = lines.pop() if lines and isinstance(lines[-1], ast.Expr) else None
        exec(compile(ast.Module(lines, []), "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
        if hasattr(value, "_repr_mimebundle_"):
            data = value._repr_mimebundle_()
            cell.outputs = [new_output("execute_result", data=data)]
        if "parameters" in cell.metadata.get("tags", ()):
            names |= {"data": str(place / school), "term": TERM, "edition": "staff"}
    return book


if __name__ == "__main__":
    inside = {"api": api_loop, "floor": floor_loop}
    if len(sys.argv) == 4 and sys.argv[1] in inside:
        inside[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
