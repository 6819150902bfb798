"""Send the jobs of a run to a Dask cluster, whose machines see the same folders by the same paths.

A worker that is lost loses no report: Dask gives its jobs to another. What is published, recorded
and locked stays with the one process that runs the plan.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from writinggaps.problems import BadPlan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

__all__ = ["cluster"]

_SECONDS = 30
"""How long to wait for the scheduler."""


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Give what sends jobs to a cluster.

    Parameters
    ----------
    address : str
        Of its scheduler, such as `tcp://10.0.0.4:8786`.

    Raises
    ------
    BadPlan
        If Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        why = "Dask is not installed"
        raise BadPlan(why, remedy="pip install 'writinggaps[cluster]'") from None
    try:
        client: Any = Client(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise BadPlan("No Dask scheduler answers", "tcp://MACHINE:PORT", address) from None
    with client:
        yield client.get_executor(pure=False)
