"""Open notebooks in JupyterLab, run all their cells, and say whether any failed.

python tests/browser/lab.py REPORTS [NOTEBOOK ...]

REPORTS is the folder of a run of the sample trust, whose findings the later reports read. Each
notebook is opened with its parameters set for the sample, as papermill sets them.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from playwright.sync_api import sync_playwright

SECONDS = 240
ROOT = Path(__file__).resolve().parents[2]
SCHOOLS = ROOT / "data" / "sample" / "schools"
_SCHOOL = {"data": str(SCHOOLS / "S02"), "term": "2025-26-autumn", "edition": "staff"}


def values_of(name, reports):
    """Give a notebook's parameters for the sample."""
    findings = reports / "_private" / "findings"
    own = {
        "area_report": {"data": str(ROOT / "tests" / "readers" / "data" / "ks2_tables")},
        "development_plan": _SCHOOL | {"findings": str(findings / "S02.json")},
        "explore_pupils": {"data": str(SCHOOLS / "S03")},
        "inclusion_index": _SCHOOL | {"data": str(SCHOOLS), "named": True},
        "parents_summary": _SCHOOL | {"edition": "public"},
        "published_evaluations": {},
        "trust_report": {
            "findings": str(findings.with_suffix(".json")),
            "term": "2025-26-autumn",
            "edition": "staff",
        },
    }
    return own.get(name, _SCHOOL)


def main(reports, *notebooks):
    """Work on copies, so that no output reaches the notebooks themselves."""
    chosen = [Path(n) for n in notebooks] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        wanted = {}
        for path in chosen:
            values = values_of(path.stem, Path(reports).resolve())
            made = parameterize_notebook(load_notebook_node(str(path)), values)
            nbformat.write(made, Path(folder, path.name))
            wanted[path.name] = sum(cell.cell_type == "code" for cell in made.cells)
        lab = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root",
             "--IdentityProvider.token=tour", f"--ServerApp.root_dir={folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return run_each(f"http://127.0.0.1:{port}/lab/tree", port, wanted)
        finally:
            lab.terminate()
            lab.wait()


def run_each(address, port, wanted):
    """Open one notebook after the other; count those with a cell that failed or did not run."""
    end = time.monotonic() + SECONDS
    while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < end:
        time.sleep(0.5)
    bad = 0
    with sync_playwright() as tools:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, cells in wanted.items():
            page = browser.new_page(viewport={"width": 1400, "height": 20000})
            page.goto(f"{address}/{name}?token=tour&reset", timeout=SECONDS * 1000)
            seen, failed, left = run_all(page, cells)
            print(f"{name}: {seen} cells, {failed} failed, {left} not run", flush=True)  # noqa: T201 - its answer
            bad += bool(failed or left)
            page.close()
        browser.close()
    return int(bad > 0)


def run_all(page, wanted):
    """Press Run All, and wait until no cell is waiting or running."""
    end = time.monotonic() + SECONDS
    page.wait_for_selector(".jp-CodeCell", timeout=SECONDS * 1000)
    page.wait_for_selector("[data-status=idle], .jp-Notebook-ExecutionIndicator",
                           timeout=SECONDS * 1000)  # fmt: skip
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells >> nth=0")
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    done = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")
    while time.monotonic() < end:
        if cells.count() >= wanted and not any(map(_waits, done.all_inner_texts())):
            break
        time.sleep(1)
    failed = page.locator("[data-mime-type='application/vnd.jupyter.error']").count()
    left = wanted - cells.count() + sum(map(_waits, done.all_inner_texts()))
    return cells.count(), failed, left


def _waits(prompt):
    """Whether a cell has not run; one whose input is folded away shows no prompt."""
    return prompt.strip() in ("[ ]:", "[*]:")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
