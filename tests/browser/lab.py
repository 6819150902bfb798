"""Open a notebook in JupyterLab, run all its cells, and say whether any failed.

python tests/browser/lab.py notebooks/explore_pupils.ipynb
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

SECONDS = 240


def main(notebook):
    """Work on a copy, so that no output reaches the notebook itself."""
    root = Path(notebook).resolve().parents[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").symlink_to(root / "data")
        (Path(folder) / "notebooks").mkdir()
        shutil.copy(notebook, Path(folder) / "notebooks")
        lab = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root",
             "--IdentityProvider.token=tour", f"--ServerApp.root_dir={folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}/lab/tree/notebooks/{Path(notebook).name}"
            cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
            wanted = sum(cell["cell_type"] == "code" for cell in cells)
            return run_all(f"{address}?token=tour&reset", port, wanted)
        finally:
            lab.terminate()
            lab.wait()


def run_all(address, port, wanted):
    """Press Run All, and wait until no cell is waiting or running."""
    end = time.monotonic() + SECONDS
    while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < end:
        time.sleep(0.5)
    with sync_playwright() as tools:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 20000})
        page.goto(address, timeout=SECONDS * 1000)
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
        print(f"{cells.count()} cells, {failed} failed, {left} not run")  # noqa: T201 - its answer
        browser.close()
    return int(failed + left > 0)


def _waits(prompt):
    """Whether a cell has not run; one whose input is folded away shows no prompt."""
    return prompt.strip() in ("[ ]:", "[*]:")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
