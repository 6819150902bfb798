"""Packages that import what they offer when it is first asked for.

A run that finds nothing changed reads no table, and a command that lists options needs no pandas.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["lazily"]


def lazily(package: str) -> Callable[[str], object]:
    """Give the `__getattr__` of a package that lists its imports under `if TYPE_CHECKING:`.

    Examples
    --------
    >>> lazily("writinggaps.readers")("School").__name__
    'School'
    """
    homes: dict[str, str] = {}

    def asked(name: str) -> object:
        if not homes:
            homes.update(_homes(package))
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return asked


def _homes(package: str) -> dict[str, str]:
    """Read where each name comes from."""
    spec = find_spec(package)
    source = getattr(spec and spec.loader, "get_source")(package)  # noqa: B009 - every file's loader has it
    nodes = (
        node for part in ast.parse(source).body if isinstance(part, ast.If) for node in part.body
    )
    return {
        alias.name: str(node.module)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
