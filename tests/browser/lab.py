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
             "--expose-app-in-browser", "--IdentityProvider.token=tour",
             f"--ServerApp.root_dir={folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return run_each(f"http://127.0.0.1:{port}/lab/tree", port, wanted)
        finally:
            lab.terminate()
            lab.wait()


_RUN_ALL = """async seconds => {
  const book = jupyterapp.shell.currentWidget;
  await book.context.ready;
  await book.sessionContext.ready;
  const late = new Promise(done => setTimeout(done, 1000 * seconds));
  await Promise.race([jupyterapp.commands.execute('notebook:run-all-cells'), late]);
  const cells = book.content.widgets.map(cell => cell.model).filter(cell => cell.type === 'code');
  const said = cells.map(cell => cell.outputs.toJSON().find(o => o.output_type === 'error'));
  return [cells.filter(cell => cell.executionCount).length,
    said.filter(Boolean).map(o => `${o.ename}: ${o.evalue}`)];
}"""
_OPEN = "window.jupyterapp && jupyterapp.shell.currentWidget?.sessionContext"


def run_each(address, port, wanted):
    """Open one notebook after the other, run all its cells; count those of which one failed."""
    end = time.monotonic() + SECONDS
    while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < end:
        time.sleep(0.5)
    bad = 0
    with sync_playwright() as tools:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, cells in wanted.items():
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{address}/{name}?token=tour&reset", timeout=SECONDS * 1000)
            page.wait_for_function(_OPEN, timeout=SECONDS * 1000)
            ran, errors = page.evaluate(_RUN_ALL, SECONDS)
            print(f"{name}: {ran} of {cells} cells ran, {len(errors)} failed", *errors, flush=True)  # noqa: T201 - its answer
            bad += bool(errors or ran < cells)
            page.close()
        browser.close()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
