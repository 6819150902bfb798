import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import stub_calls

from writinggaps.run.isolate import ChildDied, TookTooLong, call

LIMITS = {"seconds": 60, "megabytes": 4096}
both = pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])


@both
def test_nothing_leaks_from_child_to_child(fork):
    first, second = (call(stub_calls.remember, fork=fork, **LIMITS) for _ in range(2))
    assert first[0] == second[0] == 1
    assert first[1] != second[1]
    assert call(stub_calls.settings, fork=fork, **LIMITS)["LEAKED"] is None


@both
def test_children_have_settled_hash_seed_and_time_zone(fork):
    told = call(stub_calls.settings, fork=fork, **LIMITS)
    assert (told["PYTHONHASHSEED"], told["TZ"]) == ("0", "UTC")


def test_a_child_does_not_run_the_program_again(tmp_path):
    program = tmp_path / "program.py"
    call_it = "call(pow, 2, 5, seconds=60, megabytes=4096, fork=False)"
    program.write_text(f"from writinggaps.run.isolate import call\nprint({call_it})\n")
    ran = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "32\n"), ran.stderr


def test_forked_children_have_everything_loaded_but_what_only_costs_time():
    assert call(stub_calls.loaded, fork=True, **LIMITS) == ["nbconvert"]


def test_the_rehearsal_leaves_no_thread_and_no_other_main_behind():
    assert call(stub_calls.around, fork=True, **LIMITS) == (["MainThread"], True)


@both
def test_an_error_in_a_child_is_raised_here(fork):
    with pytest.raises(ZeroDivisionError):
        call(divmod, 1, 0, fork=fork, **LIMITS)


@both
def test_a_child_that_hangs_is_ended_at_its_limit(fork):
    started = time.monotonic()
    with pytest.raises(TookTooLong):
        call(time.sleep, 600, fork=fork, seconds=1, megabytes=4096)
    assert time.monotonic() - started < 30


@both
def test_a_child_that_dies_is_told(fork):
    with pytest.raises(ChildDied):
        call(os._exit, 0, fork=fork, **LIMITS)


@both
def test_a_child_that_wants_too_much_memory_is_refused_it(fork):
    with pytest.raises(MemoryError):
        call(bytearray, 8 * 1024**3, fork=fork, **LIMITS)


def test_what_a_child_started_ends_with_it(tmp_path):
    with pytest.raises(TookTooLong):
        call(stub_calls.leave_a_grandchild, tmp_path / "pid", seconds=2, megabytes=4096)
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while _lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(pid)


def test_what_libraries_print_reaches_nobody(capfd):
    assert call(stub_calls.shout, **LIMITS) == "said"
    told = capfd.readouterr()
    assert "pupil" not in told.out + told.err


def _lives(pid):
    """Whether a process is there and is more than a name in the table."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
