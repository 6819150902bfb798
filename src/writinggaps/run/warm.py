"""Importing this module warms a process: what every report needs is loaded and worked out once.

The server from which reports are forked imports it. It makes one report, of the invented sample, so
that what is read, compiled and found on the way is there already when a child makes its own.
"""

from __future__ import annotations

import contextlib
import gc
import pkgutil
import sys
from importlib import import_module

import writinggaps
from writinggaps.run.steady import steady

__all__ = ["warm"]

_LIBRARIES = ("pandas", "scipy.stats", "scipy.optimize")


def warm() -> None:
    """Import the libraries and our own rooms, and rehearse a report."""
    steady()
    for name in (*_LIBRARIES, *_rooms()):
        with contextlib.suppress(Exception):
            import_module(name)
    main = sys.modules["__main__"]
    with contextlib.suppress(Exception):
        _rehearse()
    sys.modules["__main__"] = main
    gc.collect()
    gc.freeze()


def _rooms() -> list[str]:
    found = pkgutil.walk_packages(writinggaps.__path__, "writinggaps.", onerror=lambda _: None)
    skipped = ("writinggaps.cli", "writinggaps.__main__", __name__)
    return [room.name for room in found if room.name not in skipped]


def _rehearse() -> None:
    from writinggaps.run.jobs import first_pass
    from writinggaps.run.plan import read_plan
    from writinggaps.run.shipped import shipped
    from writinggaps.run.worker import produce

    produce(first_pass(read_plan(shipped("sample") / "plan.toml"))[0], kernel=False)


warm()
