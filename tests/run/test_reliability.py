"""What an unattended run promises, tried on whole runs."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import stub_reports

from writinggaps.run.limits import limits
from writinggaps.run.plan import read_plan
from writinggaps.run.progress import summary
from writinggaps.run.publish import put
from writinggaps.run.runner import Settings, run
from writinggaps.run.shipped import shipped

HERE = Path(__file__).parent / "stubs"
WRITES = (
    "import locale, os, time\n"
    'Prose(" ".join({"a", "b", "c", "d", "e"}) + time.strftime(" %H %c", time.localtime(0)))'
)
NAME = 'Prose((Path(data) / "name.txt").read_text())'

FAILURES = [
    ("error", "broken"),
    ("hang", "time_limit"),
    ("exit", "died"),
    ("killed", "died"),
    ("memory", "memory_limit"),
    ("changed", "input_changed"),
    ("odd", "died"),
    ("ENOSPC", "cannot_write"),
    ("EROFS", "cannot_write"),
    ("blocked", "cannot_write"),
    ("older", ""),
]
"""Ten things that go wrong, and the code each is told by; that a file seems older is no harm."""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


def command(plan, **environment):
    """Run as a scheduler does: with an absolute path and hardly any environment."""
    words = [sys.executable, "-m", "writinggaps", "run", str(plan), "--show", "json"]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


def page(plan, key):
    return plan.folder / key / "tiny.staff.html"


def spoil(plan, key, how):
    """Make a school fail: in its own data, or where its report would go."""
    if how == "blocked":
        page(plan, key).unlink()
        page(plan, key).mkdir()
    elif how.isupper():
        Path(next(s.data for s in plan.schools if s.key == key), "name.txt").write_text(how)
    else:
        Path(next(s.data for s in plan.schools if s.key == key), "fails").write_text(how)


def sometimes_refused(path, data):
    for name in (b"ENOSPC", b"EROFS"):
        if b"<p>" + name in data:
            raise OSError(getattr(errno, name.decode()), "Refused")
    put(path, data)


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


def test_ten_kinds_of_failure_among_thirty_schools_touch_no_other(trust, tmp_path, monkeypatch):
    keys = [f"1000{n:02d}" for n in range(30)]
    plan = read_plan(trust(*keys))
    settings = Settings(make=stub_reports.make, jobs=2, force=True)
    assert run(plan, settings).code == 0
    clean = {key: page(plan, key).read_bytes() for key in keys}
    breaks = dict(zip(keys[5:], FAILURES, strict=False))
    for key, (how, _) in breaks.items():
        spoil(plan, key, how)
    monkeypatch.setattr("writinggaps.run.worker.limits", lambda: replace(limits(), seconds=5))
    monkeypatch.setattr("writinggaps.run.runner.put", sometimes_refused)
    ran = run(plan, settings)
    told = {o.job.key: o.failure.code for o in ran.failed}
    assert told == {key: code for key, (_, code) in breaks.items() if code}
    for key in set(keys) - set(told):
        assert page(plan, key).read_bytes() == clean[key]
    lines = summary(ran.outcomes).splitlines()[2:]
    assert len(lines) == len(told) == 10
    assert all(re.fullmatch(r"- [^.]+ \(\d+\), tiny, staff: [^.]+\.", line) for line in lines)
    assert not any("pupil" in line for line in lines)
    again = run(plan, replace(settings, force=False))
    assert {o.job.key for o in again.outcomes if o.status == "unchanged"} == set(keys) - set(told)


@pytest.mark.slow
def test_a_real_report_that_fails_touches_no_other(tmp_path):
    for key in ("S02", "S05", "S06"):
        shutil.copytree(shipped("sample") / "schools" / key, tmp_path / key)
    schools = "".join(f'[[school]]\nkey = "{k}"\ndata = "{k}"\n' for k in ("S02", "S05", "S06"))
    path = tmp_path / "plan.toml"
    reports = 'reports = ["intervention_evaluation"]'
    path.write_text(f'term = "2025-26-autumn"\neditions = ["staff"]\n{reports}\n{schools}')
    plan = read_plan(path)
    pages = [plan.folder / k / "intervention_evaluation.staff.html" for k in ("S02", "S06")]
    assert run(plan).code == 0
    clean = [page.read_bytes() for page in pages]
    (tmp_path / "S05" / "pupils.csv").write_text("name,class\n")
    ran = run(plan, Settings(force=True))
    assert [(o.job.key, o.failure.code) for o in ran.failed] == [("S05", "bad_input")]
    assert [page.read_bytes() for page in pages] == clean
    assert ran.failed[0].failure.words.count("\n") == 0


def test_of_four_runs_at_once_one_works_and_three_leave(trust):
    plan = trust("100001", "100002")
    with ThreadPoolExecutor(4) as threads:
        ran = list(threads.map(command, [plan] * 4))
    assert sorted(r.returncode for r in ran) == [0, 75, 75, 75], ran
    assert [r.stderr for r in ran if r.returncode] == [
        "Another run of this term is under way.\n"
    ] * 3


def test_same_input_same_bytes_wherever_whenever_and_with_no_environment(trust, notebook, tmp_path):
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
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a job of the background is deaf
    ran = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, preexec_fn=heard)
    while not (tmp_path / "on").exists():
        time.sleep(0.1)
    ran.send_signal(signal.SIGINT)
    _, told = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert told == "Stopped. Reports that were finished stay; run again for the rest.\n"
