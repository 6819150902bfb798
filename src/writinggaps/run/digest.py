"""What a report was made from, as one hash: equal inputs need no second run."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from writinggaps.official import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from writinggaps.run.jobs import Job

__all__ = ["code", "digest_of", "seen_by", "sha256"]

_CODE = (".py", ".toml", ".csv", ".j2", ".css", ".json")
_LIBRARIES = ("pandas", "numpy", "scipy", "statsmodels", "seaborn", "matplotlib", "nbconvert")


def seen_by(job: Job) -> str:
    """Give the hash of the files that a job reads: names and bytes, not where they are.

    Returns
    -------
    str
        Empty where they cannot be hashed, as with a database.
    """
    if any("://" in place for place in job.inputs):
        return ""
    return sha256(b"".join(_of_path(Path(place)) for place in (job.notebook, *job.inputs)))


def digest_of(job: Job, seen: str) -> str:
    """Give the hash of everything that a job's page depends on.

    Parameters
    ----------
    job : Job
        What is to be made.
    seen : str
        What `seen_by` gave.

    Returns
    -------
    str
        Empty where the inputs could not be hashed: such a job always runs.
    """
    told = [job.key, job.name, job.report, job.published, job.settings, job.strangers]
    told += [job.shapes]
    words = json.dumps([*told, code(), seen], sort_keys=True, default=str)
    return sha256(words.encode()) if seen else ""


def sha256(data: bytes) -> str:
    """Give the SHA-256 of some bytes.

    Examples
    --------
    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def _of_path(place: Path) -> bytes:
    """Hash a file or a folder: names and bytes; what is not there counts as empty."""
    whole = hashlib.sha256()
    inside: Iterable[Path] = sorted(place.rglob("*")) if place.is_dir() else [place]
    for file in inside:
        if file.is_file():
            name = file.relative_to(place).as_posix()
            data = file.read_bytes()
            whole.update(f"{name}\0{len(data)}\0".encode())
            whole.update(data)
    return whole.digest()


@cache
def code() -> str:
    """Hash our own code and data, newer official figures, and the versions it stands on."""
    package = Path(__file__).parents[1]
    whole = hashlib.sha256(" ".join(map(_version, _LIBRARIES)).encode())
    for file in sorted(package.rglob("*")):
        if file.suffix in _CODE and "shipped" not in file.relative_to(package).parts:
            whole.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    whole.update(_of_path(own_folder()))
    return whole.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # pragma: no cover - all are dependencies
        return ""
