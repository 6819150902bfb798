"""The ledger: one line for each finished report, appended last.

A line that a crash tore is dropped. A report counts as finished only if its line is whole and its
files have the hashes that the line says.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from writinggaps.run.digest import sha256
from writinggaps.run.publish import put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Ledger"]


class Ledger:
    """What has been finished in the folder of a term.

    Parameters
    ----------
    folder : Path
        Of the term; the ledger is its `_private/ledger.jsonl`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "_private" / "ledger.jsonl"
        self._lines = self._read()

    def knows(self, job: str, digest: str) -> dict[str, Any] | None:
        """Give the line of a job that needs no second run, or None."""
        line = self._lines.get(job)
        if line is None or not digest or line["input"] != digest:
            return None
        return line if self.stands(job) else None

    def jobs(self) -> list[str]:
        """Give every job that was finished."""
        return list(self._lines)

    def files(self, job: str) -> set[str]:
        """Give the places of the files that a job made when it was last finished."""
        return set(self._lines.get(job, {"files": ()})["files"])

    def stands(self, job: str) -> bool:
        """Whether the files of a finished job are as they were made."""
        return all(self._stands(*file) for file in self._lines[job]["files"].items())

    def forget(self, key: str) -> None:
        """Drop the lines of a school."""
        self._lines = {job: line for job, line in self._lines.items() if job.split("/")[0] != key}
        if self.path.exists():
            rows = (json.dumps(line, ensure_ascii=False) for line in self._lines.values())
            put(self.path, "".join(f"{row}\n" for row in rows).encode())

    def append(self, job: str, digest: str, files: Mapping[str, bytes], **more: object) -> None:
        """Record a finished job; its files must be in place."""
        hashes = {place: sha256(data) for place, data in files.items()}
        line = {"job": job, "input": digest, "files": hashes, **more}
        text = json.dumps(line, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.path.open("ab") as file:
            whole = file.tell()
            try:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, whole)
                raise
        self._lines[job] = line

    def _stands(self, place: str, expected: str) -> bool:
        try:
            return sha256((self.folder / place).read_bytes()) == expected
        except OSError:
            return False

    def _read(self) -> dict[str, dict[str, Any]]:
        """Read whole lines, and cut a torn last one off the file."""
        if not self.path.exists():
            return {}
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            os.truncate(self.path, len(whole))
        lines = (json.loads(line) for line in whole.splitlines())
        return {line["job"]: line for line in lines}
