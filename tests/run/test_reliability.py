"""What an unattended run promises, tried on whole runs."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "stubs"
WRITES = (
    "import locale, os, time\n"
    'Prose(" ".join({"a", "b", "c", "d", "e"}) + time.strftime(" %H %c", time.localtime(0)))'
)
NAME = 'Prose((Path(data) / "name.txt").read_text())'

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


def command(plan, *more, **environment):
    words = [sys.executable, "-m", "writinggaps", "run", str(plan), "--show", "lines", *more]
    return subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@needs_fork
def test_killed_at_20_points_a_run_leaves_nothing_broken(tmp_path):
    """The long target: python tests/run/stubs/kill_points.py 2000."""
    ran = subprocess.run(
        [sys.executable, str(HERE / "kill_points.py"), "20"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("20 kills, ")


def test_of_four_runs_at_once_one_works_and_three_leave(trust):
    plan = trust("100001", "100002")
    with ThreadPoolExecutor(4) as threads:
        ran = list(threads.map(command, [plan] * 4))
    assert sorted(r.returncode for r in ran) == [0, 75, 75, 75]
    assert [r.stderr for r in ran if r.returncode] == [
        "Another run of this term is under way.\n"
    ] * 3


def test_same_input_same_bytes_wherever_and_whenever(trust, notebook, tmp_path):
    notebook("from pathlib import Path\nfrom writinggaps.report.faces import Prose", WRITES, NAME)
    plan = trust("100001")
    other = tmp_path / "other place"
    other.mkdir()
    for part in ("notebooks", "schools", "plan.toml"):
        (other / part).symlink_to(tmp_path / part)
    first = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "OMP_NUM_THREADS": "2"}
    second = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}
    copied = other / "copied.toml"
    copied.write_text(plan.read_text().replace("[[school]]", 'out = "out"\n[[school]]', 1))
    assert command(plan, **first).returncode == 0
    assert command(copied, **second).returncode == 0
    pages = [
        folder / "2025-26-autumn" / "100001" / "tiny.staff.html"
        for folder in (tmp_path / "reports", other / "out")
    ]
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert str(tmp_path) not in pages[0].read_text()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_an_interrupted_run_ends_at_once_and_leaves_no_child(trust, notebook, tmp_path):
    notebook(f"import time; open({str(tmp_path / 'on')!r}, 'w'); time.sleep(612)")
    plan = trust("100001")
    words = [sys.executable, "-m", "writinggaps", "run", str(plan)]
    ran = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "on").exists():
        time.sleep(0.1)
    ran.send_signal(signal.SIGINT)
    _, told = ran.communicate(timeout=20)
    assert ran.returncode == 130
    assert told == "Stopped. Reports that were finished stay; run again for the rest.\n"
