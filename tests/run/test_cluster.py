"""Jobs sent elsewhere: to any executor, and to a real Dask cluster that loses a worker."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import stub_reports

from writinggaps.cli import main
from writinggaps.problems import BadPlan
from writinggaps.run import progress, runner
from writinggaps.run.cluster import cluster
from writinggaps.run.isolate import call
from writinggaps.run.plan import read_plan
from writinggaps.run.progress import Quiet
from writinggaps.run.runner import Settings, run


def ask_for_a_child(answers):
    answers.send(call(pow, 2, 5, seconds=60, megabytes=4096, fork=False))


def test_a_daemonic_worker_may_have_children():
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=ask_for_a_child, args=(theirs,), daemon=True)
    worker.start()
    assert ours.recv() == 32
    worker.join()


def test_any_executor_will_do(trust):
    plan = read_plan(trust("100001", "100002"))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        settings = Settings(executor=executor, make=stub_reports.make, isolation="spawn")
        ran = run(plan, settings)
    assert [o.status for o in ran.outcomes] == ["done", "done"]


def test_no_scheduler_is_told_at_once(monkeypatch):
    monkeypatch.setattr("writinggaps.run.cluster._SECONDS", 1)
    with pytest.raises(BadPlan, match="No Dask scheduler answers"), cluster("tcp://127.0.0.1:9"):
        pass


@pytest.fixture
def scheduler():
    """A scheduler and two workers, each a process that is reached over TCP."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    own = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    own["env"] = os.environ | {"PYTHONPATH": str(Path(stub_reports.__file__).parent)}
    words = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--no-show"]
    started = [subprocess.Popen([*words, "--host", address], **own)]
    words = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard"]
    words += ["--no-nanny", "--nthreads", "1"]
    started += [subprocess.Popen(words, **own) for _ in range(2)]
    yield address, started[1:]
    for process in started:
        end(process)


def end(process):
    """Kill a process with its children, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Saboteur(Quiet):
    """Ends a worker as soon as a report is there."""

    def __init__(self, worker):
        self.worker, self.done = worker, []

    def tell(self, outcome):
        end(self.worker)
        self.done.append((outcome.job.key, outcome.status))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no groups of processes")
def test_a_cluster_that_loses_a_worker_loses_no_report(trust, scheduler, monkeypatch):
    address, workers = scheduler
    keys = [f"10000{n}" for n in range(6)]
    shown = Saboteur(workers[0])
    monkeypatch.setattr(runner, "Settings", partial(Settings, make=stub_reports.slow))
    monkeypatch.setattr(progress, "watch", lambda _: shown)
    plan = str(trust(*keys))
    assert main(["run", plan, "--cluster", address, "--isolation", "spawn"]) == 0
    assert workers[0].poll() == -signal.SIGKILL
    assert sorted(shown.done) == [(key, "done") for key in keys]
