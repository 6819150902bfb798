"""Put files into place whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from writinggaps.problems import BadArgument
from writinggaps.readers.terms import Term
from writinggaps.run.jobs import Failure, Job, Product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from writinggaps.findings import Finding

__all__ = [
    "PRIVATE",
    "as_json",
    "cannot_write",
    "files_of",
    "lists_of",
    "page_of",
    "put",
    "sweep",
    "terms_in",
]

PRIVATE = "_private"

_PART = ".part"


def put(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, never meets half of it."""
    private = PRIVATE in path.parts
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
    part = path.with_name(f".{path.name}{_PART}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path) -> None:
    """Delete what a run that was killed left half-written."""
    for part in folder.rglob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def terms_in(out: Path, last: str = "") -> list[Path]:
    """Give the folders of terms, the oldest first, up to a term."""
    found = []
    for folder in out.glob("*-*-*"):
        with contextlib.suppress(BadArgument):
            found.append((Term.parse(folder.name), folder))
    return [folder for term, folder in sorted(found) if not last or term <= Term.parse(last)]


def page_of(job: Job) -> str:
    """Give the place of a job's page within the folder of the term."""
    return f"{job.key}/{job.report}.{job.edition}.html"


def lists_of(job: Job) -> str:
    """Give the place of a job's lists of pupils."""
    return f"{PRIVATE}/pupils/{job.key}/{job.report}.{job.edition}.html"


def proposed_of(job: Job) -> str:
    """Give the place of what a job proposes to the release register."""
    return f"{PRIVATE}/proposed/{job.key}/{job.report}.{job.edition}.json"


def files_of(job: Job, product: Product) -> dict[str, bytes]:
    """Give the files that a job publishes, by their place within the folder of the term.

    Exact findings are private; released ones stand beside their page.
    """
    found = as_json([asdict(f) for f in product.findings])
    files = {page_of(job): product.page.encode()} if job.published else {}
    if job.published:
        ends = product.shapes.items()
        files |= {page_of(job).removesuffix("html") + end: data for end, data in ends}
    if product.lists and job.published:
        files[lists_of(job)] = product.lists.encode()
    if product.proposed:
        files[proposed_of(job)] = product.proposed.encode()
    if job.edition == "staff":
        files[f"{PRIVATE}/findings/{job.key}/{job.report}.json"] = found
    else:
        files[f"{job.key}/{job.report}.{job.edition}.findings.json"] = found
    return files


def as_json(rows: Iterable[Mapping[str, object] | Finding]) -> bytes:
    """Write records as JSON, one a line of the list."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def cannot_write(why: OSError) -> Failure:
    """Say that a file could not be written."""
    reasons = {
        errno.ENOSPC: "The disk is full; make room and run again.",
        errno.EROFS: "The folder of reports can only be read.",
        errno.EACCES: "The folder of reports may not be written to.",
        errno.EPERM: "The folder of reports may not be written to.",
    }
    words = reasons.get(why.errno or 0, f"The report could not be saved ({why.strerror}).")
    return Failure(code="cannot_write", words=words)
