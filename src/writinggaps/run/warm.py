"""Importing this module warms a process: what every report needs is imported once.

The server from which reports are forked imports it.
"""

from __future__ import annotations

import contextlib
import gc
import pkgutil
from importlib import import_module

import writinggaps
from writinggaps.run.steady import steady

__all__ = ["warm"]

_LIBRARIES = ("pandas", "scipy.stats", "scipy.optimize")


def warm() -> None:
    """Import the libraries and our own rooms."""
    steady()
    for name in (*_LIBRARIES, *_rooms()):
        with contextlib.suppress(Exception):
            import_module(name)
    gc.collect()
    gc.freeze()


def _rooms() -> list[str]:
    found = pkgutil.walk_packages(writinggaps.__path__, "writinggaps.", onerror=lambda _: None)
    skipped = ("writinggaps.cli", "writinggaps.__main__", "writinggaps.run.rehearsal", __name__)
    return [room.name for room in found if room.name not in skipped]


warm()
