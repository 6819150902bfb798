"""Call a function in a process of its own, with a hard limit of time and of memory.

Where the system can fork, children come from a server that has imported everything once and, for
many reports, rehearsed one, so that each is fresh and starts in milliseconds; elsewhere each child
starts anew. A child that hangs is ended, and one that dies takes nobody with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from writinggaps.run.steady import steady

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

__all__ = ["CAN_FORK", "ChildDied", "TookTooLong", "all_end", "call", "expect"]

T = TypeVar("T")

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()

_WORTH_IT = 8
_rehearsed = ["writinggaps.run.rehearsal"]
_children: set[BaseProcess] = set()
_ended = threading.Event()
_starting = threading.Lock()


class ChildDied(Exception):
    """The child ended without an answer."""


class TookTooLong(Exception):
    """The child was ended at its time limit."""


def call(
    function: Callable[..., T], *args: object, seconds: float, megabytes: int, fork: bool = CAN_FORK
) -> T:
    """Call a function in a child process.

    Parameters
    ----------
    function : callable
        Importable by name; its arguments and its answer must be picklable.
    seconds, megabytes : float, int
        Limits of time and, where the system has them, of memory.
    fork : bool, optional
        True to fork a warm child, False to start a cold one.

    Raises
    ------
    ChildDied, TookTooLong
        As they say. What the function raises is raised here.

    Examples
    --------
    >>> call(pow, 2, 5, seconds=60, megabytes=4000, fork=False)
    32
    """
    if _ended.is_set():
        raise ChildDied
    context = _context(fork)
    multiprocessing.current_process().daemon = False  # else a worker of a pool may have no child
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(  # type: ignore[attr-defined]
        target=_child, args=(theirs, megabytes, function, args), daemon=True
    )
    with _alone():
        child.start()
    theirs.close()
    _children.add(child)
    if _ended.is_set():  # since it was asked above
        _kill(child)
    try:
        if not ours.poll(seconds):
            raise TookTooLong
        sound, answer = ours.recv()
    except (EOFError, ConnectionError):
        raise ChildDied from None
    finally:
        _end(child)
        ours.close()
    if not sound:
        raise answer
    return answer  # type: ignore[no-any-return]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Start a child without the program that runs: it needs none of it, and would run it again."""
    with _starting:
        program = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = program


@contextlib.contextmanager
def all_end() -> Iterator[None]:
    """End every child, and begin no other, when the block is left by an error or by Ctrl-C."""
    _ended.clear()
    try:
        yield
    except BaseException:
        _ended.set()
        _end_all()
        raise


def _end_all() -> None:
    """Kill, and leave waiting to the threads that guard the children: two may not wait for one."""
    for child in list(_children):
        _kill(child)


def _context(fork: bool) -> BaseContext:
    steady()
    if not fork:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["writinggaps.run.warm", *_rehearsed])
    return context


def expect(calls: int) -> None:
    """Say how many children will be asked for: for a few it is not worth to rehearse a report."""
    _rehearsed[:] = ["writinggaps.run.rehearsal"] * (calls >= _WORTH_IT)


def _end(child: BaseProcess) -> None:
    if child.is_alive():
        _kill(child)
    child.join()
    _children.discard(child)


def _kill(child: BaseProcess) -> None:
    """Kill a child with whatever it started."""
    if hasattr(os, "killpg") and child.pid:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.kill(child.pid, signal.SIGKILL)
    else:
        child.kill()


def _child(answers: Connection, megabytes: int, function: Callable[..., Any], args: Any) -> None:
    if hasattr(os, "setsid"):
        os.setsid()
    _be_silent()
    _limit_memory(megabytes)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer = (True, function(*args))
    except BaseException as why:
        why.__traceback__ = None
        answer = (False, why)
    answers.send(answer)
    answers.close()


def _be_silent() -> None:
    """Send what libraries print past us to nowhere: it may hold pupils' text."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        import resource

        limit = megabytes * 1024 * 1024
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
